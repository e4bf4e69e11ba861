"""Every kind of print for the office, made by the real command, looked at by readers that share nothing with it."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from liaison.plan.kinds import KINDS
from support.paper import Sheet, sheets
from support.pdfs import by_opencv, by_zxing
from support.printing import CENTRE, GULI, LESSONS, LIANG, STATIONS, YUFENG, ZENG, files_of, payload

BASE = "HTTPS://DB.EXAMPLE.GOV.CN/"
LEAST_MODULE = 0.4
TOWNSHIPS = {"431382200-三甲乡": [YUFENG, ZENG, GULI], "431382-涟源市": [CENTRE, LIANG]}
every_kind = pytest.mark.parametrize("kind", KINDS)


class Prints:
    """The files of a run, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.files = folder, files_of(folder)
        self._sheets: dict[str, list[Sheet]] = {}

    def of(self, kind: str) -> dict[str, list[str]]:
        """Path of every file of a kind, and the keys it is made of."""
        return {path: list(one["items"]) for path, one in self.files.items() if one["kind"] == kind}

    def sheets(self, path: str) -> list[Sheet]:
        """The pages of a file."""
        if path not in self._sheets:
            self._sheets[path] = sheets(self.folder / path)
        return self._sheets[path]

    def all_sheets(self, kind: str) -> list[Sheet]:
        """The pages of all files of a kind."""
        found = [sheet for path in self.of(kind) for sheet in self.sheets(path)]
        assert found
        return found


@pytest.fixture(scope="session")
def prints(printed_site: Path) -> Prints:
    """What was made for the office."""
    return Prints(printed_site / "posters/office")


def wanted(kind: str) -> list[list[str]]:
    """The keys in each file that a kind must give."""
    subject = KINDS[kind].subject
    if subject == "lesson":
        return [[key] for key in LESSONS]
    chosen = {
        "station": lambda key: key in STATIONS,
        "deputy": lambda key: key not in STATIONS,
        "deputy codes": lambda key: key not in STATIONS,
        "all codes": lambda _: True,
    }[subject]
    by_township = [[key for key in keys if chosen(key)] for keys in TOWNSHIPS.values()]
    return by_township if KINDS[kind].is_shared else [[key] for keys in by_township for key in keys]


def in_order(keys: list[list[str]]) -> list[list[str]]:
    return sorted(sorted(one) for one in keys)


@every_kind
def test_a_file_for_each_thing(prints: Prints, kind: str) -> None:
    """Each record has a file of its own, or the records of a township share one; the folder holds nothing else."""
    found = prints.of(kind)
    assert in_order(list(found.values())) == in_order(wanted(kind))
    lying_there = {path.relative_to(prints.folder).as_posix() for path in (prints.folder / kind).iterdir()}
    assert lying_there == set(found)
    assert all(len(prints.sheets(path)) == prints.files[path]["pages"] for path in found)


@every_kind
def test_names_sort_by_township_and_say_whose_it_is(prints: Prints, kind: str) -> None:
    """Names begin with the code of the township or lesson, and end with that of a record, or say that it is a part."""
    for path, keys in prints.of(kind).items():
        name = Path(path).stem
        if KINDS[kind].subject == "lesson":
            assert name.startswith(keys[0].replace("/", "-") + "-")
            continue
        (township,) = (one for one, codes in TOWNSHIPS.items() if set(keys) <= set(codes))
        assert name.startswith(f"{township}-")
        assert name.endswith("-选印" if KINDS[kind].is_shared else f"-{keys[0]}")


@every_kind
def test_files_are_archival_and_tagged(prints: Prints, kind: str) -> None:
    """Every file says that it is PDF/A-2a, is tagged, and names its title and language."""
    for path in prints.of(kind):
        with pikepdf.open(prints.folder / path) as document:
            with document.open_metadata() as notes:
                assert (notes["pdfaid:part"], notes["pdfaid:conformance"]) == ("2", "A")
                assert KINDS[kind].title in notes["dc:title"]
            assert document.Root.MarkInfo.Marked
            assert len(document.Root.StructTreeRoot.K) > 0
            assert str(document.Root.Lang).startswith("zh")
            figures = [str(one.Alt) for one in structure(document) if one.get("/S") == "/Figure" and "/Alt" in one]
        assert sum("二维码" in alt for alt in figures) == len(prints.files[path]["items"]) * KINDS[kind].times


