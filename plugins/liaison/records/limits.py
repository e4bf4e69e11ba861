"""Bounds on what an editor may hand in (the trust report, S5)."""

YAML_BYTES = 1024 * 1024
YAML_DEPTH = 12
YAML_NODES = 200_000
YAML_SCALAR_BYTES = 64 * 1024
IMAGE_BYTES = 5 * 1024 * 1024

FAULTS = 100
"""So many things of one kind are reported of one file; a file with more was not written by hand."""
