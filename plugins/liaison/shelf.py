"""What was made before, kept in files outside the site: a cache that may be lost, shared or damaged at any time.

Every file says which version of the program made it and carries a digest of its content: what another version made, or
what is not whole, is as if it were not there. A file is put in place in one step, so that several runs at once, or one
that is killed, leave nothing half written. Nothing is believed because of its name: whoever asks compares the key that
was stored with what is there.

The files are pickles, so they lie in the folder of the user's own caches, never in the repository, where a pull request
could plant one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import shutil
import sys
import tempfile
import time
import weakref
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

VARIABLE = "LIAISON_CACHE"
"""Names another folder for the cache; empty text means to keep nothing."""

_LIBRARIES = (
    *("chinesecalendar", "jinja2", "markupsafe", "pillow", "pydantic", "pydantic-core"),
    *("markdown", "nh3", "pypinyin", "python-stdnum", "pyyaml", "qrcode"),
)
"""What decides on the bytes of pages and on problems, besides this package."""

_DIGEST = 16
_HALF = ".new-"
_ABOUT = ".about"
_DAY = 86_400
_A_WHILE = 3_600


def digest(*parts: bytes) -> bytes:
    """A short digest of some bytes; the borders between them count."""
    made = hashlib.blake2b(digest_size=_DIGEST)
    for part in parts:
        made.update(len(part).to_bytes(8, "little"))
        made.update(part)
    return made.digest()


@cache
def version() -> bytes:
    """Of the program: its own source, the libraries that decide on results, and Python."""
    root = Path(__file__).parent
    sources = sorted(root.rglob("*.py"))
    own = [part for file in sources for part in (file.relative_to(root).as_posix().encode(), file.read_bytes())]
    others = [f"{name} {metadata.version(name)}".encode() for name in _LIBRARIES]
    return digest(*own, *others, sys.version.encode(), zlib.ZLIB_RUNTIME_VERSION.encode())


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Shelf:
    """A folder of such files."""

    folder: Path

    def get(self, name: str) -> Any:  # noqa: ANN401 - whatever was put there
        """What was put under a name; None where nothing usable is."""
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        return unpacked(data)

    def put(self, name: str, value: object) -> None:
        """Keep a value. Raises `OSError`."""
        self.put_packed(name, packed(value))

    def put_packed(self, name: str, data: bytes) -> None:
        """Keep what `packed` made. Raises `OSError`."""
        _made(self.folder)  # somebody may have removed it
        handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=_HALF)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            _put_in_place(Path(temporary), self.folder / name)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def keep_only(self, names: Iterable[str]) -> None:
        """Drop every other file; of those half written, the ones that no run can be at any more."""
        kept, yesterday = set(names), time.time() - _DAY
        try:
            for entry in os.scandir(self.folder):
                is_half = entry.name.startswith(_HALF) and entry.stat().st_mtime < yesterday
                if entry.is_file() and entry.name not in kept and (is_half or not entry.name.startswith(".")):
                    Path(entry.path).unlink(missing_ok=True)
        except OSError:
            return

    def below(self, name: str) -> Shelf:
        """A shelf inside this one."""
        return Shelf(_made(self.folder / name))

    def change_places(self, name: str, one: Path, other: Path) -> None:
        """What is kept about two folders follows them when they have changed places."""
        first, second = (_about(self.folder / name, folder) for folder in (one, other))
        _swap(first, second)
        for folder, of in ((first, one), (second, other)):
            (folder / _ABOUT).write_bytes(os.fsencode(of.resolve()))

    def below_for(self, name: str, of: Path) -> Shelf:
        """A shelf inside this one about a folder elsewhere; those about folders that are gone are dropped."""
        return Shelf(_about(self.folder / name, of))


def _swap(one: Path, other: Path) -> None:
    """Let two folders of the cache change places."""
    between = one.with_name(f"{_HALF}{one.name}")
    shutil.rmtree(between, ignore_errors=True)
    one.rename(between)
    other.rename(one)
    between.rename(other)


def packed(value: object) -> bytes:
    """A value as the bytes of a file."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return version() + digest(content) + content


