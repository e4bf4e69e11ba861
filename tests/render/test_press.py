"""A PDF of Typst made ready for the press: boxes and marks looked at by two readers, and every fault planted once."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pikepdf
import pylopdf_fonts_zh_cn
import pypdfium2
import pytest
import typst
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageCms

from liaison.render.print.preflight import faults
from liaison.render.print.press import PressError, finish
from liaison.render.print.profiles import Profile, usual

MM = 72 / 25.4
DOTS = 10  # a millimetre
MADE_ON = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
USUAL = usual()
FONTS = typst.Fonts(
    include_system_fonts=False,
    include_embedded_fonts=False,
    font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)],
)
PAGE = """
#set page(width: 60mm, height: 80mm, bleed: 3mm, margin: 8mm, background: place(
  top + left, dx: -20mm, dy: -20mm, rect(width: 100mm, height: 35mm, fill: cmyk(18%, 92%, 77%, 27%))))
#set text(font: "Noto Sans SC", size: 9pt, fill: cmyk(0%, 0%, 0%, 100%))
#v(12mm)
= 人大代表联络站
#line(length: 30mm, stroke: cmyk(0%, 0%, 0%, 15%))
"""
SECOND = "#set page(width: 90mm, height: 50mm)\n背面"
RED = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#f00" {}/></svg>'

Typeset = Callable[[str], bytes]
Change = Callable[[Pdf, pikepdf.Page], object]


@pytest.fixture
def typeset(tmp_path: Path) -> Typeset:
    """Typst, with the fonts of the project and a few pictures beside the source."""
    (tmp_path / "red.svg").write_text(RED.format(""), encoding="utf-8")
    (tmp_path / "half.svg").write_text(RED.format("opacity='0.5'"), encoding="utf-8")
    Image.new("RGB", (9, 9), "red").save(tmp_path / "red.png")
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "#b04030").save(out, "JPEG")
    (tmp_path / "photo.jpg").write_bytes(USUAL.photo(out.getvalue()))

    def compile_it(source: str) -> bytes:
        path = tmp_path / "page.typ"
        path.write_text(source, encoding="utf-8")
        made = typst.compile(str(path), font_paths=FONTS, timestamp=0)
        assert isinstance(made, bytes)
        return made

    return compile_it


def finished(pdf: bytes, *, bleed: float = 3, marks: bool = True, profile: Profile = USUAL) -> bytes:
    return finish(pdf, profile, bleed=bleed, marks=marks, made_on=MADE_ON)


def drawn(pdf: bytes, number: int = 0) -> np.ndarray:
    """A page in grey, 10 dots a millimetre."""
    with pypdfium2.PdfDocument(pdf) as document:
        return np.asarray(document[number].render(scale=DOTS / MM).to_pil().convert("L"), dtype=int)


def boxes(pdf: bytes) -> Iterator[dict[str, list[float]]]:
    """The boxes of each page in millimetres, as PDFium and qpdf both read them."""
    with pypdfium2.PdfDocument(pdf) as document, pikepdf.open(io.BytesIO(pdf)) as other:
        for page, same in zip(document, other.pages, strict=True):
            found = {
                "media": page.get_mediabox(),
                "crop": page.get_cropbox(),
                "bleed": page.get_bleedbox(),
                "trim": page.get_trimbox(),
            }
            for name, box in found.items():
                assert box == pytest.approx([float(side) for side in getattr(same, f"{name}box")], abs=0.001)
            yield {name: [side / MM for side in box] for name, box in found.items()}


def box(width: float, height: float, around: float) -> object:
    """A box `around` millimetres larger than the trim, whose corner lies 3 mm within the typeset page."""
    return pytest.approx([3 - around, 3 - around, 3 + width + around, 3 + height + around], abs=0.1)


def changed(pdf: bytes, change: Change) -> bytes:
    """The file after a change to it and its first page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document, document.pages[0])
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def test_boxes_lie_around_each_other(typeset: Typeset) -> None:
    """Trim as typeset, 3 mm of bleed, 7 mm of slug; pages of two sizes."""
    first, second = boxes(finished(typeset(PAGE + SECOND)))
    for found, (width, height) in ((first, (60, 80)), (second, (90, 50))):
        assert found["trim"] == box(width, height, 0)
        assert found["bleed"] == box(width, height, 3)
        assert found["media"] == found["crop"] == box(width, height, 10)


