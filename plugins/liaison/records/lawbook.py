"""The laws of a site: what `laws/` registers, and the texts of those it has, which are optional."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from liaison.model.laws import Laws
from liaison.shelf import digest

from .case import Ground
from .faults import Fault
from .files import TEXTS, unreadable
from .findings import Finding, from_faults
from .folder import Folder
from .text import decode, shown

_TEXT_BYTES = 8 * 1024 * 1024
_WANTED = ("article", "text")
_ARTICLE = re.compile(r"\d{1,4}", re.ASCII)

RULES = {
    "law/text-file": "法律条文的文件是 TSV（制表符分列），首行有 article、text 两列，条号是数字，款用 ¶、项用 ‖ 隔开。",
}
"""The rule held here."""


def read_laws(folder: Folder, ground: Ground, texts: Path | None) -> tuple[Laws, bytes]:
    """Laws by id with the texts in the folder `texts`, else in the one the site names; and a digest of all of it.

    What is amiss goes to `folder`.
    """
    named = ground.site.record.laws.texts if ground.site.record.laws else None
    at = texts or folder.root / (named or TEXTS)
    if (texts or named) and not at.is_dir():
        message = f"没有条文的文件夹“{shown(named or texts, 60)}”"
        folder.findings.append(
            Finding(ground.site.file, ("laws", "texts"), message, "改正路径，或删去这一行", rule="law/text-file")
        )
    by_id = {law_id(filed.file): filed.record for filed in ground.laws}
    found: dict[str, dict[int, str]] = {}
    made_from = [ground.digests[file] for file in sorted(ground.digests) if file.startswith("laws/")]
    for name in by_id:
        file = at / f"{name}.tsv"
        if not file.is_file():
            continue
        try:
            data = file.read_bytes()
        except OSError as error:
            folder.findings.append(unreadable(_shown_name(folder, file), error))
            continue
        made_from += [name.encode(), digest(data)]
        found[name] = _articles(folder, file, data)
    return Laws(by_id, found, tuple(filed.record for filed in ground.keywords)), digest(*made_from)


def law_id(file: str) -> str:
    """The id of the law in a file `laws/<id>.yml`."""
    return file.rpartition("/")[2].removesuffix(".yml")


def _articles(folder: Folder, file: Path, data: bytes) -> dict[int, str]:
    """The text of each article; empty where something is wrong."""
    name = _shown_name(folder, file)
    text = decode(data, _TEXT_BYTES)
    found: dict[int, str] = {}
    if isinstance(text, Fault):
        folder.problems += from_faults(name, [text], "")
        return found
    for line, number, words in _rows(text):
        if number is None:
            fault = Fault("law/text-file", line, 1, words, "按“article<Tab>text”的列名和条号改正")
            folder.problems += from_faults(name, [fault], text)
            return {}
        found[number] = words
    return found


def _shown_name(folder: Folder, file: Path) -> str:
    return file.relative_to(folder.root).as_posix() if file.is_relative_to(folder.root) else str(file)


def _rows(text: str) -> Iterator[tuple[int, int | None, str]]:
    """Line, article and text of each row; None and what is wrong where something is."""
    rows = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        if any(one not in (rows.fieldnames or ()) for one in _WANTED):
            yield 1, None, "首行缺少 article 或 text 列"
            return
        for row in rows:
            article, words = row["article"] or "", row["text"]
            if not _ARTICLE.fullmatch(article) or not words:
                yield rows.line_num, None, f"这一行的条号“{shown(article)}”或条文不对"
                return
            yield rows.line_num, int(article), words
    except csv.Error:  # a lone carriage return, or a field of more than 128 KB
        yield rows.line_num + 1, None, "这一行太长，或夹着不成行的回车"
