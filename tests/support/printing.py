"""Print runs for tests: small sites that can be printed, and the real command at work on them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from liaison.plan.kinds import KINDS
from support.sites import REPOSITORY, copy_site, environment
from support.small import base_site

PROGRAM = Path(sys.executable).with_name("liaison")
ALL_KINDS = tuple(word for name in KINDS for word in ("--kind", name))

YUFENG, CENTRE = "3F7K2MC", "TK58CWB"
ZENG, GULI, LIANG = "7K3M9TY", "Q2RX7DK", "HKN2WJH"
"""Two stations of the sample in two townships; two deputies of the first, one with a photo, and one of the second."""

STATIONS = {YUFENG, CENTRE}
FEW = tuple(word for key in (YUFENG, CENTRE, ZENG, GULI, LIANG) for word in ("--code", key))
LESSONS = ("minfadian/04", "minfadian/07")
Done = subprocess.CompletedProcess[str]

_LESSONS = ("index.md", "04-minjian-jiedai.md", "07-zhaijidi.md")


def printable_base(to: Path) -> Path:
    """The small site without problems, with what it is printed with."""
    shutil.copytree(REPOSITORY / "overrides/print", base_site(to) / "overrides/print")
    return to


def small_sample(to: Path) -> Path:
    """One county of the sample, and two lessons; it can be built too."""
    copy_site(to)
    for folder in (to / "stations").iterdir():
        if folder.is_dir() and folder.name != "lianyuan":
            shutil.rmtree(folder)
    shutil.rmtree(to / "content/episodes/daibiaofa")
    for file in (to / "content/episodes/minfadian").iterdir():
        if file.name not in _LESSONS:
            file.unlink()
    return to


def liaison(command: str, site: Path, *args: str | Path, umask: int = -1, **variables: str) -> Done:
    """The command as somebody types it at a shell, with nobody to answer questions; the outcome is not judged."""
    return subprocess.run(
        [PROGRAM, command, "--site", site, *args],
        cwd=site,
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        umask=umask,
    )


def posters(site: Path, *args: str | Path, umask: int = -1, **variables: str) -> Path:
    """The folder of a run for the office that went well."""
    done = liaison("posters", site, "--yes", *args, umask=umask, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    return site / "posters/office"


def files_of(folder: Path) -> dict[str, dict[str, Any]]:
    """What the manifest of a run says of each file, by path."""
    found: dict[str, dict[str, Any]] = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    return found


def payload(base: str, key: str) -> str:
    """What the code of a record or lesson must hold: capitals up to the last sign, where the base has them."""
    if "/" in key:
        return f"{base}episodes/{key}/"
    return f"{base}{'S' if key in STATIONS else 'D'}/{key[:2]}/{key[2:]}/"
