"""Law lessons for measuring: the sample's own openings, sections, quizzes and handouts, dealt anew by a seed.

So every text is one an editor wrote and every citation in it is true; each lesson also cites articles drawn from all
laws in force, so that the pages of articles grow as they would. `python benchmarks/lessons_sample.py OUT --lessons 200`
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from liaison.model.numerals import chinese

ROOT = Path(__file__).parents[1]
IN_SERIES = 100
"""Lessons of a series, at most."""
LENGTH = (600, 1_200)
"""Characters of a body that are not white space: the least and the most."""
_NEWEST = date(2026, 11, 20)
_HOST = "media.example.gov.cn"
_PLACES = ("清溪村", "和平村", "石桥社区", "新塘村", "向阳社区", "茶亭镇", "白马村", "枫树坪村", "双江社区", "樟木镇")
_NEIGHBOUR = re.compile(r"\[([^\]]*)\]\([^)]*\.md\)")
_SAMPLE = ("content", "laws", "overrides", "static", "stations")


@dataclass(frozen=True)
class Source:
    """A lesson of the sample: its front matter, the text before the first heading, and its sections."""

    head: dict[str, Any]
    opening: str
    sections: tuple[str, ...]


def sources() -> list[Source]:
    """The published lessons of the sample. Links between them are gone: their sections will stand elsewhere."""
    found = []
    for file in sorted((ROOT / "content" / "episodes").glob("*/[0-9]*.md")):
        _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
        facts = yaml.safe_load(head)
        if facts["status"] == "published":
            opening, *sections = re.split(r"(?m)^(?=## )", _NEIGHBOUR.sub(r"\1", body))
            found.append(Source(facts, opening.strip(), tuple(one.strip() for one in sections)))
    return found


def articles() -> list[tuple[str, int]]:
    """Every article of every law in force, as the law's short name and a number."""
    laws = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "laws").glob("*-*.yml"))]
    in_force = [law for law in laws if "repealed" not in law]
    return [(law["short_names"][0], number) for law in in_force for number in range(1, law["articles"] + 1)]


def size(text: str) -> int:
    """Characters that are not white space."""
    return len("".join(text.split()))


class Dealer:
    """Deals lessons."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.sources, self.articles = sources(), articles()
        self.sections = [section for one in self.sources for section in one.sections]

    def body(self, base: Source, before: str | None) -> str:
        """An opening, sections up to the length that was drawn, articles to read, and the lesson before."""
        drawn = [f"- 《{law}》第{chinese(number)}条" for law, number in self.random.sample(self.articles, 3)]
        end = "\n".join(["## 接着读", "", "想多了解一点的，可以再读这几条：", "", *drawn])
        if before:
            end += f"\n\n上一讲没有听到的，看[上一讲]({before})。"
        wanted, parts = self.random.randint(LENGTH[0], LENGTH[1] - 200), [base.opening]
        for section in self.random.sample(self.sections, len(self.sections)):
            length = size("".join([*parts, end]))
            if length >= wanted:
                break
            if length + size(section) <= LENGTH[1]:
                parts.append(section)
        return "\n\n".join([*parts, end]) + "\n"

    def head(self, base: Source, number: int, name: str) -> dict[str, Any]:
        """Front matter: the sample's, of another day; every tenth lesson has a video elsewhere, and captions."""
        told, day = base.head, _NEWEST - timedelta(self.random.randrange(1_500))
        law, article = self.random.choice(self.articles)
        signatures = (told["review"][title]["name"] for title in ("责编", "一审", "二审", "三审"))
        place = self.random.choice(_PLACES)
        head: dict[str, Any] = {"title": f"{told['title']}：{place}第{number}课", "date": day}
        head |= {key: told[key] for key in ("summary", "speakers", "stations", "topics", "audience") if key in told}
        head["laws"] = [*dict.fromkeys((*told["laws"], f"{law}第{article}条"))]
        if number % 10 == 0:
            head["duration"] = "06:00"
            head["video"] = {"src": f"https://{_HOST}/{name}.mp4", "size": 20_000_000 + number}
            head["captions"] = f"{name}.vtt"
            head["chapters"] = [{"at": f"0{minute}:00", "title": f"第{minute + 1}段"} for minute in range(4)]
        head |= {key: told[key] for key in ("quiz", "handout")}
        days = (day - timedelta(before) for before in (14, 10, 6, 2))
        pairs = zip(("责编", "一审", "二审", "三审"), signatures, days, strict=True)
        return head | {
            "review": {title: {"name": who, "date": signed} for title, who, signed in pairs},
            "status": "published",
        }

    def captions(self) -> str:
        """Subtitles of six minutes: a line, no longer than the rules allow, every six seconds."""
        spoken = "".join(re.sub(r"\W", "", self.random.choice(self.sources).opening) for _ in range(20))
        lines = ["WEBVTT", ""]
        for number in range(60):
            minute, second = divmod(number * 6, 60)
            lines.append(f"00:{minute:02}:{second:02}.000 --> 00:{minute:02}:{second + 5:02}.000")
            lines += [spoken[number * 16 : number * 16 + 16], ""]
        return "\n".join(lines)

    def write(self, folder: Path, lessons: int) -> None:
        """Series of lessons below `content/episodes/`."""
        for first in range(0, lessons, IN_SERIES):
            series = folder / f"xilie-{first // IN_SERIES + 1:02}"
            series.mkdir(parents=True)
            count = min(IN_SERIES, lessons - first)
            about = {
                "title": f"普法课第{first // IN_SERIES + 1}辑",
                "description": "一讲说清一件家常事。",
                "planned": count,
            }
            _put(series / "index.md", about, "每一讲从一件常见的事讲起。课里的人和事都是为讲课编的。\n")
            before = None
            for number in range(1, count + 1):
                base, name = self.random.choice(self.sources), f"{number:02}"
                file = series / f"{name}-puji-ke.md"
                head = self.head(base, number, name)
                _put(file, head, self.body(base, before))
                if "captions" in head:
                    (series / head["captions"]).write_text(self.captions(), encoding="utf-8")
                before = file.name


def _put(file: Path, head: dict[str, Any], body: str) -> None:
    text = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10**6)
    file.write_text(f"---\n{text}---\n{body}", encoding="utf-8")


def write(out: Path, lessons: int, seed: int = 1) -> None:
    """The sample's site with so many lessons in place of its own."""
    shutil.rmtree(out, ignore_errors=True)
    for folder in _SAMPLE:
        shutil.copytree(ROOT / folder, out / folder)
    shutil.copy(ROOT / "mkdocs.yml", out)
    site = (ROOT / "site.yml").read_text(encoding="utf-8")
    (out / "site.yml").write_text(f"{site}\nmedia_hosts: [{_HOST}]\n", encoding="utf-8")
    shutil.rmtree(out / "content" / "episodes")
    Dealer(seed).write(out / "content" / "episodes", lessons)


def main() -> None:
    """Write a site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--lessons", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.out, options.lessons, options.seed)


if __name__ == "__main__":
    main()
