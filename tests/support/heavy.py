"""A site as heavy as one may get: a station of 80 people with long fields, many on a roll, a whole law, odd lessons."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import yaml

from liaison.model.codes import draw
from support import heavy_lessons

STATION = "6PYX4BF"
"""The station of 80."""

COUNTY = "431382"
HIDDEN = "呼延示例隐"
"""A withheld deputy whose name, and whatever else the record says, must be nowhere."""
HIDDEN_WORDS = ("隐匿镇卫生院", "隐匿科科长", "隐匿领域", "隐匿小组", "不应出现的简介", "0739-7770000")
FORMER = "钟离示例旧"
FORMER_WORDS = ("旧单位某公司", "旧职务经理", "旧领域", "旧小组", "卸任者的简介", "0739-8880000")

_SURNAMES = "李刘黎梁廖林龙罗卢陆吕鲁雷赖蓝兰凌柳娄骆"
_GIVEN = "安邦成德恩福冠海济嘉康立茂宁平庆仁瑞升泰维文贤晓学雅益永育远哲振志忠卓"
_SPECIALTIES = (
    *("基层医疗与慢性病管理", "农村养老与留守儿童关爱", "乡村产业与合作经济", "人居环境整治", "饮水安全与农田水利"),
    *("义务教育与乡村教师", "妇女儿童权益保护", "土地流转与宅基地", "森林防火与生态保护", "农村公路与客运班线"),
    *("婚姻家庭与邻里纠纷", "电商物流与农产品销售", "残疾人就业与康复", "非遗保护与群众文化", "消防与安全生产"),
)
_TEXT = Path(__file__).resolve().parents[1] / "laws/texts/civil-code.tsv"
_REGION = "431382200"
_FOLDER = "stations/lianyuan"


def make_heavy(site: Path) -> None:
    """Add the stations and people to a copy of the sample."""
    chance = random.Random(20261122)
    taken: set[str] = {STATION}

    def code() -> str:
        taken.add(new := draw(chance.choice, taken))
        return new

    names = [f"{surname}示例{given}" for given in _GIVEN for surname in _SURNAMES]
    _station(site / _FOLDER / "heavy", STATION, "三甲乡集中接待服务人大代表联络站", "集中站")
    people = [_long(code(), name) for name in names[:80]]
    _people(site / _FOLDER / "heavy", people)
    hidden = {**_long(code(), HIDDEN), **_telling(HIDDEN_WORDS), "status": "withheld"}
    former = {**_long(code(), FORMER), **_telling(FORMER_WORDS), "status": "former"}
    for person in (hidden, former):
        person["consent"] = {"scope": ["photo", "phone"], "date": "2026-01-05", "ref": "示例〔2026〕1号"}
        person["photo"] = "photo.jpg"
    _people(site / _FOLDER / "heavy", [hidden, former], first=81)
    sample = next((site / "stations").rglob("photo-*.jpg"))
    (site / _FOLDER / "heavy/deputies/photo.jpg").write_bytes(sample.read_bytes())
    for number in range(4):
        folder = site / _FOLDER / f"crowd-{number}"
        _station(folder, code(), f"三甲乡第{number + 1}人大代表联络站", f"第{number + 1}站")
        _people(folder, [_long(code(), name) for name in names[80 + 60 * number : 140 + 60 * number]])
    texts = site / "laws/texts"
    texts.mkdir()
    shutil.copy(_TEXT, texts)
    heavy_lessons.add(site, STATION, [str(one["code"]) for one in (people[0], former, hidden)])


def _telling(words: tuple[str, ...]) -> dict[str, object]:
    employer, post, field, group, *rest = words
    bio, phone = rest[-2:]
    told: dict[str, object] = {"employer": employer, "post": post, "specialties": [field], "groups": [group]}
    return {**told, "bio": bio, "contact": {"phone": phone, "phone_is": "本人"}}


def _long(code: str, name: str) -> dict[str, object]:
    mandate = {
        "congress": "涟源市三甲乡第十九届人民代表大会",
        "level": "乡级",
        "region": _REGION,
        "electoral_unit": "三甲乡第3选区（玉峰社区、岩美村、白溪村、谢家村、铜盆村联合选区）",
        "start": "2021-12-10",
        "end": "2026-12-31",
    }
    higher = {
        **mandate,
        "congress": "涟源市第十八届人民代表大会",
        "level": "县级",
        "region": COUNTY,
        "electoral_unit": "三甲乡第1选区（玉峰社区、岩美村、白溪村、谢家村、铜盆村联合选区）",
    }
    return {
        "code": code,
        "name": name,
        "gender": "女",
        "ethnicity": "土家族",
        "employer": "涟源市三甲乡玉峰社区新型农业经营主体联合服务中心有限责任公司",
        "post": "党支部书记、理事长、高级农艺师",
        "mandates": [mandate, higher],
        "specialties": [_SPECIALTIES[0], *random.Random(code).sample(_SPECIALTIES[1:], 4)],
        "groups": ["法治乡村建设代表专业小组", "农业农村代表专业小组"],
        "contact": {"phone": "0738-0000000", "phone_is": "站"},
        "bio": "在基层工作二十余年，长期联系群众，关心宅基地确权、老人赡养、乡村道路、饮水安全和义务教育，"
        "提出建议四十余件，推动修建机耕道六千米，调解邻里纠纷一百二十余起。",
        "status": "active",
        "verified_on": "2026-10-01",
    }


def _station(folder: Path, code: str, name: str, short: str) -> None:
    record = {
        "code": code,
        "name": name,
        "short_name": short,
        "kind": "联络站",
        "region": _REGION,
        "covers": [{"name": f"{short}第{number}村", "formerly": [f"{short}旧{number}村"]} for number in range(1, 13)],
        "address": "涟源市三甲乡玉峰社区党群服务中心一楼群众接待大厅东侧",
        "location": {"lng": "111.8123", "lat": "27.7012", "crs": "gcj02"},
        "phone": "0738-0000000",
        "hours": [{"days": ["周一", "周二", "周三", "周四", "周五"], "from": "09:00", "to": "17:00"}],
        "receptions": [
            {"rule": "每月9日、19日", "from": "09:00", "to": "11:30", "mode": ["固定", "线下"]},
            {"rule": "每月第二个周三", "from": "14:30", "to": "17:00", "mode": ["线上"]},
        ],
        "status": "active",
        "verified_on": "2026-10-01",
    }
    _write(folder / "station.yml", record)


def _people(folder: Path, people: list[dict[str, object]], first: int = 1) -> None:
    for number, person in enumerate(people, first):
        _write(folder / "deputies" / f"p{number:03}.yml", person)


def _write(file: Path, record: dict[str, object]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False), "utf-8")
