"""Readers of QR pictures and drawings that share nothing with the code that makes them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import cv2
import numpy as np
import zxingcpp

SVG = "{http://www.w3.org/2000/svg}"


def pixels(picture: bytes) -> Any:
    image = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert image is not None
    return image


def painted(rows: list[str], scale: int, quiet: int) -> Any:
    modules = np.pad(np.array([[int(module) for module in row] for row in rows]), quiet)
    return np.kron(255 * (1 - modules), np.ones((scale, scale))).astype(np.uint8)


def readings(image: Any) -> set[str]:
    """What zxing-cpp and OpenCV read, `""` where OpenCV reads nothing.

    OpenCV's first detector overlooks about one clean code in a hundred, those with the library's best mask
    included; its second finds the corners another way.
    """
    by_zxing = [barcode.text for barcode in zxingcpp.read_barcodes(image)]
    by_opencv, _, _ = cv2.QRCodeDetector().detectAndDecode(image)
    if not by_opencv:
        by_opencv, _, _ = cv2.QRCodeDetectorAruco().detectAndDecode(image)
    return {*by_zxing, by_opencv}


def filled(drawing: str) -> list[str]:
    """The modules of the `viewBox`, `1` where the centre is filled, by both fill rules alike."""
    root = ET.fromstring(drawing)
    (path,) = root.iter(f"{SVG}path")
    _, _, width, height = (int(number) for number in root.attrib["viewBox"].split())
    crossings: dict[int, list[tuple[int, int]]] = {y: [] for y in range(height)}
    for x, top, bottom in _vertical_edges(path.attrib["d"]):
        for y in range(min(top, bottom), max(top, bottom)):
            crossings[y].append((x, 1 if bottom > top else -1))
    rows = []
    for y in range(height):
        even_odd, winding = "", ""
        for x in range(width):
            before = [turn for at, turn in crossings[y] if at <= x]
            even_odd += str(len(before) % 2)
            winding += "1" if sum(before) else "0"
        assert even_odd == winding
        rows.append(even_odd)
    return rows


def _vertical_edges(path: str) -> list[tuple[int, int, int]]:
    edges = []
    for part in re.findall(r"M[^Mz]+z", path):
        start = re.match(r"M(\d+) (\d+)", part)
        assert start
        first = x, y = int(start[1]), int(start[2])
        for direction, step in re.findall(r"([hv])(-?\d+)", part):
            if direction == "h":
                x += int(step)
            else:
                edges.append((x, y, y + int(step)))
                y += int(step)
        assert x == first[0] or y == first[1], "the closing line is level or upright"
        edges.append((x, y, first[1]))
    assert "".join(re.findall(r"M[^Mz]+z", path)) == path
    return edges
