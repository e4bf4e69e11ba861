"""Pages that are looked at: what they are, and a host that has them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

from liaison.plan.prints import Target
from liaison.publish.livecheck import Seen, look
from liaison.publish.visit import Route, Visitor
from support.tls import HOST, Reply, TlsHost, serving_tls

BASE = f"https://{HOST}/"
OTHER = "www.example.gov.cn"
STATION = Target("3F7K2MC", "玉峰社区站", "S/3F/7K2MC/")
DEPUTY = Target("7K3M9TY", "曾示例", "D/7K/3M9TY/")
LESSON = Target("minfadian/07", "借条怎么写", "episodes/minfadian/07/")
NAMES = {one.key: one.name for one in (STATION, DEPUTY, LESSON)}
NOW = datetime(2026, 11, 22, 9, 30, 5, 999, tzinfo=timezone(timedelta(hours=8)))


def name_of(key: str) -> str:
    return NAMES.get(key, "")


def html(canonical: str = "", body: str = "") -> str:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return f"<!doctype html><html><head><title>站</title>{link}</head><body>{body}</body></html>"


def page_of(target: Target, base: str = BASE) -> Reply:
    return Reply(body=html(base + target.path).encode())


@contextmanager
def live(folder: Path) -> Iterator[TlsHost]:
    """The live site of a station, a deputy and a lesson, all well."""
    with serving_tls(folder, HOST, OTHER) as running:
        running.replies = {f"/{one.path}": page_of(one) for one in (STATION, DEPUTY, LESSON)}
        yield running


def visitor(host: TlsHost, *, ca: bool = True, patience: float = 5) -> Visitor:
    route = Route.of([host.resolve, host.resolve_for(OTHER)], host.ca if ca else None)
    return Visitor(route, [BASE.upper(), f"https://{OTHER}/zt/"], patience=patience, at_once=2)


def seen(host: TlsHost, *wanted: Target, ca: bool = True, patience: float = 5) -> list[Seen]:
    return list(look(BASE, wanted or (STATION,), visitor(host, ca=ca, patience=patience), NOW, name_of))


def reason(host: TlsHost, reply: Reply, target: Target = STATION, patience: float = 5) -> str:
    """Why the page of the target is not good when the host answers so; empty where it is."""
    host.replies[f"/{target.path}"] = reply
    (one,) = seen(host, target, patience=patience)
    assert one.is_good is (not one.reason)
    return one.reason
