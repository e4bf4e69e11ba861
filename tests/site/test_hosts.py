"""The two programs that may be the host of the plugin, and the local server."""

import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from support.server import free_port
from support.sites import NO_CACHE, Built, build, contents, copy_site, edit, environment

STATION = "stations/lianyuan/sanjia-yufeng/station.yml"


def test_properdocs_builds_the_same_site(sample: Built, tmp_path: Path) -> None:
    """The fork of MkDocs 1.x reads the same mkdocs.yml and gives the same files, byte for byte."""
    other = build(sample.source, tmp_path / "site", program="properdocs", **NO_CACHE)
    assert contents(other.tree) == contents(sample.tree)


class Serving:
    """`mkdocs serve` of a site: where it answers, and what it has said so far."""

    def __init__(self, port: int, log: Path) -> None:
        self.url = f"http://127.0.0.1:{port}/"
        self._log = log

    def said(self) -> str:
        """Everything on the terminal."""
        return self._log.read_text("utf-8")

    def page(self, path: str) -> str:
        """A page as served now; empty while nobody answers: MkDocs keeps readers waiting until a mistake is mended."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=1) as answer:
                return str(answer.read().decode("utf-8"))
        except (URLError, TimeoutError):
            return ""


@contextmanager
def serve(source: Path, log: Path) -> Iterator[Serving]:
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(source / "mkdocs.yml"), "-a", f"127.0.0.1:{port}"]
    with (
        log.open("w", encoding="utf-8") as out,
        subprocess.Popen(
            command, env=environment(PYTHONUNBUFFERED="1"), stdout=out, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            yield Serving(port, log)
        finally:
            process.terminate()
            process.wait(timeout=20)


def becomes(true: Callable[[], bool], within: float = 30) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.2)
    return False


def test_a_local_server_follows_edits_and_survives_mistakes(tmp_path: Path) -> None:
    """An edit shows within seconds; a mistake is told in Chinese, and its repair is enough to go on."""
    source = copy_site(tmp_path / "source")
    record = source / STATION
    good = record.read_text("utf-8")
    with serve(source, tmp_path / "log") as server:
        station = "S/3F/7K2MC/"
        assert becomes(lambda: "社区广场旁" in server.page(station)), server.said()
        edit(record, "landmark: .*", "landmark: 村口老樟树下")
        assert becomes(lambda: "村口老樟树下" in server.page(station)), server.said()
        edit(record, "landmark: .*", "landmrk: 村口新樟树下")
        assert becomes(lambda: "站点没有生成" in server.said()), server.said()
        assert re.search(rf"{STATION}:\d+:\d+", server.said())
        assert "Traceback" not in server.said()
        record.write_text(good, "utf-8")
        assert becomes(lambda: "社区广场旁" in server.page(station)), server.said()
        edit(source / "site.yml", "(?m)^name: .*", "name: 另一个名字的联络站")
        assert becomes(lambda: "另一个名字的联络站" in server.page("")), server.said()
        edit(source / "overrides/liaison/home.html", "<h2>近期接待</h2>", "<h2>最近几场接待</h2>")
        assert becomes(lambda: "最近几场接待" in server.page("")), server.said()
