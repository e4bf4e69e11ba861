"""Pictures from `content/` as they are shown: made once, then taken from the shelf as long as the file is the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from liaison.build.listed import told
from liaison.render import photos
from liaison.shelf import Shelf, digest


class Pictures:
    """Re-encodes pictures by their path below the site's root."""

    def __init__(self, root: Path, shelf: Shelf) -> None:
        self._root, self._shelf = root, shelf.below("pictures")

    def wide(self, file: str) -> photos.Encoded:
        """The picture of a lesson or series. Raises `PhotoError`."""
        return self._made(file, "wide", photos.encode_wide)

    def plain(self, file: str) -> photos.Encoded:
        """A picture in a text: as it is, but without what was noted beside its pixels. Raises `PhotoError`."""
        return self._made(file, "plain", photos.strip)

    def _made(self, file: str, way: str, work: Callable[[bytes], photos.Encoded]) -> photos.Encoded:
        name = f"{way}-{digest((self._root / file).read_bytes()).hex()}"
        found = self._shelf.get(name)
        if isinstance(found, photos.Encoded):
            return found
        made = told(file, work, self._root)
        self._shelf.put(name, made)
        return made
