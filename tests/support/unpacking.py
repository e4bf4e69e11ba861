"""What a clerk does with archives: unpack them over what is there, one after another, then delete what a list names."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from liaison.publish.archives import Packed


def _by_python(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        opened.extractall(folder)


def _by_unzip(archive: Path, folder: Path) -> None:
    if shutil.which("unzip") is None:
        pytest.skip("needs unzip")
    _run("unzip", "-q", "-o", str(archive), "-d", str(folder))


def _by_7z(archive: Path, folder: Path) -> None:
    program = next(filter(shutil.which, ("7z", "7zz", "7za")), None)
    if program is None:
        pytest.skip("needs 7z")
    _run(program, "x", "-y", "-aoa", "-bd", f"-o{folder}", str(archive))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in (done.stdout + done.stderr).lower()


TOOLS: dict[str, Callable[[Path, Path], None]] = {"python": _by_python, "unzip": _by_unzip, "7z": _by_7z}
"""How an archive is unpacked over a folder."""


def unpack(archives: Iterable[Path], folder: Path, tool: str = "python") -> None:
    """Unpack in order."""
    folder.mkdir(exist_ok=True)
    for archive in archives:
        TOOLS[tool](archive, folder)


def update(packed: Packed, folder: Path, tool: str = "python") -> None:
    """Do with the update what the sheet says."""
    unpack(packed.update, folder, tool)
    if packed.deletions:
        delete(packed.deletions, folder)


def delete(deletions: Path, folder: Path) -> None:
    """Delete what a list names; empty folders stay."""
    text = deletions.read_bytes().decode("ascii")
    assert text.endswith("\r\n")
    for path in text.removesuffix("\r\n").split("\r\n"):
        (folder / path).unlink()


def names(archives: Iterable[Path]) -> list[str]:
    """What lies in archives, in order."""
    return [name for archive in archives for name in zipfile.ZipFile(archive).namelist()]


def held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


PACK = """
import os, sys
from pathlib import Path
os.umask(int(sys.argv[3], 8))
from liaison.model.site import Archiving
from liaison.publish.archives import pack
from liaison.publish.manifest import Manifest
from liaison.workers import Crew
from datetime import UTC, datetime
site, old, out = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[4])
bounds = Archiving(files=40)
pack(site, Manifest.read(site), Manifest.read(old), out, archiving=bounds, site_name="示例站",
     made_on=datetime(2026, 11, 20, 8, tzinfo=UTC), crew=Crew(int(sys.argv[5])))
"""
"""A program that makes archives: of a release, against an earlier one, under an umask, where to, by how many."""
