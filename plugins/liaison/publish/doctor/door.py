"""Whether the door opens: name, network, certificate, encryption."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from liaison.publish.visit import host_of

from .client import Client, port_of
from .findings import Finding, good, noted
from .silence import SilenceError
from .table import bad
from .wire import Line

_SOON = 30
"""Days before the end of a certificate that are worth a word."""
_MODERN = {"TLSv1.2", "TLSv1.3"}


@dataclass
class Door:
    """What was found at the door."""

    base: str
    """The address that is examined further: that of https where there is one."""
    is_open: bool = True
    findings: list[Finding] = field(default_factory=list)


def knock(base: str, client: Client, now: datetime) -> Door:
    """Find out how a site is reached; the client is set so that it can be examined in spite of a bad certificate."""
    parts = urlsplit(base)
    door = Door(base)
    if parts.scheme == "http":
        _without_tls(door, client)
        if door.base == base:
            return door
        parts = urlsplit(door.base)
    host, port = host_of(parts), port_of(parts)
    try:
        line = _encrypted(door, client, host, port)
    except SilenceError as error:
        name = {"dns": "dns", "tls": "tls-failed", "broken": "tls-failed"}.get(error.kind, "unreachable")
        door.findings.append(bad(name, f"{host} 端口 {port}：{error}"))
        door.is_open = False
        return door
    door.findings += _certificate(line, now)
    line.close()
    door.findings += _versions(client, host, port)
    return door


def _without_tls(door: Door, client: Client) -> None:
    """For an address of http: whether there is https beside it."""
    parts = urlsplit(door.base)
    host = host_of(parts)
    try:
        client.connected(host, port_of(parts), None).close()
        is_plain = True
    except SilenceError as error:
        is_plain, trouble = False, error
    if parts.port in {None, 80}:
        try:
            client.connected(host, 443, lax()).close()
        except SilenceError:
            pass
        else:
            door.base = f"https{door.base.removeprefix('http').replace(':80/', '/', 1)}"
            door.findings.append(noted("给的网址是 http://，以下按 https:// 检查"))
            return
    if not is_plain:
        door.is_open = False
        door.findings.append(bad("dns" if trouble.kind == "dns" else "unreachable", f"{host}：{trouble}"))
        return
    door.findings.append(bad("https-missing", f"给的网址是 {door.base}"))


def _encrypted(door: Door, client: Client, host: str, port: int) -> Line:
    """A connection, as safe as it can be had. Raises `SilenceError`."""
    try:
        return client.connected(host, port, client.tls)
    except SilenceError as error:
        if error.is_certificate:
            door.findings.append(bad(error.kind, _seen(host, error)))
            client.tls = lax()
            return client.connected(host, port, client.tls)
        if error.kind != "tls":
            raise
        client.tls = lax(is_ancient=True)
        line = client.connected(host, port, client.tls)
        door.findings.append(bad("tls-old", f"{host} 用的是 {line.tls_version}"))
        return line


def _seen(host: str, error: SilenceError) -> str:
    """The host, with the reason where the sentence of the fault does not say it."""
    return f"{host}：{error}" if error.kind == "cert-invalid" else host


def _certificate(line: Line, now: datetime) -> Iterator[Finding]:
    """Until when it holds; nothing where it was not accepted."""
    sock = line.sock
    held = sock.getpeercert() if isinstance(sock, ssl.SSLSocket) else None
    if not held:
        return
    end = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(held["notAfter"])), UTC)
    days = (end - now).days
    if days < _SOON:
        yield bad("cert-soon", f"{end:%Y-%m-%d} 到期，还有 {max(days, 0)} 天")
    else:
        yield good(f"证书有效，{end:%Y-%m-%d} 到期，还有 {days} 天")


def _versions(client: Client, host: str, port: int) -> Iterator[Finding]:
    """Which versions of the protocol are spoken."""
    best = _spoken(client, host, port, lax(is_ancient=True))
    if best is not None and best.tls_version in _MODERN:
        old = _spoken(client, host, port, lax(is_ancient=True, is_bounded=True))
        if old is not None:
            yield bad("tls-weak", f"还接受 {old.tls_version}")
        else:
            yield good(f"加密协议是 {best.tls_version.replace('v', ' ')}，不接受过时的协议")
    h2 = lax()
    h2.set_alpn_protocols(["h2", "http/1.1"])
    line = _spoken(client, host, port, h2)
    if line is not None:
        yield good("启用了 HTTP/2") if line.alpn == "h2" else bad("http2-missing")


def _spoken(client: Client, host: str, port: int, tls: ssl.SSLContext) -> Line | None:
    """A connection that was made with this context, already ended; none where the server would not."""
    try:
        line = client.connected(host, port, tls)
    except SilenceError:
        return None
    line.close()
    return line


def lax(*, is_ancient: bool = False, is_bounded: bool = False) -> ssl.SSLContext:
    """A context that takes any certificate, to look at a site in spite of a bad one.

    `is_ancient` speaks old versions too, `is_bounded` nothing newer than TLS 1.1.
    """
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.check_hostname = False
    tls.verify_mode = ssl.CERT_NONE
    if is_ancient:
        tls.set_ciphers("ALL:@SECLEVEL=0")
        tls.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    if is_bounded:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            tls.maximum_version = ssl.TLSVersion.TLSv1_1
    return tls
