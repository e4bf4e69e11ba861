"""What takes the place of files that cannot be deleted."""

from __future__ import annotations

import io
import json
from xml.etree import ElementTree as ET

from PIL import Image
from pypdfium2 import PdfDocument

from liaison.publish.archive_tombstones import tombstone
from support.html import read_page


def test_a_tombstone_of_a_page() -> None:
    """It is whole HTML, asks not to be found, runs nothing, names nobody, and leads home from where it lies."""
    text = tombstone("D/7K/3M9TY/index.html").decode()
    found = read_page(text)
    assert found.title == "网页已撤下"
    assert '<meta name="robots" content="noindex">' in text
    assert 'href="../../../"' in text
    assert "<script" not in text
    assert "7K3M9TY" not in text
    assert 'href="./"' in tombstone("old.html").decode()


def test_tombstones_of_other_types() -> None:
    """Independent readers take each for what its name says."""
    for suffix, form in (("png", "PNG"), ("jpg", "JPEG"), ("jpeg", "JPEG"), ("gif", "GIF")):
        with Image.open(io.BytesIO(tombstone(f"a.{suffix}"))) as image:
            image.load()
            assert (image.format, image.size) == (form, (1, 1))
    document = PdfDocument(tombstone("a.pdf"))
    assert len(document) == 1
    document.close()
    assert json.loads(tombstone("a.json")) == {}
    assert ET.fromstring(tombstone("a.xml")).tag == "removed"
    assert ET.fromstring(tombstone("a.svg")).tag.endswith("svg")
    assert tombstone("a.vtt").startswith(b"WEBVTT")
    assert tombstone("a.js") == tombstone("a.css") == b""
