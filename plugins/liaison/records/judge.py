"""A part's records judged by every rule; what was found before holds until something it was found from changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from liaison.model.register import Register
from liaison.problems import Problem, errors
from liaison.shelf import digest
from liaison.workers import Crew, uncollected

from .case import Case, Ground
from .curriculum import Curriculum
from .files import REGIONS_FILE, SITE_FILE
from .folder import Folder
from .gather import Gathered
from .issued_codes import Unkept
from .parts import Part
from .reader import Asked, Reader, Records, Source
from .registers import part_register
from .rules import RULES
from .rules.rule import Group, Key, Rule

ALONE_UP_TO = 4_000
"""Records below which starting workers costs more than it saves."""

Extra = Callable[[Register, Ground, Mapping[str, tuple[str, ...]]], Any]
"""What else is to be made of the records of a part while they are at hand: given its register, and the codes of its
stations with the order of their files."""

Groups = dict[tuple[str, Key], Group]
"""By rule and key."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What judging a part gave."""

    key: bytes
    """Of all that it was judged from, but for the records of other parts."""
    asked: Asked
    """Those."""
    problems: tuple[Problem, ...]
    groups: Groups = field(default_factory=dict)
    extra: Any = None

    def holds(self, key: bytes, source: Source, *, with_extra: bool) -> bool:
        """Whether judging again would give the same, and no more."""
        if self.key != key or (with_extra and self.extra is None):
            return False
        return all(source.index.digest(*one) == made for one, made in self.asked.items())


def judge_ground(
    ground: Ground, curriculum: Curriculum, unkept: tuple[Unkept, ...], reader: Reader, folder: Folder
) -> None:
    """Judge what every record is judged against, the lessons, and the codes; findings go to `folder`."""
    case = Case(
        ground=ground,
        judges_ground=True,
        curriculum=curriculum,
        unkept=unkept,
        station=Records(reader, "station", _filed),
        deputy=Records(reader, "deputy", _filed),
    )
    for rule in RULES:
        if isinstance(rule, Rule):
            folder.findings += rule.findings(case)


def _filed(filed: Any) -> Any:  # noqa: ANN401 - the record as it is filed
    return filed


@dataclass(frozen=True, slots=True)
class Docket:
    """All that a worker needs to judge any part."""

    source: Source
    ground: Ground
    doubled: Mapping[str, tuple[str, ...]]
    layouts: Mapping[int, Gathered]
    """Of the parts that are to be judged, by number."""
    keys: Mapping[int, bytes]
    besides: Extra | None


def part_keys(source: Source, ground: Ground, doubled: Mapping[str, tuple[str, ...]]) -> tuple[bytes, ...]:
    """For every part a digest of what it is judged from."""
    files = (SITE_FILE, REGIONS_FILE, "stations/holidays.yml")
    common = digest(
        ground.today.isoformat().encode(),
        *(ground.digests.get(file, b"") for file in files),
        repr(sorted((file, sorted(words)) for file, words in ground.unsound.items())).encode(),
    )
    return tuple(_part_key(source, ground, doubled, number, common) for number in range(len(source.parts)))


def _part_key(
    source: Source, ground: Ground, doubled: Mapping[str, tuple[str, ...]], number: int, common: bytes
) -> bytes:
    part, index = source.parts[number], source.index
    codes = index.briefs[number].codes if doubled else ()
    twice = [(code, doubled[code]) for code in codes if code is not None and code in doubled]
    incoming = [
        (one.relation, one.target, one.source, index.digest(one.kind, one.source))
        for one in index.incoming.get(number, ())
    ]
    area = ground.digests.get(f"{part.area}/area.yml", b"")
    return digest(common, source.digests[number], area, repr((part.folders, twice, incoming)).encode())


def judge_parts(docket: Docket, numbers: Sequence[int], crew: Crew) -> dict[int, Verdict]:
    """Judge the parts with these numbers, and keep what was found on the shelf."""
    sizes = [docket.layouts[number].size for number in numbers]
    done = crew.do(_judge, numbers, _start, (docket,), title="核对记录", sizes=sizes, alone_up_to=ALONE_UP_TO)
    return dict(done)


def verdict_name(part: Part) -> str:
    """Under which the verdict lies on the shelf."""
    return f"{part.name}.verdict"


_here = threading.local()
"""What a worker works from: set once, when it starts."""


def _start(docket: Docket) -> None:
    _here.docket, _here.reader = docket, Reader(docket.source)


def _judge(number: int) -> Verdict:
    docket: Docket = _here.docket
    reader: Reader = _here.reader
    with uncollected():
        verdict = _verdict(docket, reader, number)
    docket.source.shelf.put(verdict_name(docket.source.parts[number]), verdict)
    return verdict


def _verdict(docket: Docket, reader: Reader, number: int) -> Verdict:
    gathered = docket.layouts[number]
    own = reader.stand_in(number)
    case = Case(
        ground=docket.ground,
        stations=own[0],
        deputies=own[1],
        pictures=gathered.layout.pictures,
        refused=gathered.layout.refused,
        station=Records(reader, "station", _filed),
        deputy=Records(reader, "deputy", _filed),
        doubled=docket.doubled,
    )
    folder = Folder(docket.source.root)
    groups: Groups = {}
    for rule in RULES:
        if isinstance(rule, Rule):
            folder.findings += rule.findings(case)
        else:
            groups |= {(rule.id, key): group for key, group in rule.groups(case).items()}
    problems = folder.all_problems()
    extra = None
    if docket.besides is not None and not errors((*problems, *gathered.problems)):
        register = part_register(docket.ground, reader, number, own, docket.source)
        stations = {filed.record.code: tuple(filed.file.split("/")) for filed in own[0]}
        extra = docket.besides(register, docket.ground, stations)
    return Verdict(docket.keys[number], dict(reader.asked), problems, groups, extra)
