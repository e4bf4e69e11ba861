"""Targets as people write them."""

from pathlib import Path

import pytest

from liaison.model.site import Goal
from liaison.publish.goals import GoalError, target_of

GOALS = {
    "正式": Goal(to="web@www.example.gov.cn:/srv/zhan", port=2222, address="https://www.example.gov.cn/zhan/"),
    "备用": Goal(to="/srv/zhan", layout="plain"),
}


def test_names_of_the_site() -> None:
    """A name in `site.yml` brings what is written there; what is given besides goes before it."""
    target = target_of("正式", GOALS)
    assert (target.host, target.folder, target.port) == ("web@www.example.gov.cn", "/srv/zhan", 2222)
    assert (target.label, target.address) == ("正式", "https://www.example.gov.cn/zhan/")
    assert (target_of("备用", GOALS).folder, target_of("备用", GOALS).layout) == ("/srv/zhan", "plain")
    other = target_of("正式", GOALS, layout="plain", port=22, address="http://10.1.2.3/")
    assert (other.layout, other.port, other.address) == ("plain", 22, "http://10.1.2.3/")


@pytest.mark.parametrize(
    ("text", "host", "folder"),
    [
        ("me@host:/srv/zhan", "me@host", "/srv/zhan"),
        ("host.example:/srv//zhan/", "host.example", "/srv/zhan"),
        ("me@[fe80::1]:/srv/zhan", "me@[fe80::1]", "/srv/zhan"),
        ("/srv/网站/a b", "", "/srv/网站/a b"),
        ("/srv/a:b", "", "/srv/a:b"),
    ],
)
def test_what_is_understood(text: str, host: str, folder: str) -> None:
    """Folders here and on hosts, in all usual spellings."""
    target = target_of(text, {})
    assert (target.host, target.folder) == (host, folder)


def test_folders_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a slash, or one that is there, needs no whole path; a missing name is taken for a name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    assert target_of("there", GOALS).folder == str(tmp_path / "there")
    assert target_of("./none", GOALS).folder == str(tmp_path / "none")
    with pytest.raises(GoalError, match=r"没有叫“none”的目标（现有的名字：正式、备用）；要发布到文件夹，写成 ./none"):
        target_of("none", GOALS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-oProxyCommand=touch x:/srv",
        "-oProxyCommand=x",
        "me@-oProxyCommand=x:/srv/zhan",
        "-me@host:/srv/zhan",
        "me@host:srv/zhan",
        "me@host:/",
        "me@host:/srv/../etc",
        "me@host:/srv/$(id)",
        "me@host:/srv/a b",
        "me@host:/srv/`id`",
        "me@host:/srv/a;id",
        "me@host:/srv/a\nb",
        "me@host:/srv/'a'",
        "me@ho st:/srv/a",
        "me@host$(id):/srv/a",
        "/",
        "/srv/..",
        "a\0b/c",
    ],
)
def test_what_is_refused(text: str) -> None:
    """Nothing that a shell or ssh could take for something else gets through, and never a root folder."""
    with pytest.raises(GoalError):
        target_of(text, {})


@pytest.mark.parametrize(
    "more",
    [
        {"address": "ftp://x/"},
        {"ssh_options": ("-oProxyCommand=x",)},
        {"ssh_options": ("Port",)},
        {"ssh_options": ("A=b\nc",)},
        {"port": 70_000},
    ],
)
def test_options_that_make_no_sense(more: dict[str, object]) -> None:
    """They are refused before anything is asked of a host."""
    with pytest.raises(GoalError):
        target_of("me@host:/srv/zhan", {}, **more)  # type: ignore[arg-type]
    with pytest.raises(GoalError, match="用不着端口和 SSH 选项"):
        target_of("/srv/zhan", {}, port=22)
