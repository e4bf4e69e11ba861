"""What others may do between two builds: to the built site, and to what the program remembers."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from support.editing.desk import Desk, Edit


def _page(desk: Desk) -> Path:
    return desk.pick(sorted(path for path in desk.out.rglob("*") if path.is_file() and not path.is_symlink()))


def _name(desk: Desk, path: Path) -> str:
    return path.relative_to(desk.out).as_posix()


def _another_byte(desk: Desk, file: Path) -> None:
    """One byte differs; size and times are those of before."""
    before, data = file.stat(), bytearray(file.read_bytes())
    if data:
        data[desk.chance.randrange(len(data))] ^= 1
    file.write_bytes(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def delete_page(desk: Desk) -> str:
    """A file is gone."""
    page = _page(desk)
    page.unlink()
    return f"output: {_name(desk, page)} is deleted"


def delete_folder(desk: Desk) -> str:
    """A folder is gone with all that was in it."""
    folder = desk.pick(sorted(path for path in desk.out.rglob("*") if path.is_dir()))
    shutil.rmtree(folder)
    return f"output: {_name(desk, folder)}/ is deleted"


def change_page(desk: Desk) -> str:
    """A byte of a file differs, and neither size nor time tells."""
    page = _page(desk)
    _another_byte(desk, page)
    return f"output: a byte of {_name(desk, page)} differs"


def cut_page(desk: Desk) -> str:
    """A file is empty."""
    page = _page(desk)
    page.write_bytes(b"")
    return f"output: {_name(desk, page)} is empty"


def trade_pages(desk: Desk) -> str:
    """Two files swap their places."""
    one, other, spare = _page(desk), _page(desk), desk.out / "spare"
    one.rename(spare)
    if other != one:
        other.rename(one)
    spare.rename(other)
    return f"output: {_name(desk, one)} and {_name(desk, other)} swap places"


def stray(desk: Desk) -> str:
    """A file and an empty folder that no build made."""
    folder = _page(desk).parent
    desk.fresh(folder, "stray", ".html").write_text("stray", "utf-8")
    (empty := desk.fresh(folder, "empty") / "deeper").mkdir(parents=True)
    return f"output: something stray in {_name(desk, empty.parent.parent)}/"


def folder_for_page(desk: Desk) -> str:
    """Where a file was is a folder, with something in it."""
    page = _page(desk)
    page.unlink()
    page.mkdir()
    (page / "inner.html").write_text("inner", "utf-8")
    return f"output: {_name(desk, page)} is a folder"


def file_for_folder(desk: Desk) -> str:
    """Where a folder was is a file."""
    folder = desk.pick(sorted(path for path in desk.out.rglob("*") if path.is_dir()))
    shutil.rmtree(folder)
    folder.write_text("no folder", "utf-8")
    return f"output: {_name(desk, folder)} is a file"


def no_output(desk: Desk) -> str:
    """The whole site is gone, the memory of it is not."""
    shutil.rmtree(desk.out)
    return "output: everything is deleted"


def earlier_output(desk: Desk) -> str:
    """The site of some builds ago is back, with its times."""
    kept = desk.pick(path for path in [kept_output(desk)] if path.exists())
    shutil.rmtree(desk.out)
    shutil.copytree(kept, desk.out)
    return "output: that of the first build is back"


def earlier_cache(desk: Desk) -> str:
    """What the program remembered some builds ago is back, with its times."""
    if kept_cache(desk).exists():
        shutil.rmtree(desk.cache, ignore_errors=True)
        shutil.copytree(kept_cache(desk), desk.cache)
    return "cache: that of the first build is back"


def kept_output(desk: Desk) -> Path:
    """Where `keep` leaves the site."""
    return desk.cache.with_name("kept-site")


def kept_cache(desk: Desk) -> Path:
    """Where `keep` leaves the caches."""
    return desk.cache.with_name("kept-cache")


def keep(desk: Desk) -> None:
    """Remember the site and the caches as they are, for the two edits that bring them back."""
    shutil.copytree(desk.out, kept_output(desk))
    if desk.cache.exists():
        shutil.copytree(desk.cache, kept_cache(desk))


def no_cache(desk: Desk) -> str:
    """The program remembers nothing."""
    for folder in _caches(desk):
        shutil.rmtree(folder, ignore_errors=True)
    return "cache: everything is deleted"


def less_cache(desk: Desk) -> str:
    """Some files are gone."""
    return _damage(desk, "deleted", Path.unlink)


def cut_cache(desk: Desk) -> str:
    """Some files end in the middle."""
    return _damage(desk, "cut", lambda file: os.truncate(file, file.stat().st_size // 2))


def empty_cache(desk: Desk) -> str:
    """Some files are empty."""
    return _damage(desk, "empty", lambda file: os.truncate(file, 0))


def garbage_cache(desk: Desk) -> str:
    """Some files hold anything."""
    noise = random.Random(desk.chance.random())
    return _damage(desk, "garbage", lambda file: file.write_bytes(noise.randbytes(300)))


def wrong_cache(desk: Desk) -> str:
    """A byte of some files differs, and neither size nor time tells."""
    return _damage(desk, "wrong in a byte", lambda file: _another_byte(desk, file))


def folder_for_cache(desk: Desk) -> str:
    """Where some files were are folders."""

    def turn(file: Path) -> None:
        file.unlink()
        file.mkdir()

    return _damage(desk, "folders", turn)


def trade_cache(desk: Desk) -> str:
    """Files are whole, and each has the name of another."""
    files = _cache_files(desk)
    contents = [file.read_bytes() for file in files]
    for file, data in zip(files, contents[1:] + contents[:1], strict=True):
        file.write_bytes(data)
    return f"cache: {len(files)} files swap contents"


def _caches(desk: Desk) -> list[Path]:
    return [folder for folder in (desk.cache, desk.root / ".cache") if folder.is_dir()]


def _cache_files(desk: Desk) -> list[Path]:
    return sorted(file for folder in _caches(desk) for file in folder.rglob("*") if file.is_file())


def _damage(desk: Desk, words: str, act: Callable[[Path], object]) -> str:
    """Do something to about half of the files."""
    files = _cache_files(desk)
    chosen = [file for file in files if desk.chance.random() < 0.5] or files[:1]
    for file in chosen:
        act(file)
    return f"cache: {words}: {', '.join(file.name for file in chosen)}"


SITE_EDITS: tuple[Edit, ...] = (
    *(delete_page, delete_folder, change_page, cut_page, trade_pages, stray, folder_for_page, file_for_folder),
    *(no_output, earlier_output),
)
CACHE_EDITS: tuple[Edit, ...] = (
    *(earlier_cache, no_cache, less_cache, cut_cache, empty_cache, garbage_cache, wrong_cache, folder_for_cache),
    trade_cache,
)
EDITS = SITE_EDITS + CACHE_EDITS
