from liaison.model.cues import Cue, transcript


def spoken(*parts: tuple[int, int, str]) -> list[tuple[int, str]]:
    cues = tuple(Cue(start, end, text, 1) for start, end, text in parts)
    return [(one.start, one.text) for one in transcript(cues)]


def test_a_long_pause_begins_a_paragraph() -> None:
    """More than a second and a half, unless a comma carries the sentence on."""
    assert spoken((0, 1000, "甲。"), (2500, 3000, "乙，"), (9000, 9500, "丙。"), (11_001, 12_000, "丁。")) == [
        (0, "甲。乙，丙。"),
        (11_001, "丁。"),
    ]


def test_a_paragraph_ends_with_the_sentence_that_fills_it() -> None:
    """At 80 characters, closing quotes included; where no sentence ends, at 160."""
    half = "甲" * 39
    assert spoken((0, 1, f"“{half}，"), (1, 2, f"{half}。”"), (2, 3, "乙。")) == [
        (0, f"“{half}，{half}。”"),
        (2, "乙。"),
    ]
    parts = [(n, n + 1, "甲" * 40) for n in range(5)]
    assert [len(text) for _, text in spoken(*parts)] == [163, 40]


def test_captions_without_punctuation_are_parted_by_spaces() -> None:
    """Between lines, too; with punctuation nothing is put between Han characters, and a space between Latin words."""
    assert spoken((0, 1, "民法典是什么\n管哪些事"), (1, 2, "先看总则")) == [(0, "民法典是什么 管哪些事 先看总则")]
    parts = ((0, 1, "拨打\n12348，"), (1, 2, "Civil\nCode"), (2, 3, "2021年"))
    assert spoken(*parts) == [(0, "拨打12348，Civil Code 2021年")]


def test_no_captions_make_no_transcript() -> None:
    """Not an empty paragraph."""
    assert transcript(()) == ()
