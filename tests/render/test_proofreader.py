"""Every QR code of a PDF is read back: good sheets pass, and each way to spoil one is seen."""

from __future__ import annotations

import pytest

from liaison.render.print import proofreader
from liaison.render.print.proofreader import Proof, read_back
from support.pdfs import HAS_POPPLER, READERS, drawn, drawn_by_poppler, module_of, symbol, typeset

FIRST, OTHER, THIRD = (f"HTTPS://DB.EXAMPLE.GOV.CN/S/3F/{code}/" for code in ("7K2MC", "9T4XA", "0B6WQ"))
LONG = "https://www.example.gov.cn/zt/jiazhan/S/3F/7K2MC/"
MODULE = module_of(FIRST, 26)
DARK = 'rgb("#8c1116")'


def on_white(payload: str, width: float = 26, fill: str = "black") -> str:
    """A symbol in its quiet zone."""
    quiet = 4 * module_of(payload, width)
    return f"box(fill: white, inset: {quiet}mm, {symbol(payload, width, fill)})"


def page(*things: str, ground: str = "white", words: str = "人大代表联络站") -> str:
    """A page of A4 with things in rows of four."""
    cells = ", ".join(f"align(center, {thing} + [{words}])" for thing in things)
    return f"#page(width: 210mm, height: 297mm, margin: 12mm, fill: {ground}, grid(columns: (1fr,) * 4, {cells}))\n"


def proof(source: str, *expected: str) -> Proof:
    return read_back(typeset(source), expected, module=MODULE)


def payloads(count: int) -> list[str]:
    return [f"HTTPS://DB.EXAMPLE.GOV.CN/D/{number:02d}/{number * 7919 % 100000:05d}/" for number in range(count)]


def test_sheets_that_are_as_they_should_be() -> None:
    """All codes of three pages are read, whatever order they are expected in."""
    codes = payloads(50)
    sheets = "".join(page(*map(on_white, codes[start : start + 20])) for start in (0, 20, 40))
    assert proof(sheets, *reversed(codes)) == Proof(3, (), ())
    assert proof(sheets, *codes).is_good


def test_a_code_that_is_not_there_is_missing() -> None:
    """It is named, and the others are not."""
    found = proof(page(on_white(FIRST), on_white(THIRD)) + page(), FIRST, OTHER, THIRD)
    assert found == Proof(2, (OTHER,), ())
    assert not found.is_good


def test_a_code_in_the_place_of_another_is_both() -> None:
    """What lacks is missing, what is read instead is foreign."""
    assert proof(page(on_white(FIRST), on_white(THIRD)), FIRST, OTHER) == Proof(1, (OTHER,), (THIRD,))


def test_a_code_too_many_is_foreign() -> None:
    """The wrong code is the worst fault, so nothing need be missing for it; nor may a good one come more often."""
    assert proof(page(on_white(FIRST), on_white(OTHER)), FIRST) == Proof(1, (), (OTHER,))
    assert proof(page(on_white(FIRST)) + page(on_white(FIRST)), FIRST) == Proof(2, (), (FIRST,))


def test_both_faces_of_a_folded_card_are_read() -> None:
    """The same code twice on one page, the upper one on its head; a single one of them is not enough."""
    upper = f"rotate(180deg, {on_white(FIRST)})"
    assert proof(page(upper, on_white(FIRST)), FIRST, FIRST).is_good
    assert proof(page(upper), FIRST).is_good
    assert proof(page(upper), FIRST, FIRST) == Proof(1, (FIRST,), ())


@pytest.mark.parametrize("turn", [90, 270, 15])
def test_a_turned_code_is_read(turn: int) -> None:
    """Upright sheets with lying faces, and stickers that lean."""
    assert proof(page(f"rotate({turn}deg, {on_white(FIRST)})", "[]", on_white(OTHER)), FIRST, OTHER).is_good


@pytest.mark.parametrize(("share", "is_good"), [(0.15, True), (0.6, False)])
def test_a_covered_code_is_missing_where_it_cannot_be_mended(share: float, is_good: bool) -> None:
    """A small patch is what level Q is for; a large one is not."""
    side = 26 * share**0.5
    patch = f"place(center + horizon, rect(width: {side}mm, height: {side}mm, fill: white))"
    covered = f"box(width: 26mm, height: 26mm, {{ place({symbol(FIRST, 26)}); {patch} }})"
    assert proof(page(covered), FIRST).is_good is is_good


def test_a_code_needs_its_quiet_zone_on_dark_ground() -> None:
    """White around it makes it a code; right on the ground its edges cannot be told from it."""
    for ground in (DARK, "black"):
        assert proof(page(on_white(FIRST), ground=ground), FIRST).is_good
    bare = f"box(fill: white, {symbol(FIRST, 26)})"
    assert proof(page(bare, ground="black"), FIRST) == Proof(1, (FIRST,), ())


