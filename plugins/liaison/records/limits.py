"""Bounds on what an editor may hand in (the trust report, S5)."""

YAML_BYTES = 1024 * 1024
YAML_DEPTH = 12
YAML_NODES = 200_000
YAML_SCALAR_BYTES = 64 * 1024
IMAGE_BYTES = 5 * 1024 * 1024

FAULTS = 100
"""So many things of one kind are reported of one file; a file with more was not written by hand."""

MARKDOWN_BYTES = 256 * 1024
MARKDOWN_PARAGRAPH_BYTES = 8 * 1024
MARKDOWN_SIGNS = {"[": 500, "<": 200, "`": 400, "*": 2_000, "_": 2_000, "|": 4_000}
"""How often a page may hold signs over which the Markdown parser can take long."""
MARKDOWN_DEPTH = 8
"""Quotations within quotations, and steps of indentation: the Markdown parser calls itself for each."""
