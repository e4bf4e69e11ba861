"""How a command reads the site it works on: whole, and without errors."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from liaison import shelf
from liaison.cli.options import refuse, tell_problems
from liaison.problems import errors
from liaison.progress import progress_bar
from liaison.records.read import Reading, read_site
from liaison.records.today import today_for
from liaison.workers import Crew, usual_workers


def usual_crew() -> Crew:
    """A worker for each processor, with a bar on the terminal."""
    return Crew(usual_workers(), progress=progress_bar)


def sound_reading(root: Path, today: date | None) -> Reading:
    """The site. Ends where it has errors, which are shown."""
    reading = read_site(root, lambda facts: today_for(facts, today), usual_crew(), shelf.open_for(root))
    if reading.has_errors:
        wrong = errors(reading.problems)
        tell_problems(wrong)
        refuse(f"记录里有 {len(wrong)} 个错误，改好以后再来")
    return reading
