"""Plan to bytes, pure: plain data in, bytes out. Knows nothing of files, records or MkDocs."""
