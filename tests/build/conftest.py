"""A small site to be built: new for every test."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import Watch, Workshop, workshop

from support import small


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
