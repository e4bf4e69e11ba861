"""Whether the files are there that `print` in `site.yml` names: a logo, a folder of fonts, a profile.

They are looked at on every run, so that nothing is remembered of a file that is gone.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from liaison.model.site import Printing

LOGOS = (".svg", ".png")
FONTS = (".otf", ".ttf", ".ttc")


def is_within(path: str) -> bool:
    """Whether a path is written as one below the site's root."""
    parts = PurePosixPath(path).parts
    return bool(parts) and parts[0] != "/" and ".." not in parts and "\\" not in path


def there(root: Path, printing: Printing) -> frozenset[str]:
    """The keys of `print` that name a file, or a folder with fonts in it, which is there; not elsewhere by a link."""
    looks = {"logo": _is_file, "fonts": _holds_fonts, "icc": _is_file}
    named = {key: getattr(printing, key) for key in looks}
    return frozenset(key for key, path in named.items() if path and is_within(path) and looks[key](root, root / path))


def _is_file(root: Path, path: Path) -> bool:
    at = _inside(root, path)
    return at is not None and at.is_file()


def _holds_fonts(root: Path, path: Path) -> bool:
    at = _inside(root, path)
    try:
        return at is not None and any(one.name.lower().endswith(FONTS) and _is_file(root, one) for one in at.rglob("*"))
    except OSError:
        return False


def _inside(root: Path, path: Path) -> Path | None:
    """Where something is, if it is below the root."""
    try:
        at = path.resolve(strict=True)
    except (OSError, ValueError, RuntimeError):  # not there, not a path at all, or a ring of links
        return None
    return at if at.is_relative_to(root.resolve()) else None
