"""Small sites with a release to be approved, and readers of what comes of it."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2

from liaison.build.holders import holders_of
from liaison.model.holders import Holder
from liaison.publish.manifest import Manifest
from liaison.records.read import Reading, read_site
from liaison.workers import Crew
from support.releases import page, release
from support.sites import REPOSITORY, edit

TODAY = date(2026, 11, 20)
STATION, HOME, ZENG, GULI = "3F7K2MC", "TK58CWB", "7K3M9TY", "Q2RX7DK"
ROLES = ("拟稿", "审核", "保密审查", "签发")
SIGNED = tuple(
    f"{role}={name}示例 2026-11-22 1{at}:30" for at, (role, name) in enumerate(zip(ROLES, "李王张赵", strict=True))
)
"""As they are given to `--signed`."""

_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def small_site(folder: Path) -> Path:
    """A small site without problems, with the templates of what is printed."""
    shutil.copytree(REPOSITORY / "tests/cases/base", folder)
    shutil.copytree(REPOSITORY / "overrides/print", folder / "overrides/print")
    return folder


def reading_of(root: Path) -> Reading:
    """All its records."""
    reading = read_site(root, TODAY, Crew(1))
    assert not reading.has_errors
    return reading


def files_of(holders: Mapping[str, Holder], **more: bytes) -> dict[str, bytes]:
    """Files of a tiny release of it: a page for each code, two lessons' worth of others."""
    found = {"index.html": page("首页"), "404.html": page("没有"), "a.css": b"x"}
    for code, holder in holders.items():
        letter = "S" if holder.kind == "station" else "D"
        words = " ".join(f"{name}{made}" for name, made in sorted(holder.fields.items()))
        found[f"{letter}/{code[:2]}/{code[2:]}/index.html"] = page(f"{code} {holder.status} {words}", depth=3)
    return {**found, "episodes/shiyan/01/index.html": page("第一讲", depth=3), **more}


def lay_release(root: Path, **more: bytes) -> Manifest:
    """A release of the site as its records are now, in `site/`."""
    holders = holders_of(reading_of(root), Crew(1))
    shutil.rmtree(root / "site", ignore_errors=True)
    return release(root / "site", files_of(holders, **more), holders)


def keep_as_published(root: Path) -> None:
    """Let what lies in `site/` count as published."""
    (root / "internal").mkdir(exist_ok=True)
    shutil.copyfile(root / "site/manifest.json", root / "internal/published.json")


def change_records(root: Path) -> None:
    """A station's phone, a deputy who is withheld, a station that is closed."""
    edit(root / "stations/lianyuan/yufeng/station.yml", r"(?m)^phone: .*$", "phone: 0738-0000001")
    guli = root / "stations/lianyuan/yufeng/deputies/guli.yml"
    edit(guli, r"(?m)^status: paused$", "status: active")


def words_of_pdf(file: Path) -> tuple[int, str]:
    """How many pages it has, and all words without blanks."""
    read = pypdfium2.PdfDocument(file)
    pages = [one.get_textpage().get_text_range() for one in read]
    read.close()
    return len(pages), bare("".join(pages))


def words_of_word(file: Path) -> str:
    """All words of a .docx without blanks, read as the XML it is."""
    with zipfile.ZipFile(file) as packed:
        assert packed.testzip() is None
        body = ET.fromstring(packed.read("word/document.xml"))
    return bare("".join(one.text or "" for one in body.iter(f"{_WORDS}t")))


def words_of_workbook(file: Path) -> str:
    """All text of an .xlsx, read as the XML it is."""
    with zipfile.ZipFile(file) as packed:
        names = [name for name in packed.namelist() if name.endswith(".xml")]
        return "\n".join("".join(ET.fromstring(packed.read(name)).itertext()) for name in names)


def bare(text: str) -> str:
    """Without blanks and the places where a line may break."""
    return re.sub(r"[\s\u200b\ufeff\ufffe\x02]", "", text)


def with_status(manifest: Manifest, code: str, status: str) -> Manifest:
    """The same release with a code of another status."""
    held = replace(manifest.holders[code], status=status)
    return replace(manifest, holders={**manifest.holders, code: held})
