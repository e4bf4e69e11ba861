from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from liaison.render.redirects import RedirectError, apache, iis, nginx, pages, sources_of
from liaison.render.redirects.source import Source
from support.html import read_page
from support.redirecting import answer
from support.redirecting import apache as apache_running
from support.redirecting import nginx as nginx_running

URL = "https://www.example.gov.cn/zt/jiazhan/"
SHORT, SHORT_HOST = "HTTPS://DB.EXAMPLE.GOV.CN/", "db.example.gov.cn"
OLD, OLD_HOST = "https://old.example.gov.cn/zt/x/", "old.example.gov.cn"
GONE, GONE_HOST = "http://lianluo.example.gov.cn/", "lianluo.example.gov.cn"
SOURCES = sources_of(URL, SHORT, (OLD, GONE))
(PARTIAL,) = sources_of(URL, "HTTPS://WWW.EXAMPLE.GOV.CN/", ())

Ask = Callable[[str, str], tuple[int, str]]

KEPT = [
    ("", ""),
    ("S/3F/7K2MC/", "S/3F/7K2MC/"),
    ("D/7K/3M9TY/", "D/7K/3M9TY/"),
    ("D/7K/3M9TY/?from=singlemessage&isappinstalled=0", "D/7K/3M9TY/?from=singlemessage&isappinstalled=0"),
    ("D/7K/3M9TY/photo.jpg", "D/7K/3M9TY/photo.jpg"),
    ("episodes/minfadian/07/", "episodes/minfadian/07/"),
    ("c/?q=7K3M9TY", "c/?q=7K3M9TY"),
    ("liaison/assets/liaison.css?v=1", "liaison/assets/liaison.css?v=1"),
]
"""What is asked for, and what of the site it leads to, on every server."""

MENDED = [
    ("S/3F/7K2MC", "S/3F/7K2MC/"),
    ("S/3F/7K2MC?x=1", "S/3F/7K2MC/?x=1"),
    ("S/3F7K2MC/", "S/3F/7K2MC/"),
    ("S3F7K2MC", "S/3F/7K2MC/"),
    ("S/3F/7K2MC/index.html", "S/3F/7K2MC/"),
    ("S/3F/7K2MC/%E3%80%82", "S/3F/7K2MC/"),
    ("S/3F/7K2MC%EF%BC%8C", "S/3F/7K2MC/"),
]
RAISED = [("s/3f/7k2mc/", "S/3F/7K2MC/"), ("d/7k/3m9ty", "D/7K/3M9TY/"), ("D/7k/3M9ty/?a=b", "D/7K/3M9TY/?a=b")]

HOSTILE = [
    "//evil.com", "//evil.com/", "///evil.com/%2f..", "/\\evil.com", "/%5cevil.com", "/%2f%2fevil.com", "/.evil.com",
    "/@evil.com", "/:80@evil.com/", "/%40evil.com", "/S/../../etc/passwd", "/S/%2e%2e/%2e%2e/x", "/..//evil.com",
    "/%0d%0aLocation:%20https://evil.com/", "/S/3F/7K2MC/%0d%0aSet-Cookie:%20a=b", "/S/3F/7K2MC/?%0d%0aSet-Cookie:%20a",
    "/%00", '/"onload="x', "/'", "/<script>", "/%3Cscript%3E", "/$http_host/", "/${liaison:x}/", "/%{HTTP_HOST}",
    "/S/3F/7K2MC/$1", "/?//evil.com", "/?url=https://evil.com/", "/https://evil.com/", "/http:evil.com", "/;evil.com",
    "https://evil.com/x", "http://evil.com//x", "/%E4%BA%BA%E5%A4%A7/", "/S/3F/7K2MCX/", "/" + "a/" * 900,
]  # fmt: skip


def _stays(status: int, place: str) -> bool:
    """Whether an answer leads nowhere but to the site."""
    return status in {400, 403, 404, 414} or (
        status == 302 and re.match(r"https://www\.example\.gov\.cn/zt/jiazhan/", place) is not None
    )


