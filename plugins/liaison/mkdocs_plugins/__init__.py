"""Thin adapters to MkDocs, and to ProperDocs, which loads the same plugins. Nothing else imports MkDocs."""
