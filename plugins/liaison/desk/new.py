"""New records: commented, with a fresh code, in the right folder."""

from __future__ import annotations

import re
import secrets
from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from liaison.model import codes
from liaison.model.names import reading, syllables

_SHARED = re.compile(r"人大代表.*$")
_PLAIN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStation:
    """What must be known of a new station."""

    area: str
    """Folder of the area below `stations/`."""
    folder: str
    name: str
    kind: str
    region: str
    address: str
    phone: str | None = None

    @property
    def file(self) -> str:
        """Where the record goes."""
        return f"stations/{self.area}/{self.folder}/station.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeputy:
    """What must be known of a new deputy."""

    home: str
    """Folder of the home station below `stations/`, as `<area>/<station>`."""
    name: str
    gender: str
    congress: str
    level: str
    region: str
    start: str
    electoral_unit: str | None = None

    def file(self, taken: Container[str]) -> str:
        """Where the record goes: the reading of the name, numbered where that is taken."""
        found = reading(self.name)
        stem = slug(f"{found.surname} {found.given.replace(' ', '')}") or "deputy"
        number = 1
        while (file := self._path(stem, number)) in taken:
            number += 1
        return file

    def _path(self, stem: str, number: int) -> str:
        return f"stations/{self.home}/deputies/{stem}{f'-{number}' if number > 1 else ''}.yml"


def slug(text: str) -> str:
    """A file name in small Latin letters for a Chinese name."""
    plain = text if text.isascii() else "-".join(syllables(text))
    return _PLAIN.sub("-", plain.lower()).strip("-")


def station_folder(name: str) -> str:
    """A folder name for a station: what its name says before 人大代表…, which all of them share."""
    return slug(_SHARED.sub("", name) or name) or "station"


def fresh_code(taken: Container[str]) -> str:
    """A code that nobody has, drawn from the system's source of randomness."""
    return codes.draw(secrets.choice, taken)


def quoted(value: str) -> str:
    """The value as YAML, in quotes only where it would be read as something else."""
    plain = value and value == value.strip() and not re.search(r"[:#\[\]{},\"'\n]|^[-?&*!|>%@`]|^$", value)
    return value if plain else "'" + value.replace("'", "''") + "'"


def station_text(new: NewStation, code: str, today: date) -> str:
    """The record of a new station: required keys filled, the others as comments with an example each."""
    phone = f"phone: {quoted(new.phone)}" if new.phone else "# phone: 0738-0000000"
    return f"""\
# 联络站记录。以 # 开头的行是可以填写的项：填好后去掉行首的“# ”。不填的行可以删去。
# 改完运行 liaison check，看有没有写错。
code: {code}               # 永久编号，会印在墙上：不能改，不能给别的站用
name: {quoted(new.name)}
# former_names: [旧站名]    # 站改了名称时写以前的名称：不展示，只说明编号没有换给别的站
# short_name: 某某社区站
kind: {quoted(new.kind)}
# also: [基层立法联系点]
# parent: TK58CWB          # 所属代表之家或中心站的编号
region: {quoted(new.region)}
# covers: [某某社区, {{name: 某某村, formerly: [旧村名], includes: [小区名, 屋场名]}}]    # 群众会找的村、社区名
address: {quoted(new.address)}
# landmark: 社区广场旁
# access: 一楼，有坡道
# location: {{lng: 111.8123, lat: 27.7012, crs: gcj02}}    # 高德、腾讯地图选 gcj02，百度 bd09，GPS wgs84
{phone}
# channels: [{{kind: 留言平台, label: 给本站留言, url: "https://www.example.gov.cn/", reply_within: 5个工作日}}]
# hours: [{{days: [周一, 周二, 周三, 周四, 周五], from: 09:00, to: 17:00}}]
# staff: [{{role: 站长, name: 李示例}}]
# receptions:
#   - {{rule: 每月15日, from: 09:00, to: 11:30, holiday: 顺延, mode: [固定, 线下], deputies: [7K3M9TY]}}
status: active             # active 正常；upgrading 升级改造中；merged 已并入（写 merged_into）；closed 已停用
verified_on: {today.isoformat()}    # 最近一次核对的日期
"""


def deputy_text(new: NewDeputy, code: str, today: date) -> str:
    """The record of a new deputy: required keys filled, the others as comments with an example each."""
    unit = f"electoral_unit: {quoted(new.electoral_unit)}" if new.electoral_unit else "# electoral_unit: 某某乡第3选区"
    return f"""\
# 代表记录。以 # 开头的行是可以填写的项：填好后去掉行首的“# ”。不填的行可以删去。
# 不要写身份证号、住址、出生日期；照片和本人电话要先有书面同意（consent）。
code: {code}               # 永久编号，会印在墙上：不能改，不能给别人用
name: {quoted(new.name)}
# former_names: [旧名]     # 本人改了姓名时写以前的姓名：不展示，只说明编号没有换给别人
# pinyin: zeng shili       # 读音自动识别不对时才写，姓在前
gender: {new.gender}
# ethnicity: 土家族
# employer: 某某乡某某社区
# post: 党总支书记
# photo: photo.jpg         # 与本文件放在一起
mandates:                  # 一届写一项；同时担任几级代表的写几项
  - congress: {quoted(new.congress)}
    level: {new.level}
    region: {quoted(new.region)}
    {unit}
    start: {new.start}
    # end: 2026-12-31
# also_at: [9H4PQRT]       # 同时在别的站的，写那些站的编号
# specialties: [婚姻家庭, 宅基地]
# groups: [法治乡村建设代表专业小组]
# contact: {{phone: 0738-0000000, phone_is: 站}}
# consent: {{scope: [photo, phone], date: 2026-01-05, ref: 档号}}
# bio: 一句话简介
status: active             # active 在任；paused 暂停；former 已卸任；withheld 暂不展示
verified_on: {today.isoformat()}
"""
