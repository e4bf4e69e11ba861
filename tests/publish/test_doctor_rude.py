"""The examination of hosts that break the rules of HTTP: it ends, soon, in words."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import shutil
import socket
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from liaison.publish.doctor.exam import Order, examine
from liaison.publish.doctor.findings import Finding, Level
from liaison.publish.doctor.wire import Reach
from liaison.publish.manifest import NAME
from liaison.publish.visit import Route
from support.nginx_faults import site_files
from support.releases import release
from support.rude import RudeHost, answer, rude
from support.server import free_port
from support.tls import HOST, serving_tls

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
PATIENCE = 0.4


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("release")
    release(folder, site_files())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def host(files: dict[str, bytes]) -> Iterator[RudeHost]:
    with rude(files) as running:
        yield running


def found(url: str, reach: Reach | None = None, ca: Path | None = None) -> list[Finding]:
    groups = examine(Order(url, NOW), reach or Reach(patience=PATIENCE), Route.of((), ca).tls)
    return [finding for group in groups for finding in group.findings]


def ids(findings: list[Finding]) -> set[str]:
    """Ends of the ids of what is wrong, but for what every host here lacks."""
    return {finding.id.removeprefix("doctor/") for finding in findings if finding.is_bad} - {"https-missing"}


def errors(findings: list[Finding]) -> set[str]:
    return {one.id.removeprefix("doctor/") for one in findings if one.level is Level.ERROR} - {"https-missing"}


def dripping() -> Iterator[bytes]:
    """A byte at a time, without end."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        time.sleep(0.05)
        yield b"x"


def dripping_headers() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nX-A: "
    while True:
        time.sleep(0.05)
        yield b"x"


def endless() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield b"<p>" * 30_000


def endless_headers() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in itertools.count():
        yield f"X-{number}: a\r\n".encode()


def silence() -> Iterator[bytes]:
    time.sleep(3 * PATIENCE)
    yield b""


def test_a_good_host(host: RudeHost) -> None:
    """Nothing but https is missing where the host keeps the rules."""
    assert ids(found(host.url)) == set()


@pytest.mark.parametrize(
    "said",
    [
        dripping,
        dripping_headers,
        endless,
        endless_headers,
        silence,
        lambda: b"",
        lambda: b"SSH-2.0-OpenSSH_9.2\r\n",
        lambda: b"HTTP/1.1 abc\r\n\r\n",
        lambda: b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\nshort",
        lambda: b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nshort",
        lambda: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno\r\n",
        lambda: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshor",
        lambda: b"HTTP/1.1 200 OK\r\n\xff\xfe: \x00\r\nno colon here\r\n\r\n",
        lambda: b"HTTP/1.1 100 Continue\r\n\r\n" * 5000,
        lambda: answer(200, gzip.compress(b"<p>" * 50_000_000), Content_Encoding="gzip"),
        lambda: answer(200, b"not gzip", Content_Encoding="gzip"),
        lambda: answer(200, zlib.compress(b"<p>")[:-3], Content_Encoding="deflate"),
        lambda: answer(200, b"<p>", Content_Encoding="zstd"),
        lambda: answer(302, b"", Location="http://[db/"),
        lambda: answer(302, b"", Location="javascript:alert(1)"),
        lambda: answer(302, b"", Location="http://127.0.0.1:99999/"),
        lambda: answer(302, b""),
        lambda: answer(302, b"", Location="\x1b[31m"),
    ],
)
def test_a_home_page_that_is_none(host: RudeHost, said: Callable[[], bytes | Iterator[bytes]]) -> None:
    """Whatever is sent for the home page, the examination ends in time, with an error and without an exception."""
    host.manner = lambda path, _headers, _right: said() if path == "/" else None
    start = time.monotonic()
    findings = found(host.url)
    assert time.monotonic() - start < 6
    assert errors(findings)
    assert all(finding.text for finding in findings)


