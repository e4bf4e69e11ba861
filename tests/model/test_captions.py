import pytest

from liaison.model.caption_rules import MOST_BYTES, MOST_CUES, RULES
from liaison.model.captions import Captions, read_captions
from liaison.model.cues import Cue, clock, vtt

VTT = """WEBVTT

NOTE 核对过

1
00:00:01.000 --> 00:00:03.500
乡亲们好，
今天说说民法典。

00:04.000 --> 00:06.000
房价&lt;100&amp;房租
"""
SRT = """1
00:00:01,000 --> 00:00:03,500
乡亲们好，
今天说说民法典。

2
00:00:04,000 --> 00:00:06,000
A&B &lt; 甲
"""


def said(found: Captions) -> list[tuple[int, int, str]]:
    return [(cue.start, cue.end, cue.text) for cue in found.cues]


def only(text: str) -> tuple[str, int, int, str, str]:
    """Everything about the one fault of a file."""
    (fault,) = read_captions(text).faults
    return fault.rule, fault.line, fault.column, fault.message, fault.hint


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_webvtt_is_read(end: str, mark: str) -> None:
    """With notes, numbers, short times, escapes, any line ends and a byte order mark."""
    found = read_captions(mark + VTT.replace("\n", end))
    assert found.form == "vtt"
    assert found.faults == ()
    assert found.cues == (
        Cue(1000, 3500, "乡亲们好，\n今天说说民法典。", 6),
        Cue(4000, 6000, "房价<100&房租", 10),
    )


def test_srt_is_read() -> None:
    """It knows no escapes: an ampersand is one."""
    found = read_captions(SRT)
    assert (found.form, found.faults) == ("srt", ())
    assert found.cues == (Cue(1000, 3500, "乡亲们好，\n今天说说民法典。", 2), Cue(4000, 6000, "A&B &lt; 甲", 7))


def test_the_written_form() -> None:
    """Full times, line feeds, escapes, no numbers and no notes."""
    assert vtt(read_captions(SRT).cues) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.500\n乡亲们好，\n今天说说民法典。\n\n"
        "00:00:04.000 --> 00:00:06.000\nA&amp;B &amp;lt; 甲\n"
    )
    assert vtt(()) == "WEBVTT\n"
    assert clock(359_999_999) == "99:59:59.999"


@pytest.mark.parametrize(
    ("head", "line", "message"),
    [
        ("webvtt\n\n", 1, "文件的第一行不是 WEBVTT"),
        ("WEBVTTX\n\n", 1, "文件的第一行不是 WEBVTT"),
        ("\n\nWEBVTT\n\n", 3, "文件的第一行不是 WEBVTT"),
    ],
)
def test_the_header_of_webvtt(head: str, line: int, message: str) -> None:
    """It is the first line, in capitals; the rest of the file is read all the same."""
    text = f"{head}00:01.000 --> 00:02.000\n甲\n"
    assert only(text) == ("captions/syntax", line, 1, message, "文件第一行只写 WEBVTT，大写，下面空一行")
    assert said(read_captions(text)) == [(1000, 2000, "甲")]


def test_webvtt_without_its_header() -> None:
    """It is known by the dots in its times."""
    text = "00:00:01.000 --> 00:00:02.000\n甲\n"
    hint = "文件第一行只写 WEBVTT，大写，下面空一行"
    assert only(text) == ("captions/syntax", 1, 1, "WebVTT 字幕的第一行必须是 WEBVTT", hint)
    assert read_captions(text).form == "vtt"


