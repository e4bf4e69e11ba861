import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.publish.tree import Tally, Tree, TwiceError, put
from support.limits import files_end_at, umask
from support.sites import contents

GENTLE = settings(deadline=None, database=None, max_examples=50)
NAMES = st.sampled_from(["a", "b", "S", "index.html"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
DATA = st.sampled_from([b"", b"one", b"two", b"x" * 4096])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "site"


def build(root: Path, files: dict[str, bytes]) -> Tally:
    tree = Tree(root)
    tree.claim(files)
    for path, data in files.items():
        tree.write(path, data)
    return tree.finish()


def empty_folders(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_a_build_makes_the_folder_and_counts_what_it_did(root: Path) -> None:
    """Files at any depth; nothing to remove."""
    files = {"index.html": b"home", "S/3F/7K2MC/index.html": b"station", "robots.txt": b""}
    assert build(root, files) == Tally(written=3, unchanged=0, removed=0)
    assert contents(root) == files


def test_a_second_build_leaves_equal_bytes_alone(root: Path) -> None:
    """Same inode, same time: a host that uploads what changed uploads nothing."""
    files = {"index.html": b"home", "S/3F/index.html": b"station"}
    build(root, files)
    for path in files:
        os.utime(root / path, ns=(1, 1))
    before = {path: (root / path).stat().st_ino for path in files}
    assert build(root, files) == Tally(written=0, unchanged=2, removed=0)
    assert {path: (root / path).stat().st_ino for path in files} == before
    assert {(root / path).stat().st_mtime_ns for path in files} == {1}


@pytest.mark.parametrize("new", [b"tone", b"hom", b"home!", b"", b"home" * 100_000])
def test_other_bytes_are_written_whole(new: bytes, root: Path) -> None:
    """Also of the same length, a beginning of the old, or the old and more."""
    build(root, {"index.html": b"home", "kept.html": b"kept"})
    assert build(root, {"index.html": new, "kept.html": b"kept"}) == Tally(written=1, unchanged=1, removed=0)
    assert contents(root) == {"index.html": new, "kept.html": b"kept"}


def test_a_reader_who_has_the_old_file_open_reads_it_to_the_end(root: Path) -> None:
    """It is replaced, not overwritten: never a part of each."""
    build(root, {"index.html": b"old page"})
    with (root / "index.html").open("rb") as reader:
        assert reader.read(4) == b"old "
        build(root, {"index.html": b"new page"})
        assert reader.read() == b"page"
    assert (root / "index.html").read_bytes() == b"new page"


def test_a_file_claimed_twice_is_refused(root: Path) -> None:
    """Whether at once or by two parts of the program, and by its name."""
    tree = Tree(root)
    tree.claim(["c/index.html", "robots.txt"])
    with pytest.raises(TwiceError, match=r"两处都要写同一个文件：robots\.txt"):
        tree.claim(["other.txt", "robots.txt"])
    with pytest.raises(TwiceError, match=r"两处都要写同一个文件：a\.html"):
        Tree(root).claim(["a.html", "a.html"])


@pytest.mark.parametrize(
    ("first", "second", "name"), [("S", "S/3F/index.html", "S"), ("S/3F/index.html", "S/3F", "S/3F")]
)
def test_a_name_cannot_be_file_and_folder_at_once(first: str, second: str, name: str, root: Path) -> None:
    """Or one of the two would be lost without a word."""
    tree = Tree(root)
    tree.claim([first])
    with pytest.raises(TwiceError, match=f"同一个名字又是文件又是文件夹：{name}$"):
        tree.claim([second])


def test_what_nobody_claimed_is_not_written(root: Path) -> None:
    """Nor accepted from a worker."""
    tree = Tree(root)
    tree.claim(["a.html"])
    for work in (lambda: tree.write("b.html", b""), lambda: tree.confirm(["a.html", "b.html"])):
        with pytest.raises(TwiceError, match=r"写了没有计划的文件：b\.html"):
            work()
    assert not root.exists()


def test_stale_files_and_folders_go(root: Path) -> None:
    """However deep, links and half-written files among them; what is claimed stays."""
    build(root, {"old.html": b"", "D/7K/3M9TY/index.html": b"", "D/7K/3M9TY/photo.jpg": b"", "S/3F/index.html": b""})
    (root / "empty/deeper").mkdir(parents=True)
    (root / "S/3F/.new-half").write_bytes(b"half")
    (root / ".new-half").write_bytes(b"half")
    (root / "link.html").symlink_to(root / "S/3F/index.html")
    (root / "nowhere").symlink_to(root / "gone")
    assert build(root, {"S/3F/index.html": b""}) == Tally(written=0, unchanged=1, removed=7)
    assert contents(root) == {"S/3F/index.html": b""}
    assert [path.name for path in root.iterdir()] == ["S"]
    assert empty_folders(root) == []


def test_names_with_a_dot_at_the_root_are_someone_elses(root: Path) -> None:
    """`.git` or `.well-known` of the host stay, with all inside; a dot further down protects nothing."""
    build(root, {"index.html": b"home"})
    kept = {".git/config": b"theirs", ".git/refs/a": b"theirs", ".nojekyll": b""}
    for path, data in {**kept, "S/.hidden": b"ours", "S/.folder/x": b"ours"}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    (root / ".git/empty").mkdir()
    assert build(root, {"index.html": b"home"}).removed == 2
    assert contents(root) == {"index.html": b"home", **kept}
    assert empty_folders(root) == [root / ".git/empty"]


def test_a_dot_file_of_our_own_is_written(root: Path) -> None:
    """`static/.well-known/…` comes out like any other."""
    assert build(root, {".well-known/x.txt": b"ours"}).written == 1
    assert contents(root) == {".well-known/x.txt": b"ours"}


def test_files_and_folders_may_change_places(root: Path) -> None:
    """Between two builds, at any depth, there and back."""
    one = {"c": b"a file", "S/3F": b"a file", "r/4/index.html": b"page", "d/e/f/g": b"deep"}
    other = {"c/index.html": b"page", "S/3F/7K/x/index.html": b"page", "r/4": b"a file", "d": b"a file"}
    for files in (one, other, one):
        build(root, files)
        assert contents(root) == files
        assert empty_folders(root) == []


def test_a_folder_as_long_as_the_file_that_replaces_it_is_still_a_folder(root: Path) -> None:
    """Sizes of folders are numbers too, and must not be compared with those of files."""
    (root / "page").mkdir(parents=True)
    (root / "page/inner").write_bytes(b"old")
    data = b"x" * (root / "page").stat().st_size
    build(root, {"page": data})
    assert contents(root) == {"page": data}


@pytest.mark.parametrize("leads_to", ["elsewhere.html", "folder", "nowhere"])
def test_a_link_in_the_place_of_a_file_is_replaced_not_followed(leads_to: str, root: Path, tmp_path: Path) -> None:
    """What it led to stays as it was."""
    (tmp_path / "elsewhere.html").write_bytes(b"theirs")
    (tmp_path / "folder").mkdir()
    root.mkdir()
    (root / "page").symlink_to(tmp_path / leads_to)
    build(root, {"page": b"ours"})
    assert not (root / "page").is_symlink()
    assert (root / "page").read_bytes() == b"ours"
    assert (tmp_path / "elsewhere.html").read_bytes() == b"theirs"
    assert (tmp_path / "folder").is_dir()


def test_everybody_may_read_whatever_the_umask(root: Path) -> None:
    """A web server that runs as another user meets 0644 and 0755, on new files and on changed ones."""
    with umask(0o077):
        build(root, {"index.html": b"one", "S/3F/index.html": b"one"})
        build(root, {"index.html": b"two", "S/3F/index.html": b"one", "S/4G/index.html": b"new"})
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (root, *root.rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o644}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o755}


@pytest.mark.parametrize("length", [2_000, 2_000_000])
def test_a_write_that_fails_leaves_the_old_file_whole(length: int, root: Path) -> None:
    """The system refuses the new one half way, as a full disk does: the old bytes, and nothing half written beside."""
    build(root, {"index.html": b"old page", "other.html": b"other"})
    with files_end_at(1_000), pytest.raises(OSError, match="File too large"):
        put(root, "index.html", b"x" * length)
    assert contents(root) == {"index.html": b"old page", "other.html": b"other"}


def test_a_new_file_that_cannot_be_written_whole_is_not_there(root: Path) -> None:
    """Rather no page than half a page."""
    build(root, {"index.html": b"home"})
    with files_end_at(1_000), pytest.raises(OSError, match="File too large"):
        put(root, "S/3F/index.html", b"x" * 2_000)
    assert contents(root) == {"index.html": b"home"}


@settings(GENTLE)
@given(st.lists(st.dictionaries(PATHS, DATA, max_size=6), min_size=1, max_size=4))
def test_any_row_of_builds_ends_with_exactly_the_files_of_the_last(
    tmp_path_factory: pytest.TempPathFactory, builds: list[dict[str, bytes]]
) -> None:
    """Whatever was there before; a build that contradicts itself is refused before it writes."""
    root = tmp_path_factory.mktemp("row") / "site"
    last: dict[str, bytes] = {}
    for files in builds:
        clashing = any(other.startswith(f"{path}/") for path in files for other in files)
        if clashing:
            with pytest.raises(TwiceError):
                build(root, files)
            continue
        tally = build(root, files)
        last = files
        assert tally.written + tally.unchanged == len(files)
        assert contents(root) == last
        assert empty_folders(root) == []
    assert (contents(root) if root.exists() else {}) == last
