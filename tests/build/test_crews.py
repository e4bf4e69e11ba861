"""Whoever builds a site, on whatever engine: the same files, counted alike."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from building import PERSON, Workshop

from liaison.build import tasks
from liaison.plan import urls
from liaison.publish.tree import Tally
from liaison.records import judge, read
from liaison.render.photos import PhotoError
from liaison.workers import Crew
from support import engines, small
from support.sites import contents
from support.small import PHOTO, ZENG

CREWS = {"forked": Crew(2), "three": Crew(3), "threads": Crew(2, engines.threads), "spawned": Crew(2, engines.spawned)}
every_crew = pytest.mark.parametrize("crew", CREWS.values(), ids=CREWS)


@pytest.fixture
def shop(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """A site whose parts are worth a worker each."""
    for module in (tasks, judge, read):
        monkeypatch.setattr(module, "ALONE_UP_TO", 0)
    return shop


@every_crew
def test_workers_write_what_one_process_writes(crew: Crew, shop: Workshop, tmp_path: Path) -> None:
    """The same paths and bytes, and the same count of them, again also of those left alone."""
    alone = shop.elsewhere(tmp_path / "alone")
    shop.crew = crew
    first = shop.build()
    assert first == alone.build()
    assert contents(shop.out) == contents(alone.out)
    assert first == Tally(written=len(contents(alone.out)), unchanged=0, removed=0)
    assert shop.build() == Tally(written=0, unchanged=first.written, removed=0)
    assert contents(shop.out) == contents(alone.out)


@every_crew
def test_one_goes_on_where_others_stopped(crew: Crew, shop: Workshop, tmp_path: Path) -> None:
    """What workers noted of a build serves one process, and the reverse."""
    shop.crew = crew
    shop.build()
    small.change(shop.root, ZENG, "一句话简介", "另一句简介")
    shop.crew = Crew()
    assert shop.build().written == 1
    small.change(shop.root, ZENG, "另一句简介", "第三句简介")
    shop.crew = crew
    assert shop.build().written == 1
    anew = shop.elsewhere(tmp_path / "anew", crew=Crew())
    anew.build()
    assert contents(shop.out) == contents(anew.out)


@pytest.mark.parametrize("crew", [Crew(), *CREWS.values()], ids=["alone", *CREWS])
def test_what_goes_wrong_in_a_worker_comes_out(crew: Crew, shop: Workshop) -> None:
    """A photo that can be opened and not be shown is told by its file; no worker is left behind."""
    photo = shop.root / PHOTO
    photo.write_bytes(photo.read_bytes()[: photo.stat().st_size // 2])
    shop.crew = crew
    with pytest.raises(PhotoError, match=rf"^{PHOTO}：照片读不出来"):
        shop.build()
    assert multiprocessing.active_children() == []
    assert not (shop.out / urls.photo(PERSON)).exists()


def test_pages_of_every_part_are_there(shop: Workshop) -> None:
    """Of all stations, deputies and regions, with the files of the host; none besides."""
    shop.build()
    pages = [path for path in contents(shop.out) if path.endswith("index.html")]
    assert sorted(path for path in pages if path.startswith(("S/", "D/"))) == sorted(
        [urls.file(urls.station(code)) for code in ("3F7K2MC", "TK58CWB", "CKYTPCB", "PNRTHK5")]
        + [urls.file(urls.deputy(code)) for code in ("Q2RX7DK", "7K3M9TY", "MQR6M65", "9PN6FQT")]
    )
    others = {path for path in contents(shop.out) if not path.startswith(("S/", "D/", "r/", "laws/", "topics/"))}
    assert others == {
        *("index.html", "c/index.html", "map/index.html", "404.html", "verify.txt", "robots.txt"),
        *("sitemap.xml", "sitemap-1.xml", "episodes/index.html", "episodes/shiyan/01/captions.vtt"),
        *(f"episodes/{folder}feed.{form}" for folder in ("", "shiyan/") for form in ("xml", "json")),
    }
