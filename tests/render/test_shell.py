import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.render.shell import SLOTS, Shell, ShellError

GENTLE = settings(deadline=None, database=None)
TOKENS = {name: f"%%liaison:{name}%%" for name in SLOTS}
PAGE = (
    f"<title>{TOKENS['title']}</title>{TOKENS['description']}{TOKENS['canonical']}{TOKENS['head']}"
    f"<h1>{TOKENS['title']}</h1>{TOKENS['body']}</html>"
)
VALUES = {name: f"<{name}>" for name in SLOTS}


def test_every_slot_is_filled_everywhere_it_stands() -> None:
    """A slot may stand twice; the text between stays as it is, percent signs and all."""
    page = f"100%% {PAGE} 50% %d %(title)s {{title}}"
    expected = page
    for name, token in TOKENS.items():
        expected = expected.replace(token, VALUES[name])
    assert Shell.parse(page).fill(VALUES) == expected


@pytest.mark.parametrize("name", SLOTS)
def test_a_missing_slot_is_named(name: str) -> None:
    """A template that lost its body would give empty pages."""
    with pytest.raises(ShellError, match=f"模板缺少插槽：{name}$"):
        Shell.parse(PAGE.replace(TOKENS[name], ""))


def test_all_missing_slots_are_named_at_once() -> None:
    """In the order of the list."""
    with pytest.raises(ShellError, match="模板缺少插槽：title、description、canonical、head、body"):
        Shell.parse("<html></html>")


def test_unknown_slots_are_named() -> None:
    """A misspelt name or one of another version."""
    with pytest.raises(ShellError, match="模板里有不认识的插槽：footer、main"):
        Shell.parse(f"{PAGE}%%liaison:main%%%%liaison:footer%%")


@pytest.mark.parametrize(
    "broken", ["%%liaison:body", "%%liaison:Body%%", "%%liaison: body%%", "%%liaison%%", "%%liaison:%%"]
)
def test_a_broken_token_is_refused(broken: str) -> None:
    """It would stand on every page for everybody to see."""
    with pytest.raises(ShellError, match="写坏的插槽记号"):
        Shell.parse(f"{PAGE}<p>{broken}</p>")


@settings(GENTLE)
@given(st.fixed_dictionaries(dict.fromkeys(SLOTS, st.sampled_from([*TOKENS.values(), "%%liaison:x%%", "%%", "文字"]))))
def test_a_value_that_looks_like_a_token_is_not_expanded(values: dict[str, str]) -> None:
    """Text of a record comes out as it is, in one pass: cut the page at its own words and find the values."""
    marks = [f"<{number}>" for number in range(len(SLOTS) + 1)]
    page = marks[0] + "".join(token + mark for token, mark in zip(TOKENS.values(), marks[1:], strict=True))
    filled = Shell.parse(page).fill(values)
    for name, before, after in zip(SLOTS, marks, marks[1:], strict=False):
        assert filled.partition(before)[2].partition(after)[0] == values[name]


def test_a_value_that_is_not_given_is_an_error() -> None:
    """Never an empty place on a finished page."""
    with pytest.raises(KeyError, match="body"):
        Shell.parse(PAGE).fill({name: "" for name in SLOTS if name != "body"})