@pytest.fixture(scope="module")
def by_nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Nginx with all sources: two hosts of their own, one column of a portal."""
    files = nginx.files(SOURCES)
    with nginx_running(tmp_path_factory.mktemp("nginx"), files, (f"inside-{SOURCES[1].name}.conf",)) as port:
        yield lambda host, path: answer(port, "www.example.gov.cn" if host == OLD_HOST else host, path)


def _apache(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Apache by the rules for a host, or by those for a folder."""
    folder, root = tmp_path_factory.mktemp("apache"), tmp_path_factory.mktemp("root")
    files = {name: data.decode() for name, data in apache.files(SOURCES).items()}
    hosts = {one.host: files[f"rules-{one.name}.conf"] for one in SOURCES}
    if request.param == "apache by folder":
        for one in SOURCES:
            at = root / one.host / one.path.strip("/")
            at.mkdir(parents=True)
            (at / ".htaccess").write_text(files[f"htaccess-{one.name}.txt"], "utf-8")
            hosts[one.host] = f"DocumentRoot {root / one.host}"
    modules = ("rewrite",) if request.param == "apache with rewrite" else ()
    with apache_running(folder, hosts, modules=modules, root=root) as port:
        yield lambda host, path: answer(port, host, path)


@pytest.fixture(scope="module", params=["nginx", "apache with rewrite", "apache", "apache by folder"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Ask]]:
    """A real server in each way that rules are written for."""
    if request.param == "nginx":
        yield request.param, request.getfixturevalue("by_nginx")
    else:
        for ask in _apache(request, tmp_path_factory):
            yield request.param, ask


def _by_iis(host: str, path: str) -> tuple[int, str]:
    """What IIS answers, by Microsoft's words on `httpRedirect`: `$S` the suffix, `$Q` the query with its mark."""
    source = next(one for one in SOURCES if one.host == host)
    rule = ET.fromstring(iis.files([source])[f"{source.name}/web.config"]).find("./system.webServer/httpRedirect")
    assert rule is not None
    assert rule.attrib == {
        "enabled": "true", "exactDestination": "true", "childOnly": "false", "httpResponseStatus": "Found",
        "destination": rule.attrib["destination"],
    }  # fmt: skip
    plain, mark, query = path.partition("?")
    suffix = plain.removeprefix(source.path.rstrip("/"))
    return 302, rule.attrib["destination"].replace("$S", suffix).replace("$Q", mark + query)


@pytest.mark.parametrize(("host", "base"), [(SHORT_HOST, "/"), (OLD_HOST, "/zt/x/"), (GONE_HOST, "/")])
def test_a_path_is_kept_and_so_is_the_query(server: tuple[str, Ask], host: str, base: str) -> None:
    """Short host, former column, former host: every address leads to the same page of the site, by a 302."""
    name, ask = server
    for path, leads in (*KEPT, *MENDED):
        assert ask(host, base + path) == (302, URL + leads), path
    for path, leads in RAISED:
        raises = name in {"nginx", "apache with rewrite"}
        assert ask(host, base + path) == (302, URL + (leads if raises else path)), path


@pytest.mark.parametrize("host", [SHORT_HOST, OLD_HOST, GONE_HOST])
def test_no_path_leads_off_the_site(server: tuple[str, Ask], host: str) -> None:
    """Slashes, dots, line ends, other hosts, variables: the answer is an error or a place on the site."""
    name, ask = server
    base = "/zt/x" if host == OLD_HOST else ""
    for path in HOSTILE:
        status, place = ask(host, base + path if path.startswith("/") else path)
        if not place and (base or not path.startswith("/")):
            continue  # the portal's own answer, or that of another host
        assert _stays(status, place), (name, path, status, place)
        assert not re.search(r"[\s\"'<>]|//.*(//|@|\\)", place.partition("?")[0]), (name, path, place)


