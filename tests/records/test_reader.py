"""Records fetched when they are asked for, and a note of what was asked of other parts."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cached import Watch

from liaison.model.register import Links
from liaison.records.gather import files_name, records_name
from liaison.records.read import Reading, read_site
from liaison.records.reader import ChangedError, Homes, Reader, Records
from liaison.records.registers import part_register
from liaison.shelf import Shelf
from support import small
from support.small import AREA, BAIMA, LANTIAN, TODAY, YUFENG, ZENG

HOME, CENTRE, ALONE = "3F7K2MC", "TK58CWB", "CKYTPCB"
"""Stations: Yufeng, which belongs to the next; Lantian; Baima, which has nothing to do with either."""
GULI, PERSON, GUEST = "Q2RX7DK", "7K3M9TY", "MQR6M65"
"""Deputies of Yufeng, the first of them also at Lantian, the second receiving there; a deputy of Baima."""


@pytest.fixture
def kept(tmp_path: Path) -> Shelf:
    return small.shelf(tmp_path / "shelf")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three stations, each a part of its own."""
    small.part_by_station(monkeypatch)
    made = small.base_site(tmp_path / "site")
    small.change(made, f"{LANTIAN}/station.yml", "status:", RECEPTION + "status:")
    small.write(made, f"{BAIMA}/station.yml", small.station_text(ALONE))
    small.write(made, f"{BAIMA}/deputies/li.yml", small.deputy_text(GUEST))
    return made


RECEPTION = f"receptions: [{{rule: 每月1日, from: 09:00, to: 10:00, deputies: [{PERSON}]}}]\n"


@pytest.fixture
def reading(root: Path, kept: Shelf) -> Reading:
    found = read_site(root, TODAY, None, kept)
    assert not found.problems
    return found


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


def at(reading: Reading, folder: str) -> int:
    """The number of a part."""
    return next(number for number, part in enumerate(reading.source.parts) if part.folders == (folder,))


def standing(reading: Reading, folder: str) -> tuple[Reader, Any]:
    reader = Reader(reading.source)
    return reader, reader.stand_in(at(reading, folder))


def test_a_part_gives_its_own_records(reading: Reading) -> None:
    """Stations, then deputies, in file order; to look at them is not noted."""
    reader, (stations, deputies) = standing(reading, YUFENG)
    assert [filed.record.code for filed in stations] == [HOME]
    assert [filed.file for filed in deputies] == [f"{YUFENG}/deputies/guli.yml", ZENG]
    assert reader.get("deputy", PERSON) is deputies[1]
    assert reader.holds("station", HOME)
    assert reader.home_of(PERSON) == HOME
    assert reader.asked == {}


@pytest.mark.parametrize(
    ("ask", "noted"),
    [
        (lambda reader: reader.get("station", CENTRE), ("station", CENTRE)),
        (lambda reader: reader.holds("station", CENTRE), ("station", CENTRE)),
        (lambda reader: reader.holds("deputy", GUEST), ("deputy", GUEST)),
        (lambda reader: reader.home_of(GUEST), ("deputy", GUEST)),
        (lambda reader: Records(reader, "station", lambda filed: filed)[CENTRE], ("station", CENTRE)),
        (lambda reader: Records(reader, "deputy", lambda filed: filed).get(GUEST), ("deputy", GUEST)),
        (lambda reader: CENTRE in Records(reader, "station", lambda filed: filed), ("station", CENTRE)),
        (lambda reader: Homes(reader)[GUEST], ("deputy", GUEST)),
    ],
)
def test_what_is_asked_of_other_parts_is_noted(
    ask: Callable[[Reader], object], noted: tuple[Any, str], reading: Reading
) -> None:
    """With the digest of the record that was found, in whatever way it was asked for."""
    reader, _ = standing(reading, YUFENG)
    assert ask(reader)
    assert reader.asked == {noted: reading.source.index.digest(*noted)}
    assert reader.asked[noted] is not None


@pytest.mark.parametrize(
    "ask",
    [
        lambda reader: reader.holds("station", "2222223"),
        lambda reader: Records(reader, "station", lambda filed: filed).get("2222223") is not None,
        lambda reader: "2222223" in Records(reader, "station", lambda filed: filed),
    ],
)
def test_what_is_not_on_file_is_noted_as_well(ask: Callable[[Reader], object], reading: Reading) -> None:
    """One day it may be."""
    reader, _ = standing(reading, YUFENG)
    assert not ask(reader)
    assert reader.asked == {("station", "2222223"): None}


def test_a_code_of_the_other_kind_is_not_found(reading: Reading) -> None:
    """Stations and deputies are looked up apart."""
    reader, _ = standing(reading, YUFENG)
    assert not reader.holds("deputy", CENTRE)
    with pytest.raises(KeyError):
        reader.get("station", GUEST)
    assert 7 not in Records(reader, "station", lambda filed: filed)


