import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.caption_rules import MOST_BYTES, RULES
from liaison.model.captions import Captions, read_captions
from liaison.model.cues import Cue, clock, transcript, vtt

GENTLE = settings(deadline=None, database=None, max_examples=150)
WORDS = "一二，。！？；“”甲乙 aZ09&;<>lgtmp#-→:.\u00a0𬱖"
rows = st.text(st.sampled_from(WORDS), min_size=1, max_size=24).map(str.strip).filter(bool)
texts = st.lists(rows, min_size=1, max_size=3).map("\n".join)
plain = texts.filter(lambda text: "<" not in text and "-->" not in text)  # what SRT can say without markup


@st.composite
def some_cues(draw: st.DrawFn, said: st.SearchStrategy[str] = texts) -> tuple[Cue, ...]:
    """Captions in order, as a file would hold them."""
    cues, at, line = [], 0, 3
    for text in draw(st.lists(said, min_size=1, max_size=8)):
        start = at + draw(st.integers(0, 5_000))
        at = start + draw(st.integers(1, 400_000_000))
        cues.append(Cue(start, at, text, line))
        line += 3 + text.count("\n")
    return tuple(cues)


def srt(cues: tuple[Cue, ...], end: str) -> str:
    blocks = (f"{n}\n{clock(c.start, ',')} --> {clock(c.end, ',')}\n{c.text}\n" for n, c in enumerate(cues, 1))
    return "\n".join(blocks).replace("\n", end)


def said(found: Captions) -> list[tuple[int, int, str]]:
    return [(cue.start, cue.end, cue.text) for cue in found.cues]


@GENTLE
@given(some_cues())
def test_what_was_written_can_be_read_back(cues: tuple[Cue, ...]) -> None:
    """Times, text and lines; and written again it is the same to the byte."""
    text = vtt(cues)
    found = read_captions(text)
    assert found.cues == cues
    assert {fault.rule for fault in found.faults} <= {"captions/too-long"}
    assert vtt(found.cues) == text


@GENTLE
@given(some_cues(plain), st.sampled_from(["\n", "\r\n"]))
def test_srt_becomes_webvtt_with_the_same_times_and_text(cues: tuple[Cue, ...], end: str) -> None:
    """Ampersands that look like escapes included."""
    found = read_captions(srt(cues, end))
    assert found.form == "srt"
    assert {fault.rule for fault in found.faults} <= {"captions/too-long"}
    assert said(found) == said(read_captions(vtt(found.cues))) == said(Captions("srt", cues, ()))


PIECES = [
    "WEBVTT",
    "\n",
    "\n\n",
    "\r",
    " --> ",
    "-->",
    "00:00:01.000",
    "00:00:02,000",
    "1",
    "9" * 30,
    "NOTE",
    "甲",
    "<v ",
]
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=3) | st.characters(categories=["Cs", "Cc"])).map("".join)


@settings(GENTLE, max_examples=400)
@given(hostile)
def test_no_text_is_too_strange(text: str) -> None:
    """Never raises; whatever is wrong has a place in the file, a message and a remedy; and what is read is bounded."""
    found = read_captions(text)
    count = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert found.cues or found.faults
    for fault in found.faults:
        assert fault.rule in RULES
        assert 1 <= fault.line <= count
        assert fault.column >= 1
        assert fault.message
        assert fault.hint
    assert [fault.line for fault in found.faults] == sorted(fault.line for fault in found.faults)
    transcript(found.cues)


UNITS = [
    "-->",
    "-->\n",
    "9",
    "1:",
    "1\n",
    "\n",
    "\r",
    " ",
    "00:01 ",
    "00:00:00.000 --> 00:00:00.000\n",
    "。”",
    "&",
    "：",
]


@pytest.mark.parametrize("head", ["", "WEBVTT\n\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "1\n00:00:01,000 --> "])
@pytest.mark.parametrize("unit", UNITS)
def test_a_megabyte_of_anything_takes_linear_time(head: str, unit: str) -> None:
    """S5: ten times more than the time it takes; a quadratic reader would need minutes."""
    text = head + unit * ((MOST_BYTES - 100) // len(unit.encode()))
    began = time.process_time()
    found = read_captions(text)
    transcript(found.cues)
    assert time.process_time() - began < 5
    assert len(found.faults) <= 200


@GENTLE
@given(some_cues())
def test_a_transcript_holds_every_caption_with_its_time(cues: tuple[Cue, ...]) -> None:
    """In order, and nothing but spaces is put between; a paragraph neither begins nor ends with one."""
    found = transcript(cues)
    lines = [line for paragraph in found for line in paragraph.lines]
    assert [line.start for line in lines] == [cue.start for cue in cues]
    for line, one in zip(lines, cues, strict=True):
        assert line.text.replace(" ", "") == one.text.replace("\n", "").replace(" ", "")
        assert "\n" not in line.text
    for paragraph in found:
        assert paragraph.text == paragraph.text.strip(" ")
        assert paragraph.start == paragraph.lines[0].start
    assert pickle.loads(pickle.dumps(found)) == found
