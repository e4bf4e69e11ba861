"""`python benchmarks/robustness.py`: which printed codes are still read when something comes between paper and reader.

Pages of finished PDFs are drawn, disturbed in one way at a time, and shown to two readers that share nothing. The
section of the report is written first; then it ends with an error where a wall poster was not read as it must be.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zlib import crc32

import cv2
import numpy as np
import sections
import zxingcpp
from numpy.typing import NDArray

from liaison.plan.kinds import KINDS

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "tests"))

from support.pdfs import READERS, drawn  # noqa: E402 -- the readers of the tests, so that both ask the same of a code

Picture = NDArray[Any]  # or points, one a row
TITLE = "## Reading under disturbance"
WALL = ("station-a3", "station-a4")
"""Kinds that both readers must read under all that is asked for."""
CHOSEN = (*WALL, "deputy-a4", "plate-a4", "lesson-a4", "desk-card", "badge-10", "codes")
WALL_GREY = 150  # seen around a page that is not seen straight

_ABOUT = """\
Each page is drawn by PDFium from the finished file, in grey, at 100 dpi (where the row says so, at 25), and disturbed
in one way. Noise and places of reflections are the same in each run. *zxing-cpp* has one look. *OpenCV* is
`QRCodeDetector` and then `QRCodeDetectorAruco`, on the picture as it is, a half, a third, twice and three times as
large, until all codes of the page are read: each look alone misses a few clean codes in a hundred. What must be found
is what zxing-cpp reads at 150 dpi; that this is what the file should show was proved when it was made. A cell holds
the codes read by zxing-cpp · by OpenCV. Badges and tables are for the hand: at 25 dpi a module of a 26 mm symbol is
less than a pixel, which nothing reads."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be read."""

    picture: Picture
    corners: Sequence[Picture]  # of each symbol, in pixels, clockwise from the upper left
    chance: np.random.Generator


def _noise(page: Page) -> Picture:
    noisy = page.picture + page.chance.normal(0, 40, page.picture.shape)
    return noisy.clip(0, 255).astype(np.uint8)


def _reflection(page: Page) -> Picture:
    """A white disc of 5 % of each symbol, somewhere in its middle half."""
    seen = page.picture.copy()
    for corners in page.corners:
        across, down = corners[1] - corners[0], corners[3] - corners[0]
        centre = corners[0] + across * page.chance.uniform(0.3, 0.7) + down * page.chance.uniform(0.3, 0.7)
        radius = np.sqrt(0.05 * abs(np.cross([*across, 0], [*down, 0])[2]) / np.pi)
        cv2.circle(seen, [round(float(at)) for at in centre], round(float(radius)), 255, -1, cv2.LINE_AA)
    return seen


def _compressed(page: Page) -> Picture:
    _, file = cv2.imencode(".jpg", page.picture, [cv2.IMWRITE_JPEG_QUALITY, 20])
    return cv2.imdecode(file, cv2.IMREAD_GRAYSCALE)


def _shaded(page: Page) -> Picture:
    height, width = page.picture.shape
    light = np.add.outer(np.linspace(0, 0.4, height), np.linspace(0, 0.4, width))
    return (page.picture * (1 - light)).astype(np.uint8)


def _aslant(ends: Sequence[tuple[float, float]]) -> Callable[[Page], Picture]:
    """Move the four corners of the page, clockwise from the upper left, as parts of its width and height."""

    def warped(page: Page) -> Picture:
        height, width = page.picture.shape
        size = np.array([width, height], np.float32)
        start = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32) * size
        matrix = cv2.getPerspectiveTransform(start, np.array(ends, np.float32) * size)
        return cv2.warpPerspective(page.picture, matrix, (width, height), borderValue=(WALL_GREY,))

    return warped


def _turned(page: Page) -> Picture:
    height, width = page.picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 20, 1)
    side = int(np.hypot(height, width))
    matrix[:, 2] += (side - width) / 2, (side - height) / 2
    return cv2.warpAffine(page.picture, matrix, (side, side), borderValue=(WALL_GREY,))


@dataclass(frozen=True, slots=True)
class Disturbance:
    """One row of the table."""

    name: str
    change: Callable[[Page], Picture] = lambda page: page.picture
    dpi: int = 100
    is_asked: bool = False
    """Whether wall posters must be read by both readers."""


DISTURBANCES = (
    Disturbance("none", is_asked=True),
    Disturbance("none, at 25 dpi", dpi=25, is_asked=True),
    Disturbance("Gaussian blur, σ 2 pixels", lambda page: cv2.GaussianBlur(page.picture, (0, 0), 2), is_asked=True),
    Disturbance("upper edge shortened by 15 %", _aslant([(0.075, 0), (0.925, 0), (1, 1), (0, 1)]), is_asked=True),
    Disturbance("left edge shortened by 15 %", _aslant([(0, 0.075), (1, 0), (1, 1), (0, 0.925)]), is_asked=True),
    Disturbance("Gaussian noise, σ 40 of 255", _noise, is_asked=True),
    Disturbance("shaken: blur along 9 pixels", lambda page: cv2.filter2D(page.picture, -1, np.full((1, 9), 1 / 9))),
    Disturbance("reflection over 5 % of the symbol", _reflection),
    Disturbance("contrast of a fifth", lambda page: (110 + page.picture * (50 / 255)).astype(np.uint8)),
    Disturbance("turned by 20°", _turned),
    Disturbance("JPEG, quality 20", _compressed),
    Disturbance("shadow: 80 % darker from corner to corner", _shaded),
)


