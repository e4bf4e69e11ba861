"""What a host serves against the manifest: over http and https, by servers that serve it well and badly."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from urllib3 import PoolManager, exceptions

from liaison.plan.urls import opened
from liaison.publish.audit import sample
from liaison.publish.audit_online import audit_online
from liaison.publish.manifest import NAME, Manifest
from liaison.publish.visit import Route
from support.releases import DEPUTY, STATION, release, small_files
from support.server import StaticHost, free_port, serving
from support.tls import HOST, Reply, serving_tls

PAGE, PERSON = f"S/{STATION[:2]}/{STATION[2:]}/index.html", f"D/{DEPUTY[:2]}/{DEPUTY[2:]}/index.html"
MOUNT = "/zt/jiazhan/"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def manifest(site: Path) -> Manifest:
    return release(site, small_files() | {"empty.txt": b"", "a/film.mp4": os.urandom(300_000)})


@pytest.fixture
def host(site: Path, manifest: Manifest) -> Iterator[StaticHost]:
    assert manifest
    with serving({MOUNT: site}) as running:
        yield running


def told(base: str, manifest: Manifest) -> dict[str, str]:
    return {one.path: one.words for one in audit_online(base, manifest).amiss}


def test_a_good_host(host: StaticHost, manifest: Manifest) -> None:
    """Nothing is said; every file was asked for once, pages by their folders, and an address that is none."""
    found = audit_online(host.origin + MOUNT, manifest)
    assert (found.amiss, found.looked, found.left, found.is_good) == ((), len(manifest.files) + 1, 0, True)
    asked = [path.removeprefix(MOUNT) for _, path, _ in host.log]
    assert sorted(asked[1:]) == sorted(opened(path) for path in [*manifest.files, NAME])
    assert host.log[0][2] == 404
    assert "" in asked
    assert PAGE.removesuffix("index.html") in asked
    assert audit_online(host.origin + MOUNT.rstrip("/"), manifest).is_good


def test_a_sample(host: StaticHost, manifest: Manifest) -> None:
    """Only what is chosen is asked for."""
    found = audit_online(host.origin + MOUNT, manifest, sample(manifest, 0))
    assert found.is_good
    assert found.looked == len(sample(manifest, 0)) == len(host.log) - 1


def test_bad_files(host: StaticHost, site: Path, manifest: Manifest) -> None:
    """What is missing, short, long or other is named with what it is."""
    (site / PAGE).unlink()
    (site / PERSON).write_bytes((site / PERSON).read_bytes()[:-1])
    (site / "index.html").write_bytes((site / "index.html").read_bytes() + b"x")
    (site / "a/film.mp4").write_bytes(bytes(300_000))
    (site / NAME).write_bytes((site / NAME).read_bytes().replace(b"2026-11-22", b"2026-11-23"))
    size = manifest.files[PERSON].size
    assert told(host.origin + MOUNT, manifest) == {
        PAGE: "网站上没有这个文件（404）",
        PERSON: f"内容不对：应有 {size} 字节，网站上只有 {size - 1} 字节",
        "index.html": f"内容不对：比应有的 {manifest.files['index.html'].size} 字节长",
        "a/film.mp4": "内容不对：大小一样，校验值不一样",
        NAME: "内容不对：大小一样，校验值不一样",
    }


def test_over_https(tmp_path: Path, site: Path, manifest: Manifest) -> None:
    """Over https it is the same; redirects are said with where they lead, and a page for everything is no 404."""
    with serving_tls(tmp_path, HOST, mounts={MOUNT: site}) as running:
        route = Route.of([running.resolve], running.ca)
        base = f"https://{HOST}{MOUNT}"
        assert audit_online(base, manifest, route=route).is_good
        running.replies[f"{MOUNT}{PAGE.removesuffix('index.html')}"] = Reply(302, location="/login?to=x")
        running.replies[f"{MOUNT}{PERSON.removesuffix('index.html')}"] = Reply(500)
        running.replies[f"{MOUNT}none-{manifest.tree[:12]}.html"] = Reply(200, b"sorry")
        found = audit_online(base, manifest, route=route)
    assert {one.path: one.words for one in found.amiss} == {
        PAGE: f"取不到，服务器回答 302，跳转到 https://{HOST}/login?to=x",
        PERSON: "取不到，服务器回答 500",
    }
    assert found.nowhere is not None
    assert found.nowhere.words == "没有这个网页，服务器应当回答 404，实际回答 200"
    assert not found.is_good


def test_the_page_for_what_is_missing(tmp_path: Path, site: Path, manifest: Manifest) -> None:
    """A host may give 404.html with the status 404, if the bytes are right."""
    with serving_tls(tmp_path, HOST, mounts={MOUNT: site}) as running:
        route, base = Route.of([running.resolve], running.ca), f"https://{HOST}{MOUNT}"
        running.replies[f"{MOUNT}404.html"] = Reply(404, (site / "404.html").read_bytes())
        assert audit_online(base, manifest, route=route).is_good
        running.replies[f"{MOUNT}404.html"] = Reply(404, b"not here")
        assert [one.path for one in audit_online(base, manifest, route=route).amiss] == ["404.html"]


def test_an_untrusted_certificate(tmp_path: Path, site: Path, manifest: Manifest) -> None:
    """A certificate of nobody's is said to be so."""
    with serving_tls(tmp_path, HOST, mounts={MOUNT: site}) as running:
        found = audit_online(f"https://{HOST}{MOUNT}", manifest, ["index.html"], route=Route.of([running.resolve]))
    assert [one.words for one in found.amiss] == ["证书不是受信任的机构签发的"]