def test_without_marks_the_sheet_keeps_its_size(typeset: Typeset) -> None:
    """And a page without bleed is cut where it ends."""
    (found,) = boxes(finished(typeset(PAGE), marks=False))
    assert found["trim"] == box(60, 80, 0)
    assert found["bleed"] == found["media"] == box(60, 80, 3)
    (sheet,) = boxes(finished(typeset(PAGE.replace("3mm", "0mm")), bleed=0, marks=False))
    assert sheet["trim"] == sheet["bleed"] == sheet["media"] == pytest.approx([0, 0, 60, 80], abs=0.1)


@pytest.mark.parametrize("number", [0, 1])
def test_nothing_moves_and_nothing_is_lost(typeset: Typeset, number: int) -> None:
    """Inside the bleed the page looks as it was typeset."""
    pdf = typeset(PAGE + SECOND)
    before, after = drawn(pdf, number), drawn(finished(pdf), number)
    inner = after[70 : 70 + before.shape[0], 70 : 70 + before.shape[1]]
    assert abs(inner[2:-2, 2:-2] - before[2:-2, 2:-2]).mean() < 0.5


@pytest.mark.parametrize("bleed", [3, 0])
def test_marks_stand_outside_the_bleed(typeset: Typeset, bleed: int) -> None:
    """Two 5 mm lines at each corner, on the lines of the cut; else the slug is white, whatever sticks out."""
    sheet = drawn(finished(typeset(PAGE.replace("bleed: 3mm", f"bleed: {bleed}mm")), bleed=bleed))
    height, width = sheet.shape
    expected = np.zeros(sheet.shape, dtype=bool)
    trim = 70 + bleed * DOTS
    for across in (slice(20, 70), slice(width - 70, width - 20)):
        for y in (trim, height - trim):
            assert sheet[y - 1 : y + 1, across].min(axis=0).max() < 200
            expected[y - 2 : y + 2, across.start - 1 : across.stop + 1] = True
    for down in (slice(20, 70), slice(height - 70, height - 20)):
        for x in (trim, width - trim):
            assert sheet[down, x - 1 : x + 1].min(axis=1).max() < 200
            expected[down.start - 1 : down.stop + 1, x - 2 : x + 2] = True
    expected[69 : height - 69, 69 : width - 69] = True
    assert (sheet[~expected] == 255).all()


def test_marks_are_an_artifact_on_all_plates(typeset: Typeset) -> None:
    """Readers aloud pass over them; they print with 100 % of each ink, 0.25 pt thick."""
    with pikepdf.open(io.BytesIO(finished(typeset(PAGE)))) as document:
        page = document.pages[0]
        steps = [(str(step.operator), list(step.operands)) for step in pikepdf.parse_content_stream(page)]
        names = [name for name, _ in steps]
        marks = steps[: names.index("EMC")]
        assert marks[0] == ("BDC", [Name.Artifact, Dictionary(Type=Name.Page)])
        assert ("w", [pikepdf.Object.parse(b"0.25")]) in marks
        assert [name for name, _ in marks].count("l") == 8
        ink = page.resources.ColorSpace.Registration
        assert list(ink)[:3] == [Name.Separation, Name.All, Name.DeviceCMYK]
        assert list(ink[3].C1) == [1, 1, 1, 1]
        assert names.count("q") == names.count("Q")


def test_the_file_says_what_it_is_made_for(typeset: Typeset) -> None:
    """The output intent, no trapping, and the day of the records instead of that of the run."""
    with pikepdf.open(io.BytesIO(finished(typeset(PAGE)))) as document:
        (intent,) = document.Root.OutputIntents
        assert intent.S == Name.GTS_PDFX
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert str(intent.RegistryName) == "http://www.color.org"
        assert str(intent.Info) == str(intent.OutputCondition) == "FOGRA39L coated"
        assert intent.DestOutputProfile.N == 4
        assert intent.DestOutputProfile.read_bytes() == USUAL.data
        assert document.docinfo.Trapped == Name("/False")
        assert str(document.docinfo.CreationDate) == str(document.docinfo.ModDate) == "D:20260102030405+00'00"
        notes = document.open_metadata()
        assert notes["xmp:CreateDate"] == notes["xmp:ModifyDate"] == "2026-01-02T03:04:05+00:00"
        assert notes["pdf:Trapped"] == "False"
    own = Profile("厂里的", None, USUAL.data)
    with pikepdf.open(io.BytesIO(finished(typeset(PAGE), profile=own))) as document:
        (intent,) = document.Root.OutputIntents
        assert (str(intent.OutputConditionIdentifier), str(intent.Info)) == ("Custom", "厂里的")
        assert "/RegistryName" not in intent


