"""Liaison stations of people's congresses: from YAML records to a public site with permanent codes."""

__version__ = "0.1.0"
