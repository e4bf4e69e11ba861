from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import changes
import measure
import pytest
import report
import verify
from bench_scripts import script
from stages import PHASES, STAGES, Clock

from liaison.records.read import read_site

TODAY = "2026-11-22"


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_province_is_the_same_again_and_sound(province: Path, tmp_path: Path) -> None:
    """The same seed gives the same files, and they have no errors."""
    script("province.py", tmp_path / "again", "--stations", "4", "--deputies", "40")
    assert files_of(tmp_path / "again") == files_of(province)
    reading = read_site(province, lambda site: site.sample_today)  # type: ignore[arg-type,return-value]
    assert reading.deputies == 40
    assert not reading.has_errors


def test_export_is_plain_data_of_every_page(province: Path, tmp_path: Path) -> None:
    """The JSON holds every page's words and links, no markup, no pictures, nothing empty but addresses."""
    script("export.py", province, tmp_path / "out")
    exported = json.loads((tmp_path / "out" / "data" / "export.json").read_text(encoding="utf-8"))
    listed = [line.split("\t") for line in (tmp_path / "out" / "pages.tsv").read_text(encoding="utf-8").splitlines()]
    assert [[page["kind"], page["path"]] for page in exported["pages"]] == listed
    assert sum(page["kind"] == "deputy" for page in exported["pages"]) == 40
    assert exported["site"]["picture"].startswith("data:image/png;base64,AAAA")

    def look(value: Any, name: str) -> None:
        assert value not in (None, "", [], {}) or name == "path"
        if isinstance(value, dict):
            for key, one in value.items():
                look(one, key)
        elif isinstance(value, list):
            for one in value:
                look(one, name)
        elif isinstance(value, str):
            assert "<" not in value
            assert not value.startswith("data:")

    for page in exported["pages"]:
        assert page["title"]
        assert page.get("linked_data") or page["metas"]
        look(page["view"], "view")


def test_stages_are_all_met(province: Path, tmp_path: Path) -> None:
    """Every stage takes some time, so every timer still stands around something."""
    seconds = json.loads(script("stages.py", province, tmp_path / "out"))
    assert list(seconds) == list(STAGES)
    assert [stage for stage, spent in seconds.items() if spent <= 0] == []
    assert (tmp_path / "out" / "index.html").exists()


def test_clock_counts_the_innermost_stage_only() -> None:
    """What an inner stage takes is not counted to the outer one."""
    clock = Clock()
    with clock("outer"), clock("inner"):
        time.sleep(0.05)
    assert clock.seconds["inner"] >= 0.05
    assert clock.seconds["outer"] < 0.05


@pytest.mark.parametrize("kind", ["bio", "phone"])
def test_change_is_another_each_time(province: Path, kind: str) -> None:
    """A change writes a new value into one record, which stays sound."""
    change = getattr(changes, kind)(province)
    before = change.file.read_text(encoding="utf-8")
    first, second = change.make(1), change.make(2)
    assert first != second
    assert f"{change.key}: {second}\n" in change.file.read_text(encoding="utf-8")
    assert not read_site(province, lambda site: site.sample_today).has_errors  # type: ignore[arg-type,return-value]
    change.file.write_text(before, encoding="utf-8")


PAGE = '<title>甲</title><p>乙 <b>丙</b></p><a href="x/">丁</a>'
PAGE += '<script type="application/ld+json">{"a": 1, "b": 2}</script>'


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        (PAGE.replace("<p>", "\n<p>\n").replace('{"a": 1, "b": 2}', '{"b":2,"a":1}'), ""),
        (PAGE.replace("丙", "戊"), "text"),
        (PAGE.replace("乙 <b>", "乙<b>"), "text"),
        (PAGE.replace("x/", "y/"), "addresses"),
        (PAGE.replace('"b": 2', '"b": 3'), "linked data"),
    ],
)
def test_comparison_finds_what_differs(tmp_path: Path, other: str, differs: str) -> None:
    """Pages that say the same are equal whatever their white space; another word, link or datum is found."""
    (tmp_path / "ours").write_text(PAGE, encoding="utf-8")
    (tmp_path / "peer").write_text(other, encoding="utf-8")
    found = verify.compare("page", tmp_path / "ours", tmp_path / "peer")
    assert [one.split(": ")[1] for one in found] == ([f"{differs} differs"] if differs else [])


