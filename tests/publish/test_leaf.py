"""The folder of one page: it holds the page's files and nothing else."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.publish.leaf import Leaf, is_intact, put_leaf, stamp
from liaison.publish.tree import Tally
from liaison.workers import Crew
from support.limits import files_end_at, umask
from support.sites import contents

GENTLE = settings(deadline=None, database=None, max_examples=50)
PATH = "D/7K/3M9TY"
PAGE = {"index.html": b"page", "photo.jpg": b"photo"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "site"


def left(root: Path, files: dict[str, bytes] | None = None, path: str = PATH) -> tuple[Leaf, Tally]:
    """The page as it was left, and what was done."""
    done = Tally()
    return put_leaf(root, path, files or PAGE, done), done


def of_page(root: Path) -> dict[str, bytes]:
    return contents(root / PATH)


def test_a_new_page_is_made_with_its_folders(root: Path) -> None:
    """All its files are counted, and it stands as it was noted."""
    leaf, done = left(root)
    assert contents(root) == {f"{PATH}/{name}": data for name, data in PAGE.items()}
    assert done == Tally(written=2, unchanged=0, removed=0)
    assert is_intact(root, leaf)


def test_equal_bytes_are_left_alone(root: Path) -> None:
    """Same inode, same times, and so the same note: a host that uploads what changed uploads nothing."""
    first, _ = left(root)
    again, done = left(root)
    assert again == first
    assert done == Tally(written=0, unchanged=2, removed=0)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"index.html": b"other", "photo.jpg": b"photo"}, Tally(written=1, unchanged=1, removed=0)),
        ({"index.html": b"pag", "photo.jpg": b"photo!"}, Tally(written=2, unchanged=0, removed=0)),
        ({"index.html": b"page"}, Tally(written=0, unchanged=1, removed=1)),
        ({"index.html": b"", "x.txt": b"new"}, Tally(written=2, unchanged=0, removed=1)),
    ],
)
def test_the_folder_holds_exactly_the_files_of_the_page(files: dict[str, bytes], expected: Tally, root: Path) -> None:
    """What changed is written, what is no more is removed, and both are counted."""
    left(root)
    leaf, done = left(root, files)
    assert (of_page(root), done) == (files, expected)
    assert is_intact(root, leaf)


def test_strange_files_are_removed_and_counted(root: Path, tmp_path: Path) -> None:
    """Names with a dot, half-written files, links and whole folders too; what links led to stays."""
    left(root)
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "kept").write_bytes(b"kept")
    folder = root / PATH
    (folder / "inner/deeper").mkdir(parents=True)
    for name in ("stray.html", ".hidden", ".new-half", "inner/a", "inner/deeper/b", "inner/deeper/c"):
        (folder / name).write_bytes(b"strange")
    (folder / "link").symlink_to(theirs / "kept")
    (folder / "inner/link").symlink_to(theirs)
    (folder / "folder-link").symlink_to(theirs)
    (folder / "empty").mkdir()
    _, done = left(root)
    assert of_page(root) == PAGE
    assert [path.name for path in folder.iterdir() if path.is_dir() or path.is_symlink()] == []
    assert done == Tally(written=0, unchanged=2, removed=8)
    assert contents(theirs) == {"kept": b"kept"}


@pytest.mark.parametrize("place", ["D", "D/7K", "D/7K/3M9TY"])
@pytest.mark.parametrize("kind", ["file", "link into nothing"])
def test_what_stands_where_a_folder_must_be_makes_way(kind: str, place: str, root: Path) -> None:
    """At any height, left there by an earlier build or by somebody else."""
    at = root / place
    at.parent.mkdir(parents=True)
    at.write_bytes(b"old") if kind == "file" else at.symlink_to("nowhere")
    leaf, done = left(root)
    assert contents(root) == {f"{PATH}/{name}": data for name, data in PAGE.items()}
    assert done.written == 2
    assert is_intact(root, leaf)


@pytest.mark.parametrize("kind", ["folder", "link to a file", "link to an equal file", "link into nothing"])
def test_what_stands_where_a_file_must_be_makes_way(kind: str, root: Path, tmp_path: Path) -> None:
    """A folder with all inside; a link is replaced, not followed, be what it leads to equal or not."""
    theirs = tmp_path / "theirs"
    theirs.write_bytes(b"page" if "equal" in kind else b"theirs")
    left(root)
    file = root / PATH / "index.html"
    file.unlink()
    if kind == "folder":
        (file / "inner").mkdir(parents=True)
        (file / "inner/index.html").write_bytes(b"page")
    else:
        file.symlink_to("nowhere" if "nothing" in kind else theirs)
    _, done = left(root)
    assert (file.is_symlink(), of_page(root)) == (False, PAGE)
    assert (done.written, done.unchanged) == (1, 1)
    assert theirs.read_bytes() == (b"page" if "equal" in kind else b"theirs")


def test_everybody_may_read_whatever_the_umask(root: Path) -> None:
    """A web server that runs as another user meets 0644 and 0755; a mode that was changed is set right again."""
    with umask(0o077):
        left(root)
        (root / PATH / "index.html").chmod(0o600)
        (root / PATH / "photo.jpg").chmod(0o777)
        _, done = left(root)
        left(root, {"index.html": b"another"}, "S/3F/7K2MC")
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (root, *root.rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o644}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o755}
    assert done == Tally(written=0, unchanged=2, removed=0)


def test_a_page_that_cannot_be_written_whole_is_not_half_there(root: Path) -> None:
    """A full disk leaves the old page, or none."""
    left(root)
    for path in (PATH, "S/3F/7K2MC"):
        with files_end_at(1_000), pytest.raises(OSError, match="File too large"):
            left(root, {"index.html": b"x" * 2_000}, path)
    assert contents(root) == {f"{PATH}/{name}": data for name, data in PAGE.items()}


def test_workers_make_what_one_makes(tmp_path: Path) -> None:
    """Also where many make the same folders at the same moment."""
    pages = [f"D/{number % 3:02}/{number:05}" for number in range(600)]
    one, many = tmp_path / "one", tmp_path / "many"
    made = {}
    for root, crew in ((one, Crew()), (many, Crew(3))):
        work = crew.do(_put, pages, _start, (root,), title="", sizes=[1] * len(pages), alone_up_to=0)
        made[root] = dict(work)
    assert contents(many) == contents(one)
    assert len(contents(one)) == 600
    assert all(is_intact(many, leaf) for leaf in made[many].values())


def _start(root: Path) -> None:
    global _root  # noqa: PLW0603 - the state of a worker
    _root = root


def _put(path: str) -> Leaf:
    return put_leaf(_root, path, {"index.html": path.encode()}, Tally())


def test_a_stamp_is_that_of_the_thing_itself(tmp_path: Path) -> None:
    """Not of what a link leads to; none where there is nothing, or no folder to look into."""
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"12345")
    link.symlink_to(file)
    found = stamp(str(file))
    assert found is not None
    assert found[2] == 5
    assert stamp(str(link)) not in (None, found)
    assert stamp(str(tmp_path / "gone")) is None
    assert stamp(str(file / "below")) is None


NAMES = st.sampled_from(["index.html", "photo.jpg", "a", ".b"])
FILES = st.dictionaries(NAMES, st.sampled_from([b"", b"one", b"two", b"x" * 5_000]), min_size=1)


@settings(GENTLE)
@given(st.lists(st.tuples(FILES, st.dictionaries(NAMES, st.none())), min_size=1, max_size=4))
def test_any_row_of_pages_ends_with_exactly_the_last(
    tmp_path_factory: pytest.TempPathFactory, row: list[tuple[dict[str, bytes], dict[str, None]]]
) -> None:
    """Whatever was there before, folders in the place of files included; every change is counted."""
    root = tmp_path_factory.mktemp("row")
    for files, folders in row:
        leaf, done = left(root, files)
        assert of_page(root) == files
        assert done.written + done.unchanged == len(files)
        assert is_intact(root, leaf)
        for name in folders:
            at = root / PATH / name
            at.unlink(missing_ok=True)
            (at / "inner").mkdir(parents=True)
    shutil.rmtree(root)
    root.mkdir()
    assert left(root, row[-1][0])[1] == Tally(written=len(row[-1][0]))


def test_a_link_to_a_folder_is_replaced_and_what_it_leads_to_is_left_alone(root: Path, tmp_path: Path) -> None:
    """The page is written into a folder of its own."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_text("kept")
    (root / PATH).parent.mkdir(parents=True)
    (root / PATH).symlink_to(elsewhere)
    leaf, _ = left(root)
    assert of_page(root) == PAGE
    assert not (root / PATH).is_symlink()
    assert contents(elsewhere) == {"kept.txt": b"kept"}
    assert is_intact(root, leaf)


def test_a_folder_that_a_web_server_cannot_open_is_opened(root: Path) -> None:
    """Its mode is mended when the page is made again."""
    left(root)
    (root / PATH).chmod(0o700)
    left(root)
    assert stat.S_IMODE((root / PATH).stat().st_mode) == 0o755
