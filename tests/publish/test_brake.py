"""What stops a publication when it is compared with what is published."""

from pathlib import Path

import pytest

from liaison.model.holders import Holder, short_digest
from liaison.publish.brake import broken_codes, lost_codes, named, shown_again, too_many_gone
from liaison.publish.manifest import Difference, Manifest
from liaison.publish.place import PublishError, Source
from liaison.publish.publishing import compare
from liaison.publish.returning import Return
from support.publisher import go_back, order_for, put_there, target_at
from support.releases import DEPUTY, STATION, page, release, small_files, small_holders


def site(folder: Path, pages: int, holders: dict[str, Holder] | None = None) -> Manifest:
    """A release with so many pages in all."""
    extra = {f"p/{number:03d}/index.html": page(str(number)) for number in range(pages - 4)}
    return release(folder, {**small_files(), **extra}, holders)


@pytest.mark.parametrize(("gone", "stops"), [(0, False), (1, False), (2, False), (3, True), (60, True)])
def test_the_brake(tmp_path: Path, gone: int, stops: bool) -> None:
    """More than two of a hundred pages may not go by themselves; exactly two may. Other files do not count."""
    before, after = site(tmp_path / "a", 100), site(tmp_path / "b", 100 - gone)
    found = too_many_gone(before, Difference.between(before, after), 2)
    assert bool(found) is stops
    order = order_for(target_at(tmp_path), tmp_path, may_remove=False)
    if not stops:
        compare(before, Source(tmp_path / "b", after), order)
        return
    with pytest.raises(
        PublishError, match=rf"会删去 {gone} 个网页，超过现有 100 个的 2%，.*--confirm-removal"
    ) as caught:
        compare(before, Source(tmp_path / "b", after), order)
    assert len(caught.value.lines) == min(gone, 21)
    assert caught.value.lines[0].startswith("p/0")
    assert gone <= 20 or caught.value.lines[-1] == f"……另有 {gone - 20} 个网页"
    compare(before, Source(tmp_path / "b", after), order_for(target_at(tmp_path), tmp_path, may_remove=True))


def test_other_files_do_not_count(tmp_path: Path) -> None:
    """Pictures and papers may go; only pages are counted."""
    more = {f"pictures/{number}.png": b"x" for number in range(50)}
    before, after = release(tmp_path / "a", {**small_files(), **more}), release(tmp_path / "b")
    assert too_many_gone(before, Difference.between(before, after), 2) == []


def test_codes_stay_with_their_holders(tmp_path: Path) -> None:
    """A published code that vanished, changed or was given to somebody else stops everything, confirmed or not."""
    before = site(tmp_path / "a", 20)
    station, deputy = small_holders()[STATION], small_holders()[DEPUTY]
    cases = {
        "编号不见了": {STATION: station},
        "换了编号，现在是 Q2RX7DK": {STATION: station, "Q2RX7DK": deputy},
        "编号给了别人": {STATION: station, DEPUTY: small_holders("另一位")[DEPUTY]},
    }
    for number, (words, holders) in enumerate(cases.items()):
        after = site(tmp_path / f"b{number}", 20, holders)
        assert broken_codes(before, after) == [f"{DEPUTY}（代表）：{words}"]
        for may_remove in (True, False):
            order = order_for(target_at(tmp_path), tmp_path, may_remove=may_remove)
            with pytest.raises(PublishError, match="有 1 个已经公布的编号出了问题，不能发布"):
                compare(before, Source(tmp_path / f"b{number}", after), order)
    assert broken_codes(before, before) == []


def test_the_first_publication(tmp_path: Path) -> None:
    """Nothing is compared where nothing is published, unless somebody says what is."""
    before, after = site(tmp_path / "a", 100), site(tmp_path / "b", 10)
    source = Source(tmp_path / "b", after)
    assert len(compare(None, source, order_for(target_at(tmp_path), tmp_path)).added) == len(after.files)
    order = order_for(target_at(tmp_path), tmp_path, previous=before, may_remove=False)
    with pytest.raises(PublishError, match="会删去 90 个网页"):
        compare(None, source, order)


def test_names_are_not_endless() -> None:
    """Twenty are named, the rest is counted."""
    assert named([str(one) for one in range(20)], "个") == [str(one) for one in range(20)]
    assert named([str(one) for one in range(23)], "个")[-1] == "……另有 3 个"


@pytest.mark.parametrize("status", ["paused", "withheld"])
def test_hidden_people_stay_hidden(tmp_path: Path, status: str) -> None:
    """One does not go back to a release that shows somebody who is hidden now."""
    hidden = {**small_holders(), DEPUTY: Holder(kind="deputy", status=status)}
    assert shown_again(hidden, small_holders()) == [DEPUTY]
    assert shown_again(small_holders(), hidden) == []
    release(tmp_path / "a")
    release(tmp_path / "b", small_files("二"), hidden)
    release(tmp_path / "c", small_files("三"), hidden)
    target = target_at(tmp_path / "host")
    names = [put_there(target, tmp_path / word, tmp_path).name for word in "abc"]
    assert go_back(target, tmp_path).name == names[1]
    for wanted in (Return(), Return(to=names[0]), Return(may_lose_codes=True)):
        with pytest.raises(PublishError, match="会重新公开 1 位已经撤下的代表，不能退") as caught:
            go_back(target, tmp_path, wanted)
        assert caught.value.lines == (DEPUTY,)
    assert (tmp_path / "host/current").readlink().name == names[1]


def test_codes_that_would_be_lost(tmp_path: Path) -> None:
    """Going back behind a code that was published since needs to be confirmed."""
    newer = {**small_holders(), "Q2RX7DK": Holder(kind="deputy", status="active", fields={"name": short_digest("新")})}
    assert lost_codes(newer, small_holders()) == ["Q2RX7DK"]
    release(tmp_path / "a")
    release(tmp_path / "b", small_files("二"), newer)
    target = target_at(tmp_path / "host")
    names = [put_there(target, tmp_path / word, tmp_path).name for word in "ab"]
    with pytest.raises(PublishError, match=r"有 1 个已经公布的编号打不开.*--confirm-codes") as caught:
        go_back(target, tmp_path)
    assert caught.value.lines == ("Q2RX7DK",)
    assert (tmp_path / "host/current").readlink().name == names[1]
    assert go_back(target, tmp_path, Return(may_lose_codes=True)).name == names[0]
