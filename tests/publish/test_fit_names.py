"""Names that some host refuses, loses or mixes up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from liaison.publish.names import SERVED, SET_UP, to_set_up, unfit_names

NGINX = Path("/etc/nginx/mime.types")

GOOD = [
    "index.html",
    "404.html",
    "S/3F/7K2MC/index.html",
    "assets/javascripts/bundle.a5f9d56c.min.js",
    "search/search_index.json",
    "episodes/minfadian/01/captions.vtt",
    "console/index.html",
    "a/com10.html",
    "binary/index.html",
    f"{'a' * 195}.html",
]


def test_good_names() -> None:
    """What releases hold is let through."""
    assert unfit_names(GOOD) == ()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("站/index.html", "字母、数字、点、横线以外"),
        ("a b.html", "字母、数字、点、横线以外"),
        ("a+b.html", "字母、数字、点、横线以外"),
        ("a%20.html", "字母、数字、点、横线以外"),
        ("a\\b.html", "字母、数字、点、横线以外"),
        ("a\n.html", "字母、数字、点、横线以外"),
        ("é.html", "字母、数字、点、横线以外"),
        (".htaccess", "以点开头"),
        ("a/.git/x.txt", "以点开头"),
        ("a/../b.html", "以点开头"),
        ("a//b.html", "空的一段"),
        ("a./b.html", "以点结尾"),
        ("con/index.html", "Windows 的设备名"),
        ("a/NUL.html", "Windows 的设备名"),
        ("a/com1.x.txt", "Windows 的设备名"),
        ("lpt0/index.html", "Windows 的设备名"),
        ("bin/index.html", "IIS"),
        ("a/App_Data/x.json", "IIS"),
        ("APP_CODE/x.html", "IIS"),
        ("a/web.config", "IIS"),
        ("a/page.aspx", "扩展名 .aspx"),
        ("a/page.php", "扩展名 .php"),
        ("a/photo.webp", "扩展名 .webp"),
        ("a/b.js.map", "扩展名 .map"),
        ("a/PAGE.HTML", "扩展名 .HTML"),
        ("a/CNAME", "没有扩展名"),
        (f"{'a' * 196}.html", "201 个字符"),
    ],
)
def test_unfit_names(path: str, words: str) -> None:
    """Each is named with the reason, and good names beside it are not."""
    found = unfit_names([*GOOD, path])
    assert [one.path for one in found] == [path]
    assert words in found[0].words


@pytest.mark.parametrize(
    ("paths", "path", "words"),
    [
        (["a/Leaf.pdf", "a/leaf.pdf"], "a/leaf.pdf", "和 a/Leaf.pdf 只差大小写"),
        (["A/one.pdf", "a/two.pdf"], "a/two.pdf", "所在的文件夹和 A/ 只差大小写"),
        (["x/A/one.pdf", "x/a/y/two.pdf"], "x/a/y/two.pdf", "所在的文件夹和 x/A/ 只差大小写"),
        (["a.html", "A.html/index.html"], "a.html", "和文件夹 A.html/ 同名"),
        (["A.html", "a.html/index.html"], "a.html/index.html", "所在的文件夹和文件 A.html 同名"),
    ],
)
def test_names_that_windows_takes_for_one(paths: list[str], path: str, words: str) -> None:
    """Files and folders that differ in capitals alone are one to Windows."""
    for given in (paths, paths[::-1]):
        found = unfit_names(given)
        assert [one.path for one in found] == [path]
        assert words in found[0].words


def test_many_names_are_quick() -> None:
    """A province's names are no work to speak of."""
    paths = [f"D/{number // 1000:03}/{number % 1000:03}/index.html" for number in range(140_000)]
    assert unfit_names(paths) == ()


def test_what_a_host_must_be_told() -> None:
    """Of extensions that need a setting, the first file is named."""
    assert to_set_up(["b/x.vtt", "a/x.vtt", "index.html"]) == {".vtt": "a/x.vtt"}


def test_what_nginx_serves() -> None:
    """Every extension that counts as served stands in the list that nginx comes with, and none that needs a setting."""
    if shutil.which("nginx") is None or not NGINX.exists():
        pytest.skip("needs nginx")
    told = {f".{word.strip(';')}" for line in NGINX.read_text("utf-8").splitlines() for word in line.split()[1:]}
    assert set(SERVED) <= told
    assert not SET_UP & told