@pytest.mark.parametrize(
    ("times", "message", "hint"),
    [
        ("00:00:01,000 --> 00:00:02,000", "WebVTT 的毫秒前面用英文句点", "写成 00:00:01.000 --> 00:00:02.000"),
        ("00:00:01.000 -> 00:00:02.000", "两个时间之间要写 -->", "写成 00:00:01.000 --> 00:00:02.000"),
        ("00:00:01.000 00:00:02.000", "两个时间之间要写 -->", "写成 00:00:01.000 --> 00:00:02.000"),
        ("00:00:01.000 → 00:00:02.000", "两个时间之间要写 -->", "写成 00:00:01.000 --> 00:00:02.000"),
        (
            "00:00:01.000 --> 00:00:02.000 line:90%",
            "时间后面不写位置、对齐等设置",
            "写成 00:00:01.000 --> 00:00:02.000",
        ),
        (
            "0:0:1.0-->0:0:2",
            "时间要写成两位的时、分、秒和三位的毫秒，箭头两边各空一格",
            "写成 00:00:01.000 --> 00:00:02.000",
        ),
        (
            "00：00：01.000 --> 00：00：02.000",
            "时间要写成两位的时、分、秒和三位的毫秒，箭头两边各空一格",
            "写成 00:00:01.000 --> 00:00:02.000",
        ),
    ],
)
def test_times_written_another_way(times: str, message: str, hint: str) -> None:
    """What was meant is shown, and read, so that nothing more is said of it."""
    text = f"WEBVTT\n\n{times}\n甲\n"
    assert only(text) == ("captions/syntax", 3, 1, message, hint)
    assert said(read_captions(text)) == [(1000, 2000, "甲")]


def test_srt_with_dots() -> None:
    """One among commas is put right."""
    text = SRT.replace("04,000", "04.000").replace("06,000", "06.000")
    assert only(text)[1:] == (7, 1, "SRT 的毫秒前面用英文逗号", "写成 00:00:04,000 --> 00:00:06,000")


@pytest.mark.parametrize("times", ["00:61:00.000 --> 00:62:00.000", "a --> b", "-->", "00:01.000 -->"])
def test_times_that_cannot_be_read(times: str) -> None:
    """The form is shown, and the caption is left out."""
    hint = "写成 00:00:01.000 --> 00:00:04.000 的形式，分和秒都不超过 59"
    assert only(f"WEBVTT\n\n{times}\n甲\n") == ("captions/syntax", 3, 1, f"看不懂这个时间行：“{times}”", hint)
    assert read_captions(f"WEBVTT\n\n{times}\n甲\n").cues == ()


@pytest.mark.parametrize(
    ("block", "line", "column", "message"),
    [
        ("Kind: captions\n", 3, 1, "这段文字没有时间：“Kind: captions”"),
        ("00:01.000 --> 00:02.000\n\n", 3, 1, "这条字幕没有文字"),
        ("00:01.000 --> 00:02.000\n甲<i>乙</i>\n", 4, 2, "字幕只写文字，不写标签和代码：“<i>乙</i>”"),
        ("00:01.000 --> 00:02.000\n<v 甲>乙\n", 4, 1, "字幕只写文字，不写标签和代码：“<v 甲>乙”"),
        ("00:01.000 --> 00:02.000\n{\\an8}甲\n", 4, 1, "字幕只写文字，不写标签和代码：“{\\an8}甲”"),
        ("00:01.000 --> 00:02.000\n甲\n乙&nbsp;\n", 5, 2, "字幕只写文字，不写标签和代码：“&nbsp;”"),
        ("00:01.000 --> 00:02.000\n甲\n00:02.000 --> 00:03.000\n", 5, 1, "上一条字幕还没有结束，这里又是时间行"),
        ("NOTE 甲\n乙\n00:01.000 --> 00:02.000\n", 5, 1, "注释（NOTE）到空行才结束，这条字幕被当成了注释"),
        ("STYLE\n::cue { color: red }\n", 3, 1, "字幕里不写样式（STYLE）"),
        ("REGION\nid:a\n", 3, 1, "字幕里不写样式（REGION）"),
    ],
)
def test_what_is_not_a_caption(block: str, line: int, column: int, message: str) -> None:
    """One sentence for each slip, at its place."""
    rule, *place, found, hint = only(f"WEBVTT\n\n{block}")
    assert (rule, *place, found) == ("captions/syntax", line, column, message)
    assert hint


