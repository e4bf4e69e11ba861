"""How pages are fetched, over real connections: ways, certificates, redirects, and what is said of failures."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from looking import BASE, DEPUTY, LESSON, NOW, OTHER, STATION, html, live, name_of, page_of, reason, seen

from liaison.plan.prints import Target
from liaison.publish.livecheck import look
from liaison.publish.visit import Route, RouteError, Visitor
from support.server import free_port
from support.tls import HOST, Reply, TlsHost, serving_tls


@pytest.fixture
def host(tmp_path: Path) -> Iterator[TlsHost]:
    """The live site of a station, a deputy and a lesson, all well."""
    with live(tmp_path) as running:
        yield running


def test_connections_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many pages need no more connections than are open at once."""
    opened: list[object] = []
    accept = TlsHost.get_request
    monkeypatch.setattr(TlsHost, "get_request", lambda self: opened.append(self) or accept(self))
    with serving_tls(tmp_path) as host:
        host.replies[f"/{STATION.path}"] = replace(page_of(STATION), pause=0.01)
        found = seen(host, *[STATION] * 30)
    assert [one.is_good for one in found] == [True] * 30
    assert len(opened) <= 2


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(404), "网站上没有这个页面（404）"),
        (Reply(410), "网站上没有这个页面（410）"),
        (Reply(503), "打不开，服务器回答 503"),
        (Reply(302), "打不开，服务器回答 302"),
        (Reply(body=b"{}", kind="application/json"), "打开的不是网页"),
        (Reply(body=b"<p>", kind=""), "打开的不是网页"),
        (Reply(body=b"x" * 1_000_001), "页面超过 1 MB，不是本站的页面"),
        (page_of(DEPUTY), "打开的是另一个页面：7K3M9TY 曾示例"),
        (page_of(LESSON), "打开的是另一个页面：minfadian/07 借条怎么写"),
        (page_of(Target("9H4PQRT", "", "D/9H/4PQRT/")), "打开的是另一个页面：9H4PQRT"),
        (Reply(body=html(BASE).encode()), f"打开的是另一个页面：{BASE}"),
        (Reply(302, location=f"http://{HOST}/S/"), f"跳转到不加密的地址：http://{HOST}/S/"),
        (Reply(301, location="https://evil.example.com/S/"), "跳转到别的网站：evil.example.com"),
        (Reply(301, location=f"//{HOST}.example.com:8443/"), f"跳转到别的网站：{HOST}.example.com:8443"),
        (Reply(301, location="https://[/"), "跳转的地址写错了：https://[/"),
        (Reply(301, location="/D/7K/3M9TY/"), "打开的是另一个页面：7K3M9TY 曾示例"),
        (Reply(301, location=f"/{STATION.path}"), "一再跳转，超过 5 次"),
    ],
)
def test_what_is_wrong_with_an_answer(host: TlsHost, reply: Reply, told: str) -> None:
    """Whatever is not the page itself is bad, and the reason says what it is."""
    assert reason(host, reply) == told


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_to_the_real_address(host: TlsHost, status: int) -> None:
    """A short address may lead on to the real one, over https."""
    host.replies[f"/zt/{STATION.path}"] = page_of(STATION, f"https://{OTHER}/zt/")
    there = Reply(status, location=f"https://{OTHER.upper()}:443/zt/{STATION.path}?a=1#b")
    assert reason(host, there) == ""
    assert host.log[-1] == ("GET", f"/zt/{STATION.path}", 200)
    assert host.asked_for == [HOST, OTHER]


def test_so_many_redirects_and_no_more(host: TlsHost) -> None:
    """Five redirects are followed."""
    for number in range(1, 5):
        host.replies[f"/{number}"] = Reply(302, location=f"/{number + 1}")
    host.replies["/5"] = page_of(STATION)
    assert reason(host, Reply(302, location="/1")) == ""
    host.replies["/5"] = Reply(302, location="/6")
    host.replies["/6"] = page_of(STATION)
    assert reason(host, Reply(302, location="/1")) == "一再跳转，超过 5 次"


def test_a_certificate_for_another_host(tmp_path: Path) -> None:
    """A certificate must be for the host in the code, wherever the connection goes."""
    with serving_tls(tmp_path, "other.example.gov.cn", "127.0.0.1") as host:
        route = Route.of([host.resolve_for(HOST)], host.ca)
        (one,) = look(BASE, [STATION], Visitor(route, [BASE]), NOW, name_of)
    assert one.reason == f"证书不是发给 {HOST} 的"
    assert host.log == []


def test_a_certificate_of_nobody_known(host: TlsHost) -> None:
    """Without its authority the certificate is not trusted, and nothing is asked."""
    assert seen(host, ca=False)[0].reason == "证书不是受信任的机构签发的"
    assert host.log == []


def test_a_certificate_out_of_time(tmp_path: Path) -> None:
    """A certificate that has ended is not trusted."""
    with serving_tls(tmp_path, not_after=datetime(2020, 1, 1, tzinfo=UTC)) as host:
        (one,) = seen(host)
    assert one.reason == "证书过期了"


