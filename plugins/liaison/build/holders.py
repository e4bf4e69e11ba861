"""Who holds each code of a site, made from the records: for the manifest of a release."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from liaison.model.deputies import Deputy
from liaison.model.holders import Holder, short_digest
from liaison.model.stations import Station
from liaison.records.issued_codes import name_digest
from liaison.records.read import Reading
from liaison.records.reader import Reader, Source
from liaison.workers import Crew, uncollected

_ALONE_UP_TO = 4_000
"""Records up to which starting workers costs more than it saves."""

_NEVER_SHOWN = frozenset({"code", "status", "consent", "former_names"})
_OF_FORMER = frozenset({"name", "mandates", "successor"})
"""All that is shown of somebody who is no deputy any more."""


def holders_of(reading: Reading, crew: Crew) -> dict[str, Holder]:
    """Of every code on file. Raises `ChangedError`, and `OSError` where a photo cannot be read."""
    briefs = reading.source.index.briefs
    sizes = [len(brief.codes) for brief in briefs]
    tasks = range(len(briefs))
    found: dict[str, Holder] = {}
    done = crew.do(_work, tasks, _start, (reading.source,), title="核对编号", sizes=sizes, alone_up_to=_ALONE_UP_TO)
    for _, part in done:
        found |= part
    return found


def holder_of(record: Station | Deputy, photo: Path | None = None) -> Holder:
    """Of one record, whose photo is shown."""
    kind = "station" if isinstance(record, Station) else "deputy"
    formerly = tuple(map(name_digest, record.former_names))
    if isinstance(record, Deputy) and record.is_hidden:
        return Holder(kind="deputy", status=record.status)
    shown = {name: short_digest(value) for name, value in _shown(record)} | {"name": name_digest(record.name)}
    if photo is not None and "photo" in shown:
        shown["photo"] = short_digest(photo.read_bytes())  # a new picture under the old file name is a change
    return Holder(
        kind="station" if kind == "station" else "deputy", status=record.status, fields=shown, formerly=formerly
    )


def _shown(record: Station | Deputy) -> Iterator[tuple[str, Any]]:
    """The fields that are filled in and shown."""
    is_former = isinstance(record, Deputy) and record.status == "former"
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in _NEVER_SHOWN or value is None or value == ():
            continue
        if not is_former or field.name in _OF_FORMER:
            yield field.name, value


_here = threading.local()
"""What a worker works from: set once, when it starts."""


def _start(source: Source) -> None:
    _here.source, _here.reader = source, Reader(source)


def _work(number: int) -> dict[str, Holder]:
    source: Source = _here.source
    reader: Reader = _here.reader
    with uncollected():
        stations, deputies = reader.stand_in(number)
        photos = {source.index.briefs[number].codes[place]: path for place, path in source.index.briefs[number].photos}
        found = {filed.record.code: holder_of(filed.record) for filed in stations}
        for filed in deputies:
            photo = photos.get(filed.record.code) if filed.record.consents_to("photo") else None
            found[filed.record.code] = holder_of(filed.record, source.root / photo if photo else None)
        return found