def test_in_another_part_nothing_is_noted_yet(reading: Reading) -> None:
    """What was asked for one part does not count for the next; in no part nothing counts."""
    reader, _ = standing(reading, YUFENG)
    reader.get("station", CENTRE)
    noted = reader.asked
    reader.stand_in(at(reading, LANTIAN))
    assert (reader.asked, len(noted)) == ({}, 1)
    assert reader.get("station", CENTRE).record.code == CENTRE
    assert reader.asked == {}
    reader.get("station", HOME)
    assert list(reader.asked) == [("station", HOME)]
    reader.leave()
    assert reader.asked == {}
    assert reader.get("station", HOME).record.code == HOME


def test_all_codes_are_known_without_a_record(reading: Reading, watch: Watch, kept: Shelf) -> None:
    """To count and to list them nothing is fetched."""
    for part in reading.source.parts:
        (kept.folder / records_name(part)).unlink()
    reader = Reader(reading.source)
    stations = Records(reader, "station", lambda filed: filed)
    assert (set(stations), len(stations)) == ({HOME, CENTRE, ALONE}, 3)
    assert (set(Homes(reader)), len(Homes(reader))) == ({GULI, PERSON, GUEST}, 3)
    assert (watch.read, watch.opened) == ([], [])


def test_the_register_of_a_part_knows_who_refers_to_it(reading: Reading) -> None:
    """From wherever: who is there too, what belongs to it, where its deputies receive; in file order."""
    found = {}
    for folder in (YUFENG, LANTIAN, BAIMA):
        reader, own = standing(reading, folder)
        register = part_register(reading.ground, reader, at(reading, folder), own, reading.source)
        found[folder] = register
        assert set(register.area_of) == {filed.record.code for filed in own[0]}
    assert found[LANTIAN].links == Links(
        at_home={}, also_at={CENTRE: [GULI]}, below={CENTRE: [HOME]}, receives={PERSON: [CENTRE]}
    )
    assert [one.code for one in found[LANTIAN].deputies_at(CENTRE)] == [GULI]
    assert found[YUFENG].links.at_home == {HOME: [GULI, PERSON]}
    assert found[YUFENG].links.receives == {PERSON: [CENTRE, HOME]}
    assert found[BAIMA].links == Links(at_home={ALONE: [GUEST]}, also_at={}, below={}, receives={})
    assert (found[YUFENG].photos, found[BAIMA].photos) == ({PERSON: f"{YUFENG}/deputies/photo.jpg"}, {})


def test_a_register_of_the_whole_is_that_of_all_parts(reading: Reading) -> None:
    """Every record, home, area and link."""
    whole = reading.register
    assert set(whole.stations) == {HOME, CENTRE, ALONE}
    assert dict(whole.home_of) == {GULI: HOME, PERSON: HOME, GUEST: ALONE}
    assert dict(whole.area_of) == dict.fromkeys((HOME, CENTRE, ALONE), "lianyuan")
    assert [one.code for one in whole.deputies_at(CENTRE)] == [GULI]
    assert whole.links.receives.keys() == {PERSON}


def test_a_cache_that_is_taken_away_is_made_again(reading: Reading, root: Path, kept: Shelf, watch: Watch) -> None:
    """While the program runs; from the files, if they still say the same."""
    shutil.rmtree(kept.folder)
    kept.folder.mkdir()
    reader, (stations, _) = standing(reading, YUFENG)
    assert stations[0].record.code == HOME
    assert set(watch.read) == {f"{YUFENG}/station.yml", f"{YUFENG}/deputies/guli.yml", ZENG}
    assert reader.get("station", CENTRE).record.code == CENTRE
    assert root.exists()


def test_newer_records_in_the_cache_are_not_taken_for_these(reading: Reading, root: Path, kept: Shelf) -> None:
    """Another run has put there what the files say by now: these must not be mixed with what was judged."""
    small.change(root, ZENG, "bio: 一句话简介", "bio: 另一句")
    read_site(root, TODAY, None, kept)
    with pytest.raises(ChangedError, match=f"^{AREA} 里的文件在读取期间被改动，请再运行一次$"):
        standing(reading, YUFENG)
    small.change(root, ZENG, "bio: 另一句", "bio: 一句话简介")
    assert standing(reading, YUFENG)[1][1][1].record.bio == "一句话简介"


def test_records_of_another_part_are_not_taken_for_these(reading: Reading, kept: Shelf) -> None:
    """Files of the cache that were swapped are as if they were not there."""
    one, other = (reading.source.parts[at(reading, folder)] for folder in (YUFENG, LANTIAN))
    for name in (records_name, files_name):
        first, second = kept.folder / name(one), kept.folder / name(other)
        data = first.read_bytes()
        first.write_bytes(second.read_bytes())
        second.write_bytes(data)
    assert [filed.record.code for filed in standing(reading, YUFENG)[1][0]] == [HOME]
    assert [filed.record.code for filed in standing(reading, LANTIAN)[1][0]] == [CENTRE]


def test_a_reading_can_be_sent_to_another_process(reading: Reading) -> None:
    """With all that workers need; what was fetched here is fetched there anew."""
    assert len([*reading.register.stations.values()]) == 3
    sent = pickle.loads(pickle.dumps(reading))
    assert sent.problems == reading.problems
    assert [*sent.register.stations.items()] == [*reading.register.stations.items()]
