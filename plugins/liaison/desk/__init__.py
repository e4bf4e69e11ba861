"""Changes to records: plan, show, write. Nothing is half written."""
