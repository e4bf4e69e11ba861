"""A small site to be built: new for every test."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import Watch, Workshop, workshop

from support import small
from support.printing import ALL_KINDS, FEW, posters, small_sample


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """Four stations, each a part of its own; nothing is built yet."""
    small.part_by_station(monkeypatch)
    return workshop(tmp_path)


@pytest.fixture
def built(shop: Workshop) -> Workshop:
    """The same, built a moment ago."""
    shop.build()
    small.settle()
    return shop


@pytest.fixture
def watch(built: Workshop, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What is made from here on."""
    assert built.out.exists()
    return Watch(monkeypatch)


@pytest.fixture(scope="session")
def printed_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county of the sample after a run for the office: every kind, two stations, three deputies, two lessons."""
    site = small_sample(tmp_path_factory.mktemp("printed") / "site")
    posters(site, *ALL_KINDS, *FEW)
    return site
