"""Files on a host: which are right, what is there, how much room is left. Asked in lists, answered by its coreutils."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .audit import Amiss, entries
from .manifest import Manifest
from .place import HostError, PublishError
from .shell import Shell

_PLAIN = re.compile(r"[!-~](?:[ -~]*[!-~])?")
_CHECK = """
cd -- "$1" || exit 1
sha256sum -c --quiet - 2>/dev/null
code=$?
[ "$code" -le 1 ] || exit "$code"
echo done
"""
_PRESENT = """
cd -- "$1" || exit 1
while IFS= read -r path; do
  if [ -e "$path" ] || [ -L "$path" ]; then printf '%s\\n' "$path"; fi
done
"""
_FREE = 'df -Pk -- "$1" | tail -n 1'
_BAD, _NONE = ": FAILED", ": FAILED open or read"
_COLUMNS = 4


def check_names(manifest: Manifest) -> None:
    """Hold that all paths can be told to a shell line by line. Raises `PublishError`."""
    for path in manifest.files:
        if not _PLAIN.fullmatch(path) or "\\" in path or path.startswith("-"):
            raise PublishError(f"文件名里有不能传送的字符：{path!r}；只用英文字母、数字和 . _ -")


def amiss(shell: Shell, folder: str, manifest: Manifest, paths: Iterable[str]) -> tuple[Amiss, ...]:
    """Which files are not as they must be, by their SHA-256, as `audit_folder` would say. Raises `HostError`."""
    wanted = [f"{entry.sha256}  {path}\n" for path, entry in entries(manifest, paths)]
    if not wanted:
        return ()
    _, output = shell.run(_CHECK, folder, data="".join(wanted).encode())
    lines = output.decode(errors="replace").splitlines()
    if not lines or lines[-1] != "done":
        raise HostError(f"{shell.host} 上没能核对文件（要有 sha256sum）")
    found = []
    for line in lines[:-1]:
        if line.endswith(_NONE):
            found.append(Amiss(line.removesuffix(_NONE), "没有这个文件，或读不出来"))
        elif line.endswith(_BAD):
            found.append(Amiss(line.removesuffix(_BAD), "内容不对：和清单里的校验值不一样"))
    return tuple(sorted(found))


def present(shell: Shell, folder: str, paths: Sequence[str]) -> list[str]:
    """Which of these are there, whatever they are. Raises `HostError`."""
    _, output = shell.run(_PRESENT, folder, data="".join(f"{path}\n" for path in paths).encode())
    return output.decode().splitlines()


def free(shell: Shell, folder: str) -> int:
    """Bytes that may still be written. Raises `HostError`."""
    _, output = shell.run(_FREE, folder)
    return kilobytes(output.decode(errors="replace"), shell.host) * 1024


def kilobytes(line: str, host: str) -> int:
    """What a line of `df -Pk` says is free. Raises `HostError`."""
    columns = line.split()
    if len(columns) < _COLUMNS or not columns[_COLUMNS - 1].isdigit():
        raise HostError(f"看不出 {host} 的磁盘还有多少空间")
    return int(columns[_COLUMNS - 1])


def listed(paths: Iterable[str]) -> bytes:
    """As `xargs -0` reads them."""
    return b"".join(f"{path}\0".encode() for path in paths)
