"""Publishing to a folder that nginx serves while clients read it: nothing missing or mixed, whenever it is cut."""

import os
import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from liaison.model.site import Layout
from liaison.publish.audit import audit_folder
from liaison.publish.journal import Event, Line, previous_name, read
from liaison.publish.manifest import Manifest
from liaison.publish.place import STEPS, PublishError
from liaison.publish.plain import MARK, STAGED
from support.disks import in_memory
from support.nginx import serving_with_nginx
from support.publisher import go_back, lay_out, put_there, put_there_and_die, target_at
from support.readers import reading

TRUST = int(os.environ.get("LIAISON_TRUST", "1"))
PUBLISHES, KILLS = 100 * TRUST, 22 * TRUST
WORDS = "甲乙丙"


def released(tmp_path: Path) -> dict[str, dict[str, bytes]]:
    """Three releases with other words in nearly every file; each has a page that the others lack."""
    return {
        word: lay_out(tmp_path / word, word, {f"only-{number}.txt": word.encode()}) for number, word in enumerate(WORDS)
    }


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder where writing through to the disk costs no time."""
    with in_memory(tmp_path) as folder:
        yield folder


def test_switching_while_clients_read(quick: Path) -> None:
    """Over a hundred publications, and kills at every step: no file is missing or of no release; `current` is whole."""
    known = released(quick)
    host = quick / "host"
    target = target_at(host)
    put_there(target, quick / "甲", quick)
    rng = random.Random(TRUST)
    steps = [step for step in STEPS if step not in {"placing", "placed", "removing"}]
    with serving_with_nginx(host / "current", quick / "nginx") as port, reading(port, known.values()) as found:
        for number in range(PUBLISHES):
            put_there(target, quick / WORDS[number % 3], quick)
            assert_is(host / "current", known.values())
            if number % (PUBLISHES // KILLS) == 0:
                step = steps[number // (PUBLISHES // KILLS) % len(steps)]
                at = rng.randrange(1, 55) if step == "copying" else 1
                assert put_there_and_die(target, quick / WORDS[(number + 1) % 3], quick, step, at)
                assert_is(host / "current", known.values())
    assert found.wrong == []
    assert found.answers > 3 * PUBLISHES
    assert len(found.seen["index.html"]) == 3
    assert not [one for one in (host / "releases").iterdir() if one.name.startswith(".")]


def assert_is(folder: Path, known: Iterable[Mapping[str, bytes]]) -> None:
    """The folder holds one of the releases, whole."""
    manifest = Manifest.read(folder)
    assert audit_folder(folder, manifest) == ()
    assert {path: (folder / path).read_bytes() for path in manifest.files} in [dict(one) for one in known]


def test_a_folder_without_links_while_clients_read(quick: Path) -> None:
    """File by file, killed at every step: every page is whole and what it loads is there; the next run finishes it."""
    known = released(quick)
    host = quick / "host"
    target = target_at(host, "plain")
    put_there(target, quick / "甲", quick)
    rng, live = random.Random(TRUST), "甲"
    steps = [step for step in STEPS if step not in {"copied", "verified"}]
    with serving_with_nginx(host, quick / "nginx") as port, reading(port, known.values()) as found:
        for number in range(KILLS):
            word, other = rng.sample([one for one in WORDS if one != live], 2)
            step = steps[number % len(steps)]
            at = rng.randrange(1, 90) if step == "copying" else rng.randrange(1, 50) if step == "placing" else 1
            assert put_there_and_die(target, quick / word, quick, step, at)
            live = word if number % 2 else other
            put_there(target, quick / live, quick)
            assert_is(host, [known[live]])
            assert not (host / MARK).exists()
            assert not (host / STAGED).exists()
    assert found.wrong == []
    assert found.answers > 3 * KILLS
    assert len(found.seen["index.html"]) == 3


def test_files_of_others_stay(tmp_path: Path) -> None:
    """In a folder without links only files of earlier releases are removed; what a kill left over is, too."""
    released(tmp_path)
    host = tmp_path / "host"
    target = target_at(host, "plain")
    (host / "D/00").mkdir(parents=True)
    (host / "D/00/notice.html").write_text("通知", "utf-8")
    put_there(target, tmp_path / "甲", tmp_path)
    assert put_there_and_die(target, tmp_path / "乙", tmp_path, "switched")
    assert (host / "only-0.txt").exists()
    assert (host / "only-1.txt").exists()
    put_there(target, tmp_path / "丙", tmp_path)
    assert {one.name for one in host.glob("only-*")} == {"only-2.txt"}
    assert (host / "D/00/notice.html").read_text("utf-8") == "通知"


def test_files_of_others_are_not_overwritten(tmp_path: Path) -> None:
    """A folder that holds another site's pages is refused, and stays as it is."""
    lay_out(tmp_path / "甲", "甲")
    host = tmp_path / "host"
    host.mkdir()
    (host / "index.html").write_text("别的网站", "utf-8")
    with pytest.raises(PublishError, match="却有 1 个同名文件") as caught:
        put_there(target_at(host, "plain"), tmp_path / "甲", tmp_path)
    assert caught.value.lines == ("index.html",)
    assert {one.name for one in host.iterdir()} == {".lock", "index.html"}
    assert (host / "index.html").read_text("utf-8") == "别的网站"


