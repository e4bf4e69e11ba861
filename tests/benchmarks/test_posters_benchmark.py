from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import measure
import posters
import posters_report
import pytest
import sections
from bench_scripts import script
from posters_report import PROVINCE, SAMPLE, SHEETS, STATIONS


@pytest.fixture
def bench(tmp_path: Path) -> posters.PosterBench:
    """A run of nothing yet."""
    asked = {"posters": 4, "badges": 40, "runs": 1, "files": 2, "sheets": 4, "seed": 1}
    return posters.PosterBench(Namespace(**asked, scratch=tmp_path))


def test_few_posters_are_timed(bench: posters.PosterBench, province: Path) -> None:
    """What the command says of its files and of its time is noted, and a short run shows no bar."""
    bench.timed(STATIONS, province, 1, "--kind", "plate-a4")
    found = bench.found["times"][STATIONS]
    assert found["files"] == found["pages"] == found["codes"] == 4
    assert found["bytes"] > 0
    ((typeset, proofed),) = found["parts"]
    assert all(0 <= seconds <= found["wall"][0] for seconds in (typeset, proofed))
    assert not bench.shows_bar(province)


def test_memory_is_watched(province: Path) -> None:
    """Memory is noted before the first sheet and after the last."""
    said = script("posters_alone.py", province, "growth", "--sheets", "4", "--every", "100")
    (first, before), (last, after) = json.loads(said)
    assert first == 0
    assert last >= 4
    assert min(before, after) > 10_000_000


def test_posters_stand_side_by_side(province: Path) -> None:
    """As many of ours as of Chromium's, where there is one."""
    found = json.loads(script("posters_alone.py", province, "compare", "--files", "2"))
    for one in filter(None, found.values()):
        assert one["files"] == 2
        assert one["pages"] >= 2
        assert one["seconds"] > 0
        assert one["bytes"] > 10_000


def printed(wall: float, codes: int, typeset: float, proofed: float) -> dict[str, Any]:
    return {
        "wall": [wall, wall + 2, wall + 1],
        "parts": [[typeset, proofed]] * 3,
        "files": 10,
        "pages": 20,
        "codes": codes,
        "bytes": 5_000_000,
    }


def found() -> dict[str, Any]:
    compared = {"files": 50, "pages": 100, "bytes": 4_000_000}
    return {
        "posters": 1000,
        "badges": 120000,
        "files": 50,
        "sheets": 3000,
        "runs": 3,
        "workers": 2,
        "commit": "0123",
        "date": "2026-11-22",
        "machine": measure.machine(),
        "versions": {"Python": "3.11.5", **posters_report.versions()},
        "times": {
            STATIONS: printed(19, 1000, 30, 10),
            SAMPLE: printed(1, 100, 1, 0.5),
            PROVINCE: printed(4, 100, 1, 0.5),
            SHEETS: printed(500, 120_000, 840, 120),
        },
        "peak": 1_500_000_000,
        "bar": True,
        "growth": [[0, 200_000_000], [3000, 360_000_000]],
        "compare": [
            {
                "ours": {**compared, "seconds": 2.0, "proofed": 0.5},
                "Chromium": {**compared, "bytes": 8_000_000, "seconds": 5.0, "version": "150"},
            }
        ],
    }


def test_section_says_what_was_asked_for() -> None:
    """Each figure stands beside what is asked, with a verdict; the work of workers is shared out."""
    text = posters_report.section(found())
    assert f"| {STATIONS} | 10 | 20 | 1,000 | 5.0 | ≤ 30 | 20.00 | 19.00 | 21.00 | yes |" in text
    assert f"| {PROVINCE} | 10 | 20 | 100 | 5.0 | ≤ 3 | 5.00 | 4.00 | 6.00 | no |" in text
    assert f"| {SHEETS} | 501.00 | 840.00 | 120.00 | 7.00 | 1.00 |" in text
    assert "| typeset, minutes | ≤ 10 | 7.0 | yes |" in text
    assert "| read back, minutes more | ≤ 15 | 1.0 | yes |" in text
    assert "| memory of all processes, MB | ≤ 2,000 | 1,500 | yes |" in text
    assert "| ours, read back | 50 | 100 | 40.0 | 80 |" in text
    assert "Chromium takes 2.50 times as long, and its files are 2.00 times as large as ours." in text
    assert "| 3,000 | 360 |" in text


def test_section_says_that_there_was_no_chromium() -> None:
    """Without the peer the section still stands."""
    results = found()
    results["compare"][0]["Chromium"] = None
    assert "There was no Chromium on this machine: not measured." in posters_report.section(results)


def test_section_takes_the_place_of_the_one_before() -> None:
    """A second run leaves one section, and what stands around it."""
    section = posters_report.section(found())
    report = "# Benchmark\n\n## Posters\n\nOld.\n\n### Old\n\n## After\n\nText.\n"
    once = sections.put(report, section)
    assert once == f"# Benchmark\n\n{section}\n## After\n\nText.\n"
    assert sections.put(once, section) == once
