"""Faults of a publication: full and read-only disks, two at once, damaged releases, a site that is wrong."""

import os
import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from liaison.model.site import Layout
from liaison.publish.audit import Amiss, audit_folder
from liaison.publish.goals import Target
from liaison.publish.journal import read
from liaison.publish.manifest import NAME, Manifest
from liaison.publish.place import PublishError, Source
from liaison.publish.publishing import check
from liaison.publish.releases import release_name
from support.disks import fill, in_memory, make_read_only, make_writable, small_disk
from support.publisher import go_back, lay_out, nobody, order_for, put_there, target_at
from support.releases import MADE_ON

TRUST = int(os.environ.get("LIAISON_TRUST", "1"))
BOTH = pytest.mark.parametrize("layout", ["current", "plain"])


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 48 MB."""
    with small_disk(tmp_path / "disk", 48) as mounted:
        yield mounted


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """Two releases."""
    for word in "甲乙":
        lay_out(tmp_path / word, word)
    return tmp_path


def served(target: Target) -> Path:
    return Path(target.folder) / ("current" if target.layout == "current" else "")


def is_release(target: Target, release: Path) -> bool:
    """Whether the site is this release, byte for byte."""
    manifest = Manifest.read(release)
    return audit_folder(served(target), manifest) == ()


@BOTH
def test_too_little_room(words: Path, disk: Path, layout: Layout) -> None:
    """A disk without room is told from the start; the site stays, and the next run goes through."""
    target = target_at(disk / "host", layout)
    put_there(target, words / "甲", words)
    filler = fill(disk, 1 << 20)
    with pytest.raises(PublishError, match=r"磁盘空间不够：还有 1 MB，至少要 \d+ MB；请腾出空间以后再来，网站没有变"):
        put_there(target, words / "乙", words)
    assert is_release(target, words / "甲")
    filler.unlink()
    put_there(target, words / "乙", words)
    assert is_release(target, words / "乙")


@BOTH
@pytest.mark.parametrize("at", [1, 30])
def test_a_disk_that_fills_up(words: Path, disk: Path, layout: Layout, at: int) -> None:
    """Where room runs out in the middle, the site stays as it was, and the next run goes through."""
    target = target_at(disk / "host", layout)
    put_there(target, words / "甲", words)
    seen = 0

    def tell(step: str) -> None:
        nonlocal seen
        # without links the release is first kept elsewhere, file by file as well
        seen += step == "copying"
        if seen == at + (60 if layout == "plain" else 0):
            fill(disk)

    with pytest.raises(PublishError, match="的磁盘满了；网站没有变。处理好以后再运行一次同样的命令"):
        put_there(target, words / "乙", words, tell)
    assert is_release(target, words / "甲")
    (disk / "filler").unlink()
    put_there(target, words / "乙", words)
    assert is_release(target, words / "乙")


@BOTH
def test_a_read_only_disk(words: Path, disk: Path, layout: Layout) -> None:
    """A disk that nothing can be written on is said to be that."""
    target = target_at(disk / "host", layout)
    put_there(target, words / "甲", words)
    make_read_only(disk)
    with pytest.raises(PublishError, match="是只读的，写不进去；网站没有变"):
        put_there(target, words / "乙", words)
    assert is_release(target, words / "甲")
    make_writable(disk)
    put_there(target, words / "乙", words)
    assert is_release(target, words / "乙")


@BOTH
def test_two_at_once(words: Path, layout: Layout) -> None:
    """Who comes second is told at once who publishes; the first one goes on."""
    target = target_at(words / "host", layout)
    held, go_on = threading.Event(), threading.Event()

    def tell(step: str) -> None:
        if step == "compared":
            held.set()
            assert go_on.wait(60)

    first = threading.Thread(target=put_there, args=(target, words / "甲", words, tell))
    first.start()
    assert held.wait(60)
    with pytest.raises(PublishError, match=r"有人正在往 .*host 发布（tester@here，.* 开始），等那边做完再来"):
        put_there(target, words / "乙", words)
    with pytest.raises(PublishError, match="有人正在往"):
        go_back(target, words)
    go_on.set()
    first.join()
    assert is_release(target, words / "甲")
    put_there(target, words / "乙", words)
    assert is_release(target, words / "乙")


def test_many_at_once(words: Path) -> None:
    """Of many who publish at the same moment some win, all others are told, and the site is one of theirs."""
    target = target_at(words / "host")
    put_there(target, words / "甲", words)
    outcomes: list[str] = []

    def one(word: str) -> None:
        try:
            put_there(target, words / word, words)
            outcomes.append("")
        except PublishError as error:
            outcomes.append(str(error))

    crew = [threading.Thread(target=one, args=("甲乙"[number % 2],)) for number in range(8)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    assert "" in outcomes
    assert all("有人正在往" in one for one in outcomes if one)
    assert is_release(target, words / "甲") or is_release(target, words / "乙")


def test_bit_flips(tmp_path: Path) -> None:
    """Any single bit of a release that changed is found before anything is published."""
    lay_out(tmp_path / "甲", "甲")
    manifest = Manifest.read(tmp_path / "甲")
    rng = random.Random(TRUST)
    order = order_for(target_at(tmp_path / "host"), tmp_path)
    for _ in range(50 * TRUST):
        path = rng.choice([*manifest.files])
        file = tmp_path / "甲" / path
        before = file.read_bytes()
        hurt = bytearray(before)
        hurt[rng.randrange(len(hurt))] ^= 1 << rng.randrange(8)
        file.write_bytes(hurt)
        with pytest.raises(PublishError, match="里有 1 处和清单不一样") as caught:
            check(Source(tmp_path / "甲", manifest), order)
        assert caught.value.lines[0].startswith(f"{path}：")
        file.write_bytes(before)
    check(Source(tmp_path / "甲", manifest), order)


@BOTH
def test_a_damaged_release_is_not_published(words: Path, layout: Layout) -> None:
    """A file too many, too few or other stops everything, and nothing is made at the target."""
    target = target_at(words / "host", layout)
    (words / "甲/index.html").write_text("改过", "utf-8")
    (words / "甲/extra.html").write_text("多出来", "utf-8")
    (words / "甲/404.html").unlink()
    with pytest.raises(PublishError, match="请重新运行 liaison build。什么也没有发布") as caught:
        put_there(target, words / "甲", words)
    assert [line.partition("：")[0] for line in caught.value.lines] == ["404.html", "extra.html", "index.html"]
    assert not (words / "host").exists()


def test_without_approval(words: Path) -> None:
    """What its approval lacks is said, and nothing is made at the target."""
    with pytest.raises(PublishError, match="还没有审批好") as caught:
        put_there(target_at(words / "host"), words / "甲", words, refusals=lambda: ["缺签发"])
    assert caught.value.lines == ("缺签发",)
    assert not (words / "host").exists()


@BOTH
def test_a_site_that_is_wrong_goes_back(words: Path, monkeypatch: pytest.MonkeyPatch, layout: Layout) -> None:
    """If the site as it is served is not right, what was there before is there again, and the log says so."""
    monkeypatch.setattr("liaison.publish.publishing._AGAIN_AFTER", (0,))
    target = target_at(words / "host", layout)
    asked: list[str] = []

    def wrong(_manifest: Manifest, paths: object) -> list[Amiss]:
        asked.append(str(paths))
        return [Amiss("index.html", "内容不对")]

    with pytest.raises(PublishError, match="以前的版本没有留存，退不回去"):
        put_there(target, words / "甲", words, online=wrong)
    assert is_release(target, words / "甲")
    with pytest.raises(PublishError, match="发布后核对，有 1 个文件不对，已经退回") as caught:
        put_there(target, words / "乙", words, online=wrong)
    assert caught.value.lines == ("index.html：内容不对",)
    assert len(asked) == 4
    assert is_release(target, words / "甲")
    assert [line.outcome for line in read(words / "internal/publish.log")] == ["failed", "failed", "rolled back"]
    put_there(target, words / "乙", words, online=lambda _manifest, _paths: [])
    assert is_release(target, words / "乙")


@BOTH
def test_every_step_can_be_the_last(tmp_path: Path, layout: Layout) -> None:
    """Stopped at any single step, each page of the site is whole and everything it loads is there."""
    with in_memory(tmp_path) as words:
        _stop_everywhere(words, layout)


def _stop_everywhere(words: Path, layout: Layout) -> None:
    only = {"liaison/assets/only-new.css": b"/* new */"}
    page = b'<!doctype html><link rel="stylesheet" href="liaison/assets/only-new.css">'
    lay_out(words / "甲", "甲")
    lay_out(words / "丙", "丙", {**only, "index.html": page})
    target = target_at(words / "host", layout)
    steps: list[str] = []
    put_there(target, words / "甲", words)
    put_there(target, words / "丙", words, steps.append)
    for number in range(0, len(steps), 1 if TRUST > 1 else 7):
        for word in "甲丙":
            seen = 0

            def tell(_step: str, last: int = number) -> None:
                nonlocal seen
                seen += 1
                if seen > last:
                    raise KeyboardInterrupt

            try:
                put_there(target, words / word, words, tell)
            except KeyboardInterrupt:
                site = served(target)
                if b"only-new" in (site / "index.html").read_bytes():
                    assert (site / "liaison/assets/only-new.css").exists()
                for path, data in ((one, (site / one).read_bytes()) for one in Manifest.read(words / "甲").files):
                    assert data in {(words / other / path).read_bytes() for other in "甲丙"}
            put_there(target, words / word, words)
            assert is_release(target, words / word)


def test_what_is_in_the_way(words: Path) -> None:
    """Folders that are laid out otherwise, or not by us, are not touched, and it is said what to do."""
    host = words / "host"
    put_there(target_at(host), words / "甲", words)
    with pytest.raises(PublishError, match="不要用 --layout plain"):
        put_there(target_at(host, "plain"), words / "乙", words)
    put_there(target_at(words / "plain", "plain"), words / "甲", words)
    with pytest.raises(PublishError, match="加上 --layout plain"):
        put_there(target_at(words / "plain"), words / "乙", words)
    (words / "other/current").mkdir(parents=True)
    with pytest.raises(PublishError, match="不是链接"):
        put_there(target_at(words / "other"), words / "乙", words)
    (words / "third").mkdir()
    (words / "third/current").symlink_to("/srv")
    with pytest.raises(PublishError, match="指向 /srv，不是本程序发布的"):
        put_there(target_at(words / "third"), words / "乙", words)
    with pytest.raises(PublishError, match=r"没有 .*none 这个文件夹"):
        put_there(target_at(words / "none/host"), words / "乙", words)


def test_a_damaged_manifest_of_the_site(words: Path) -> None:
    """Where it cannot be known which codes are published, nothing is published or gone back to until somebody says."""
    target = target_at(words / "host")
    put_there(target, words / "甲", words)
    put_there(target, words / "乙", words)
    (served(target) / NAME).write_text("{", "utf-8")
    with pytest.raises(PublishError, match="没法核对编号"):
        put_there(target, words / "甲", words)
    with pytest.raises(PublishError, match="没法核对编号"):
        go_back(target, words)
    go_back(target, words, previous=Manifest.read(words / "乙"))
    assert is_release(target, words / "甲")
    (served(target) / NAME).unlink()
    with pytest.raises(PublishError, match=f"{NAME} 不见了，没法核对编号"):
        put_there(target, words / "乙", words)
    put_there(target, words / "乙", words, previous=Manifest.read(words / "甲"))
    assert is_release(target, words / "乙")


def test_links_that_lead_out_are_not_followed(words: Path) -> None:
    """In a folder without links of ours, a link that somebody else laid is not written through."""
    target = target_at(words / "plain", "plain")
    put_there(target, words / "甲", words)
    (words / "elsewhere").mkdir()
    moved = words / "plain/D/00"
    moved.rename(words / "elsewhere/00")
    moved.symlink_to(words / "elsewhere/00")
    before = {one: one.read_bytes() for one in (words / "elsewhere").rglob("*.html")}
    with pytest.raises(PublishError, match="通到别处的链接"):
        put_there(target, words / "乙", words)
    assert {one: one.read_bytes() for one in (words / "elsewhere").rglob("*.html")} == before


def test_a_clock_that_was_put_back() -> None:
    """A release comes after those that were published before it, whatever the clock says."""
    later = release_name("a" * 64, [], MADE_ON.replace(year=2036))
    now = release_name("b" * 64, [later], MADE_ON)
    assert now > later
    assert release_name("c" * 64, [later, now], MADE_ON) > now
    assert nobody("") is None
    assert replace(target_at(Path("/a"))).key != target_at(Path("/b")).key
