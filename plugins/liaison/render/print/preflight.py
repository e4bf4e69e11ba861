"""What is wrong with a PDF for the press: colours, fonts, boxes, output intent, and what no press file may carry.

It looks at everything a page can draw with, used or not, and trusts nothing that made the file.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream
from PIL import Image

from liaison.render.print.press import POINTS, box

TOLERANCE = 0.1
"""Millimetres a box may be off."""

_PLAIN = frozenset({"/DeviceCMYK", "/DeviceGray", "/CalGray", "/Pattern"})
"""Colour spaces that go to the plates as they are (ISO 15930-7)."""

_RGB_OPERATORS = {"rg": "填充", "RG": "描边"}
_SPACE_OPERATORS = {"cs": "填充", "CS": "描边"}
_OPERATORS = " ".join([*_RGB_OPERATORS, *_SPACE_OPERATORS, "BI ID EI"])


def faults(pdf: bytes, *, trim: tuple[float, float] | None, bleed: float) -> list[str]:
    """Sentences in Chinese, one for each fault, in the order of the pages; none if the file is fit for the press.

    `trim` is the width and height of every page after the cut, `bleed` what is printed around it, in millimetres.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            found = [*_of_file(document)]
            for number, page in enumerate(document.pages, start=1):
                own = [*_of_boxes(page, trim, bleed), *_Look(page).faults()]
                found += [f"第 {number} 页：{fault}。" for fault in dict.fromkeys(own)]
            if document.get_warnings():  # what qpdf mended or passed over while all this was read
                found.append("整个文件：有残缺的地方，要重新生成。")
    except pikepdf.PikepdfError:
        return ["整个文件：打不开，可能已损坏或加了密码。"]
    return list(dict.fromkeys(found))


def _of_file(document: pikepdf.Pdf) -> Iterator[str]:
    if document.is_encrypted:
        yield "整个文件：加了密，印厂打不开。"
    if not any(_is_press_intent(intent) for intent in document.Root.get("/OutputIntents", Array())):
        yield "整个文件：没有 CMYK 的输出意图（OutputIntent），印厂不知道按哪种油墨印。"
    for value in document.objects:
        for part in _dictionaries(value):
            if part.get("/S") == Name.JavaScript or "/JS" in part:
                yield "整个文件：带有 JavaScript 程序。"
            if "/EF" in part or "/EmbeddedFiles" in part or part.get("/Type") == Name.EmbeddedFile:
                yield "整个文件：夹带了附件。"


def _is_press_intent(intent: Object) -> bool:
    """It holds a CMYK output profile, whose header says so too (ISO 15930-7; ICC.1, 7.2)."""
    profile = intent.get("/DestOutputProfile")
    if intent.get("/S") != Name.GTS_PDFX or not isinstance(profile, Stream) or profile.get("/N") != 4:  # noqa: PLR2004
        return False
    return profile.read_bytes()[12:20] == b"prtrCMYK"


def _dictionaries(value: Object) -> Iterator[Object]:
    """The dictionaries and streams in an indirect object, without following references from it."""
    rest: list[object] = [value]
    while rest:
        part, inside = rest.pop(), list[object]()
        if isinstance(part, Dictionary | Stream):
            yield part
            inside = [item for _, item in part.items()]
        elif isinstance(part, Array):
            inside = list(part)
        rest += [item for item in inside if not (isinstance(item, Object) and item.is_indirect)]


