"""nginx with https on loopback, set up well for a small site, or with one thing wrong."""

from __future__ import annotations

import getpass
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
import trustme

from support.releases import page, release, small_files
from support.server import free_port

HOST = "db.example.gov.cn"
LONG = 5000
"""Bytes of a file that is worth compressing."""

GOOD = {
    "types": (
        "types { text/html html; text/css css; text/javascript js; application/json json; text/xml xml;"
        " image/svg+xml svg; text/plain txt; text/vtt vtt; image/jpeg jpg; image/png png;"
        " application/pdf pdf; video/mp4 mp4; font/woff2 woff2; }"
    ),
    "charset": "charset utf-8;",
    "gzip": (
        "gzip on; gzip_vary on; gzip_min_length 1000;"
        " gzip_types text/css text/javascript application/json text/xml image/svg+xml text/plain text/vtt;"
    ),
    "plain": "location / { return 301 https://$host$request_uri; }",
    "tls": "ssl_protocols TLSv1.2 TLSv1.3;",
    "h2": "http2",
    "six": "listen [::1]:{port} ssl http2;",
    "tokens": "server_tokens off;",
    "cache": 'add_header Cache-Control "max-age=300";',
    "hsts": 'add_header Strict-Transport-Security "max-age=31536000" always;',
    "nosniff": 'add_header X-Content-Type-Options "nosniff" always;',
    "frame": 'add_header X-Frame-Options "SAMEORIGIN" always;',
    "referrer": 'add_header Referrer-Policy "strict-origin" always;',
    "header": "",
    "redirects": "absolute_redirect off;",
    "missing": "error_page 404 /404.html;",
    "hidden": r"location ~ /\.(?!well-known) { return 404; }",
    "location": "location / { }",
    "index": "index index.html;",
    "further": "",
}
"""Parts of the configuration, by name."""

_CONFIGURATION = """
{user}
daemon off;
master_process off;
pid {own}/nginx.pid;
error_log {own}/error.log warn;
events {{ worker_connections 128; }}
http {{
  access_log off;
  {types} default_type application/octet-stream;
  client_body_temp_path {own}/body; proxy_temp_path {own}/proxy; fastcgi_temp_path {own}/fastcgi;
  uwsgi_temp_path {own}/uwsgi; scgi_temp_path {own}/scgi;
  {charset} {gzip} {tokens}
  server {{ listen 127.0.0.1:{http}; server_name {host}; {plain} }}
  server {{
    listen 127.0.0.1:{port} ssl {h2}; {six}
    server_name {host};
    ssl_certificate {own}/chain.pem; ssl_certificate_key {own}/key.pem; {tls}
    root {folder};
    {index} {redirects} {missing} {cache} {hsts} {nosniff} {frame} {referrer} {header} {hidden} {location} {further}
  }}
}}
"""

_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"


def site_files(base: str = "/") -> dict[str, bytes]:
    """A small site for a path of its host, with a file of each kind."""
    files = {path: _with_policy(data) for path, data in small_files().items()}
    files["404.html"] = files["404.html"].replace(b'href="', f'href="{base}'.encode())
    long = "字" * (LONG // 3)
    style = "liaison/assets/liaison.css"
    files |= {
        style: f"/* {long} */".encode(),
        "liaison/assets/liaison.js": f"/* {long} */".encode(),
        "liaison/assets/mark.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><!-- {long} --></svg>'.encode(),
        "search/search_index.json": f'{{"words": "{long}"}}'.encode(),
        "sitemap.xml": f"<urlset><!-- {long} --></urlset>".encode(),
        "about/index.html": _with_policy(page(f"关于{long}", style, depth=1)),
        "episodes/shiyan/01.vtt": f"WEBVTT\n\n00:01.000 --> 00:02.000\n{long}\n".encode(),
        "episodes/shiyan/01.mp4": bytes(range(256)) * 400,
        "posters/a.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 20,
        "photos/a.jpg": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20,
        "photos/a.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        "liaison/assets/a.woff2": b"wOF2" + bytes(range(256)) * 20,
        "robots.txt": b"User-agent: *\n",
        "MP_verify_sample00000000.txt": b"sample00000000",
    }
    return files


def _with_policy(data: bytes) -> bytes:
    meta = f'<head><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    return data.replace(b"<head>", meta.encode())


@dataclass(frozen=True)
class Setting:
    """How a server is set up: what differs from one without fault."""

    parts: Mapping[str, str] = field(default_factory=dict)
    """In place of those of `GOOD`; `{port}`, `{http}` and `{folder}` are filled in."""
    change: Callable[[Path], None] | None = None
    """What is done to the uploaded files."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Further files of the release."""
    names: tuple[str, ...] = (HOST,)
    """Names of the certificate."""
    not_after: datetime | None = None
    has_chain: bool = True
    """Whether the certificate of the intermediate authority is sent."""
    base: str = "/"
    """Where the site lies below the host."""


@dataclass(frozen=True)
class Running:
    """A server that runs."""

    port: int
    http: int
    ca: Path
    folder: Path
    base: str

    @property
    def url(self) -> str:
        """The address of the site."""
        return f"https://{HOST}{self.base}"

    @property
    def ways(self) -> list[str]:
        """`--resolve` for every port and family."""
        return [
            f"{HOST}:443:127.0.0.1:{self.port}",
            f"{HOST}:443:[::1]:{self.port}",
            f"{HOST}:80:127.0.0.1:{self.http}",
        ]


@contextmanager
def nginx(own: Path, setting: Setting) -> Iterator[Running]:
    """A server with this setting, gone at the end."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("needs nginx")
    folder = own / "www"
    release(folder / setting.base.strip("/"), {**site_files(setting.base), **setting.files})
    if setting.change:
        setting.change(folder)
    ca = _certificates(own, setting)
    running = Running(free_port(), free_port(), ca, folder, setting.base)
    _write(own, running, setting)
    process = subprocess.Popen([program, "-c", str(own / "nginx.conf"), "-p", str(own)], stderr=subprocess.DEVNULL)
    try:
        _wait_for(running.port, process, own)
        yield running
    finally:
        process.terminate()
        process.wait(10)


def _write(own: Path, running: Running, setting: Setting) -> None:
    """The configuration."""
    facts = {"port": running.port, "http": running.http, "folder": running.folder, "own": own, "host": HOST}
    parts = {**GOOD, **setting.parts}
    for name, value in facts.items():
        parts = {part: text.replace(f"{{{name}}}", str(value)) for part, text in parts.items()}
    user = f"user {getpass.getuser()};" if getpass.getuser() == "root" else ""
    (own / "nginx.conf").write_text(_CONFIGURATION.format(user=user, **parts, **facts), "utf-8")


def _certificates(own: Path, setting: Setting) -> Path:
    """A certificate with its key; the authority above."""
    root = trustme.CA()
    middle = root.create_child_ca()
    root.cert_pem.write_to_path(str(own / "ca.pem"))
    leaf = middle.issue_cert(*setting.names, not_after=setting.not_after)
    leaf.private_key_pem.write_to_path(str(own / "key.pem"))
    sent = leaf.cert_chain_pems if setting.has_chain else leaf.cert_chain_pems[:1]
    (own / "chain.pem").write_bytes(b"".join(one.bytes() for one in sent))
    return own / "ca.pem"


def _wait_for(port: int, process: subprocess.Popen[bytes], own: Path) -> None:
    for _ in range(1000):
        assert process.poll() is None, (own / "error.log").read_text("utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise AssertionError("the server does not answer")