def unpacked(data: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """The value again; None where the bytes are not whole or of another version."""
    content = data[2 * _DIGEST :]
    if data[:_DIGEST] != version() or data[_DIGEST : 2 * _DIGEST] != digest(content):
        return None
    return pickle.loads(content)  # noqa: S301 - made by this program, see above


def passing() -> Shelf:
    """A shelf that goes with the last that holds it, in the process that made it."""
    shelf = Shelf(Path(tempfile.mkdtemp(prefix="liaison-")))
    weakref.finalize(shelf, _remove, shelf.folder, os.getpid())
    return shelf


def _remove(folder: Path, maker: int) -> None:
    if os.getpid() == maker:
        shutil.rmtree(folder, ignore_errors=True)


def usual_folder() -> Path | None:
    """Where this user's caches of the program lie; None where nothing is to be kept."""
    if (named := os.environ.get(VARIABLE)) is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - may not expand
    return Path(base) / "liaison" if Path(base).is_absolute() else None


def open_for(root: Path) -> Shelf | None:
    """The shelf for the site at `root`; None where nothing can be kept, or where others could put something.

    That is in a folder of somebody else, one that others may write to, and in the site itself: a pull request could
    plant a pickle there.
    """
    base = usual_folder()
    if base is None or base.resolve().is_relative_to(root.resolve()):
        return None
    try:
        _made(base, is_ours=False)
        folder = _about(base, root)
        is_safe = all(_is_own(one) for one in (base, folder)) and not folder.stat().st_mode & _OTHERS_MAY_WRITE
    except OSError:
        return None
    return Shelf(folder) if is_safe and os.access(folder, os.W_OK) else None


def lend(root: Path, other: Path, only: str = "") -> None:
    """Let the shelf for the site at `other` hold what is kept for the one at `root`, its near twin.

    With `only`, what is kept under that name and nothing else. Files are shared, not copied: none is ever changed, only
    replaced.
    """
    source, target = open_for(root), open_for(other)
    if source is None or target is None:
        return
    if only:
        shutil.rmtree(target.folder / only, ignore_errors=True)
    for folder, _, names in os.walk(source.folder / only):
        to = _made(target.folder / Path(folder).relative_to(source.folder))
        for name in names:
            if name != _ABOUT or folder != str(source.folder):
                (to / name).unlink(missing_ok=True)
                with contextlib.suppress(OSError):  # another run may be at it, or the disk may know no links
                    os.link(f"{folder}/{name}", to / name)


_OTHERS_MAY_WRITE = 0o022


def _is_own(folder: Path) -> bool:
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()


def _about(base: Path, what: Path) -> Path:
    """The folder below `base` that is about another folder, which it names; orphans beside it are dropped."""
    at = os.fsencode(what.resolve())
    folder = _made(base) / digest(at).hex()
    if not folder.exists():
        _drop_orphans(base)
        (_made(folder) / _ABOUT).write_bytes(at)
    return folder


def _made(folder: Path, *, is_ours: bool = True) -> Path:
    """Make a folder; what stands in the way of one of ours is removed."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        if not is_ours:
            raise
        folder.unlink()
        folder.mkdir(mode=0o700)
    return folder


def _put_in_place(file: Path, target: Path) -> None:
    try:
        file.replace(target)
    except IsADirectoryError:  # the same
        shutil.rmtree(target)
        file.replace(target)


def _drop_orphans(base: Path) -> None:
    """Remove what is about folders that are gone, but not what another run has just begun."""
    before = time.time() - _A_WHILE
    for note in base.glob(f"*/{_ABOUT}"):
        with contextlib.suppress(OSError):  # another run is at it
            about = note.read_bytes()
            is_ours = note.parent.name == digest(about).hex()
            if is_ours and note.stat().st_mtime < before and not os.path.lexists(about):
                shutil.rmtree(note.parent, ignore_errors=True)