def test_refused() -> None:
    """A server that takes no connection is said to refuse."""
    route = Route.of([f"{HOST}:443:127.0.0.1:{free_port()}"])
    (one,) = look(BASE, [STATION], Visitor(route, [BASE]), NOW, name_of)
    assert one.reason == "服务器拒绝连接"


def test_slow(host: TlsHost) -> None:
    """A server that does not answer in time is said to be slow, and not asked again."""
    assert reason(host, Reply(pause=2), patience=0.1) == "等了 0.1 秒没有回应"
    assert len(host.log) == 1


def test_dripping(host: TlsHost) -> None:
    """A page that comes byte by byte is not waited for, though each byte is in time."""
    assert reason(host, replace(page_of(STATION), drip=0.05), patience=0.2) == "等了 0.2 秒没有回应"


def test_no_tls_and_broken_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """What speaks no TLS, what hangs up, and a name that is not known are reasons, not crashes."""
    with socket.create_server(("127.0.0.1", 0)) as plain:
        plain.settimeout(5)
        route = Route.of([f"{HOST}:443:127.0.0.1:{plain.getsockname()[1]}"])
        found = look(BASE, [STATION], Visitor(route, [BASE], patience=0.1), NOW, name_of)
        assert next(found).reason == "等了 0.1 秒没有回应"
        found.close()

    def unknown(*_args: object, **_more: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    (one,) = look(BASE, [STATION], Visitor(Route.of(), [BASE]), NOW, name_of)
    assert one.reason == f"找不到域名 {HOST}"


@pytest.mark.parametrize("times", [1, 2])
def test_a_failed_connection_is_tried_once_more(host: TlsHost, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """A connection that breaks once does not make a page bad; one that breaks twice does."""
    accept, left = TlsHost.get_request, iter(range(times))

    def breaking(self: TlsHost) -> tuple[Any, Any]:
        request, address = accept(self)
        if next(left, None) is not None:
            request.shutdown(socket.SHUT_RDWR)
        return request, address

    monkeypatch.setattr(TlsHost, "get_request", breaking)
    assert seen(host)[0].is_good is (times == 1)


def test_proxies_of_the_environment_are_not_used(host: TlsHost, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is seen is what the server says to all, whatever proxy the shell names."""
    for name in ("https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    assert seen(host)[0].is_good


@pytest.mark.parametrize(
    ("entry", "key", "there"),
    [
        ("db.example.gov.cn:443:10.1.2.3", ("db.example.gov.cn", 443), ("10.1.2.3", 443)),
        ("DB.example.gov.cn:443:10.1.2.3:8443", ("db.example.gov.cn", 443), ("10.1.2.3", 8443)),
        ("a.cn:8443:[2001:DB8::1]", ("a.cn", 8443), ("2001:db8::1", 8443)),
        ("[::1]:443:[::1]:1", ("::1", 443), ("::1", 1)),
        ("代表.公益:443:10.1.2.3", ("xn--mnq351l.xn--55qw42g", 443), ("10.1.2.3", 443)),
    ],
)
def test_entries_of_a_route(entry: str, key: tuple[str, int], there: tuple[str, int]) -> None:
    """Entries are those of curl, and a port of its own may be added."""
    assert Route.of([entry]).resolve == {key: there}


@pytest.mark.parametrize(
    "entry",
    [
        *("", "a.cn", "a.cn:443", "a.cn:443:", "a.cn:443:host", "a.cn:443:10.1.2.300", "a.cn:0:10.1.2.3"),
        *(
            "a.cn:443:::1",
            "a.cn:70000:10.1.2.3",
            "a.cn:443:10.1.2.3:0",
            "a.cn:443:[::1",
            "a.cn:x:10.1.2.3",
            ":443:10.1.2.3",
        ),
    ],
)
def test_entries_that_are_none(entry: str) -> None:
    """What is not understood is said, with how to write it."""
    with pytest.raises(RouteError, match="写成 主机:端口:IP地址"):
        Route.of([entry])


def test_files_that_are_no_authority(tmp_path: Path) -> None:
    """A file with no certificate, an empty one, a folder and nothing at all are said to be of no use."""
    (tmp_path / "text").write_text("证书", "utf-8")
    (tmp_path / "empty").touch()
    for name in ("text", "empty", ".", "none"):
        with pytest.raises(RouteError, match="证书文件读不了"):
            Route.of(ca=tmp_path / name)


def test_a_route_says_what_is_special_about_it(tmp_path: Path) -> None:
    """A route by options says which, without the folder of the certificate; the usual one says nothing."""
    with serving_tls(tmp_path) as host:
        route = Route.of(iter([host.resolve]), host.ca)
        assert route.words == f"--resolve {host.resolve} --ca ca.pem"
        assert len(route.resolve) == 1
    assert Route.of().words == ""
