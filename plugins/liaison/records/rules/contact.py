"""Phone numbers and web addresses, wherever they stand in records."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from liaison.model.stations import Channel, Staff
from liaison.records.case import Case
from liaison.records.document import Path
from liaison.records.filed import Filed
from liaison.records.findings import Finding
from liaison.records.text import shown

from .rule import error, notice

_PHONE = re.compile(
    r"1[3-9]\d{9}"  # mobile
    r"|0(?:10|2\d|[3-9]\d\d)-?\d{7,8}(?:-\d{1,6})?"  # area code, number, extension
    r"|[48]00(?:-?\d){7}"  # 400 and 800 numbers
    r"|1\d{2}|1\d{4}|9[56]\d{3,4}",  # 110, 12345, 95598
    re.ASCII,
)
_LOCAL = re.compile(r"[2-9]\d{6,7}")
_HINT = "写成 0738-1234567、13800000000、400-000-0000 或 12345 这样的形式"

Place = tuple[Filed[object], Path, str]


def _phones(case: Case) -> Iterator[Place]:
    """Every phone number, with its place."""
    for area in case.areas:
        for number, organ in enumerate(area.record.organs or ()):
            if organ.phone is not None:
                yield area, ("organs", number, "phone"), organ.phone
            yield from _of(area, ("organs", number, "staff"), organ.staff)
        yield from _of(area, ("channels",), area.record.channels or ())
    for station in case.stations:
        record = station.record
        if record.phone is not None:
            yield station, ("phone",), record.phone
        yield from _of(station, ("staff",), record.staff)
        yield from _of(station, ("channels",), record.channels)
    for deputy in case.deputies:
        contact = deputy.record.contact
        if contact is not None and contact.phone is not None:
            yield deputy, ("contact", "phone"), contact.phone
        if deputy.record.channels:
            yield from _of(deputy, ("channels",), deputy.record.channels)


def _of(filed: Filed[object], path: Path, having: Iterable[Staff | Channel]) -> Iterator[Place]:
    for number, one in enumerate(having):
        if one.phone is not None:
            yield filed, (*path, number, "phone"), one.phone


@error("phone/form")
def phone_form(case: Case) -> Iterator[Finding]:
    """电话写成区号加号码、手机号、400 号码或 12345 这样的短号，一处只写一个。"""
    for filed, path, phone in _phones(case):
        if not _PHONE.fullmatch(phone):
            yield filed.at(*path, message=f"“{shown(phone)}”不是电话号码的写法", hint=_phone_meant(phone))


def _phone_meant(phone: str) -> str:
    plain = re.sub(r"[\s()（）]", "", unicodedata.normalize("NFKC", phone[:40]))
    plain = re.sub(r"[‐‑–—―−]+", "-", plain)
    plain = re.sub(r"转|ext\.?", "-", plain, flags=re.IGNORECASE)
    for text in (plain, plain.replace("-", ""), re.sub(r"^(\+|00)?86-?", "", plain)):
        if _PHONE.fullmatch(text):
            return f"写成 {text}"
    if _LOCAL.fullmatch(plain):
        return f"前面加上区号，如 0738-{plain}"
    if re.search(r"[,，、;；/和或]", phone) or len(re.findall(r"\d{7,}", plain)) > 1:
        return "只留一个号码，其余的写进 channels"
    return _HINT


def _urls(case: Case) -> Iterator[Place]:
    """Every web address that citizens follow, with its place."""
    for area in case.areas:
        yield from _links(area, area.record.channels or ())
    for station in case.stations:
        yield from _links(station, station.record.channels)
        if station.record.checkin_url is not None:
            yield station, ("checkin_url",), station.record.checkin_url
    for deputy in case.deputies:
        if deputy.record.channels:
            yield from _links(deputy, deputy.record.channels)


def _links(filed: Filed[object], channels: Iterable[Channel]) -> Iterator[Place]:
    for number, channel in enumerate(channels):
        if channel.url is not None:
            yield filed, ("channels", number, "url"), channel.url


def amiss(url: str) -> str:
    """What is wrong with a web address; empty where nothing is."""
    if re.search(r"[\s\"'<>\\^`{|}\x00-\x1f]", url):
        return "里有空格、引号或不能用的符号"
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return "不是完整的网址"
    if parts.scheme not in {"http", "https"}:
        return "要以 https:// 或 http:// 开头"
    if parts.username is not None:
        return "里不能写用户名"
    if not re.fullmatch(r"[\w.-]+|[0-9a-f:.]+", host):
        return "里缺少域名"
    return ""


@error("url/form")
def url_form(case: Case) -> Iterator[Finding]:
    """网址写全，以 https:// 或 http:// 开头。"""
    for filed, path, url in _urls(case):
        if wrong := amiss(url):
            message = f"网址“{shown(url, 60)}”{wrong}"
            yield filed.at(*path, message=message, hint="写成 https://www.example.gov.cn/… 这样的完整网址")


@notice("url/not-https")
def url_not_https(case: Case) -> Iterator[Finding]:
    """网址最好用 https://，手机上不会提示不安全。"""
    for filed, path, url in _urls(case):
        if url.startswith("http:") and not amiss(url):
            hint = "对方支持的话改成 https://；只有 http 的可以不改"
            yield filed.at(*path, message="这个网址用的是 http，手机上可能提示不安全", hint=hint)
