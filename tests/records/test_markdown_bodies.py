"""Hostile bodies and front matter by route: each is reported at its line, or does no harm (S4, S5, S7)."""

from __future__ import annotations

import re
import time
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.laws import Laws
from liaison.records.faults import Fault
from liaison.records.front_matter import split
from liaison.records.markdown import EXTENSIONS, clean, look
from liaison.records.study import study
from liaison.records.text import decode

GUIDE = "content/guides/ke.md"
LESSON = "content/episodes/shiyan/07-ke.md"
HEAD = "---\ntitle: 示例课\nstatus: draft\n---\n"
HTML, LINK, LARGE, FRONT = "markdown/html", "markdown/link", "markdown/too-large", "markdown/front-matter"

TAGS = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "em"}
TAGS |= {"strong", "a", "img", "table", "thead", "tbody", "tr", "th", "td", "hr", "br", "div"}
ATTRIBUTES = {"id", "class", "href", "src", "alt", "title", "start", "rel"}
SCHEMES = {"", "http", "https", "mailto", "tel"}


class Seen(HTMLParser):
    """What is in a piece of HTML: tags, attributes, text; read by another parser than the one that cleans."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.others: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count the tag, keep its attributes."""
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text += data

    def handle_comment(self, data: str) -> None:
        """Keep what is neither a tag nor text."""
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


ROOT = Path(__file__).parents[2]


def assert_harmless(html: str) -> Seen:
    """Nothing is in it but what may be shown, and nothing in it leads to a script or is fetched from another host."""
    seen = Seen(html)
    assert set(seen.tags) <= TAGS
    assert not seen.others
    for tag, name, value in seen.attributes:
        assert name in ATTRIBUTES
        if name in {"href", "src"}:
            bare = re.sub(r"[\x00-\x20]", "", value).replace("\\", "/")
            assert not bare.startswith("//")
            assert urlsplit(bare).scheme.lower() in (SCHEMES if tag == "a" else {""})
    return seen


def rendered(body: str) -> str:
    return markdown.markdown(body, extensions=[*EXTENSIONS])


def found(folder: Path, text: str | bytes, file: str = GUIDE) -> list[tuple[str, int]]:
    """Rules and lines of what is reported of a file, in file order."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    studied = study(folder, file, Laws({}), {})
    assert all(one.message and one.hint and one.source.column >= 1 for one in studied.problems)
    return [(one.rule, one.source.line) for one in studied.problems]


USUAL = """\
# 甲

> 乙

1. 丙
2. **丁** *戊*

| 己 | 庚 |
|:--|--:|
| 辛 | 壬 |

甲
:   乙

!!! note "丙"
    丁

---

![戊](a.jpg "己")

```python
x
```

