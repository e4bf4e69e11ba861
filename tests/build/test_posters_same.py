"""The same records give the same bytes, wherever and by whomever they are printed."""

from __future__ import annotations

from pathlib import Path

from support.printing import ALL_KINDS, FEW, posters, small_sample
from support.sites import contents


def test_the_same_bytes_everywhere(printed_site: Path, tmp_path: Path) -> None:
    """Another folder, time zone, language, hash seed and umask change no byte of any kind."""
    site = small_sample(tmp_path / "somewhere else" / "另一个文件夹")
    made = posters(
        site,
        *ALL_KINDS,
        *reversed_pairs(FEW),
        umask=0o077,
        TZ="Pacific/Kiritimati",
        LC_ALL="C",
        PYTHONUTF8="",
        PYTHONHASHSEED="4711",
    )
    first, second = contents(printed_site / "posters/office"), contents(made)
    assert set(first) == set(second)
    assert [path for path in first if first[path] != second[path]] == []


def reversed_pairs(words: tuple[str, ...]) -> list[str]:
    """Options with their values, the last first."""
    return [word for at in range(len(words) - 2, -1, -2) for word in words[at : at + 2]]
