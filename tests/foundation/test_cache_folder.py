"""Where caches lie: in the user's own folder, one for each site, never where somebody else could plant a file."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from liaison.cli import main
from liaison.shelf import VARIABLE, Shelf, open_for, packed, unpacked, usual_folder

BASE = Path(__file__).parents[1] / "cases" / "base"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder; nothing is said of caches."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def site(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def test_caches_lie_where_those_of_the_user_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below `~/.cache`, or where the XDG variable says, or where our own does; the last one named wins."""
    assert usual_folder() == home / ".cache/liaison"
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/somebody")
    assert usual_folder() == Path("/var/cache/somebody/liaison")
    monkeypatch.setenv(VARIABLE, "/srv/cache")
    assert usual_folder() == Path("/srv/cache")


def test_a_place_that_is_none_keeps_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative folder in the XDG variable would be another one in every working folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    assert usual_folder() is None
    assert open_for(home) is None


@pytest.mark.usefixtures("home", "no_cache")
def test_nothing_is_kept_where_that_is_wanted(tmp_path: Path) -> None:
    """The variable set to empty text, as in a build that must prove that it needs nothing."""
    assert (usual_folder(), open_for(tmp_path)) == (None, None)


def test_each_site_has_a_folder_of_its_own(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same however the site is named; readable for nobody else."""
    one, other = site(tmp_path / "one"), site(tmp_path / "other")
    (tmp_path / "link").symlink_to(one)
    monkeypatch.chdir(tmp_path)
    kept = open_for(one)
    assert kept is not None
    assert kept == open_for(Path("one")) == open_for(tmp_path / "link") == open_for(tmp_path / "other/../one")
    assert kept != open_for(other)
    assert kept.folder.parent == home / ".cache/liaison"
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (kept.folder, kept.folder.parent)} == {0o700}


@pytest.mark.usefixtures("home")
def test_a_site_may_have_any_name(tmp_path: Path) -> None:
    """Also one that is no text."""
    odd = site(tmp_path / os.fsdecode("联络站 ".encode("gbk")))
    kept = open_for(odd)
    assert kept is not None
    kept.put("one", 1)
    again = open_for(odd)
    assert again is not None
    assert again.get("one") == 1


@pytest.mark.usefixtures("home")
def test_a_folder_of_another_user_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies there may have been planted."""
    root = site(tmp_path / "one")
    assert open_for(root) is not None
    monkeypatch.setattr(os, "getuid", lambda: 4_711)
    assert open_for(root) is None


@pytest.mark.usefixtures("home")
def test_a_folder_that_others_may_write_to_keeps_nothing(tmp_path: Path) -> None:
    """The same."""
    root = site(tmp_path / "one")
    kept = open_for(root)
    assert kept is not None
    kept.folder.chmod(0o777)
    assert open_for(root) is None


@pytest.mark.parametrize("place", [".cache", "one/.cache", "../two/../one"])
def test_a_folder_inside_the_site_keeps_nothing(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pull request could plant a pickle there."""
    root = site(tmp_path / "one")
    monkeypatch.chdir(root if place == ".cache" else tmp_path if place.startswith("one") else root)
    monkeypatch.setenv(VARIABLE, place)
    assert open_for(root) is None
    assert not list(root.iterdir())


@pytest.mark.usefixtures("home")
def test_a_folder_that_may_not_be_written_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build goes on without."""
    root = site(tmp_path / "one")
    kept = open_for(root)
    assert kept is not None
    monkeypatch.setattr(os, "access", lambda folder, mode: not (Path(folder) == kept.folder and mode & os.W_OK))
    assert open_for(root) is None


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/liaison", "x" * 300])
def test_a_folder_that_cannot_be_made_keeps_nothing(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Because a file stands there, or because the system says no."""
    (tmp_path / "file").write_text("here already")
    monkeypatch.setenv(VARIABLE, str(tmp_path / place))
    assert open_for(tmp_path) is None
    assert (tmp_path / "file").read_text() == "here already"


def aged(kept: Shelf | None) -> None:
    """As if it had been begun long ago."""
    assert kept is not None
    os.utime(kept.folder / ".about", (0, 0))


def test_caches_of_sites_that_are_gone_are_dropped(home: Path, tmp_path: Path) -> None:
    """When a site is met for the first time, if they are old; those of all others stay, and what is not ours."""
    sites = [site(tmp_path / name) for name in ("gone", "moved", "stays")]
    kept = [open_for(one) for one in sites]
    shutil.rmtree(sites[0])
    sites[1].rename(tmp_path / "elsewhere")
    for name in ("not-ours", "not-ours-either"):
        (home / ".cache/liaison" / name).mkdir()
    foreign = home / ".cache/liaison/not-ours-either/.about"
    foreign.write_text("no such folder")
    os.utime(foreign, (0, 0))
    assert open_for(sites[2]) is not None
    aged(kept[0])
    assert [one is not None and one.folder.exists() for one in kept] == [True, True, True]
    open_for(site(tmp_path / "new"))
    assert [one is not None and one.folder.exists() for one in kept] == [False, True, True]
    aged(kept[1])
    open_for(site(tmp_path / "newer"))
    assert [one is not None and one.folder.exists() for one in kept] == [False, False, True]
    assert (home / ".cache/liaison/not-ours").exists()
    assert foreign.exists()


def test_what_is_kept_about_a_folder_goes_with_it(tmp_path: Path) -> None:
    """As of where a site was built: each place apart, and what is about one that is gone is dropped."""
    (tmp_path / "shelf").mkdir()
    kept, first, second = Shelf(tmp_path / "shelf"), site(tmp_path / "first"), site(tmp_path / "second")
    kept.below_for("out", first).put("one", 1)
    kept.below_for("out", second).put("one", 2)
    assert kept.below_for("out", tmp_path / "second/../first").get("one") == 1
    aged(kept.below_for("out", first))
    shutil.rmtree(first)
    kept.below_for("out", site(tmp_path / "third"))
    first.mkdir()
    assert kept.below_for("out", first).get("one") is None
    assert kept.below_for("out", second).get("one") == 2


class Planted:
    """Leaves a mark when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.mark),)


def test_nothing_is_unpickled_from_inside_the_site(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pull request may bring any file into the repository, with the right digest and version too."""
    root, mark = tmp_path / "site", tmp_path / "mark"
    shutil.copytree(BASE, root)
    monkeypatch.chdir(root)
    planted = packed(Planted(mark))
    unpacked(planted)
    assert mark.exists()
    mark.rmdir()
    kept = open_for(root)
    assert kept is not None
    assert CliRunner().invoke(main, ["check"]).exit_code == 0
    names = [path.name for path in kept.folder.iterdir() if not path.name.startswith(".")]
    assert len(names) == 5
    for below in (".", ".cache", ".cache/liaison", ".liaison", "liaison", "cache", "site", "stations/lianyuan"):
        for folder in (root / below, root / below / kept.folder.name):
            folder.mkdir(parents=True, exist_ok=True)
            for name in names:
                (folder / name).write_bytes(planted)
    shutil.rmtree(home)
    assert CliRunner().invoke(main, ["check"]).exit_code == 1
    assert open_for(root) == kept
    assert not mark.exists()
