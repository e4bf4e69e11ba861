"""What takes the place of a file that is gone, on hosts where nothing can be deleted: a small file of the same type."""

from __future__ import annotations

from base64 import b64decode
from pathlib import PurePosixPath

_PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>网页已撤下</title>
</head>
<body>
<main>
<h1>网页已撤下</h1>
<p>您要看的网页已经撤下。</p>
<p><a href="{home}">返回首页</a></p>
</main>
</body>
</html>
"""
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n<removed/>\n'
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n'
_PIXELS = {
    ".png": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg==",
    ".gif": "R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==",
    ".jpg": "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKra"
    "rYqMyP/L2u71////m8H////6/+b9//j/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABf/EABQQAQAA"
    "AAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AZf/Z",
}
"""A white point each."""


def tombstone(path: str) -> bytes:
    """For a page a notice with a link to the home page; else the least that is a file of that type, or no bytes."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == ".html":
        return _PAGE.format(home="../" * path.count("/") or "./").encode()
    texts = {
        ".txt": "本文件已撤下。\n",
        ".json": "{}\n",
        ".xml": _XML,
        ".svg": _SVG,
        ".vtt": "WEBVTT\n",
        ".pdf": _pdf(),
    }
    if suffix in texts:
        return texts[suffix].encode()
    return b64decode(_PIXELS.get(".jpg" if suffix == ".jpeg" else suffix, ""))


def _pdf() -> str:
    """A blank page of A4."""
    bodies = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>",
    )
    made, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(bodies) + 1
    end = f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF\n"
    return f"{made}xref\n0 {size}\n0000000000 65535 f \n{table}{end}"