@pytest.mark.parametrize("said", [dripping, endless, silence, lambda: b"", lambda: b"\x00" * 1000])
def test_everything_is_rude_but_the_home_page(host: RudeHost, said: Callable[[], bytes | Iterator[bytes]]) -> None:
    """A host that is rude from then on is given up soon."""
    host.manner = lambda path, _headers, _right: None if path == "/" else said()
    start = time.monotonic()
    findings = found(host.url)
    assert time.monotonic() - start < 12
    assert errors(findings)


def test_a_silent_host_is_given_up(host: RudeHost) -> None:
    """After three slow answers in a row nothing more is asked."""
    asked = []

    def manner(path: str, _headers: Mapping[str, str], _right: bytes) -> Iterator[bytes] | None:
        asked.append(path)
        return None if len(asked) <= 2 else silence()

    host.manner = manner
    findings = found(host.url)
    assert findings[-1].id == "doctor/given-up"
    assert len(asked) <= 6


def test_one_file_hangs(host: RudeHost) -> None:
    """A single file that never comes is named, and everything else is examined."""
    host.manner = lambda path, _headers, _right: silence() if ".css" in path else None
    findings = found(host.url)
    assert ids(findings) == {"silent"}
    assert any("liaison.css" in finding.seen for finding in findings)
    assert any("304" in finding.text for finding in findings)


def test_range_is_ignored(host: RudeHost) -> None:
    """A host that sends the whole recording to who asks for a part is named, and nothing else."""
    host.manner = lambda path, headers, _right: host.right(path, {}) if "range" in headers else None
    assert ids(found(host.url)) == {"range-missing"}


def test_damaged_compression(host: RudeHost) -> None:
    """A compressed copy that is older than the file is found."""
    old = answer(
        200, gzip.compress(b"/* old */"), Content_Encoding="gzip", Content_Type="text/css", Vary="accept-encoding"
    )
    host.manner = lambda path, headers, _right: old if ".css" in path and headers["accept-encoding"] == "gzip" else None
    assert errors(found(host.url)) == {"compress-damaged", "file-changed"}


def test_compressed_unasked(host: RudeHost) -> None:
    """Who asks for nothing compressed gets nothing compressed."""
    host.manner = lambda path, _headers, _right: (
        host.right(path, {"accept-encoding": "gzip"}) if ".css" in path else None
    )
    assert ids(found(host.url)) == {"compress-unasked"}


def test_a_sandbox(host: RudeHost) -> None:
    """A policy that switches scripts off is a conflict."""
    host.manner = lambda path, _headers, right: (
        right.replace(b"Cache-Control", b"Content-Security-Policy: sandbox\r\nCache-Control") if path == "/" else None
    )
    assert ids(found(host.url)) == {"csp-conflict"}


def test_several_headers_of_one_name(host: RudeHost) -> None:
    """Of two lengths of time the longer counts."""
    host.manner = lambda path, _headers, right: (
        right.replace(b"Cache-Control:", b"Cache-Control: s-maxage=99999\r\nCache-Control:") if path == "/" else None
    )
    assert ids(found(host.url)) == {"cache-long"}


def test_expires(host: RudeHost) -> None:
    """A date far ahead is as long as a number of seconds."""
    late = b"Date: Mon, 23 Nov 2026 04:00:00 GMT\r\nExpires: Tue, 24 Nov 2026 04:00:00 GMT"
    host.manner = lambda path, _headers, right: (
        right.replace(b"Cache-Control: max-age=300", late) if path == "/" else None
    )
    findings = found(host.url)
    assert ids(findings) == {"cache-long"}
    assert "缓存 1 天" in next(one.seen for one in findings if one.id == "doctor/cache-long")


def test_nothing_listens() -> None:
    """A dead server is said to be out of reach, and nothing else is."""
    findings = found(f"http://127.0.0.1:{free_port()}/")
    assert [finding.id for finding in findings] == ["doctor/unreachable"]
    assert "服务器拒绝连接" in findings[0].seen


def test_no_such_name() -> None:
    """A name without an address is said to be one."""
    assert [finding.id for finding in found("https://nowhere.invalid/")] == ["doctor/dns"]