def test_the_same_input_gives_the_same_bytes(typeset: Typeset) -> None:
    """Later too (a file's own identifier is usually made of the second); and another day gives another file."""
    pdf = typeset(PAGE + SECOND)
    first = finished(pdf)
    time.sleep(1.1)
    assert finished(pdf) == first
    assert finished(pdf) != finish(pdf, USUAL, bleed=3, marks=True, made_on=MADE_ON.replace(day=3))


def test_a_page_without_room_for_the_bleed_is_refused(typeset: Typeset) -> None:
    """With its number; a time without a zone is a mistake of the caller."""
    with pytest.raises(PressError, match="第 2 页排版时没有留够 3 毫米出血。"):
        finished(typeset(PAGE + "#set page(bleed: 2mm)\n背面"))
    with pytest.raises(ValueError, match="time zone"):
        finish(b"", USUAL, bleed=3, marks=True, made_on=MADE_ON.replace(tzinfo=None))


GOOD = {
    "text, shapes and rules in CMYK": "",
    "gray": "#rect(width: 1cm, height: 3mm, fill: luma(40%))",
    "a photo": '#image("photo.jpg", width: 1cm)',
    "two pages of one size": "#pagebreak()\n背面",
    "a pattern": "#rect(fill: tiling(size: (2mm, 2mm), circle(radius: 1mm, fill: cmyk(0%, 0%, 0%, 15%))))",
}
TYPESET_WRONG = {
    '#rect(fill: rgb("#9b1c20"))': {"文字、图形的颜色是 RGB（ICCBased）"},
    '#rect(stroke: rgb("#9b1c20"))': {"文字、图形的颜色是 RGB（ICCBased）"},
    '#text(fill: rgb("#9b1c20"))[红]': {"文字、图形的颜色是 RGB（ICCBased）"},
    "#text(fill: oklch(40%, 0.2, 40deg))[红]": {"文字、图形的颜色是 RGB（ICCBased）"},
    '#image("red.png")': {"图片是 RGB（ICCBased）"},
    '#image("red.svg")': {"文字、图形的颜色是 RGB（ICCBased）"},
    '#image("half.svg")': {"文字、图形的颜色是 RGB（ICCBased）", "透明组的颜色是 RGB（ICCBased）"},
    "#rect(fill: gradient.linear(red, blue))": {"渐变是 RGB（ICCBased）"},
    "#rect(fill: gradient.linear(cmyk(0%, 9%, 9%, 0%), cmyk(0%, 0%, 9%, 0%)))": {"渐变是 RGB（ICCBased）"},
    "#rect(fill: tiling(size: (2mm, 2mm), circle(radius: 1mm, fill: red)))": {"文字、图形的颜色是 RGB（ICCBased）"},
}


def add(kind: str, thing: Callable[[Pdf], object]) -> Change:
    """Put a thing among the resources of the page."""
    return lambda pdf, page: page.add_resource(thing(pdf), Name(kind))  # type: ignore[arg-type]


def write(code: bytes) -> Change:
    return lambda _, page: page.contents_add(code)


def drawing(code: bytes, **entries: object) -> Callable[[Pdf], Stream]:
    """A form that draws with `code`."""
    return lambda pdf: Stream(pdf, code, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], **entries)


def picture(space: object, data: bytes = b"abc", **entries: object) -> Callable[[Pdf], Stream]:
    head = {"Subtype": Name.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8, "ColorSpace": space}
    return lambda pdf: Stream(pdf, data, **{key: value for key, value in (head | entries).items() if value is not None})


def jpeg_2000(mode: str) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, "JPEG2000")
    return out.getvalue()


def delete(name: str) -> Change:
    return lambda _, page: page.obj.__delitem__(name)


def of_root(name: str, value: Callable[[Pdf], object]) -> Change:
    return lambda pdf, _: pdf.Root.__setitem__(name, value(pdf))