def structure(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Every structure element of a document."""
    return [
        one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
    ]


@every_kind
def test_fonts_are_embedded_and_only_what_is_used(prints: Prints, kind: str) -> None:
    """Every font lies in the file, as a subset."""
    for path in prints.of(kind):
        with pikepdf.open(prints.folder / path) as document:
            fonts = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one]
            assert fonts
            for font in fonts:
                assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont))
                for part in font.get("/DescendantFonts", [font]):
                    assert {"/FontFile2", "/FontFile3"} & set(part.FontDescriptor.keys())


@every_kind
def test_only_photos_are_pictures(prints: Prints, kind: str) -> None:
    """A photo stands where the deputy has one, on what shows photos; no code is a picture."""
    shows_photos = KINDS[kind].template in {"deputy", "badge"}
    for path, keys in prints.of(kind).items():
        with pikepdf.open(prints.folder / path) as document:
            pictures = [one for one in document.objects if isinstance(one, pikepdf.Stream) and is_picture(one)]
            assert len(pictures) == (shows_photos and ZENG in keys)
            for picture in pictures:
                assert by_zxing(Image.open(io.BytesIO(picture.read_raw_bytes())).convert("L")) == set()
            for page in document.pages:
                assert all(str(step.operator) != "INLINE IMAGE" for step in pikepdf.parse_content_stream(page))


def is_picture(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") == "/Image"


@every_kind
def test_sheets_have_their_size(prints: Prints, kind: str) -> None:
    """Every page is the sheet of its kind, to a tenth of a millimetre."""
    for sheet in prints.all_sheets(kind):
        assert sheet.width == pytest.approx(KINDS[kind].width, abs=0.1)
        assert sheet.height == pytest.approx(KINDS[kind].height, abs=0.1)


@every_kind
def test_type_can_be_read(prints: Prints, kind: str) -> None:
    """No type is smaller than the kind allows."""
    for sheet in prints.all_sheets(kind):
        size, words = sheet.type_sizes[0]
        assert size >= KINDS[kind].least - 0.01, words


@every_kind
def test_codes_are_drawn_as_they_must_be(prints: Prints, kind: str) -> None:
    """A code is one black path of its full width, with modules that a press can print."""
    for path, keys in prints.of(kind).items():
        symbols = [symbol for sheet in prints.sheets(path) for symbol in sheet.symbols]
        assert len(symbols) == len(keys) * KINDS[kind].times
        for one in symbols:
            assert one.colour == (0, 0, 0, 255)
            assert one.is_plain
            assert one.right - one.left == pytest.approx(KINDS[kind].symbol, abs=0.05)
            assert one.top - one.bottom == pytest.approx(KINDS[kind].symbol, abs=0.05)
            assert one.module >= LEAST_MODULE
            assert one.modules % 4 == pytest.approx(1)


@every_kind
def test_codes_are_read_by_two_readers(prints: Prints, kind: str) -> None:
    """Each code leads to its own record, by either reader, once for each time it stands there."""
    for path, keys in prints.of(kind).items():
        expected = Counter({payload(BASE, key): KINDS[kind].times for key in keys})
        looks = [look for sheet in prints.sheets(path) for _, look, _ in sheet.looks]
        assert Counter(text for look in looks for text in by_zxing(look)) == expected
        assert Counter(text for look in looks for text in by_opencv(look, ["one"])) == expected


@every_kind
def test_no_other_code_is_on_a_page(prints: Prints, kind: str) -> None:
    """A whole page shows no code but those of its records."""
    for path, keys in prints.of(kind).items():
        allowed = {payload(BASE, key) for key in keys}
        for sheet in prints.sheets(path):
            dots = 4 / min((one.module for one in sheet.symbols), default=2)
            assert by_zxing(sheet.picture(dots)) <= allowed


@every_kind
def test_quiet_zones_are_white(prints: Prints, kind: str) -> None:
    """Four modules around every code nothing is printed."""
    for sheet in prints.all_sheets(kind):
        for _, look, zone in sheet.looks:
            assert look[zone].min() == 255


@every_kind
def test_codes_can_be_typed(prints: Prints, kind: str) -> None:
    """The code, or the address of a lesson, stands in letters on the page of the symbol."""
    for path, keys in prints.of(kind).items():
        words = "".join(sheet.words for sheet in prints.sheets(path) if sheet.symbols)
        for key in keys:
            assert key in words


@pytest.mark.parametrize("station", sorted(STATIONS))
def test_no_page_is_left_nearly_empty(prints: Prints, station: str) -> None:
    """What does not fit on the first page of a poster goes on with the table of deputies, not on a page before it."""
    (path,) = [path for path, keys in prints.of("station-a4").items() if keys == [station]]
    _, second = prints.sheets(path)
    assert "本站代表" in second.words