@pytest.mark.parametrize("said", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"", None])
def test_no_tls_behind_https(said: bytes | None) -> None:
    """A port that speaks no TLS is named as that, also one that says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held = []

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    line = server.accept()[0]
                    held.append(line)
                    if said is not None:
                        line.recv(5000)
                        line.sendall(said)
                        line.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        findings = found(f"https://127.0.0.1:{server.getsockname()[1]}/")
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
        for line in held:
            line.close()
    assert [finding.id for finding in findings] == ["doctor/tls-failed"]


def test_an_unknown_authority(tmp_path: Path) -> None:
    """A certificate of an authority that nobody knows is an error; the rest is examined all the same."""
    release(tmp_path / "site", site_files())
    with serving_tls(tmp_path, HOST, mounts={"/": tmp_path / "site"}) as host:
        reach = Reach({(HOST, 443): [("127.0.0.1", host.port)]}, patience=5)
        findings = found(f"https://{HOST}/", reach)
    assert errors(findings) == {"cert-chain"}
    assert "hsts-missing" in ids(findings)


def test_a_self_signed_certificate(tmp_path: Path) -> None:
    """A certificate that vouches for itself is called so."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl")
    key, made = tmp_path / "own.key", tmp_path / "own.pem"
    asked = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "90", "-subj", f"/CN={HOST}"]
    subprocess.run([openssl, "req", "-x509", *asked, "-keyout", key, "-out", made], check=True, capture_output=True)
    release(tmp_path / "site", site_files())
    with serving_tls(tmp_path, HOST, mounts={"/": tmp_path / "site"}) as host:
        host._tls.load_cert_chain(made, key)  # noqa: SLF001 - in place of the certificate that it has
        findings = found(f"https://{HOST}/", Reach({(HOST, 443): [("127.0.0.1", host.port)]}, patience=5))
    assert errors(findings) == {"cert-self-signed"}


def test_ipv6_is_another_server(files: dict[str, bytes], host: RudeHost) -> None:
    """An IPv6 address that leads to another server is an error."""
    with rude({**files, "index.html": files["index.html"] + b"<!-- old -->"}) as other:
        ports = [running.server_address[1] for running in (host, other)]
        ways = {("db.example.gov.cn", 8080): [("127.0.0.1", ports[0]), ("::ffff:127.0.0.1", ports[1])]}
        findings = found("http://db.example.gov.cn:8080/", Reach(ways, patience=PATIENCE))
    assert errors(findings) == {"ipv6-differs"}


def test_a_name_without_ipv6(host: RudeHost, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that DNS knows no IPv6 address of is worth a word; one without IPv4 is an error."""
    port, real = host.server_address[1], socket.getaddrinfo

    def known(address: str) -> None:
        """What DNS says, from here on."""

        def look_up(name: str, *args: Any, **more: Any) -> Any:
            return [(0, 0, 0, "", (address, port))] if name == "db.example.gov.cn" else real(name, *args, **more)

        monkeypatch.setattr("socket.getaddrinfo", look_up)

    known("127.0.0.1")
    assert ids(found(f"http://db.example.gov.cn:{port}/")) == {"ipv6-missing"}
    known("::ffff:127.0.0.1")
    assert ids(found(f"http://db.example.gov.cn:{port}/")) == {"ipv4-missing"}


def test_without_a_manifest(files: dict[str, bytes]) -> None:
    """What the home page leads to is looked at where there is no manifest."""
    home = files["index.html"].replace(b"</body>", b'<a href="about/">a</a><a href="posters/a.pdf">b</a></body>')
    held = {**files, "index.html": home}
    del held[NAME]
    with rude(held) as host:
        findings = found(host.url)
        assert ids(findings) == {"manifest-missing"}
        assert any("css html pdf" in finding.text for finding in findings)
        host.manner = lambda path, _headers, right: (
            right.replace(b"application/pdf", b"text/plain") if "pdf" in path else None
        )
        assert ids(found(host.url)) == {"manifest-missing", "mime-page"}