def test_the_virtual_host_of_apache_is_sound(tmp_path: Path) -> None:
    """The file that brings a host of its own is read by Apache as it stands, but for port and folder."""
    (source, *_) = SOURCES
    files = {name: data.decode() for name, data in apache.files([source]).items()}
    rules = f"rules-{source.name}.conf"
    (tmp_path / rules).write_text(files[rules], "utf-8")
    block = re.search(r"<VirtualHost \*:80>\n(.*?)</VirtualHost>", files[f"host-{source.name}.conf"], re.DOTALL)
    assert block
    with apache_running(tmp_path, {"db.example.gov.cn": block[1]}, modules=(), root=tmp_path) as port:
        assert answer(port, SHORT_HOST, "/S/3F/7K2MC/") == (302, f"{URL}S/3F/7K2MC/")


@pytest.mark.parametrize(("host", "base"), [(SHORT_HOST, "/"), (OLD_HOST, "/zt/x/"), (GONE_HOST, "/")])
def test_iis_keeps_path_and_query(host: str, base: str) -> None:
    """By what the schema of IIS says; no module but its own is asked for."""
    for path, leads in KEPT:
        assert _by_iis(host, base + path) == (302, URL + leads)
    for path in HOSTILE:
        assert _by_iis(host, base + path.lstrip("/"))[1].startswith(URL)


def test_wrong_addresses_lead_where_a_reader_can_go_on(by_nginx: Ask) -> None:
    """From the short host to the page where a code is typed, from a former address to the home page."""
    assert by_nginx(SHORT_HOST, "/%E4%BA%BA%E5%A4%A7/") == (302, f"{URL}c/")
    assert by_nginx(OLD_HOST, "/zt/x/%E4%BA%BA%E5%A4%A7/") == (302, URL)
    assert by_nginx(OLD_HOST, "/zt/x") == (302, URL)


def test_the_rest_of_a_shared_host_is_left_alone(by_nginx: Ask) -> None:
    """Of a portal only the former column leads on."""
    for path in ("/", "/zt/", "/zt/xy/", "/S/3F/7K2MC/", "/zt/X/S/3F/7K2MC/", "/zt/x.html"):
        assert by_nginx("www.example.gov.cn", path) == (200, "")


def test_short_addresses_at_the_root_of_the_same_host(tmp_path: Path) -> None:
    """Where the site lies below the short address, only codes and lessons are led on, and nothing turns in a circle."""
    files = nginx.files([PARTIAL])
    with nginx_running(tmp_path, files, (f"inside-{PARTIAL.name}.conf",)) as port:
        for path, leads in (
            ("S/3F/7K2MC/", "S/3F/7K2MC/"),
            ("d/7k/3m9ty", "D/7K/3M9TY/"),
            ("episodes/a/07/", "episodes/a/07/"),
        ):
            assert answer(port, "www.example.gov.cn", f"/{path}") == (302, URL + leads)
        for path in ("/", "/zt/jiazhan/S/3F/7K2MC/", "/zt/jiazhan/", "/Search/", "/episodes/", "/c/"):
            assert answer(port, "www.example.gov.cn", path) == (200, "")


def test_the_same_on_apache_and_iis(tmp_path: Path) -> None:
    """The other two know the same two kinds of address."""
    rules = apache.files([PARTIAL])[f"rules-{PARTIAL.name}.conf"].decode()
    with apache_running(tmp_path, {"www.example.gov.cn": rules}, modules=("rewrite",), root=tmp_path) as port:
        assert answer(port, "www.example.gov.cn", "/d/7k/3m9ty") == (302, f"{URL}D/7K/3M9TY/")
        assert answer(port, "www.example.gov.cn", "/episodes/a/07") == (302, f"{URL}episodes/a/07/")
        assert answer(port, "www.example.gov.cn", "/zt/jiazhan/S/3F/7K2MC/")[0] == 404
    config = ET.fromstring(iis.files([PARTIAL])[f"{PARTIAL.name}/web.config"])
    places = {
        one.attrib["path"]: one.find("system.webServer/httpRedirect").attrib["destination"]  # type: ignore[union-attr]
        for one in config.findall("location")
    }
    assert places == {one: f"{URL}{one}$S$Q" for one in ("S", "D", "episodes")}
    assert config.find("system.webServer") is None