- - - - - - - - - - - -
"""

BODIES = {
    "script": ("甲\n\n<script>alert(1)</script>", [(HTML, 3)]),
    "script in a line": ("甲<script src=//e/x.js></script>乙", [(HTML, 1)]),
    "script in capitals": ("甲\n<ScRiPt>alert(1)</sCrIpT>", [(HTML, 2)]),
    "script cut short": ("甲\n\n<script>alert(1)", [(HTML, 3)]),
    "script without an end of the tag": ("甲 <script", []),
    "end of a script": ("甲\n\n乙</script>", [(HTML, 3)]),
    "script in a quotation": ("甲\n\n> > <script>x</script>", [(HTML, 3)]),
    "script in a list": ("- 甲\n    - <script>x</script>", [(HTML, 2)]),
    "script in a heading": ("# 甲\n\n## <script>x</script>", [(HTML, 3)]),
    "script in a table": ("| 甲 |\n|---|\n| <script>x</script> |", [(HTML, 3)]),
    "script in a definition": ("甲\n\n:   <script>x</script>", [(HTML, 3)]),
    "script in an admonition": ("!!! note\n    <script>x</script>", [(HTML, 2)]),
    "script in link text": ("[<script>x</script>](https://a.cn/)", [(HTML, 1)]),
    "svg": ("<svg onload=alert(1)></svg>", [(HTML, 1)]),
    "svg with a script inside": ("<svg><script>x</script></svg>", [(HTML, 1), (HTML, 1)]),
    "svg with a stroke": ("甲\n<svg/onload=alert(1)>", [(HTML, 2)]),
    "math": ("<math><mtext></mtext></math>", [(HTML, 1), (HTML, 1)]),
    "on error": ("<img src=a.png onerror=alert(1)>", [(HTML, 1)]),
    "on click": ("甲\n\n<p onclick=alert(1)>乙</p>", [(HTML, 3)]),
    "on click in capitals": ("<P OnClIcK=alert(1)>乙</P>", [(HTML, 1)]),
    "style attribute": ('<p style="position:fixed">甲</p>', [(HTML, 1)]),
    "style": ("<style>body{display:none}</style>", [(HTML, 1)]),
    "class of the theme": ('<div class="md-header">甲</div>', [(HTML, 1)]),
    "iframe": ("甲\n\n<iframe src=https://a.cn/></iframe>", [(HTML, 3)]),
    "form": ("<form action=https://a.cn/><input name=x></form>", [(HTML, 1), (HTML, 1)]),
    "meta refresh": ('<meta http-equiv="refresh" content="0;url=https://a.cn/">', [(HTML, 1)]),
    "base": ("<base href=https://a.cn/>", [(HTML, 1)]),
    "object": ("<object data=x.swf></object>", [(HTML, 1)]),
    "embed": ("<embed src=x.swf>", [(HTML, 1)]),
    "video": ("<video src=https://a.cn/x.mp4 autoplay></video>", [(HTML, 1)]),
    "link to a style sheet": ("<link rel=stylesheet href=https://a.cn/x.css>", [(HTML, 1)]),
    "template": ("<template><p>甲</p></template>", [(HTML, 1)]),
    "plaintext": ("<plaintext>甲", [(HTML, 1)]),
    "noscript": ('<noscript><p title="</noscript><img src=x onerror=x>">', [(HTML, 1), (HTML, 1)]),
    "comment": ("甲\n\n<!-- 乙 -->", [(HTML, 3)]),
    "comment over lines": ("甲\n<!-- 乙\n丙 -->\n丁", [(HTML, 2)]),
    "comment without an end": ("甲\n\n<!-- 乙\n\n丙", []),
    "doctype": ("<!DOCTYPE html>\n\n甲", [(HTML, 1)]),
    "processing instruction": ("<?php x ?>\n\n甲", [(HTML, 1)]),
    "CDATA": ("<![CDATA[<script>]]>\n\n甲", [(HTML, 1)]),
    "element of one's own": ("<x-y>甲</x-y>", [(HTML, 1)]),
    "autolink to a script": ("甲\n\n<javascript:alert(1)>", [(HTML, 3)]),
    "link to a script": ("甲\n\n[乙](javascript:alert(1))", [(LINK, 3)]),
    "link to a script in capitals": ("[乙](JaVaScRiPt:alert(1))", [(LINK, 1)]),
    "link to a script in brackets": ("[乙](<javascript:alert(1)>)", [(LINK, 1)]),
    "link to a script with a title": ('[乙](javascript:alert(1) "丙")', [(LINK, 1)]),
    "link to a script with entities": ("甲\n\n[乙](&#106;avascript&colon;alert(1))", [(LINK, 3)]),
    "link to a script, hexadecimal": ("甲\n\n[乙](&#x6A;&#x61;vascript:alert(1))", [(LINK, 3)]),
    "link to a script with a line inside": ("甲\n\n[乙](java&#10;script:alert(1))", [(LINK, 3)]),
    "link to a script with a tab inside": ("[乙](java&Tab;script:alert(1))", [(LINK, 1)]),
    "link to a script after a control": ("[乙](&#1;javascript:alert(1))", [(LINK, 1)]),
    "raw link to a script": ("<a\nhref='javascript:alert(1)'>乙</a>", [(LINK, 2)]),
    "link to data": ("[乙](data:text/html,<b>x)", [(LINK, 1)]),
    "link to data in base64": ("[乙](data:text/html;base64,PHNjcmlwdD4=)", [(LINK, 1)]),
    "link to vbscript": ("[乙](vbscript:x)", [(LINK, 1)]),
    "link to a file": ("[乙](file:///etc/passwd)", [(LINK, 1)]),
    "link by reference": ("[乙][1]\n\n甲\n\n[1]: javascript:alert(1)", [(LINK, 5)]),
    "link by its own name": ("[乙]\n\n[乙]: data:text/html,x", [(LINK, 3)]),
    "two links by one reference": ("[乙][1]、[丙][1]\n\n[1]: javascript:x", [(LINK, 3)]),
    "reference nobody uses": ("甲\n\n[1]: javascript:alert(1)", []),
    "link without a scheme": ("甲\n\n[乙](//e.example/x)", [(LINK, 3)]),
    "link without a scheme, backslashes": ("[乙](/\\e.example/x)", [(LINK, 1)]),
    "link without a scheme, three strokes": ("[乙](///e.example/x)", [(LINK, 1)]),
    "link to no host": ("[乙](http://[)", [(LINK, 1)]),
    "picture of another host": ("甲\n\n![乙](https://e.example/x.png)", [(LINK, 3)]),
    "picture without a scheme": ("![乙](//e.example/x.png)", [(LINK, 1)]),
    "picture of data": ("![乙](data:image/svg+xml,<svg/>)", [(LINK, 1)]),
    "raw picture of another host": ("甲<img src=https://e.example/x.png>", [(LINK, 1)]),
    "attribute lists": ("# 甲 {: onclick=x }\n\n乙{: style=x }", []),
    "snippet": ('--8<-- "/etc/passwd"', []),
    "macros": ("{{ config }} {% import os %}", []),
    "HTML in a code span": ("甲 `<script>alert(1)</script>` 乙", []),
    "HTML in a fenced block": ("```html\n<script>alert(1)</script>\n```", []),
    "HTML in an indented block": ("甲\n\n    <script>alert(1)</script>", []),
    "HTML escaped": ("甲 &lt;script&gt; 乙", []),
    "HTML after a backslash": ("甲\n\n\\<script> 乙", [(HTML, 3)]),
    "tag cut short": ("甲\n\n<p><svg ", [(HTML, 3)]),
    "text among rows": ("甲\n\n<table><tr><td>乙</td>丙</table>", [(HTML, 3)]),
    "comparison": ("甲 < 乙，丙 > 丁，3<5", []),
    "usual links": ("[甲](https://a.cn/?x=1&y=2)、[乙](../a.md#b)、<https://a.cn>、<a@b.cn>、[丙](tel:12348)", []),
    "usual things": (USUAL, []),
    "CRLF": ("甲\r\n\r\n<script>x</script>\r\n", [(HTML, 3)]),
    "CR alone": ("甲\r\r<script>x</script>\r", [(HTML, 3)]),
    "letter that grows when small": ("İİİİ\n\n<script>x</script>", [(HTML, 3)]),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_s7_hostile_bodies(name: str, tmp_path: Path) -> None:
    """What must not be shown is an error at its line, what is only spoken of is not; cleaned, neither does harm."""
    body, expected = BODIES[name]
    assert found(tmp_path, body) == expected
    assert found(tmp_path, HEAD + body, LESSON) == [(rule, line + 4) for rule, line in expected]
    seen = assert_harmless(clean(rendered(body)))
    if not expected:
        assert seen.tags == Seen(rendered(body)).tags


FILES: dict[str, tuple[str | bytes, list[tuple[str, int]]]] = {
    "byte order mark": (b"\xef\xbb\xbf" + HEAD.encode() + "<b>甲</b>".encode(), [(HTML, 5)]),
    "two byte order marks": (b"\xef\xbb\xbf" * 2 + HEAD.encode(), [(FRONT, 1), ("text/characters", 1)]),
    "NUL": (HEAD + "甲\x00乙", [("yaml/not-text", 5)]),
    "NUL as an entity": (HEAD + "甲&#0;<b>乙</b>", [(HTML, 5)]),
    "escape sequence": (HEAD + "甲\x1b[2J", [("yaml/not-text", 5)]),
    "half of a surrogate pair": (HEAD.encode() + b"\xed\xa0\x80", [("yaml/not-text", 5)]),
    "half of a surrogate pair as an escape": (HEAD.replace("示例课", '"\\ud800"'), [("yaml/syntax", 2)]),
    "half of a surrogate pair as an entity": (HEAD + "甲&#xd800;乙", []),
    "UTF-16": (HEAD.encode("utf-16"), [("yaml/not-text", 1)]),
    "GBK": (HEAD.encode("gbk"), [("yaml/not-text", 2)]),
    "right to left": (HEAD + "甲\u202e乙", [("text/characters", 5)]),
    "line separator": (HEAD + "甲\u2028<b>乙</b>", [("text/characters", 5), (HTML, 5)]),
    "empty": ("", [(FRONT, 1)]),
    "one line": ("---", [(FRONT, 1)]),
    "no front matter": ("甲\n", [(FRONT, 1)]),
    "front matter after an empty line": ("\n" + HEAD, [(FRONT, 1)]),
    "front matter without an end": ("---\ntitle: 示例课\nstatus: draft\n\n<script>x</script>\n", [(FRONT, 1)]),
    "front matter of a comment without an end": ("---\n# <script>x</script>\n", [(FRONT, 1)]),
    "front matter with CRLF": (HEAD.replace("\n", "\r\n") + "<b>甲</b>", [(HTML, 5)]),
    "front matter with dots": ("---\ntitle: 示例课\nstatus: draft\n...\n<b>甲</b>", [(HTML, 5)]),
    "front matter is a list": ("---\n- 甲\n---\n", [("field/type", 1)]),
    "front matter is text": ("---\n甲\n---\n", [("field/type", 1)]),
    "title is a list": (HEAD.replace("示例课", "[甲]"), [("field/type", 2)]),
    "title is a script": (HEAD.replace("示例课", "</title><script>x</script>"), [(HTML, 2)]),
    "summary over lines": (HEAD.replace("status", "summary: |\n  甲\n  <b>乙</b>\nstatus"), [(HTML, 3)]),
    "tag in a list": (HEAD.replace("status", "topics:\n  - 甲\n  - <b>乙\nstatus"), [(HTML, 5)]),
    "tag in quotes as an escape": (HEAD.replace("示例课", '"\\x3cb>"'), [(HTML, 2)]),
    "a key of the host": (HEAD.replace("status", "template: 404.html\nstatus"), [("field/unknown", 3)]),
    "anchor": (HEAD.replace("示例课", "&a 示例课"), [("yaml/alias", 2)]),
    "alias": (HEAD.replace("status", "summary: *a\nstatus"), [("yaml/alias", 3)]),
    "billion laughs": (
        HEAD.replace("status", "topics: &a [x, x]\naudience: [*a, *a]\nstatus"),
        [("yaml/alias", 3), ("yaml/alias", 4), ("yaml/alias", 4)],
    ),
    "merge key": (HEAD.replace("status", "<<: {a: b}\nstatus"), [("yaml/merge-key", 3)]),
    "tag of Python": (
        HEAD.replace("示例课", "!!python/object/apply:os.system [id]"),
        [("field/type", 2), ("yaml/tag", 2)],
    ),
    "tag of MkDocs": (HEAD.replace("示例课", "!ENV HOME"), [("yaml/tag", 2)]),
    "duplicate key": (HEAD.replace("status", "title: 乙\nstatus"), [("yaml/duplicate-key", 3)]),
    "second document": (
        "---\ntitle: 示例课\n--- x\nstatus: draft\n---\n",
        [("field/missing", 1), ("yaml/second-document", 3)],
    ),
    "200 KB of brackets": ("---\n" + "[" * 200_000 + "\n---\n", [("yaml/too-deep", 2)]),
    "200 KB of braces": ("---\ntitle: " + "{a: " * 50_000 + "\n---\n", [("yaml/too-deep", 2)]),
    "200 KB of dashes": ("---\n" + "- " * 100_000 + "\n---\n", [("yaml/too-deep", 2)]),
    "200 KB of questions": ("---\n" + "? " * 100_000 + "\n---\n", [("yaml/syntax", 2)]),
    "title of 70 KB": (HEAD.replace("示例课", "甲" * 25_000), [("yaml/too-large", 2)]),
    "file over 1 MB": (HEAD.encode() + b"a\n\n" * 400_000, [("yaml/too-large", 1)]),
}


@pytest.mark.parametrize("name", FILES)
def test_s4_hostile_front_matter(name: str, tmp_path: Path) -> None:
    """Bytes and front matter that are none are named with their line, and nothing else is said of them."""
    text, expected = FILES[name]
    started = time.process_time()
    assert found(tmp_path, text, LESSON) == expected
    assert time.process_time() - started < 5


FLOODS = {
    "256 KB": ("甲乙丙\n\n" * 24_000, [(LARGE, 1)]),
    "paragraph of 8 KB": ("甲\n\n\n" + "乙" * 2_731 + "\n", [(LARGE, 4)]),
    "8 KB of a list": ("甲\n\n" + "- 乙丙丁戊\n" * 600, [(LARGE, 3)]),
    "brackets": ("甲\n\n" + "[" * 501, [(LARGE, 3)]),
    "brackets in lines": ("[甲\n\n" * 501, [(LARGE, 1001)]),
    "smaller than": ("甲\n\n" + "<" * 201, [(LARGE, 3)]),
    "backticks": ("甲\n\n" + "`" * 401, [(LARGE, 3)]),
    "stars": ("甲\n\n" + "*" * 2_001, [(LARGE, 3)]),
    "underlines": ("_" * 2_001, [(LARGE, 1)]),
    "strokes": ("|" * 4_001, [(LARGE, 1)]),
    "quotations": ("甲\n\n" + "> " * 9 + "乙", [(LARGE, 3)]),
    "quotations close together": (">" * 3_000 + "乙", [(LARGE, 1)]),
    "lists in one line": ("甲\n\n" + "- " * 300 + "乙", [(LARGE, 3)]),
    "numbers in one line": ("1. " * 1_300 + "乙", [(LARGE, 1)]),
    "quotations and lists in one line": ("> - " * 300 + "乙", [(LARGE, 1)]),
    "indentation": ("甲\n\n" + " " * 36 + "乙", [(LARGE, 3)]),
    "tabs": ("\t" * 9 + "乙", [(LARGE, 1)]),
    "brackets within bounds": ("[" * 499, []),
    "links in links": ("[" * 250 + "甲" + "](b)" * 250, []),
    "pictures in pictures": ("![" * 250 + "甲" + "](b)" * 250, []),
    "open tags": ("<a " * 199, []),
    "open comments": ("<!--" * 199, []),
    "open CDATA": ("<![CDATA[" * 199, []),
    "backticks of all lengths": (" ".join("`" * length for length in range(1, 28)), []),
    "stars within bounds": ("**a *b " * 600, []),
    "brackets and titles": ('[a](b "' + '"' * 5_000, []),
    "parentheses": ("[a](" + "(" * 7_000, []),
    "backslashes": ("\\" * 7_000, []),
    "ampersands": ("&#" * 3_500, []),
    "tables": ("|a|b|\n|-|-|\n" + "|x|y|\n" * 1_200, []),
    "definitions of links": ("\n".join(f"[a{number}]: x" for number in range(400)), []),
    "fences": ("~~~\n" * 2_000, []),
    "definitions": ("a\n:   b\n\n" * 4_000, []),
    "blank lines": ("\n" * 200_000, []),
    "headings": ("# a\n\n" * 4_000, []),
    "a link 300 times": ("[a](javascript:x)\n\n" * 300, [(LINK, 2 * number + 1) for number in range(100)]),
}


@pytest.mark.parametrize("name", FLOODS)
def test_s5_floods(name: str, tmp_path: Path) -> None:
    """A body that is too much is named by its first line that is; one within bounds is read in seconds."""
    body, expected = FLOODS[name]
    started = time.process_time()
    assert found(tmp_path, body) == expected
    assert time.process_time() - started < 5


def test_s5_most_within_bounds(tmp_path: Path) -> None:
    """All signs at once, as often as they may stand in a page as large as it may be."""
    piece = "[甲](乙)*丙*_丁_`戊`<己|庚" * 3
    body = "\n\n".join([piece] * 60 + ["正文" * 400] * 90)
    started = time.process_time()
    assert found(tmp_path, body) == []
    assert time.process_time() - started < 10


PIECES = [
    *(
        "<script>",
        "</script>",
        "<svg ",
        "<img src=x ",
        "onerror=x",
        "style='x'",
        "<p>",
        "</p>",
        "<td>",
        "<div class=x>",
    ),
    *("<a href=", "'javascript:x'", '"//e.cn"', "<!--", "-->", "<![CDATA[", "]]>", "<?", "<!DOCTYPE x>", "&#106;"),
    *("[a](", "javascript:x)", "//e.cn)", "\\\\e.cn)", "![a](", "https://e.cn/a.png)", "[a]: ", "[a]", "\n\n", "\n"),
    *("# ", "> ", "- ", "1. ", "|a|b|\n|:-|-:|\n|", "```\n", "`", "**", "_", "!!! note\n    ", ":   ", "甲乙", "    "),
    *("<b>", "<style>", "<math>", "<iframe", "data:x)", "<javascript:x>", "<https://a.cn>", "[TOC]", "{: #x }", "\\"),
    *("&", "&lt;", "<", ">", "\r\n"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join)
_RAW = re.compile(r"<[A-Za-z/]")


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_s7_any_body_is_harmless_once_cleaned(body: str) -> None:
    """Of any text only what may be shown is left; where nothing was reported, cleaning takes nothing away."""
    body = body.encode(errors="replace").decode()
    html = rendered(body)
    seen = assert_harmless(clean(html))
    if isinstance(decode(body.encode()), Fault) or look(split(f"---\n---\n{body}")).faults:
        return
    before = Seen(html)
    assert "".join(seen.text.split()) == "".join(before.text.split())
    if not _RAW.search(body):
        assert seen.tags == before.tags
        kept = [(tag, name) for tag, name, _ in seen.attributes if name not in {"rel", "class"}]
        assert kept == [(tag, name) for tag, name, _ in before.attributes if name not in {"class", "style"}]


@settings(max_examples=200, deadline=None)
@given(TEXTS | st.text(max_size=40))
def test_any_file_in_two(text: str) -> None:
    """Front matter and body have the lines that they have in the file, so that every place is one of it."""
    halves = split(text)
    rows = len(re.split(r"\r\n|\n|\r", text))
    assert 1 <= halves.first_line <= rows + 1
    assert text.endswith(halves.body)
    for fault in look(split(text.encode(errors="replace").decode())).faults:
        assert 1 <= fault.line <= rows


def test_the_check_makes_html_as_the_build_does() -> None:
    """mkdocs.yml names the extensions that the check knows, besides those that MkDocs always has."""
    config = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)
    named = {next(iter(one)) if isinstance(one, dict) else one for one in config["markdown_extensions"]}
    assert named | {"toc", "tables", "fenced_code"} == set(EXTENSIONS)
