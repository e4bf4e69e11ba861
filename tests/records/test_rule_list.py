"""The list of rules that editors read."""

from __future__ import annotations

import re
from pathlib import Path

from liaison.records.rule_list import entries, page

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_page_is_current() -> None:
    """The committed list is what the code says; `python -m liaison.records.rule_list > docs/rules.md` renews it."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_rule_is_one_chinese_sentence() -> None:
    """An id is `thing/what`, and an editor reads a sentence in Chinese that ends in 。 and fits a table."""
    for entry in entries():
        assert re.fullmatch(r"[a-z]+/[a-z]+(-[a-z]+)*", entry.rule)
        assert re.match(r"[\u4e00-\u9fff]", entry.sentence), entry.rule
        assert entry.sentence.endswith("。")
        assert "\n" not in entry.sentence
        assert "|" not in entry.sentence
