"""Commands in figures: wall time, processor time, peak memory of all their processes; files and bytes they left."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

EVERY = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Command:
    """What to run, where, and with what besides the usual environment."""

    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Series:
    """Runs of one thing: wall seconds and processor seconds, in the order they were made."""

    name: str
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """Median wall seconds."""
        return median(self.wall)

    def as_json(self) -> dict[str, Any]:
        """For the results file."""
        return asdict(self)


class CommandError(RuntimeError):
    """A measured command failed; holds the end of what it said."""


class Meter:
    """Runs commands. What they say goes to `log`; what they cache beside the site goes to `cache`."""

    def __init__(self, log: Path, cache: Path) -> None:
        self.log = log
        self.cache = cache

    def time(self, command: Command, series: Series) -> None:
        """Run it and add its times to a series; what earlier runs left to be written is on disk by then."""
        os.sync()
        process, started = self._start(command), time.perf_counter()
        _, status, used = os.wait4(process.pid, 0)
        series.wall.append(time.perf_counter() - started)
        series.processor.append(used.ru_utime + used.ru_stime)
        self._check(command, os.waitstatus_to_exitcode(status))
        process.returncode = 0
        print(f"{series.name}: {series.wall[-1]:.2f} s, processor {series.processor[-1]:.2f} s", flush=True)

    def peak(self, command: Command, name: str) -> int:
        """Run it apart from any timing and return the largest sum of memory seen, in bytes (see `memory_of`)."""
        process = self._start(command)
        seen, done = [0], threading.Event()

        def look() -> None:
            while not done.wait(EVERY):
                seen.append(memory_of(process.pid))

        watcher = threading.Thread(target=look)
        watcher.start()
        code = process.wait()
        done.set()
        watcher.join()
        self._check(command, code)
        print(f"{name}: {max(seen) / 2**20:.0f} MiB at most", flush=True)
        return max(seen)

    def run(self, command: Command) -> None:
        """Run it unmeasured."""
        self._check(command, self._start(command).wait())

    def _start(self, command: Command) -> subprocess.Popen[bytes]:
        usual = {
            name: value
            for name, value in os.environ.items()
            if name not in {"LIAISON_CACHE", "LIAISON_TODAY", "PYTHONPATH"}
        }
        usual |= {"NO_MKDOCS_2_WARNING": "1", "XDG_CACHE_HOME": str(self.cache)}
        with self.log.open("wb") as log:
            return subprocess.Popen(
                command.words,
                cwd=command.folder,
                env=usual | dict(command.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _check(self, command: Command, code: int) -> None:
        if code:
            said = self.log.read_text(encoding="utf-8", errors="replace")[-3000:]
            ended = signal.Signals(-code).name if code < 0 else f"exit {code}"
            raise CommandError(f"{' '.join(command.words)}: {ended}\n{said}")


def memory_of(session: int) -> int:
    """Bytes of memory of all processes of a session: proportional set size, so pages shared by forks count once."""
    total = 0
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        try:
            fields = Path(entry.path, "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[3]) != session:
                continue
            rollup = Path(entry.path, "smaps_rollup").read_text(encoding="utf-8")
        except (OSError, IndexError):  # it ended meanwhile
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) * 1024
    return total


def python(*words: str) -> list[str]:
    """A command of this environment's Python."""
    return [sys.executable, *words]


@dataclass(frozen=True)
class Amount:
    """Files and their bytes."""

    files: int
    bytes: int


FAMILIES = {
    "station pages": ("S/",),
    "deputy pages": ("D/",),
    "home, directories, code entry, map": ("index.html", "r/", "c/", "map/"),
    "manual": ("guides/", "about/", "404.html", "search/"),
    "assets": ("assets/", "liaison/"),
    "sitemaps": ("sitemap", "robots.txt"),
}
"""How paths of a site begin, by family; the rest is of `static/`."""

PAGE_FAMILIES = tuple(FAMILIES)[:3]
"""What is made of records, and what Hugo makes too."""


def amounts(site: Path) -> dict[str, Amount]:
    """Files and bytes of a built site by family."""
    files, sizes = dict.fromkeys((*FAMILIES, "other"), 0), dict.fromkeys((*FAMILIES, "other"), 0)
    for folder, _, names in os.walk(site):
        for name in names:
            file = Path(folder, name)
            path = file.relative_to(site).as_posix()
            family = next((one for one, starts in FAMILIES.items() if path.startswith(starts)), "other")
            files[family] += 1
            sizes[family] += file.stat().st_size
    return {family: Amount(files[family], sizes[family]) for family in files}


def machine() -> dict[str, str]:
    """What the figures were taken on."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = next((line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")), "?")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": f"{model}, {len(os.sched_getaffinity(0))} cores",
        "memory": f"{memory / 2**30:.1f} GiB",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "load at the start": f"{os.getloadavg()[0]:.1f}",
    }
