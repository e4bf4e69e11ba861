"""Random edits of real files with a history in Git: the check names each code that did not stay, and no other."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import casebook

from liaison.problems import Problem
from liaison.records.lessons import Against
from liaison.records.read import read_site
from support.history import commit, git, publish
from support.offices import Body, Office, fits, names_now, names_then
from support.small import AREA, TODAY, base_site, deputy_text, station_text

CHANGED, REUSED = "code/changed", "code/reused"
SEQUENCES = 60 * int(os.environ.get("LIAISON_TRUST", "1"))
CODE = 7


def of_codes(root: Path, base: str) -> list[Problem]:
    """What is said of codes in comparison with a version."""
    problems = read_site(root, TODAY, against=Against(base)).problems
    return [one for one in problems if one.rule.startswith("code/")]


def record(body: Body) -> str:
    """The file of a station or person of a made-up office."""
    more = [f"former_names: [{', '.join(body.formerly)}]"] if body.formerly else []
    if body.phone:
        more.append(f"# {body.phone}")
    text = (station_text if body.kind == "station" else deputy_text)(body.code, body.name, *more)
    text = text.replace("status: active", f"status: {body.status}")
    return text if body.phone % 2 == 0 else f"# 记录\n{text}"


def lay(office: Office, root: Path) -> None:
    """The records as they are now, and no others."""
    shutil.rmtree(root / AREA)
    shutil.copytree(casebook.BASE / AREA, root / AREA)
    for body in office.bodies:
        path = root / body.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(record(body), "utf-8")


def expected(office: Office) -> list[tuple[str, str, str]]:
    """Rule, code and place of all that is to be said, by who is who."""
    by_code = {one.code: one for one in office.bodies}
    files = {then.code: then.file for then in office.before}
    told = []
    for code, breach, other in office.expected():
        has = by_code.get(code) or by_code.get(other)
        line = 2 if has is not None and has.phone % 2 else 1
        told.append((f"code/{breach}", code, f"{has.file}:{line}:7" if has else f"{files[code]}:1:1"))
    return sorted(told)


def test_s14_random_edits_of_files(tmp_path: Path) -> None:
    """Each code that did not stay is named under its rule and at its place, and no hidden person's name is told."""
    root = base_site(tmp_path / "site")
    publish(root)
    for seed in range(SEQUENCES):
        office = Office(seed)
        lay(office, root)
        commit(root)
        office.work()
        lay(office, root)
        base = _keep(office, root)
        problems = of_codes(root, base)
        said = [(one.rule, _code(one), f"{one.source.file}:{one.source.line}:{one.source.column}") for one in problems]
        assert sorted(said) == expected(office), f"seed {seed}"
        there = {one for one in office.bodies if one.is_hidden}
        hidden = {then.name for then in office.before if then.is_hidden or then.body in there}
        hidden |= {one.name for one in there}
        assert not [name for name in hidden for one in problems if name in f"{one.message}{one.hint}"], f"seed {seed}"


def test_s14_namesakes_in_files(tmp_path: Path) -> None:
    """Of several with one name each code is judged by what is written, and a record's file tells which code it got."""
    root = base_site(tmp_path / "site")
    publish(root)
    pool = random.Random(3)
    for seed in range(SEQUENCES // 3):
        office = Office(seed, lambda: pool.choice(("王伟", "李强", "张敏")))
        lay(office, root)
        commit(root)
        office.work()
        lay(office, root)
        was, now = names_then(office), names_now(office)
        lost = {code for code in was if code not in now or not fits(was[code], now[code])}
        problems = of_codes(root, _keep(office, root))
        assert {(_code(one), one.rule == REUSED) for one in problems} == {(code, code in now) for code in lost}
        stayed = {one.file: one.code for one in office.bodies if one.code not in was.keys() - lost}
        for then in office.before:
            there = stayed.get(then.file)
            if then.code not in now and there is not None and fits(was[then.code], now[there]):
                assert (CHANGED, then.code) in {(one.rule, _code(one)) for one in problems}, f"seed {seed}"


def _keep(office: Office, root: Path) -> str:
    """What was edited is committed, staged, or neither; gives what to compare with."""
    how = office.random.choice(("committed", "staged", "left"))
    if how == "committed":
        commit(root)
        return "HEAD~1"
    if how == "staged":
        git(root, "add", "-A")
    return "HEAD"


def _code(problem: Problem) -> str:
    """The code that a message is about: the first it names."""
    words = problem.message.replace("（", " ").split()
    return next(word for word in words if len(word) == CODE and word.isascii())