def intent(data: bytes, n: int) -> Change:
    return of_root(
        "/OutputIntents",
        lambda pdf: Array([Dictionary(S=Name.GTS_PDFX, DestOutputProfile=Stream(pdf, data, N=n))]),
    )


def masked(pdf: Pdf) -> Dictionary:
    """A graphics state whose soft mask draws in RGB."""
    return Dictionary(SMask=Dictionary(G=drawing(b"1 1 1 rg")(pdf)))


def note(pdf: Pdf, page: pikepdf.Page) -> None:
    look = Dictionary(D=Dictionary(On=drawing(b"1 0 0 RG")(pdf)))
    page.obj.Annots = Array([Dictionary(Subtype=Name.Stamp, AP=look)])


def grouped(_: Pdf, page: pikepdf.Page) -> None:
    page.obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)


def unembedded(_: Pdf, page: pikepdf.Page) -> None:
    (font,) = page.resources.Font.as_dict().values()
    del font.DescendantFonts[0].FontDescriptor["/FontFile3"]


CAL = Array([Name.CalRGB, Dictionary(WhitePoint=[0.95, 1, 1.09])])
LAB = Array([Name.Lab, Dictionary(WhitePoint=[0.95, 1, 1.09])])
SPOT = Array([Name.Separation, Name.Gold, Name.DeviceRGB, Dictionary(FunctionType=2)])
TABLE = Array([Name.Indexed, Name.DeviceRGB, 0, b"abc"])
IN_INK = Dictionary(ColorSpace=Name.DeviceCMYK)
BARE_FONT = Dictionary(Subtype=Name.Type1, BaseFont=Name.Helvetica)
ON_FIRST = "第 1 页："
DAMAGED = "整个文件：有残缺的地方，要重新生成。"
PLANTED: list[tuple[Change, str]] = [
    (write(b"1 0 0 rg 0 0 9 9 re f"), ON_FIRST + "页面内容的填充颜色是 RGB（rg）。"),
    (write(b"1 0 0 RG 0 0 m 9 9 l S"), ON_FIRST + "页面内容的描边颜色是 RGB（RG）。"),
    (write(b"/DeviceRGB cs 1 0 0 sc"), ON_FIRST + "页面内容的填充颜色是 RGB。"),
    (write(b"/DeviceRGB CS 1 0 0 SC"), ON_FIRST + "页面内容的描边颜色是 RGB。"),
    (write(b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI"), ON_FIRST + "图片是 RGB。"),
    (write(b"BI /W 1 /H 1 /BPC 8 /CS [/I /RGB 0 <00ff00>] ID a EI"), ON_FIRST + "图片是 RGB。"),
    (write(b"(text without an end"), DAMAGED),
    (add("/ColorSpace", lambda _: CAL), ON_FIRST + "文字、图形的颜色是 RGB（CalRGB）。"),
    (add("/ColorSpace", lambda _: LAB), ON_FIRST + "文字、图形的颜色是 Lab。"),
    (add("/ColorSpace", lambda _: SPOT), ON_FIRST + "文字、图形的颜色是 RGB。"),
    (add("/ColorSpace", lambda _: Array([Name.Pattern, Name.DeviceRGB])), ON_FIRST + "文字、图形的颜色是 RGB。"),
    (add("/XObject", drawing(b"0 1 0 rg")), ON_FIRST + "插图的填充颜色是 RGB（rg）。"),
    (
        add("/XObject", lambda pdf: drawing(b"", Resources={"/XObject": {"/A": drawing(b"0 1 0 RG")(pdf)}})(pdf)),
        ON_FIRST + "插图的描边颜色是 RGB（RG）。",
    ),
    (add("/XObject", drawing(b"", Group={"/CS": Name.DeviceRGB})), ON_FIRST + "透明组的颜色是 RGB。"),
    (add("/XObject", picture(Name.DeviceRGB)), ON_FIRST + "图片是 RGB。"),
    (add("/XObject", picture(TABLE)), ON_FIRST + "图片是 RGB。"),
    (
        add("/XObject", lambda pdf: picture(Name.DeviceCMYK, Alternates=[{"/Image": picture(TABLE)(pdf)}])(pdf)),
        ON_FIRST + "图片是 RGB。",
    ),
    (add("/XObject", picture(None, jpeg_2000("RGB"), Filter=Name.JPXDecode)), ON_FIRST + "图片是 RGB 或颜色不明。"),
    (add("/XObject", picture(None, b"damaged", Filter=Name.JPXDecode)), ON_FIRST + "图片是 RGB 或颜色不明。"),
    (add("/XObject", picture(None)), ON_FIRST + "图片是 RGB 或颜色不明。"),
    (add("/Pattern", drawing(b"1 0 0 rg", PatternType=1)), ON_FIRST + "图案的填充颜色是 RGB（rg）。"),
    (
        add("/Pattern", lambda _: Dictionary(PatternType=2, Shading={"/ColorSpace": Name.DeviceRGB})),
        ON_FIRST + "渐变是 RGB。",
    ),
    (
        add("/Pattern", lambda pdf: Dictionary(PatternType=2, Shading=IN_INK, ExtGState=masked(pdf))),
        ON_FIRST + "蒙版的填充颜色是 RGB（rg）。",
    ),
    (
        add("/XObject", lambda pdf: picture(Name.DeviceCMYK, SMask=picture(Name.DeviceRGB)(pdf))(pdf)),
        ON_FIRST + "图片是 RGB。",
    ),
    (add("/ExtGState", lambda _: Dictionary(Font=[BARE_FONT, 9])), ON_FIRST + "字体 Helvetica 没有嵌入。"),
    (add("/Shading", lambda _: Dictionary(ColorSpace=Name.DeviceRGB)), ON_FIRST + "渐变是 RGB。"),
    (add("/Shading", lambda _: Dictionary()), ON_FIRST + "渐变是 不明的。"),
    (add("/ExtGState", masked), ON_FIRST + "蒙版的填充颜色是 RGB（rg）。"),
    (
        add("/Font", lambda pdf: Dictionary(Subtype=Name.Type3, CharProcs=Dictionary(a=drawing(b"1 0 0 rg")(pdf)))),
        ON_FIRST + "字形的填充颜色是 RGB（rg）。",
    ),
    (add("/Font", lambda _: BARE_FONT), ON_FIRST + "字体 Helvetica 没有嵌入。"),
    (note, ON_FIRST + "批注的描边颜色是 RGB（RG）。"),
    (grouped, ON_FIRST + "透明组的颜色是 RGB。"),
    (delete("/TrimBox"), ON_FIRST + "没有成品框（TrimBox）。"),
    (delete("/BleedBox"), ON_FIRST + "没有出血框（BleedBox）。"),
    (
        lambda _, page: page.obj.__setitem__("/CropBox", page.obj.TrimBox),
        ON_FIRST + "出血框超出了页面（MediaBox 或 CropBox）。",
    ),
    (lambda _, page: page.obj.__setitem__("/BleedBox", page.obj.TrimBox), ON_FIRST + "出血不足 3 毫米。"),
    (
        of_root("/OutputIntents", lambda _: Array()),
        "整个文件：没有 CMYK 的输出意图（OutputIntent），印厂不知道按哪种油墨印。",
    ),
    (intent(USUAL.data, 3), "整个文件：没有 CMYK 的输出意图（OutputIntent），印厂不知道按哪种油墨印。"),
    (
        intent(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), 4),
        "整个文件：没有 CMYK 的输出意图（OutputIntent），印厂不知道按哪种油墨印。",
    ),
    (of_root("/OpenAction", lambda _: Dictionary(S=Name.JavaScript, JS="1")), "整个文件：带有 JavaScript 程序。"),
    (
        lambda pdf, _: pdf.attachments.__setitem__("a.txt", pikepdf.AttachedFileSpec(pdf, b"a", filename="a.txt")),
        "整个文件：夹带了附件。",
    ),
]


@pytest.mark.parametrize("source", GOOD.values(), ids=GOOD)
@pytest.mark.parametrize("marks", [True, False])
def test_a_good_file_has_no_faults(typeset: Typeset, source: str, *, marks: bool) -> None:
    """CMYK and gray, fonts embedded, boxes right."""
    assert faults(finished(typeset(PAGE + source), marks=marks), trim=(60, 80), bleed=3) == []


@pytest.mark.parametrize(("source", "expected"), TYPESET_WRONG.items(), ids=TYPESET_WRONG)
def test_rgb_of_typst_is_found(typeset: Typeset, source: str, expected: set[str]) -> None:
    """Wherever it hides; that Typst turns gradients of CMYK into RGB is found out here too."""
    found = faults(finished(typeset(PAGE + "#pagebreak()\n" + source)), trim=(60, 80), bleed=3)
    assert set(found) == {f"第 2 页：{fault}。" for fault in expected}


def test_a_planted_fault_is_the_only_one_found(typeset: Typeset) -> None:
    """One sentence for each, with the page and the thing."""
    good = finished(typeset(PAGE))
    for number, (change, expected) in enumerate(PLANTED):
        assert faults(changed(good, change), trim=(60, 80), bleed=3) == [expected], number


@pytest.mark.parametrize("kind", [Name.FlateDecode, Name.DCTDecode, Name.LZWDecode])
def test_a_drawing_that_cannot_be_read_is_told(typeset: Typeset, kind: Name) -> None:
    """What was not looked at is not called good."""
    found = faults(changed(finished(typeset(PAGE)), add("/XObject", drawing(b"abc", Filter=kind))), trim=None, bleed=3)
    assert found[0] == "第 1 页：插图读不出来。"
    assert set(found[1:]) <= {DAMAGED}


def test_a_font_that_is_not_embedded_is_named(typeset: Typeset) -> None:
    """By its name in the file."""
    (found,) = faults(changed(finished(typeset(PAGE)), unembedded), trim=None, bleed=3)
    assert found.startswith("第 1 页：字体 ")
    assert found.endswith("+NotoSansSC-Regular-Identity-H 没有嵌入。")


def test_pictures_without_rgb_are_taken(typeset: Typeset) -> None:
    """JPEG 2000 in gray or CMYK, a stencil, a table of inks."""
    table = Array([Name.Indexed, Name.DeviceCMYK, 0, b"abcd"])
    for fine in (
        add("/XObject", picture(None, jpeg_2000("L"), Filter=Name.JPXDecode)),
        add("/XObject", picture(None, b"a", ImageMask=True)),
        add("/XObject", picture(table, b"a")),
        write(b"BI /W 1 /H 1 /BPC 8 /CS /G ID a EI BI /W 1 /H 1 /IM true ID a EI"),
    ):
        assert faults(changed(finished(typeset(PAGE)), fine), trim=(60, 80), bleed=3) == []


def test_a_wrong_size_is_told_in_millimetres(typeset: Typeset) -> None:
    """Off by more than 0.1 mm, on the page where it is; a smaller bleed is enough where less is asked."""
    pdf = finished(typeset(PAGE + SECOND))
    assert faults(pdf, trim=None, bleed=2) == []
    assert faults(pdf, trim=(60.05, 80), bleed=3) == ["第 2 页：成品尺寸是 90.0×50.0 毫米，应为 60.05×80 毫米。"]
    assert faults(finished(typeset(PAGE)), trim=(60.2, 80), bleed=3) == [
        "第 1 页：成品尺寸是 60.0×80.0 毫米，应为 60.2×80 毫米。"
    ]


def test_what_is_no_pdf_or_is_locked_is_told(typeset: Typeset) -> None:
    """Damaged, with a password to open, or only encrypted."""
    shut = ["整个文件：打不开，可能已损坏或加了密码。"]
    assert faults(b"", trim=None, bleed=3) == shut
    for password, expected in (("secret", shut), ("", ["整个文件：加了密，印厂打不开。"])):
        with pikepdf.open(io.BytesIO(finished(typeset(PAGE)))) as document:
            out = io.BytesIO()
            document.save(out, encryption=pikepdf.Encryption(owner="owner", user=password))
        assert faults(out.getvalue(), trim=None, bleed=3) == expected


def test_a_photo_prints_in_its_colours(typeset: Typeset) -> None:
    """Inks are not turned round on the way: the red of the photo is still red."""
    pdf = finished(typeset(PAGE.replace("#v(12mm)", '#v(20mm)#image("photo.jpg", width: 20mm)')), marks=False)
    with pypdfium2.PdfDocument(pdf) as document:
        shown = document[0].render(scale=DOTS / MM).to_pil().convert("RGB")
    red, green, blue = shown.getpixel((3 * DOTS + 8 * DOTS + 100, 3 * DOTS + 8 * DOTS + 300))
    assert red > green + 60
    assert red > blue + 60
