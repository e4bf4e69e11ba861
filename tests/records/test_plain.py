"""The loader's short way says nothing of its own: what it returns is what the long way returns."""

from __future__ import annotations

from pathlib import Path

import casebook
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.records import loader
from liaison.records.document import Document
from liaison.records.limits import YAML_DEPTH, YAML_NODES, YAML_SCALAR_BYTES
from liaison.records.plain import plain

SAMPLE = sorted(Path(__file__).parents[2].glob("stations/**/*.yml"))
GENTLE = settings(deadline=None, max_examples=400)
PIECES = st.sampled_from(
    [*"[]{},:-?&*!|>'\"#%@` \n", "\n  ", "- ", ": ", "a", "code", "示例", "<<", "&a ", "*a", "!!str ", "---\n", "...\n"]
)
VALUES = st.recursive(
    st.text("ab示例 0:-", max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=2), inner, max_size=3),
    max_leaves=12,
)


def long_way(text: str) -> Document:
    """What the loader makes of a text without the short way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "plain", lambda _text: None)
        return loader.read(text)


def same(text: str) -> bool:
    """Whether the short way was taken; then it must agree with the long one."""
    document = plain(text)
    if document is None:
        return False
    slow = long_way(text)
    assert (document.tree, document.has_empty) == (slow.tree, slow.has_empty)
    assert not slow.faults
    assert not slow.broken
    assert not slow.dropped
    return True


def written(value: object) -> str:
    """A value as YAML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key)}: {written(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return "'" + str(value).replace("'", "''") + "'"


def test_every_record_of_the_sample_takes_the_short_way() -> None:
    """A sound record has nothing that would need the long one."""
    assert SAMPLE
    assert [file for file in SAMPLE if not same(file.read_text(encoding="utf-8"))] == []


def test_planted_faults_are_read_the_same_either_way(tmp_path: Path) -> None:
    """With a fault against every rule laid over the base site."""
    root = casebook.base_site(tmp_path / "site")
    for case in casebook.at_once():
        case.lay_over(root)
    taken = [same(file.read_bytes().decode("utf-8", errors="replace")) for file in root.rglob("*.yml")]
    assert set(taken) == {True, False}


@GENTLE
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_gives_the_same_either_way(text: str) -> None:
    """Sound or not."""
    same(text)


@GENTLE
@given(VALUES)
def test_sound_texts_are_read_as_written(value: object) -> None:
    """Mappings, lists and texts come out as they went in, by the short way."""
    document = plain(written(value))
    assert document is not None
    assert document.tree == value


@pytest.mark.parametrize(
    "text",
    [
        "[" * (YAML_DEPTH + 1) + "]" * (YAML_DEPTH + 1),
        "[" + "1, " * YAML_NODES + "1]",
        f"a: {'x' * (YAML_SCALAR_BYTES + 1)}",
        "a: &x 1",
        "a: [*x]",
        "a: !!str 1",
        "<<: {a: 1}",
        "a: 1\na: 2",
        "? [a]\n: 1",
        "a: 1\n---\nb: 2",
        "a: [1",
        "%YAML 9.9\n---\na: 1",
    ],
)
def test_what_has_to_be_said_is_not_said_here(text: str) -> None:
    """Bounds, aliases, tags, merge keys, doubled keys, second documents and syntax are the long way's to report."""
    assert plain(text) is None
