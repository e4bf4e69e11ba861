from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import lessons_report
import lessons_sample
import measure
import sections
from bench_scripts import script
from lessons_report import CHANGED, FAST, NAV, OURS, WARM

from liaison.records.read import read_site


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_lessons_are_the_same_again_and_sound(tmp_path: Path) -> None:
    """The same seed gives the same lessons; they have no errors, are of the length said, and no series is too long."""
    for name in ("one", "other"):
        lessons_sample.write(tmp_path / name, 110, seed=3)
    one, other = (files_of(tmp_path / name / "content" / "episodes") for name in ("one", "other"))
    assert one == other
    assert sorted({path.partition("/")[0] for path in one}) == ["xilie-01", "xilie-02"]
    reading = read_site(tmp_path / "one", lambda site: site.sample_today)  # type: ignore[arg-type,return-value]
    assert not reading.has_errors
    assert len(reading.curriculum.lessons) == 110
    least, most = lessons_sample.LENGTH
    bodies = [text.decode().split("---\n", 2)[2] for path, text in one.items() if path.endswith("-ke.md")]
    assert len(bodies) == 110
    assert all(least <= lessons_sample.size(body) <= most for body in bodies)


def test_few_lessons_are_measured_and_reported(tmp_path: Path) -> None:
    """The whole run works at six lessons: all three sites have their pages, and the section is put into the report."""
    report = tmp_path / "REPORT.md"
    report.write_text("# Benchmark\n\n## Times\n\nSome.\n", encoding="utf-8")
    options = ("--lessons", "6", "--smaller", "0", "--runs", "1", "--scratch", tmp_path, "--report", report)
    script("lessons.py", *options)
    found = json.loads((tmp_path / "lessons.json").read_text(encoding="utf-8"))
    assert all(one["wall"][0] > 0 for one in found["times"].values())
    text = report.read_text(encoding="utf-8")
    assert text.startswith("# Benchmark\n\n## Times\n\nSome.\n\n## Law lessons\n")
    assert f"| ours ÷ {NAV} | ≤ 1.2 |" in text
    assert str(tmp_path) not in text
    assert not list(tmp_path.glob("run-*"))


def times(wall: float) -> dict[str, list[float]]:
    return {"wall": [wall, wall + 2, wall + 1], "processor": [wall, wall, wall]}


def found() -> dict[str, Any]:
    sizes = {OURS: (1.0, 3.0, 21.0), NAV: (0.5, 2.5, 100.5), FAST: (0.5, 1.5, 10.5)}
    built = {
        f"{name}/{n}": times(s) for name, three in sizes.items() for n, s in zip((0, 200, 2000), three, strict=True)
    }
    return {
        "lessons": 2000,
        "smaller": 200,
        "runs": 3,
        "commit": "0123",
        "date": "2026-11-22",
        "machine": measure.machine(),
        "versions": {"Python": "3.11.5", "mkdocs": "1.6.1", "mkdocs-material": "9"},
        "amounts": {f"{OURS}/2000": [4000, 90_000_000]},
        "times": built | {f"{WARM}/2000": times(9.0), f"{CHANGED}/2000": times(9.5)},
    }


def test_section_says_what_was_asked_for() -> None:
    """Medians, both ways to count a lesson's time, and the ratios: against both peers, and against fewer lessons."""
    text = lessons_report.section(found())
    assert f"| {OURS} | 2,000 | 22.00 | 21.00 | 23.00 | 21.00 | 4,000 | 90 |" in text
    assert f"| {OURS} | 20.00 | 10.00 | 11.00 | 10.00 |" in text
    assert f"| ours ÷ {NAV} | ≤ 1.2 | 0.22 | 0.20 | 0.20 |" in text
    assert f"| ours ÷ {FAST} |  | 1.91 | 2.00 | 2.00 |" in text
    assert f"| {OURS}: ÷ at 200 | ≤ 1.1 | 0.55 | 1.00 | 1.00 |" in text


def test_section_takes_the_place_of_the_one_before() -> None:
    """A second run leaves one section, and what stands around it."""
    section = lessons_report.section(found())
    report = "# Benchmark\n\n## Law lessons\n\nOld.\n\n### Old\n\n## After\n\nText.\n"
    once = sections.put(report, section)
    assert once == f"# Benchmark\n\n{section}\n## After\n\nText.\n"
    assert sections.put(once, section) == once
    assert sections.put("# Benchmark\n", section) == f"# Benchmark\n\n{section}"


def test_what_other_scripts_wrote_is_kept() -> None:
    """A new main report keeps every section of a script of its own, and none of its own old ones."""
    posters, road = (
        "## {}\n\nWritten by `benchmarks/{}.py`.\n\nFigures.\n".format(*one) for one in (("A", "a"), ("B", "b"))
    )
    before = f"# Benchmark\n\n## Times\n\nold\n\n{posters}\n## Sizes\n\nold\n\n{road}"
    text = "# Benchmark\n\n## Times\n\nnew\n"
    for section in sections.of_others(before):
        text = sections.put(text, section)
    assert text == f"# Benchmark\n\n## Times\n\nnew\n\n{posters}\n{road}"
