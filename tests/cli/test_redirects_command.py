from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from support.html import read_page
from support.redirecting import answer, nginx
from support.sites import Built, contents, copy_site, edit

URL = "https://www.example.gov.cn/zt/jiazhan/"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["redirects", *map(str, arguments)])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return copy_site(tmp_path / "site")


def _printed(sample: Built) -> list[str]:
    """Paths that codes of the sample hold: the page of each, and of each lesson."""
    found = re.compile(r"([SD]/\w{2}/\w{5}|episodes/[^/]+/\d+)/index\.html")
    return sorted(path.removesuffix("index.html") for path in sample.pages if found.fullmatch(path))


def test_every_printed_code_leads_to_its_page_through_nginx(sample: Built, site: Path, tmp_path: Path) -> None:
    """The short address and the page, by a real server: also of codes that were closed or are withheld."""
    out = tmp_path / "rules"
    done = run("nginx", "--site", site, "--out", out)
    assert done.exit_code == 0, done.output
    assert f"db.example.gov.cn/ → {URL}" in done.output
    files = {path: data for path, data in contents(out).items() if path.endswith(".conf")}
    folder = tmp_path / "nginx"
    folder.mkdir()
    paths = _printed(sample)
    assert len(paths) > 120
    with nginx(folder, files) as port:
        for path in paths:
            assert answer(port, "DB.EXAMPLE.GOV.CN", f"/{path}") == (302, URL + path)


def test_pages_stand_at_every_printed_address(sample: Built, site: Path) -> None:
    """In the usual place below the site; each leads to a page that there is, and names are ASCII."""
    done = run("pages", "--site", site)
    assert done.exit_code == 0, done.output
    made = contents(site / "internal" / "redirects" / "pages")
    pages = {path for path in made if path.endswith(".html")}
    assert pages == {"404.html", "index.html", "c/index.html", *(f"{path}index.html" for path in _printed(sample))}
    for path in pages - {"404.html"}:
        page = read_page(made[path].decode())
        assert page.canonical().removeprefix(URL) + "index.html" == path
        assert path in sample.pages
    assert set(made) == {*pages, "redirects.txt"}
    assert all(path.isascii() for path in made)
    assert not re.search("示例", "".join(data.decode("utf-8-sig") for data in made.values()))


@pytest.mark.parametrize("kind", ["nginx", "iis", "apache"])
def test_rules_need_nothing_but_the_facts_of_the_site(site: Path, kind: str) -> None:
    """A mistake in a record keeps nobody from setting up a host; files are UTF-8 with ASCII names."""
    for file in site.glob("stations/*/*/station.yml"):
        file.write_text("no record", "utf-8")
    done = run(kind, "--site", site, "--from", "https://old.example.gov.cn/zt/x/")
    assert done.exit_code == 0, done.output
    made = contents(site / "internal" / "redirects" / kind)
    assert all(path.isascii() for path in made)
    for path, data in made.items():
        assert re.search(r"[\u4e00-\u9fff]{4}", data.decode("utf-8"))
        if path.endswith(".config"):
            assert ET.fromstring(data).tag == "configuration"
    assert "old.example.gov.cn/zt/x/" in made["redirects.txt"].decode()


def test_pages_of_a_site_with_errors_are_refused_and_the_earlier_ones_stay(site: Path) -> None:
    """A code that could not be read would have no page."""
    assert run("pages", "--site", site).exit_code == 0
    before = contents(site / "internal")
    next(site.glob("stations/*/*/station.yml")).write_text("no record", "utf-8")
    done = run("pages", "--site", site)
    assert done.exit_code == 1
    assert "错误" in done.output
    assert contents(site / "internal") == before


def test_pages_for_the_root_of_a_portal_replace_nothing_of_it(site: Path) -> None:
    """Where short addresses begin at the root of the host that has the site in a column: codes and lessons alone."""
    edit(site / "site.yml", r"(?m)^short_url: .*$", "short_url: HTTPS://WWW.EXAMPLE.GOV.CN/")
    assert run("pages", "--site", site).exit_code == 0
    made = contents(site / "internal" / "redirects" / "pages")
    assert {path.partition("/")[0] for path in made} == {"S", "D", "episodes", "redirects.txt"}


def test_where_nothing_leads_elsewhere_it_says_so(site: Path) -> None:
    """Without a short address, and with one that is the site's own, nothing is made, and nothing is wrong."""
    edit(site / "site.yml", r"(?m)^short_url: .*$", "short_url: HTTPS://WWW.EXAMPLE.GOV.CN/zt/jiazhan/")
    done = run("nginx", "--site", site)
    assert (done.exit_code, "同一个网址" in done.output) == (0, True)
    edit(site / "site.yml", r"(?m)^short_url: .*\n", "")
    done = run("pages", "--site", site)
    assert (done.exit_code, "没有写 short_url" in done.output) == (0, True)
    assert not (site / "internal").exists()
    assert run("nginx", "--site", site, "--from", "https://old.example.gov.cn/").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nginx"),
        (("lighttpd",), "nginx"),
        (("nginx", "--from", "old.example.gov.cn"), "不是完整的网址"),
        (("nginx", "--from", URL), "就是现在的网址"),
        (("nginx", "--from", "https://www.example.gov.cn/zt/"), "会打转"),
    ],
)
def test_wrong_usage_is_said_plainly(site: Path, arguments: tuple[str, ...], said: str) -> None:
    """Exit code 2, words in Chinese, and nothing written."""
    done = run(*arguments, "--site", site)
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output
    assert not (site / "internal").exists()


def test_a_folder_with_other_files_is_left_alone(site: Path, tmp_path: Path) -> None:
    """Nothing of somebody else's is replaced; an earlier answer of this command is, whole."""
    other = tmp_path / "papers"
    other.mkdir()
    (other / "letter.txt").write_text("keep")
    for out in (other, other / "letter.txt", site, tmp_path):
        done = run("nginx", "--site", site, "--out", out)
        assert done.exit_code in {1, 2}
        assert "Traceback" not in done.output
    assert contents(other) == {"letter.txt": b"keep"}
    out = tmp_path / "rules"
    assert run("apache", "--site", site, "--out", out).exit_code == 0
    assert run("nginx", "--site", site, "--out", out).exit_code == 0
    assert set(contents(out)) == {"liaison-redirects.conf", "redirects.txt"}


def test_broken_facts_are_said_plainly(site: Path) -> None:
    """A `site.yml` that cannot be read is no reason for a traceback."""
    (site / "site.yml").write_text("url: [", "utf-8")
    done = run("nginx", "--site", site)
    assert done.exit_code == 1
    assert "site.yml" in done.output
