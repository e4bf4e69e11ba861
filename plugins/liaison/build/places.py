"""Where in the files of a site something stands that cannot be printed."""

from __future__ import annotations

from liaison.build.pressroom import Fault
from liaison.build.run import Run
from liaison.plan.prints import key_of
from liaison.problems import Problem, Severity, Source
from liaison.records.files import REGIONS_FILE
from liaison.records.reader import Reader


def problem(run: Run, fault: Fault) -> Problem:
    """A fault with the place in the record's file, or in that of a deputy who is named on it."""
    files = _files_of(run, fault.key)
    place = Source(files[0], 1, 1, "")
    for file in files if fault.sought else ():
        lines = enumerate((run.root / file).read_text("utf-8").splitlines(), 1)
        found = ((number, text) for number, text in lines if fault.sought in text)
        if first := next(found, None):
            place = Source(file, first[0], first[1].index(fault.sought) + 1, first[1])
            break
    return Problem(fault.rule, Severity.ERROR, place, f"{fault.key}：{fault.words}", fault.remedy)


def _files_of(run: Run, key: str) -> list[str]:
    """Where what is printed of something is written."""
    if key in {"site.yml", REGIONS_FILE}:
        return [key]
    people = run.register.deputies_at(key) if key in run.register.stations else ()
    return [_file_of(run, key), *(_file_of(run, one.code) for one in people)]


def _file_of(run: Run, key: str) -> str:
    index, reader = run.reading.source.index, Reader(run.reading.source)
    if key in index.station:
        return reader.get("station", key).file
    if key in index.deputy:
        return reader.get("deputy", key).file
    lesson = next((one for one in run.plan.lectures.published if key_of(one) == key), None)
    return lesson.file if lesson else "site.yml"