@dataclass(slots=True)
class Found:
    """How many codes of one kind there are, and how many were read."""

    kind: str
    codes: int
    read: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By disturbance and reader."""
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Payloads that are not on the page."""

    def lacking(self) -> Iterator[str]:
        """What was asked for and is not so, in words."""
        for one in DISTURBANCES if self.kind in WALL else ():
            for reader in READERS if one.is_asked else ():
                read = self.read[one.name, reader]
                if read < self.codes:
                    yield f"{self.kind}, {one.name}: {reader} reads {read} of {self.codes}"


Place = tuple[str, Picture]  # a payload, and the corners of its symbol in inches


def codes_on(pdf: bytes) -> list[list[Place]]:
    """What stands where on each page."""
    only = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    pages = (zxingcpp.read_barcodes(drawing, only) for drawing in drawn(pdf, 150))
    return [[(one.text, _corners(one.position) / 150) for one in page] for page in pages]


def _corners(place: zxingcpp.Position) -> Picture:
    ends = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return np.array([(end.x, end.y) for end in ends], float)


def survey(kind: str, pdfs: Sequence[bytes], expected: Sequence[Sequence[str]]) -> Found:
    """Show all pages of these files to the readers; `expected` has the payloads of each file."""
    found = Found(kind, sum(len(set(payloads)) for payloads in expected))
    for pdf, payloads in zip(pdfs, expected, strict=True):
        pages = codes_on(pdf)
        for one in DISTURBANCES:
            both = zip(drawn(pdf, one.dpi), pages, strict=True)
            seen = [(_disturbed(one, picture, places), places) for picture, places in both if places]
            for reader, read in READERS.items():
                texts = {text for picture, places in seen for text in read(picture, [text for text, _ in places])}
                found.read[one.name, reader] += len(texts & set(payloads))
                found.wrong[one.name, reader] += len(texts - set(payloads))
    return found


def _disturbed(one: Disturbance, picture: Picture, places: Sequence[Place]) -> Picture:
    chance = np.random.default_rng(crc32("".join(text for text, _ in places).encode()))
    return one.change(Page(picture, [corners * one.dpi for _, corners in places], chance))


def section(found: Sequence[Found]) -> str:
    """The section of the report, its title first."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("zxing-cpp", "opencv-python-headless", "pypdfium2"))
    kinds = [f"{one.kind} {KINDS[one.kind].symbol:g} mm, of {one.codes}" for one in found]
    rows = [["disturbance", "asked of wall posters", *kinds], ["---", "---", *["---:"] * len(found)]]
    for one in DISTURBANCES:
        cells = [" · ".join(str(kind.read[one.name, reader]) for reader in READERS) for kind in found]
        rows.append([one.name, "all" if one.is_asked else "", *cells])
    wrong = sum(kind.wrong.total() for kind in found)
    holds = ["All that is asked of wall posters holds."] if any(kind.kind in WALL for kind in found) else []
    lacking = [f"- {line}" for kind in found for line in kind.lacking()] or holds
    head = [TITLE, "", "Written by `benchmarks/robustness.py`; do not edit.", "", f"{versions}.", "", _ABOUT, ""]
    table = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(
        [*head, *table, "", f"Read as something else than what is on the page: {wrong}.", "", *lacking, ""]
    )


def of_folder(folder: Path, kinds: Iterable[str], most: int) -> Iterator[Found]:
    """Look at up to `most` files of each kind, spread over the folder that `liaison posters` made."""
    for kind in kinds:
        files = sorted(file for file in folder.rglob("*.pdf") if file.parent.name == kind)
        if not files:
            sys.exit(f"no PDF of {kind} in {folder}")
        pdfs = [file.read_bytes() for file in files[:: max(1, -(-len(files) // most))]]
        yield survey(kind, pdfs, [[text for page in codes_on(pdf) for text, _ in page] for pdf in pdfs])


def main() -> None:
    """Make the files if none are given, look at them, and put the section into the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--posters", type=Path, help="a folder made by `liaison posters`; default: made of the sample")
    parser.add_argument("--kind", dest="kinds", action="append", choices=list(KINDS), help="default: a choice of them")
    parser.add_argument("--files", type=int, default=20, help="at most, of each kind")
    parser.add_argument("--report", type=Path, default=HERE / "REPORT.md")
    options = parser.parse_args()
    kinds = options.kinds or CHOSEN
    with tempfile.TemporaryDirectory() as made:
        if not options.posters:
            words = [word for kind in kinds for word in ("--kind", kind)]
            liaison = Path(sys.executable).with_name("liaison")
            subprocess.run([liaison, "posters", "--yes", "--out", made, *words], check=True, cwd=HERE.parent)
        found = list(of_folder(options.posters or Path(made), kinds, options.files))
    before = options.report.read_text(encoding="utf-8") if options.report.exists() else "# Benchmark\n"
    options.report.write_text(sections.put(before, section(found)), encoding="utf-8")
    if lacking := [line for one in found for line in one.lacking()]:
        sys.exit("\n".join(lacking))


if __name__ == "__main__":
    main()