def _of_boxes(page: pikepdf.Page, trim: tuple[float, float] | None, bleed: float) -> Iterator[str]:
    """ISO 32000, 14.11.2; ISO 15930-7."""
    slack = TOLERANCE * POINTS
    media, crop, bled, cut = (box(page, name) for name in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox"))
    if media is None:
        yield "没有页面尺寸（MediaBox）"
    if bled is None:
        yield "没有出血框（BleedBox）"
    if cut is None:
        yield "没有成品框（TrimBox）"
    if cut is not None and trim is not None:
        sides = ((cut.right - cut.left) / POINTS, (cut.top - cut.bottom) / POINTS)
        if any(abs(side - wanted) > TOLERANCE for side, wanted in zip(sides, trim, strict=True)):
            yield f"成品尺寸是 {sides[0]:.1f}×{sides[1]:.1f} 毫米，应为 {trim[0]:g}×{trim[1]:g} 毫米"
    if bled is not None and cut is not None and not bled.holds(cut.grown(bleed * POINTS), slack):
        yield f"出血不足 {bleed:g} 毫米"
    if bled is not None and any(outer is not None and not outer.holds(bled, slack) for outer in (media, crop)):
        yield "出血框超出了页面（MediaBox 或 CropBox）"


class _Look:
    """One page, and all that it draws with. Each stream is looked at once."""

    def __init__(self, page: pikepdf.Page) -> None:
        self._page = page
        self._seen: set[tuple[int, int]] = set()

    def faults(self) -> Iterator[str]:
        yield from self._group(self._page.obj)
        yield from self._content(self._page, "页面内容")
        yield from self._resources(self._page.obj.get("/Resources"))
        for note in self._page.obj.get("/Annots", Array()):
            for look in _values(note.get("/AP")):
                for stream in [look] if isinstance(look, Stream) else _values(look):
                    yield from self._form(stream, "批注")

    def _is_new(self, value: Object) -> bool:
        if not value.is_indirect:
            return True
        is_new = value.objgen not in self._seen
        self._seen.add(value.objgen)
        return is_new

    def _content(self, content: pikepdf.Page | Object, what: str) -> Iterator[str]:
        try:
            with warnings.catch_warnings(action="error", category=UserWarning):  # what pikepdf says of a cut stream
                instructions = pikepdf.parse_content_stream(content, _OPERATORS)
        except (pikepdf.PikepdfError, UserWarning):
            yield f"{what}读不出来"
            return
        for step in instructions:
            operator = str(step.operator)
            if isinstance(step, pikepdf.ContentStreamInlineImage):
                yield from self._inline(step.iimage.obj.get("/ColorSpace"))
            elif operator in _RGB_OPERATORS:
                yield f"{what}的{_RGB_OPERATORS[operator]}颜色是 RGB（{operator}）"
            elif operator in _SPACE_OPERATORS and str(step.operands[0]).startswith("/Device"):
                yield from self._space(step.operands[0], f"{what}的{_SPACE_OPERATORS[operator]}颜色")

    def _inline(self, space: Object | None) -> Iterator[str]:
        """The space of an inline image; a name that is no device's stands for a resource, looked at there."""
        if isinstance(space, Array) or str(space).startswith("/Device"):
            yield from self._space(space, "图片")

    def _form(self, form: Object | None, what: str) -> Iterator[str]:
        """A form XObject, a tiling pattern or a glyph: a stream that draws."""
        if not isinstance(form, Stream) or not self._is_new(form):
            return
        yield from self._group(form)
        yield from self._content(form, what)
        yield from self._resources(form.get("/Resources"))

    def _group(self, owner: Object) -> Iterator[str]:
        group = owner.get("/Group")
        if group is not None and group.get("/CS") is not None:
            yield from self._space(group.CS, "透明组的颜色")

    def _resources(self, resources: Object | None) -> Iterator[str]:
        if resources is None or not self._is_new(resources):
            return
        for space in _values(resources.get("/ColorSpace")):
            yield from self._space(space, "文字、图形的颜色")
        for form in _values(resources.get("/XObject")):
            look = self._image(form) if form.get("/Subtype") == Name.Image else self._form(form, "插图")
            yield from look
        for pattern in _values(resources.get("/Pattern")):
            yield from self._pattern(pattern)
        for shading in _values(resources.get("/Shading")):
            yield from self._space(shading.get("/ColorSpace"), "渐变")
        for state in _values(resources.get("/ExtGState")):
            yield from self._state(state)
        for font in _values(resources.get("/Font")):
            yield from self._font(font)

    def _pattern(self, pattern: Object) -> Iterator[str]:
        if isinstance(pattern, Stream):
            yield from self._form(pattern, "图案")
            return
        yield from self._space(pattern.get("/Shading", Dictionary()).get("/ColorSpace"), "渐变")
        if "/ExtGState" in pattern:
            yield from self._state(pattern.ExtGState)

    def _state(self, state: Object) -> Iterator[str]:
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary):
            yield from self._form(mask.get("/G"), "蒙版")
        if "/Font" in state:
            yield from self._font(state.Font[0])

    def _font(self, font: Object) -> Iterator[str]:
        if not self._is_new(font):
            return
        if font.get("/Subtype") == Name.Type3:
            yield from self._resources(font.get("/Resources"))
            for glyph in _values(font.get("/CharProcs")):
                yield from self._form(glyph, "字形")
            return
        for part in font.get("/DescendantFonts", [font]):
            files = part.get("/FontDescriptor", Dictionary())
            if not any(name in files for name in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"字体 {str(font.get('/BaseFont', '（无名）')).removeprefix('/')} 没有嵌入"

    def _image(self, image: Object) -> Iterator[str]:
        """An image and those that belong to it; a stencil has no colour, and JPEG 2000 may bring its own."""
        if not self._is_new(image):
            return
        space = image.get("/ColorSpace")
        if space is not None:
            yield from self._space(space, "图片")
        elif not image.get("/ImageMask", False) and not _is_plain_jpeg2000(image):
            yield "图片是 RGB 或颜色不明"
        for name in ("/SMask", "/Mask"):
            if isinstance(image.get(name), Stream):
                yield from self._image(image[name])
        for other in image.get("/Alternates", Array()):
            yield from self._image(other.Image)

    def _space(self, space: Object | None, what: str) -> Iterator[str]:
        """A colour space and the ones it rests on."""
        if isinstance(space, Array) and len(space) > 0:
            kind, rest = str(space[0]), list(space)[1:]
        else:
            kind, rest = str(space), []
        if kind == "/ICCBased" and rest and rest[0].get("/N") in {1, 4}:
            return
        if kind in {"/Indexed", "/Pattern"} and rest:
            yield from self._space(rest[0], what)
        elif kind in {"/Separation", "/DeviceN"} and len(rest) > 1:
            yield from self._space(rest[1], what)
        elif kind not in _PLAIN:
            yield f"{what}是 {_NAMES.get(kind, kind.removeprefix('/'))}"


_NAMES = {"/DeviceRGB": "RGB", "/CalRGB": "RGB（CalRGB）", "/ICCBased": "RGB（ICCBased）", "None": "不明的"}


def _values(table: Object | None) -> Iterable[Object]:
    return [] if table is None else [value for _, value in table.items()]


def _is_plain_jpeg2000(image: Object) -> bool:
    filters = image.get("/Filter")
    if not isinstance(image, Stream) or filters not in (Name.JPXDecode, Array([Name.JPXDecode])):
        return False
    try:
        with Image.open(io.BytesIO(image.read_raw_bytes()), formats=["JPEG2000"]) as opened:
            return opened.mode in {"L", "CMYK"}
    except OSError:
        return False