@pytest.mark.parametrize(
    "address",
    [
        "ftp://old.example.gov.cn/", "old.example.gov.cn", "https:///x/", "https://a b/", "https://人大.example/",
        "https://u@old.example.gov.cn/", "https://old.example.gov.cn/?a=1", "https://old.example.gov.cn/#a",
        "https://old.example.gov.cn/a;b/", "https://old.example.gov.cn/a$1/", 'https://old.example.gov.cn/"/',
        "https://old.example.gov.cn/../", "https://old.example.gov.cn:99999/", "https://old.example.gov.cn/a}/",
        "https://[::1/", "https://old.example.gov.cn//x/", "https://old.example.gov.cn/%41/", "https://a\n/",
        URL, "https://www.example.gov.cn/zt/", "https://www.example.gov.cn/", "HTTP://WWW.example.gov.cn:80/zt/jiazhan",
    ],
)  # fmt: skip
def test_an_address_no_rule_can_be_written_for_is_refused(address: str) -> None:
    """Nothing of it could be put into a configuration safely, or it would lead in a circle."""
    with pytest.raises(RedirectError):
        sources_of(URL, None, (address,))


def test_what_needs_no_rule_has_none() -> None:
    """No short address, the same one in other letters, and one address named twice."""
    assert sources_of(URL, None, ()) == ()
    assert sources_of(URL, "HTTPS://WWW.EXAMPLE.GOV.CN/zt/jiazhan/", ()) == ()
    assert len(sources_of(URL, SHORT, (OLD, OLD.rstrip("/"), "http://OLD.example.gov.cn/zt/x/"))) == 2


def test_names_in_other_scripts_keep_the_files_sound() -> None:
    """Two hyphens, as Chinese names of hosts have them, may not stand in a comment of XML."""
    sources = sources_of(URL, "https://xn--fiqs8s.example/", ())
    (data,) = iis.files(sources).values()
    ET.fromstring(data)
    assert sources[0].name == "xn--fiqs8s.example"


@pytest.mark.parametrize("make", [nginx.files, apache.files, iis.files])
def test_nothing_says_that_it_is_for_ever(make: Callable[[tuple[Source, ...]], dict[str, bytes]]) -> None:
    """No 301 and no 308: those would be kept for good by whoever scanned once."""
    for data in make(SOURCES).values():
        rules = "\n".join(
            line for line in data.decode().splitlines() if "302，不用 301" not in line and "302（Found）" not in line
        )
        assert not re.search(r"\b30[18]\b|[Pp]ermanent", rules)


def test_pages_lead_on_without_a_script() -> None:
    """A page at each address: goes there by itself, and by a link in words; no index takes it, and it names nobody."""
    made = pages.files(URL, ["S/3F/7K2MC/", "episodes/minfadian/07/"], has_front=True)
    bare = pages.files(URL, ["S/3F/7K2MC/", "episodes/minfadian/07/"], has_front=False)
    assert set(made) - set(bare) == {"index.html", "c/index.html", "404.html"}
    assert set(made) == {
        "S/3F/7K2MC/index.html", "episodes/minfadian/07/index.html", "index.html", "c/index.html", "404.html",
    }  # fmt: skip
    for path, data in made.items():
        page = read_page(data.decode())
        assert page.all("html", lang="zh-CN")
        assert page.meta("robots") == "noindex"
        assert not page.all("script")
        assert "default-src 'none'" in page.all("meta", http_equiv="Content-Security-Policy")[0]["content"]
        if path == "404.html":
            assert {address for _, address in page.links()} == {URL, f"{URL}c/"}
            continue
        leads = URL + path.removesuffix("index.html")
        assert page.canonical() == leads
        assert page.all("meta", http_equiv="refresh")[0]["content"] == f"0; url={leads}"
        assert [one["href"] for one in page.all("a")] == [leads]
        assert leads in page.text