def test_memory_is_that_of_the_whole_session() -> None:
    """A child's memory counts, and that of a process of another session does not."""
    holds = "import subprocess, sys; subprocess.run([sys.executable, '-c', {!r}])"
    child = "data = b'x' * 50_000_000; print(flush=True); input()"
    command = [sys.executable, "-c", holds.format(child)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, start_new_session=True) as process:
        assert process.stdout
        process.stdout.readline()
        assert measure.memory_of(process.pid) > 50_000_000
        process.communicate(b"\n")
    assert measure.memory_of(process.pid) == 0


def test_command_that_fails_says_what_it_said(tmp_path: Path) -> None:
    """A failed command stops the run with the end of its output."""
    meter = measure.Meter(tmp_path / "log", tmp_path / "cache")
    with pytest.raises(measure.CommandError, match="no such thing"):
        meter.run(measure.Command(measure.python("-c", "raise SystemExit('no such thing')"), tmp_path))


def test_times_are_those_of_the_command(tmp_path: Path) -> None:
    """A series holds wall and processor seconds of each run."""
    meter, series = measure.Meter(tmp_path / "log", tmp_path / "cache"), measure.Series("sleep")
    meter.time(measure.Command(measure.python("-c", "import time; time.sleep(0.3)"), tmp_path), series)
    assert series.middle >= 0.3
    assert series.processor[0] < series.middle


def test_report_names_no_path_of_the_machine(tmp_path: Path) -> None:
    """The report can be committed: every figure is in it, and nothing of where it was made."""
    (tmp_path / "D").mkdir()
    (tmp_path / "D" / "index.html").write_text("x")
    found = {
        "deputies": 1000,
        "stations": 66,
        "runs": 3,
        "commit": "0123",
        "date": TODAY,
        "machine": measure.machine(),
        "versions": {"Python": "3.11.5", "Hugo": "0.1"},
        "peaks": {"Hugo, cold": 2**30},
        "json": 3_000_000,
        "compared": 10,
        "sizes": {"deputy": {"pages": 1000, "ours": 6000.0, "peer": 6060.0}},
        "amounts": {family: one.__dict__ for family, one in measure.amounts(tmp_path).items()},
        "series": [
            {"name": "mkdocs build, cold", "wall": [10.0, 12.0, 11.0], "processor": [20.0, 20.0, 20.0]},
            {"name": "Hugo, cold", "wall": [5.0, 6.0, 5.0], "processor": [9.0, 9.0, 9.0]},
        ],
        "smaller": {
            size: [{"name": "", "wall": [wall], "processor": [wall]} for wall in (ours, peer)]
            for size, ours, peer in ((10, 1.01, 0.1), (100, 2.0, 0.5))
        },
        "phases": {phase: [1.0, 2.0, 3.0] for phase in PHASES},
        "stages": {stage: [1.0, 2.0, 3.0] for stage in STAGES},
    }
    text = report.markdown(found)
    assert "| mkdocs build, cold | 11.00 | 10.00 | 12.00 | 20.00 |  |" in text
    assert "| Hugo, cold | 5.00 | 5.00 | 6.00 | 9.00 | 1,024 |" in text
    assert "| **median** | 11.00 | 5.00 | 2.00 |" in text
    assert "| mkdocs build, cold | 1.01 | 2.00 | 11.00 | 11.000 | 10.000 |" in text
    assert "| deputy pages | 1 | 0.0 |" in text
    assert "does **not** read and validate YAML" in text
    assert os.sep + "work" not in text
    assert str(Path.cwd()) not in text
