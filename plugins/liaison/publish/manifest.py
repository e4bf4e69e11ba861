"""What a release holds: every file with its SHA-256, every code with its holder, and what all of it was made from.

It lies in the release as `manifest.json`, not listed in itself, and goes online with it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from liaison.model.holders import Holder

NAME = "manifest.json"
_FORMAT = 1
_SHA256 = 64


class ManifestError(ValueError):
    """The bytes are no manifest of a release; says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: what its bytes are."""

    sha256: str
    """In hexadecimal."""
    size: int
    """Bytes."""

    @classmethod
    def of(cls, data: bytes) -> Entry:
        """The entry of a file with these bytes."""
        return cls(hashlib.sha256(data).hexdigest(), len(data))


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The files and codes of a release."""

    url: str
    """Where the site stands: `url` of `site.yml`."""
    code_base: str
    """What every printed code begins with."""
    today: date
    """The day it was made for."""
    made_on: datetime
    """When its source was made, in UTC: the last commit."""
    commit: str = ""
    """The version of the source; empty outside Git, ends in `+` where something was not committed."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Of this program, Python, and libraries that decide on bytes."""
    files: Mapping[str, Entry] = field(default_factory=dict)
    """By path below the release."""
    holders: Mapping[str, Holder] = field(default_factory=dict)
    """By code."""

    @cached_property
    def tree(self) -> str:
        """SHA-256 over all files, in hexadecimal: what is signed. Day, commit and versions are not part of it."""
        made = hashlib.sha256()
        for path in sorted(self.files):
            entry = self.files[path]
            made.update(f"{entry.sha256} {entry.size} {path}\n".encode())
        return made.hexdigest()

    @property
    def pages(self) -> list[str]:
        """Paths of HTML files."""
        return [path for path in self.files if path.endswith(".html")]

    def as_bytes(self) -> bytes:
        """For the file: JSON, a line for each file and code."""
        about = {
            "format": _FORMAT,
            "url": self.url,
            "code_base": self.code_base,
            "today": self.today.isoformat(),
            "made_on": f"{self.made_on.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "commit": self.commit,
            "versions": dict(sorted(self.versions.items())),
            "tree": self.tree,
        }
        head = json.dumps(about, ensure_ascii=False, indent=1)[:-2]
        files = ",\n".join(_file(path, self.files[path]) for path in sorted(self.files))
        holders = ",\n".join(_holder(code, self.holders[code]) for code in sorted(self.holders))
        return f'{head},\n "files": [\n{files}\n ],\n "codes": {{\n{holders}\n }}\n}}\n'.encode()

    @classmethod
    def of(cls, data: bytes) -> Manifest:
        """From the file. Raises `ManifestError` where it is damaged or of another format."""
        try:
            held = json.loads(data)
            if held["format"] != _FORMAT:
                raise ManifestError(f"{NAME} 是别的版本做的，请用同一版本的程序")
            found = cls(
                url=_text(held["url"]),
                code_base=_text(held["code_base"]),
                today=date.fromisoformat(held["today"]),
                made_on=datetime.fromisoformat(held["made_on"]),
                commit=_text(held["commit"]),
                versions={_text(name): _text(value) for name, value in held["versions"].items()},
                files={_below(one["path"]): _entry(one) for one in held["files"]},
                holders={_text(code): _held(one) for code, one in held["codes"].items()},
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            if isinstance(error, ManifestError):
                raise
            raise ManifestError(f"{NAME} 不完整，或者不是站点的清单") from error
        if found.tree != held.get("tree") or found.made_on.tzinfo is None:
            raise ManifestError(f"{NAME} 里的文件表和它自己的校验值对不上，清单被改动过")
        return found

    @classmethod
    def read(cls, file: Path) -> Manifest:
        """From a file, or from the folder of a release. Raises `ManifestError`, and `OSError`."""
        return cls.of((file / NAME if file.is_dir() else file).read_bytes())


@dataclass(frozen=True, slots=True)
class Difference:
    """How one release differs from an earlier one, in paths, each sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_none(self) -> bool:
        """Whether every file is the same."""
        return not (self.added or self.changed or self.removed)

    @classmethod
    def between(cls, before: Manifest | None, after: Manifest) -> Difference:
        """From an earlier release, or from nothing, to a later one."""
        was = before.files if before else {}
        return cls(
            tuple(sorted(path for path in after.files if path not in was)),
            tuple(sorted(path for path, entry in after.files.items() if path in was and was[path] != entry)),
            tuple(sorted(path for path in was if path not in after.files)),
        )


_LISTS = ("sitemap", "robots.txt", "feed", "rss")


def upload_order(paths: Iterable[str]) -> list[str]:
    """In this order an upload that stops anywhere lacks nothing that a page asks for.

    First what pages load, then pages, the deepest first so that a page comes after those it leads to; then what lists
    pages; last the manifest, which says that all is there.
    """
    return sorted(paths, key=_rank)


def _rank(path: str) -> tuple[int, int, str]:
    name = path.rpartition("/")[2]
    if path == NAME:
        return 3, 0, path
    if name.startswith(_LISTS):
        return 2, 0, path
    return (1, -path.count("/"), path) if name.endswith(".html") else (0, 0, path)


def _file(path: str, entry: Entry) -> str:
    return f'  {{"path": {json.dumps(path)}, "sha256": "{entry.sha256}", "size": {entry.size}}}'


def _holder(code: str, holder: Holder) -> str:
    held: dict[str, Any] = {"kind": holder.kind, "status": holder.status}
    if holder.fields:
        held["fields"] = " ".join(f"{name}:{made}" for name, made in sorted(holder.fields.items()))
    if holder.formerly:
        held["formerly"] = " ".join(holder.formerly)
    return f'  "{code}": {json.dumps(held, ensure_ascii=False)}'


def _held(one: Mapping[str, str]) -> Holder:
    if one["kind"] not in {"station", "deputy"}:
        raise ValueError(one["kind"])
    pairs = (part.partition(":") for part in one.get("fields", "").split())
    return Holder(
        kind="station" if one["kind"] == "station" else "deputy",
        status=_text(one["status"]),
        fields={name: made for name, _, made in pairs},
        formerly=tuple(one.get("formerly", "").split()),
    )


def _entry(one: Mapping[str, Any]) -> Entry:
    sha256, size = one["sha256"], one["size"]
    if len(_text(sha256)) != _SHA256 or type(size) is not int or size < 0:
        raise ValueError(sha256)
    return Entry(sha256, size)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _below(path: str) -> str:
    """The path, if it lies below the release and is spelled plainly. Raises `ValueError`."""
    if "\\" in path or path == NAME or any(part in {"", ".", ".."} for part in path.split("/")):
        raise ValueError(path)
    return path
