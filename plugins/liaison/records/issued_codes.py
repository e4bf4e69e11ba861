"""Codes of stations and deputies as an earlier version has them, read from Git: of the files that are not the same now.

Every record there counts as published: codes are drawn to be printed.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from liaison.model import codes
from liaison.model.deputies import Deputy
from liaison.model.holders import Broken, Holder, HolderKind, short_digest
from liaison.model.stations import Station

from .document import Node
from .filed import Filed
from .loader import read
from .text import decode, is_unseen, shown
from .versions import MODULE, BaseError, Version

_FOLDER = "stations"
_SHOWN = ("active", "former")
"""Deputies of any other status, a misspelt one too, are nobody in particular."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A code and the record that has it."""

    code: str
    file: str
    name: str
    formerly: tuple[str, ...]
    is_hidden: bool
    """Whether the name of the person must not be told."""
    holder: Holder
    """With the name even of who is hidden: for comparing here, never to be published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCodes:
    """What a version says of codes, as far as it may not hold any more."""

    ref: str
    """What the version was called by whoever asked."""
    has_more: bool
    """Whether the version has commits that are not in what it is compared with."""
    held: tuple[Held, ...]
    """From the files that differ, in file order."""
    same: frozenset[str]
    """Files of records that are now what they were, so that they were not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unkept:
    """A code of an earlier version that did not stay with its holder.

    Names are empty where they must not be told: not only the office reads reports.
    """

    ref: str
    is_behind: bool
    """Whether what is compared lacks commits of the version, so that a record may be new there."""
    broken: Broken
    was: Held
    now: Held | None
    """The record that is to be mended: the one with the code, else the one with the other code; None without either."""
    is_file_there: bool
    """Whether there is a record where the code's was."""


def codes_at(version: Version) -> IssuedCodes:
    """The codes of a version. Records that cannot be read there are left out. Raises `BaseError`."""
    differing = version.differing(_FOLDER)
    for path, mode in differing.items():
        if mode == MODULE and _kind(path) is None:
            raise BaseError(f"{shown(path, 120)} 在 {shown(version.ref)} 里是子模块，其中的编号不能比较")
    files = {path: blob for path, blob in version.files(f"{_FOLDER}/").items() if _kind(path) is not None}
    unwatched = version.unwatched(_FOLDER)
    other = {path for path in differing.keys() & files.keys() if not version.is_touched_only(path, files[path])}
    other |= {path for path in unwatched & files.keys() if os.path.lexists(version.root / path)}
    blobs = {path: files[path] for path in sorted(other)}
    contents = version.contents(list(blobs.values()))
    held = (_held(path, data) for path, data in zip(blobs, contents, strict=True))
    return IssuedCodes(
        ref=version.ref,
        has_more=version.has_more(),
        held=tuple(one for one in held if one is not None),
        same=frozenset(files.keys() - blobs.keys()),
    )


def held_now(filed: Filed[Station] | Filed[Deputy]) -> Held:
    """The code of a record as it is now; nothing is concluded from a name that could not be read."""
    record = filed.record
    name = "" if filed.lacks("name") else record.name
    status = "" if filed.lacks("status") else record.status
    return _made(filed.file, record.code, name, record.former_names, status)


def _held(file: str, data: bytes) -> Held | None:
    text = decode(data)
    document = read(text) if isinstance(text, str) else None
    if document is None or document.broken or not isinstance(document.tree, dict):
        return None
    code, name, status = (_text(document.tree.get(key)) for key in ("code", "name", "status"))
    former = document.tree.get("former_names")
    formerly = [_text(one) for one in former] if isinstance(former, list) else []
    if not codes.is_valid(code):
        return None
    return _made(file, code, name, formerly, status)


def _text(node: Node | None) -> str:
    return node if isinstance(node, str) else ""


def _made(file: str, code: str, name: str, formerly: Iterable[str], status: str) -> Held:
    kind = _kind(file) or "station"
    return Held(
        code=code,
        file=file,
        name=name,
        formerly=tuple(formerly),
        is_hidden=kind == "deputy" and status not in _SHOWN,
        holder=Holder(
            kind=kind,
            status=status,
            fields={"name": name_digest(name)} if name else {},
            formerly=tuple(name_digest(one) for one in formerly),
        ),
    )


def name_digest(name: str) -> str:
    """Of a name as it is seen: blanks, and characters that were mended because they only look right, do not count."""
    folded = unicodedata.normalize("NFKC", name)
    return short_digest("".join(char for char in folded if not char.isspace() and not is_unseen(char)))


def _kind(file: str) -> HolderKind | None:
    """Whose record a file is by where it lies; None where it is no record."""
    match file.split("/"):
        case [_, _, _, "station.yml"]:
            return "station"
        case [_, _, _, "deputies", last] if last.endswith(".yml"):
            return "deputy"
    return None