def test_codes_that_touch_each_other_do_not_all_pass() -> None:
    """A column of symbols without a gap between them."""
    codes = payloads(14)
    column = f"grid({', '.join(symbol(code, 26) for code in codes[:7])})"
    found = proof(page(column, f"grid({', '.join(symbol(code, 26) for code in codes[7:])})"), *codes)
    assert found.missing
    assert not found.foreign


def test_a_light_code_on_dark_ground_is_missing() -> None:
    """Many phones do not read it, so it must not pass."""
    light = f"box(fill: black, inset: 4mm, {symbol(FIRST, 26, 'white')})"
    assert proof(page(light), FIRST) == Proof(1, (FIRST,), ())


def test_a_code_without_contrast_is_missing() -> None:
    """A symbol in white on its white quiet zone is in the file, but nobody sees it."""
    assert proof(page(on_white(FIRST, fill="white")), FIRST) == Proof(1, (FIRST,), ())


def test_a_code_in_printing_inks_is_read() -> None:
    """Black is black ink alone, the ground is red of two inks."""
    ground = "cmyk(0%, 100%, 90%, 10%)"
    sheet = page(on_white(FIRST, fill="cmyk(0%, 0%, 0%, 100%)"), ground=ground)
    assert proof(sheet, FIRST).is_good


def test_crowded_tables_are_read_again_until_all_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A first look that is too coarse finds nothing, and the others find all; without them it is missing."""
    codes = payloads(28)
    cells = ", ".join(f"align(center, {symbol(code, 26)})" for code in codes)
    gap = 4 * MODULE
    sheet = typeset(f"#page(width: 210mm, height: 297mm, margin: 12mm, grid(columns: 5, gutter: {gap}mm, {cells}))")
    assert read_back(sheet, codes, module=MODULE).is_good
    coarse = (0.5, proofreader.TRIES[0][1])
    monkeypatch.setattr(proofreader, "TRIES", (coarse, *proofreader.TRIES[1:]))
    assert read_back(sheet, codes, module=MODULE).is_good
    monkeypatch.setattr(proofreader, "TRIES", (coarse,))
    assert read_back(sheet, codes, module=MODULE) == Proof(1, tuple(sorted(codes)), ())


def test_only_what_is_missing_costs_a_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """A good document is drawn once; where one code lacks, the page with the fewest codes is drawn again first."""
    looks: list[tuple[int, float]] = []
    read = proofreader._Reading._read  # noqa: SLF001 -- what costs time is what is counted

    def noted(self: object, number: int, fineness: float, binarizer: object) -> object:
        looks.append((number, fineness))
        return read(self, number, fineness, binarizer)  # type: ignore[arg-type]

    monkeypatch.setattr("liaison.render.print.proofreader._Reading._read", noted)
    sheets = typeset(page(on_white(FIRST), on_white(OTHER)) + page(on_white(THIRD)))
    read_back(sheets, [FIRST, OTHER, THIRD], module=MODULE)
    assert looks == [(0, 4), (1, 4)]
    looks.clear()
    read_back(sheets, [FIRST, OTHER, THIRD, LONG], module=MODULE)
    assert looks == [(0, 4), (1, 4), (1, 5), (0, 5), (1, 6), (0, 6), (1, 9), (0, 9)]


def test_no_page_is_drawn_beyond_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small a module is said to be, a large page takes no more memory than is allowed."""
    monkeypatch.setattr(proofreader, "MOST_PIXELS", 500_000)
    banner = f"#page(width: 800mm, height: 2000mm, align(center + horizon, {on_white(FIRST, 400)}))"
    assert read_back(typeset(banner), [FIRST], module=0.001).is_good


def test_what_cannot_be_proofed_is_refused() -> None:
    """No PDF, and no width of a module."""
    with pytest.raises(ValueError, match="PDFium cannot draw the file"):
        read_back(b"%PDF-1.7 and no more", [], module=1)
    for module in (0, -1, float("inf"), float("nan")):
        with pytest.raises(ValueError, match="module must be above 0"):
            read_back(typeset(page()), [], module=module)


@pytest.fixture(scope="module")
def posters() -> bytes:
    """A poster of 108 mm on A4 for a short and a long address, with text around."""
    text = "为人民服务是人大代表的根本宗旨，欢迎您前来反映意见和建议。" * 12
    return typeset(
        "".join(
            f"#page(width: 210mm, height: 297mm, margin: 15mm)[#align(center, {on_white(payload, 108)})\n{text}]\n"
            for payload in (FIRST, LONG)
        )
    )


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("dpi", [25, 40, 72, 100, 150])
@pytest.mark.parametrize("draw", [drawn, drawn_by_poppler] if HAS_POPPLER else [drawn])
def test_both_readers_agree(posters: bytes, draw: object, dpi: int, reader: str) -> None:
    """A wall poster is read from a small picture and from a large one, whoever draws and whoever reads."""
    assert callable(draw)
    assert [READERS[reader](picture, ()) for picture in draw(posters, dpi)] == [{FIRST}, {LONG}]