def test_unchanged_files_are_linked(tmp_path: Path) -> None:
    """What did not change takes no room twice; one that was damaged on the host is copied anew."""
    lay_out(tmp_path / "甲", "甲")
    lay_out(tmp_path / "乙", "乙")
    host = tmp_path / "host"
    first = put_there(target_at(host), tmp_path / "甲", tmp_path)
    same, hurt = "D/00/00000/index.html", "D/01/00005/index.html"
    damaged = host / "releases" / first.name / hurt
    damaged.write_bytes(damaged.read_bytes()[::-1])
    second = put_there(target_at(host), tmp_path / "乙", tmp_path)
    old, new = host / "releases" / first.name, host / "releases" / second.name
    assert (old / same).stat().st_ino == (new / same).stat().st_ino
    assert (old / "index.html").stat().st_ino != (new / "index.html").stat().st_ino
    assert (new / hurt).read_bytes() == (tmp_path / "乙" / hurt).read_bytes()
    assert (old / hurt).read_bytes() != (new / hurt).read_bytes()


def test_web_servers_may_read_it(tmp_path: Path) -> None:
    """Whatever the umask, files and folders are open to be read by all."""
    lay_out(tmp_path / "甲", "甲")
    before = os.umask(0o077)
    try:
        put_there(target_at(tmp_path / "host"), tmp_path / "甲", tmp_path)
        put_there(target_at(tmp_path / "plain", "plain"), tmp_path / "甲", tmp_path)
    finally:
        os.umask(before)
    for top in (tmp_path / "host/current", tmp_path / "plain"):
        for one in [top, *top.rglob("*")]:
            if not one.name.startswith("."):
                assert one.stat().st_mode & 0o777 == (0o755 if one.is_dir() else 0o644), one


def test_the_same_again(tmp_path: Path) -> None:
    """What is published already is not published again, unless a file of it was damaged."""
    lay_out(tmp_path / "甲", "甲")
    for layout in ("current", "plain"):
        host = tmp_path / layout
        target = target_at(host, layout)
        served = host / "current" if layout == "current" else host
        first = put_there(target, tmp_path / "甲", tmp_path)
        again = put_there(target, tmp_path / "甲", tmp_path)
        assert (first.is_same, again.is_same) == (False, True)
        assert again.name == first.name
        (served / "index.html").write_text("改过", "utf-8")
        assert not put_there(target, tmp_path / "甲", tmp_path).is_same
        assert_is(served, [lay_out(tmp_path / "again", "甲")])


@pytest.mark.parametrize("layout", ["current", "plain"])
def test_going_back(tmp_path: Path, layout: Layout) -> None:
    """Each time one goes back, it is to what was published before; and then again forward, and back to that."""
    known = released(tmp_path)
    host = tmp_path / "host"
    target = target_at(host, layout)
    served = host / "current" if layout == "current" else host
    names = [put_there(target, tmp_path / word, tmp_path).name for word in WORDS]
    assert go_back(target, tmp_path).name == names[1]
    assert_is(served, [known["乙"]])
    assert go_back(target, tmp_path).name == names[0]
    assert_is(served, [known["甲"]])
    with pytest.raises(PublishError, match="没有留存更早的版本"):
        go_back(target, tmp_path)
    fourth = put_there(target, tmp_path / "丙", tmp_path)
    assert fourth.before == names[0]
    assert go_back(target, tmp_path).name == names[0]
    assert [line.outcome for line in read(tmp_path / "internal/publish.log")] == [
        *["published"] * 3,
        *["rolled back"] * 2,
        "published",
        "rolled back",
    ]


def test_old_releases_go(tmp_path: Path) -> None:
    """So many are kept as were asked for; what is published and what was before it always are."""
    known = released(tmp_path)
    host = tmp_path / "host"
    names = [put_there(target_at(host), tmp_path / WORDS[n % 3], tmp_path, keep=2).name for n in range(6)]
    assert names == sorted(names)
    assert sorted(one.name for one in (host / "releases").iterdir()) == names[-2:]
    assert_is(host / "current", known.values())


def test_what_stands_in_the_log() -> None:
    """Who, what and when of every event; going back is to what was published before, not to what was left."""

    def line(outcome: Event, came_from: str, to: str) -> Line:
        return Line(when="2026-11-22T01:30:00Z", who="a@b", outcome=outcome, target="t", came_from=came_from, to=to)

    history = [
        line("published", "", "1"),
        line("published", "1", "2"),
        line("rolled back", "2", "1"),
        line("published", "1", "3"),
    ]
    assert previous_name(history, ["1", "2", "3"], "3") == "1"
    assert previous_name(history, ["1", "2", "3"], "1") == ""
    assert previous_name(history, ["2", "3"], "3") == "2"
    assert previous_name([], ["1", "2"], "2") == "1"
