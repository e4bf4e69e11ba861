"""Bytes to disk: one door, which refuses a second write to a path."""