def test_a_dead_host(manifest: Manifest) -> None:
    """Where nobody answers it is given up, and what was not looked at is counted."""
    files = {**manifest.files, **{f"p{number}.html": manifest.files["index.html"] for number in range(900)}}
    many = Manifest(url="", code_base="", today=manifest.today, made_on=manifest.made_on, files=files)
    found = audit_online(f"http://127.0.0.1:{free_port()}/", many)
    assert found.looked < 600
    assert found.left == len(files) + 1 - found.looked
    assert not found.is_good
    assert {one.words for one in found.amiss} == {"服务器拒绝连接"}


@pytest.mark.parametrize("base", ["ftp://x/", "site", "http:///x"])
def test_no_address(base: str, manifest: Manifest) -> None:
    """What is no address of the web is a mistake of the program."""
    with pytest.raises(ValueError, match=re.escape(base)):
        audit_online(base, manifest)


class _Packing(BaseHTTPRequestHandler):
    """Packs everything, whatever it is asked."""

    protocol_version = "HTTP/1.1"
    site: Path

    def do_GET(self) -> None:
        file = self.site / self.path.lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        body = gzip.compress(file.read_bytes() if file.is_file() else b"no")
        self.send_response(200 if file.is_file() else 404)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing to the terminal."""


def test_a_host_that_packs_unasked(site: Path, manifest: Manifest) -> None:
    """What comes packed all the same is unpacked before it is compared, and read no further than it may be long."""
    handler = type("Packing", (_Packing,), {"site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}/"
        assert audit_online(base, manifest).is_good
        (site / "index.html").write_bytes(bytes(50_000_000))
        assert [one.path for one in audit_online(base, manifest).amiss] == ["index.html"]
        server.shutdown()


@contextmanager
def nginx(folder: Path, site: Path) -> Iterator[str]:
    """The server nginx with gzip on, as it is usually set up; ended at the end."""
    if shutil.which("nginx") is None:
        pytest.skip("needs nginx")
    port = free_port()
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log stderr;\n"
        "events {}\n"
        "http { include /etc/nginx/mime.types; access_log off; gzip on; gzip_types *; gzip_min_length 1;\n"
        f"client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;\n"
        f"uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        f"server {{ listen 127.0.0.1:{port}; root {site}; error_page 404 /404.html; }} }}\n",
        "utf-8",
    )
    running = subprocess.Popen(["nginx", "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}/"
        for _ in range(100):
            try:
                PoolManager(retries=False).request("GET", base)
                break
            except exceptions.HTTPError:
                time.sleep(0.05)
        yield base
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait()


def test_nginx(tmp_path: Path, site: Path, manifest: Manifest) -> None:
    """The server nginx serves a release as it is; one changed bit on its disk is found."""
    (tmp_path / "nginx").mkdir()
    tmp_path.chmod(0o755)
    with nginx(tmp_path / "nginx", site) as base:
        assert told(base, manifest) == {}
        data = bytearray((site / PAGE).read_bytes())
        data[20] ^= 1
        (site / PAGE).write_bytes(data)
        assert set(told(base, manifest)) == {PAGE}
