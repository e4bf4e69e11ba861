"""Whatever was done to a site that stands, and to what is known of it: the next build makes it whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from building import (
    ALONE,
    BAIMAS,
    EVERYBODY,
    FAR,
    FAR_PERSON,
    GULI,
    PERSON,
    XINHUA,
    YUFENGS,
    Watch,
    Workshop,
    built_alike,
    change_template,
)
from PIL import Image

from liaison.plan import urls
from liaison.publish.leaf import put_leaf
from support import small
from support.sites import contents
from support.small import BAIMA, PHOTO, ZENG

CITY, PROVINCE, OTHER_COUNTY = "4313", "43", "431322"


def test_what_somebody_touched_is_made_again_with_its_task(built: Workshop, watch: Watch) -> None:
    """A page, a photo, a directory; strange files beside them go."""
    station, photo = built.out / urls.file(urls.station(ALONE)), built.out / urls.photo(PERSON)
    station.write_bytes(station.read_bytes().replace("白马".encode(), "黑马".encode()))
    (built.out / urls.file(urls.region(OTHER_COUNTY))).unlink()
    (built.out / urls.deputy(GULI) / "strange").write_bytes(b"")
    assert photo.exists()
    tally = built.build()
    assert (watch.codes, watch.regions) == (BAIMAS | YUFENGS, {OTHER_COUNTY})
    assert (tally.written, tally.removed) == (2, 1)
    built_alike(built, tally)


def test_a_station_that_is_gone_takes_its_pages_along(built: Workshop, watch: Watch) -> None:
    """With those of its deputies and the directories that were about it alone."""
    shutil.rmtree(built.root / XINHUA)
    tally = built.build()
    assert watch.codes == set()
    assert watch.regions == {CITY, PROVINCE}
    assert not [
        path for path in contents(built.out) if FAR[2:] in path or FAR_PERSON[2:] in path or OTHER_COUNTY in path
    ]
    built_alike(built, tally)
    built_alike(built, built.build())


def test_photos_are_encoded_only_where_the_picture_is_new(built: Workshop, watch: Watch) -> None:
    """Not when the deputy's record changes or the template; when the picture does, or what was published of it."""
    small.change(built.root, ZENG, "一句话简介", "另一句简介")
    change_template(built)
    built.build()
    assert PERSON in watch.codes
    assert watch.encoded == 0
    os.utime(built.root / PHOTO)
    built.build()
    assert watch.encoded == 0
    published = built.out / urls.photo(PERSON)
    whole = published.read_bytes()
    published.write_bytes(whole[:-1])
    built.build()
    assert (watch.encoded, published.read_bytes()) == (1, whole)
    Image.new("RGB", (300, 400), "navy").save(built.root / PHOTO)
    built_alike(built, built.build())
    assert published.read_bytes() != whole


def test_a_photo_that_may_no_longer_be_shown_is_gone(built: Workshop) -> None:
    """From the day consent is taken back; and comes with it again."""
    assert (built.out / urls.photo(PERSON)).exists()
    small.change(built.root, ZENG, "scope: [photo, phone]", "scope: [phone]")
    small.change(built.root, ZENG, "photo: photo.jpg\n", "")
    tally = built.build()
    assert not (built.out / urls.photo(PERSON)).exists()
    assert tally.removed == 1
    built_alike(built, tally)


def test_what_is_kept_of_two_places_does_not_mix(built: Workshop, watch: Watch, tmp_path: Path) -> None:
    """A site built for a test and for the public in turn, with one cache."""
    second = built.elsewhere(tmp_path / "second", shelf=built.shelf)
    assert second.build().written == len(contents(built.out))
    watch.forget()
    assert (built.build().written, second.build().written) == (0, 0)
    assert watch.codes == set()
    assert contents(second.out) == contents(built.out)


@pytest.mark.parametrize("spoil", ["empty", "swapped", "cut"])
def test_a_damaged_note_of_what_was_done_is_no_note(spoil: str, built: Workshop, watch: Watch) -> None:
    """Pages are made again, and come out equal."""
    assert built.shelf is not None
    notes = sorted(file for file in built.shelf.folder.rglob("part-*") if file.is_file())
    assert len(notes) == 4
    data = [file.read_bytes() for file in notes]
    for file, own, other in zip(notes, data, [*data[1:], data[0]], strict=True):
        file.write_bytes({"empty": b"", "swapped": other, "cut": own[:-1]}[spoil])
    tally = built.build()
    assert watch.codes == EVERYBODY
    assert (tally.written, tally.removed) == (0, 0)
    built_alike(built, tally)


def test_a_build_that_was_broken_off_is_finished_by_the_next(built: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written of it is noticed, whatever the cache says of before."""
    change_template(built)
    small.change(built.root, f"{BAIMA}/station.yml", "一楼", "二楼")
    with monkeypatch.context() as patch:
        watch = Watch(patch)
        patch.setattr("liaison.build.hand.put_leaf", _breaking(4))
        with pytest.raises(OSError, match="disk"):
            built.build()
        assert 0 < len(watch.codes) < len(EVERYBODY)
    built_alike(built, built.build())
    small.change(built.root, f"{BAIMA}/station.yml", "二楼", "一楼")
    built_alike(built, built.build())


def _breaking(after: int) -> Callable[..., object]:
    count = 0

    def put(*words: object) -> object:
        nonlocal count
        count += 1
        if count > after:
            raise OSError("disk")
        return put_leaf(*words)  # type: ignore[arg-type]

    return put