def test_text_above_the_times_of_srt() -> None:
    """There stands its number and nothing else."""
    message = "时间行上面只写序号，这里是“乡亲们好”"
    assert only(SRT.replace("2\n00", "乡亲们好\n00"))[1:4] == (6, 1, message)


def cue(start: int, end: int, text: str = "甲") -> str:
    return f"{clock(start)} --> {clock(end)}\n{text}\n"


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (cue(5000, 5000), "结束时间不晚于开始时间"),
        (cue(500, 900), "开始时间早于前一条（第 3 行，00:00:01.000）"),
        (cue(2999, 4000), "与前一条（第 3 行，到 00:00:03.000）重叠"),
    ],
)
def test_captions_follow_one_another(second: str, message: str) -> None:
    """In order, without overlap, and each for a while."""
    found = only(f"WEBVTT\n\n{cue(1000, 3000)}\n{second}\n{cue(6000, 7000)}")
    assert found[:4] == ("captions/order", 6, 1, message)


def test_a_caption_may_begin_where_the_one_before_ends() -> None:
    """As most programs write them."""
    assert read_captions(f"WEBVTT\n\n{cue(1000, 3000)}\n{cue(3000, 4000)}").faults == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("甲\n乙\n丙", 6, "一条字幕有 3 行"),
        ("甲" * 19, 4, f"一行有 19 个字：“{'甲' * 19}”"),
        ("甲\n" + "乙" * 18 + "a", 5, f"一行有 18.5 个字：“{'乙' * 18}a”"),
        ("a" * 37, 4, f"一行有 18.5 个字：“{'a' * 20}…”"),
    ],
)
def test_a_caption_can_be_read_while_somebody_speaks(text: str, line: int, message: str) -> None:
    """Two lines of 18 characters; letters and digits count half."""
    assert only(f"WEBVTT\n\n{cue(0, 3000, text)}")[:4] == ("captions/too-long", line, 1, message)


@pytest.mark.parametrize("text", ["甲" * 18, "甲" * 17 + "12", "a" * 36, "𬱖" * 18, "e\u0301" * 36, "“甲”" * 6])
def test_a_line_of_18_characters_fits(text: str) -> None:
    """Rare characters and quotation marks count one, accents nothing."""
    assert read_captions(f"WEBVTT\n\n{cue(0, 3000, text)}").faults == ()


@pytest.mark.parametrize("text", ["", "\n\n", "WEBVTT", "WEBVTT\n\nNOTE 甲\n", "\ufeff"])
def test_a_file_without_captions(text: str) -> None:
    """Says so once."""
    hint = "写上字幕；没有字幕时删去这个文件，并删去 captions 一行"
    assert only(text) == ("captions/empty", 1, 1, "文件里没有字幕", hint)


def test_bounds() -> None:
    """5,000 captions and 1 MB, neither one more."""
    text = "WEBVTT\n\n" + "\n".join(cue(n * 1000, n * 1000 + 1000) for n in range(MOST_CUES))
    assert read_captions(text).faults == ()
    more = f"{text}\n{cue(6_000_000, 6_001_000)}"
    assert only(more)[:4] == ("captions/too-many", text.count("\n") + 2, 1, "字幕超过 5,000 条")
    assert len(read_captions(more).cues) == MOST_CUES
    note = "WEBVTT\n\n00:01.000 --> 00:02.000\n甲\n\nNOTE "
    filled = note + "a" * (MOST_BYTES - len(note.encode()))
    assert read_captions(filled).faults == ()
    assert only(f"{filled}a")[:4] == ("captions/too-many", 1, 1, "字幕文件超过 1 MB")


def test_every_rule_has_its_sentence() -> None:
    """One Chinese sentence, by which the list of rules is made."""
    for rule, judge in RULES.items():
        assert rule.startswith("captions/")
        assert str(judge.__doc__).endswith("。")
