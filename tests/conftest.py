"""Sites built once for all tests, a host that serves them, and the promise that CI skips nothing."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from liaison.shelf import VARIABLE
from support.heavy import make_heavy
from support.server import StaticHost, serving
from support.sites import NO_CACHE, Built, build, copy_site

NO_SKIPS = "LIAISON_NO_SKIPS"
"""Set in CI: a test that would be skipped fails, because there everything it needs was installed."""

AT_ROOT = "https://lianluo.example.gov.cn/"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn skips into failures where none are allowed."""
    report = yield
    if os.environ.get(NO_SKIPS) and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and {NO_SKIPS} is set: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that would be skipped."""
    report = yield
    if os.environ.get(NO_SKIPS) and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped as a whole, and {NO_SKIPS} is set: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or fills the cache of whoever runs it: every process of the tests has one of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept from one run to the next."""
    for name, value in NO_CACHE.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample at its own address, below a path of a portal; without posters that somebody made beside it."""
    folder = tmp_path_factory.mktemp("sample")
    return build(copy_site(folder / "source"), folder / "site")


@pytest.fixture(scope="session")
def rooted(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample for a host of its own."""
    folder = tmp_path_factory.mktemp("rooted")
    return build(copy_site(folder / "source", url=AT_ROOT), folder / "site")


@pytest.fixture(scope="session")
def heavy(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample with a station of 80 deputies and a county whose roll needs several pages."""
    folder = tmp_path_factory.mktemp("heavy")
    source = copy_site(folder / "source")
    make_heavy(source)
    return build(source, folder / "site")


@pytest.fixture(scope="session", params=["sample", "rooted", "heavy"])
def site(request: pytest.FixtureRequest) -> Built:
    """Each of the built sites in turn."""
    built: Built = request.getfixturevalue(request.param)
    return built


@pytest.fixture(scope="session")
def host(sample: Built, rooted: Built, heavy: Built) -> Iterator[StaticHost]:
    """All sites on one host: the sample below its path, the rooted one at the root, the heavy one below `/heavy/`."""
    mounts: dict[str, Path] = {"/": rooted.tree, sample.mount: sample.tree, "/heavy/": heavy.tree}
    with serving(mounts) as running:
        yield running
