"""A synthetic province by the record contract, for measuring: the same seed gives the same files.

Names of divisions and villages are those of Hunan where the data folder is there, else made up. People are random.
Never committed. `python benchmarks/province.py OUT [--stations 8000] [--deputies 120000] [--seed 1]`
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from liaison.model import codes

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
TODAY = "2026-11-22"

SURNAMES = "王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林曾单仇解区查翟朴缪乐谭彭龙向田覃欧阳"
WEIGHTS = [max(1, 40 - place) ** 2 for place in range(len(SURNAMES))]
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂华建国志文海燕红梅春玉兰凤玲斌波辉鹏飞雪琴晓东云龙婷堃燚"
FIELDS = [
    "婚姻家庭",
    "宅基地",
    "乡村教育",
    "基层医疗",
    "养老服务",
    "农村道路",
    "饮水安全",
    "河道治理",
    "产业发展",
    "乡村旅游",
    "留守儿童",
    "残疾人权益",
    "环境保护",
    "企业服务",
    "劳动就业",
    "消费维权",
    "城市管理",
    "物业服务",
    "食品安全",
    "文化体育",
]
GROUPS = ("法治乡村建设代表专业小组", "经济发展代表专业小组", "教科文卫代表专业小组", "生态环境代表专业小组")
POSTS = ("党总支书记", "村委会主任", "校长", "医生", "总经理", "合作社理事长", "教师", "网格员", "工程师", "种养大户")
RULES = ("每月15日", "每月9日、19日", "单月15日", "每月第一周周五", "每月第二个周三", "每周五", "每季度首月10日")
LEVELS = {2: "省级", 4: "市级", 6: "县级", 9: "乡级"}


@dataclass
class Land:
    """Divisions by code, and villages by township."""

    names: dict[str, str] = field(default_factory=dict)
    villages: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def townships(self) -> list[str]:
        """All townships, by code."""
        return sorted(code for code in self.names if len(code) == 9)


def land() -> Land:
    """Hunan from the data folder, else a land of the same shape with made-up names."""
    found = Land()
    if (DATA / "hunan-divisions.csv").exists():
        with (DATA / "hunan-divisions.csv").open(encoding="utf-8") as lines:
            found.names = {row["code"]: row["name"] for row in csv.DictReader(lines)}
        with (DATA / "hunan-villages.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                name = row["name"].removesuffix("居委会").removesuffix("村委会").removesuffix("民委员会")
                found.villages[row["township"]].append(name if name.endswith(("村", "社区")) else f"{name}村")
        return found
    found.names["43"] = "某某省"
    for city in range(1, 15):
        found.names[f"43{city:02}"] = f"第{city}市"
        for county in range(1, 11):
            found.names[f"43{city:02}{county:02}"] = f"第{city}市第{county}县"
            for town in range(1, 15):
                code = f"43{city:02}{county:02}{100 + town}"
                found.names[code] = f"第{town}镇"
                found.villages[code] = [f"第{town}镇第{number}村" for number in range(1, 16)]
    return found


class Province:
    """Draws and writes records."""

    def __init__(self, out: Path, seed: int) -> None:
        self.out = out
        self.random = random.Random(seed)
        self.land = land()
        self._codes: set[str] = set()

    def code(self) -> str:
        """A fresh code."""
        code = codes.draw(self.random.choice, self._codes)
        self._codes.add(code)
        return code

    def name(self) -> str:
        """A random name; it belongs to nobody."""
        surname = self.random.choices(SURNAMES, WEIGHTS)[0]
        return surname + "".join(self.random.choices(GIVEN, k=self.random.choice((1, 2, 2, 2))))

    def write(self, stations: int, deputies: int) -> None:
        """The whole site: records, site facts, templates and guides of this repository, but not its lessons."""
        shutil.rmtree(self.out, ignore_errors=True)
        for folder in ("content", "overrides", "static"):
            shutil.copytree(ROOT / folder, self.out / folder, ignore=shutil.ignore_patterns("episodes"))
        for file in ("mkdocs.yml", "site.yml"):
            shutil.copy(ROOT / file, self.out)
        regions = [
            f"- {{code: {code}, name: {name}, level: {LEVELS[len(code)]}}}"
            for code, name in sorted(self.land.names.items())
        ]
        self._text("stations/regions.yml", regions)
        places = self.land.townships
        drawn = sorted(places[number % len(places)] for number in range(stations))
        for county in sorted({place[:6] for place in drawn}):
            self._area(county)
        before: dict[str, str] = {}
        for number, place in enumerate(drawn):
            share = deputies * (number + 1) // stations - deputies * number // stations
            self._station(number, place, share, before)

    def _degrees(self, least: float, most: float) -> str:
        return f"{self.random.uniform(least, most):.4f}"

    def _text(self, file: str, lines: list[str]) -> None:
        path = self.out / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _area(self, county: str) -> None:
        name = self.land.names[county]
        channels = [
            (
                f"{{kind: 留言平台, label: 给{name}人大留言, url: 'https://www.example.gov.cn/ly/{county}', "
                "hours: 全天, reply_within: 5个工作日}"
            ),
            "{kind: '12345'}",
        ]
        self._text(
            f"stations/c{county}/area.yml",
            [
                f"region: {county}",
                "organs:",
                f"  - {{name: {name}人大常委会, kind: 常委会, region: {county}, phone: 0731-00000000}}",
                "channels:",
                *(f"  - {channel}" for channel in channels),
            ],
        )

    def _station(self, number: int, place: str, share: int, before: dict[str, str]) -> None:
        """A station and its deputies; `before` holds the last active station of each county, for mergers."""
        county, town = place[:6], self.land.names[place]
        folder = f"stations/c{county}/s{number:04}"
        code, status = self.code(), "active"
        drawn = self.random.random()
        if drawn < 0.02 and county in before:
            status = "merged"
        elif drawn < 0.04:
            status = "upgrading"
        elif drawn < 0.05:
            status = "closed"
        villages = self.land.villages.get(place) or [f"{town}中心村"]
        covers = self.random.sample(villages, k=min(len(villages), self.random.randint(1, 6)))
        people = [self.code() for _ in range(share)]
        lines = [
            f"code: {code}",
            f"name: {town}{covers[0]}人大代表联络站",
            f"short_name: {covers[0]}站",
            "kind: 联络站",
            f"region: {place}",
        ]
        if status in {"active", "upgrading"}:
            before[county] = code
            lines += [
                f"covers: [{', '.join(covers)}]",
                f"address: {self.land.names[county]}{town}{covers[0]}党群服务中心一楼",
                f"location: {{lng: {self._degrees(109, 114)}, lat: {self._degrees(25, 30)}, crs: gcj02}}",
                "phone: 0731-00000000",
                "hours: [{days: [周一, 周二, 周三, 周四, 周五], from: 09:00, to: 17:00}]",
                f"staff: [{{role: 站长, name: {self.name()}}}]",
                "receptions:",
                (
                    f"  - {{rule: {self.random.choice(RULES)}, from: 09:00, to: 11:30, mode: [固定, 线下], "
                    f"deputies: [{', '.join(people[: self.random.randint(1, 4)])}]}}"
                ),
            ]
        else:
            lines.append(f"address: {self.land.names[county]}{town}{covers[0]}")
        lines.append(f"status: {status}")
        if status == "merged":
            lines.append(f"merged_into: {before[county]}")
        self._text(f"{folder}/station.yml", [*lines, "verified_on: 2026-10-01"])
        for place_in_list, deputy in enumerate(people):
            is_open = status in {"active", "upgrading"}
            self._deputy(f"{folder}/deputies/d{place_in_list:03}.yml", deputy, place, people, is_open=is_open)

    def _deputy(self, file: str, code: str, place: str, people: list[str], *, is_open: bool) -> None:
        drawn = self.random.random()
        named = people.index(code) < 4  # receives citizens, so must be in office
        status = "active" if is_open and (named or drawn < 0.92) else "former"
        if not named and is_open and drawn > 0.985:
            status = "paused" if drawn < 0.993 else "withheld"
        town, county = self.land.names[place], place[:6]
        lines = [
            f"code: {code}",
            f"name: {self.name()}",
            f"gender: {self.random.choice('男女')}",
            "ethnicity: 汉族",
            f"employer: {self.land.names[county]}{town}",
            f"post: {self.random.choice(POSTS)}",
            "mandates:",
            *self._mandates(place, ended=status == "former"),
            f"specialties: [{', '.join(self.random.sample(FIELDS, k=2))}]",
        ]
        if self.random.random() < 0.3:
            lines.append(f"groups: [{self.random.choice(GROUPS)}]")
        lines += [
            "contact: {phone: 0731-00000000, phone_is: 站}",
            f"bio: 长期在{town}工作，关心群众的急难愁盼，常到村组走访，听取意见和建议。",
            f"status: {status}",
            "verified_on: 2026-10-01",
        ]
        self._text(file, lines)

    def _mandates(self, place: str, *, ended: bool) -> list[str]:
        """One mandate, sometimes two, on one chain of regions; 街道 have no congress."""
        codes_held = [place[:6]]
        if self.random.random() < 0.1:
            codes_held = [place[:4], place[:6]]
        elif place[6] != "0" and not self.land.names[place].endswith("街道") and self.random.random() < 0.5:
            codes_held = [place]
        term = "start: 2016-12-20, end: 2021-12-19" if ended else "start: 2021-12-20, end: 2027-12-31"
        return [
            f"  - {{congress: {self.land.names[code]}第十八届人民代表大会, level: {LEVELS[len(code)]}, region: {code}, "
            f"electoral_unit: 第{self.random.randint(1, 60)}选区, {term}}}"
            for code in codes_held
        ]


def main() -> None:
    """Write a province."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--stations", type=int, default=8_000)
    parser.add_argument("--deputies", type=int, default=120_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    Province(options.out, options.seed).write(options.stations, options.deputies)


if __name__ == "__main__":
    main()
