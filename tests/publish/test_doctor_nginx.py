"""The examination of nginx: nothing is found where all is well, and exactly the fault where there is one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liaison.publish.doctor.exam import Order, examine
from liaison.publish.doctor.findings import Finding, Level
from liaison.publish.doctor.table import FAULTS
from liaison.publish.doctor.wire import Reach
from liaison.publish.visit import Route
from support.nginx_faults import GOOD, HOST, Running, Setting, nginx
from support.releases import page, release

NOW = datetime.now(UTC)


def found(running: Running, ways: Iterable[str] | None = None, url: str = "", short: str = "") -> list[Finding]:
    """What the examination finds."""
    given: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for way in running.ways if ways is None else ways:
        for host, address in Route.of([way]).resolve.items():
            given.setdefault(host, []).append(address)
    order = Order(url or running.url, NOW, short=short)
    groups = examine(order, Reach(given, patience=5), Route.of((), running.ca).tls)
    return [finding for group in groups for finding in group.findings]


def ids(findings: Iterable[Finding]) -> set[str]:
    """Ends of the ids of what is wrong."""
    return {finding.id.removeprefix("doctor/") for finding in findings if finding.is_bad}


def lowered(folder: Path) -> None:
    """Every name as a careless tool uploads it."""
    for path in sorted(folder.rglob("*"), key=lambda one: -len(one.parts)):
        if path.name != path.name.lower():
            path.rename(path.with_name(path.name.lower()))


def git(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git/HEAD").write_text("ref: refs/heads/main\n", "utf-8")


def injected(folder: Path) -> None:
    home = folder / "index.html"
    home.write_bytes(home.read_bytes().replace(b"<body>", b'<body><p class="ad">+</p>'))


def page_with(markup: str) -> dict[str, bytes]:
    return {"guides/index.html": page(markup, "liaison/assets/liaison.css", depth=1)}


def types_without(*endings: str) -> str:
    text = GOOD["types"]
    for ending in endings:
        start = text.index(f" {ending};")
        text = text[: text.rindex(" ", 0, start)] + text[start + len(ending) + 2 :]
    return text


HTTPS = "return 301 https://$host"
FOLDER = r"if ($request_uri ~ ^(/[SD]/[^?]*[^/?])\?)"
"""The address of a code without its slash."""
NO_H2 = {"h2": "", "six": "listen [::1]:{port} ssl;"}


def written(name: str, text: str) -> Callable[[Path], None]:
    """A file of the site that holds something else."""

    def write(folder: Path) -> None:
        (folder / name).write_text(text, "utf-8")

    return write


def gone(name: str) -> Callable[[Path], None]:
    """A file or folder of the site that was not uploaded."""

    def remove(folder: Path) -> None:
        shutil.rmtree(folder / name) if (folder / name).is_dir() else (folder / name).unlink()

    return remove


ONE = {
    # encryption and redirects
    "http-open": Setting({"plain": "root {folder}; index index.html;"}),
    "http-dead": Setting({"plain": "return 403;"}),
    "redirect-path": Setting({"plain": "location / { " + HTTPS + "/; }"}),
    "redirect-query": Setting({"plain": "location / { " + HTTPS + "$uri; }"}),
    "redirect-hops": Setting({
        "plain": "rewrite ^(.*)/$ https://$host$1/x/ permanent;",
        "further": "rewrite ^/(.*)/x/$ /$1/ permanent;",
    }),
    "redirect-host": Setting({"plain": "return 302 http://login.example.com$request_uri;"}),
    "redirect-loop": Setting({
        "plain": "location / { return 302 http://$host/a; } location /a { return 302 http://$host/b; }"
                 " location /b { return 302 http://$host/a; }",
    }),
    "redirect-http": Setting({
        "plain": "location / { return 301 https://$host/again$request_uri; }"
                 " location /done/ { rewrite ^/done(.*) https://$host$1 permanent; }",
        "further": "rewrite ^/again(.*) http://$host/done$1 permanent;",
    }),
    "redirect-broken": Setting({"plain": "location / { return 302 https://$host:1$request_uri; }"}),
    "cert-expired": Setting(not_after=NOW - timedelta(days=1)),
    "cert-soon": Setting(not_after=NOW + timedelta(days=12)),
    "cert-name": Setting(names=("www.example.com",)),
    "cert-chain": Setting(has_chain=False),
    "tls-old": Setting({"tls": "ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0;", **NO_H2}),
    "tls-weak": Setting({"tls": "ssl_protocols TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers ALL:@SECLEVEL=0;"}),
    "http2-missing": Setting(NO_H2),
    "ipv6-dead": Setting({"six": ""}),
    # folders and files
    "slash-http": Setting({"further": f"{FOLDER} {{ return 301 http://$host$1/?$args; }}"}),
    "slash-host": Setting({"further": f"{FOLDER} {{ return 301 https://$host:8443$1/?$args; }}"}),
    "slash-missing": Setting({"further": f"{FOLDER} {{ return 404; }}"}),
    "slash-none": Setting({"location": "location / { try_files $uri $uri/index.html =404; }"}),
    "case-lowered": Setting(change=lowered),
    "case-redirect": Setting({
        "location": "rewrite ^/S/3F/7K2MC/$ /s/3f/7k2mc/ permanent; rewrite ^/D/7K/3M9TY/$ /d/7k/3m9ty/ permanent;",
    }),
    "index-missing": Setting({"location": "location ~ ^/[SD]/.*/$ { index default.htm; }"}),
    "home-bad": Setting({"location": "location / { return 500; }"}),
    "home-other": Setting(change=written("index.html", "<h1>Welcome to nginx!</h1>")),
    "page-missing": Setting(change=gone("D")),
    "file-missing": Setting(change=gone("liaison/assets/liaison.js")),
    "file-changed": Setting(change=injected),
    "manifest-missing": Setting(change=gone("manifest.json")),
    "manifest-broken": Setting(change=written("manifest.json", "{")),
    "wechat-file": Setting({"further": "location ~ /MP_verify { return 403; }"}),
    # what is missing
    "notfound-200": Setting({"missing": "", "location": "location / { try_files $uri $uri/ /index.html; }"}),
    "notfound-redirect": Setting({"missing": "error_page 404 =302 https://$host/;"}),
    "notfound-status": Setting({"missing": "error_page 404 =403 /404.html;"}),
    "notfound-page": Setting({"missing": ""}),
    "listing": Setting({"further": "autoindex on;"}),
    "hidden-served": Setting({"hidden": ""}, git),
    "backup-served": Setting(change=written("index.html.bak", "<html>以前的首页</html>")),
    # types
    "charset-wrong": Setting({"charset": "charset gbk;"}),
    "range-missing": Setting({"further": "max_ranges 0;"}),
    # compression and caches
    "compress-missing": Setting({"gzip": ""}),
    "compress-useless": Setting({"gzip": GOOD["gzip"].replace("text/css", "text/css image/jpeg image/png")}),
    "vary-missing": Setting({"gzip": GOOD["gzip"].replace("gzip_vary on;", "")}),
    "cache-long": Setting({"cache": 'add_header Cache-Control "public, max-age=86400";'}),
    "cache-none": Setting({"cache": ""}),
    "validator-missing": Setting({"further": 'etag off; add_header Last-Modified "";'}),
    "validator-ignored": Setting({"further": "if_modified_since off; etag off;"}),
    # headers
    "hsts-missing": Setting({"hsts": ""}),
    "nosniff-missing": Setting({"nosniff": ""}),
    "frame-missing": Setting({"frame": ""}),
    "referrer-missing": Setting({"referrer": ""}),
    "csp-conflict": Setting({"header": "add_header Content-Security-Policy \"default-src 'none'\";"}),
    "server-version": Setting({"tokens": ""}),
    "cookie": Setting({"header": 'add_header Set-Cookie "route=1; path=/";'}),
    "keepalive-off": Setting({"further": "keepalive_timeout 0;"}),
    # content
    "mixed-content": Setting(files=page_with('<img src="http://img.example.com/a.png">')),
    "foreign-request": Setting(files=page_with('<script src="https://hm.example.com/hm.js"></script>')),
    "folder-large": Setting(files={f"photos/{number}.jpg": b"" for number in range(1100)}),
}  # fmt: skip
"""Servers with one fault, by the end of its id."""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """What is found where all is well."""
    with nginx(tmp_path_factory.mktemp("good"), Setting()) as running:
        return found(running)


def test_a_good_server(good: list[Finding]) -> None:
    """Nothing is wrong with it, and what was looked at is said."""
    assert ids(good) == set()
    said = "\n".join(finding.text for finding in good)
    for words in ("证书有效", "HTTP/2", "IPv6", "一步转到", "404", "分段读取", "UTF-8", "压缩得对", "304"):
        assert words in said


@pytest.mark.parametrize("name", ONE)
def test_one_fault(name: str, tmp_path: Path) -> None:
    """Exactly this fault is named, with what was seen or a remedy."""
    with nginx(tmp_path, ONE[name]) as running:
        findings = found(running)
    assert ids(findings) == {name}
    finding = next(one for one in findings if one.id == f"doctor/{name}")
    assert finding.fault is FAULTS[finding.id]
    assert finding.fault.remedy


@pytest.mark.parametrize(
    ("endings", "name"),
    [
        (("css",), "mime-page"),
        (("js",), "mime-page"),
        (("svg",), "mime-page"),
        (("mp4",), "mime-page"),
        (("json",), "mime-data"),
        (("vtt",), "mime-data"),
        (("vtt", "woff2", "xml"), "mime-data"),
    ],
)
def test_types(endings: tuple[str, ...], name: str, tmp_path: Path) -> None:
    """A type that is not registered is named with its extension."""
    with nginx(tmp_path, Setting({"types": types_without(*endings)})) as running:
        findings = found(running)
    assert ids(findings) - {"compress-missing"} == {name}
    seen = next(one.seen for one in findings if one.id == f"doctor/{name}")
    assert all(f".{ending} 是 application/octet-stream" in seen for ending in endings)


def test_everything_missing_gets_the_home_page(tmp_path: Path) -> None:
    """Where the home page stands in for whatever is missing, a missing file is not taken for a changed one."""
    setting = Setting(
        {"location": "location / { try_files $uri $uri/ /index.html; }"}, gone("liaison/assets/liaison.js")
    )
    with nginx(tmp_path, setting) as running:
        assert ids(found(running)) == {"notfound-200", "file-missing"}


def test_below_a_path(tmp_path: Path) -> None:
    """A site below a path is fine though the root of the host is another's; its own address gets its slash."""
    setting = Setting({"missing": "error_page 404 /zt/jiazhan/404.html;"}, base="/zt/jiazhan/")
    with nginx(tmp_path, setting) as running:
        findings = found(running)
    assert ids(findings) == set()
    assert any("/zt/jiazhan/ 下面" in finding.text for finding in findings)


def test_links_that_leave_the_path(tmp_path: Path) -> None:
    """Links that a proxy or an author wrote from the root of the host are named."""
    setting = Setting(
        {"missing": "error_page 404 /zt/jiazhan/404.html;"},
        base="/zt/jiazhan/",
        files=page_with('<a href="/D/">代表</a>'),
    )
    with nginx(tmp_path, setting) as running:
        assert ids(found(running)) == {"link-outside"}


def test_the_page_for_what_is_missing_was_made_for_another_path(tmp_path: Path) -> None:
    """Its styles are looked for where they are not, and that is said."""
    (tmp_path / "own").mkdir()
    files = {"404.html": page("没有", "zt/jiazhan/liaison/assets/liaison.css")}
    with nginx(tmp_path / "own", Setting(files=files)) as running:
        assert ids(found(running)) == {"notfound-links"}


def test_without_encryption(tmp_path: Path) -> None:
    """At an address of http everything else is looked at, and https is missed."""
    setting = Setting({"plain": "root {folder}; index index.html; error_page 404 /404.html; " + GOOD["cache"]})
    with nginx(tmp_path, setting) as running:
        findings = found(running, [], f"http://127.0.0.1:{running.http}/")
    assert {one.id for one in findings if one.level is Level.ERROR} == {"doctor/https-missing"}


def test_http_given_where_there_is_https(tmp_path: Path) -> None:
    """The address of http is examined over https, where there is one."""
    with nginx(tmp_path, Setting()) as running:
        assert ids(found(running, url=f"http://{HOST}/")) == set()


def test_no_ipv6(tmp_path: Path) -> None:
    """Where addresses were given, and none of IPv6, it is said that IPv6 was not looked at."""
    with nginx(tmp_path, Setting()) as running:
        findings = found(running, [way for way in running.ways if "::1" not in way])
    assert ids(findings) == set()
    assert any("没有检查 IPv6" in finding.text for finding in findings)


def test_a_dead_address_of_several(tmp_path: Path) -> None:
    """Each address of a host is tried."""
    with nginx(tmp_path, Setting()) as running:
        ways = [*running.ways, f"{HOST}:443:127.0.0.2:{running.port}"]
        assert ids(found(running, ways)) == {"address-dead"}


def test_a_short_address_that_leads_to_the_site(tmp_path: Path) -> None:
    """The codes of another host lead to the pages, which is looked at code by code."""
    short = "db2.example.gov.cn"
    target = f"https://{HOST}/zt/jiazhan"
    setting = Setting(
        {
            "missing": "error_page 404 /zt/jiazhan/404.html;",
            "further": f"if ($host = {short}) {{ return 301 {target}$request_uri; }}",
        },
        names=(HOST, short),
        base="/zt/jiazhan/",
    )
    with nginx(tmp_path, setting) as running:
        ways = [*running.ways, *(way.replace(HOST, short) for way in running.ways)]
        findings = found(running, ways, short=f"https://{short}/")
    assert ids(findings) == set()
    assert any(f"https://{short}/S/3F/7K2MC/ 能打开，转到 {target}/S/3F/7K2MC/" in one.text for one in findings)


def test_a_short_address_that_loses_the_code(tmp_path: Path) -> None:
    """A short host that leads everybody to the home page is an error."""
    short = "db2.example.gov.cn"
    setting = Setting({"further": f"if ($host = {short}) {{ return 301 https://{HOST}/; }}"}, names=(HOST, short))
    with nginx(tmp_path, setting) as running:
        ways = [*running.ways, *(way.replace(HOST, short) for way in running.ways)]
        assert ids(found(running, ways, short=f"https://{short}/")) == {"redirect-path"}


def test_a_manifest_that_was_given(tmp_path: Path) -> None:
    """Where the site has no manifest, one that was given says what to look at."""
    given = release(tmp_path / "given", {**page_with("没有传"), "index.html": page("一")})
    (tmp_path / "own").mkdir()
    with nginx(tmp_path / "own", Setting(change=gone("manifest.json"))) as running:
        resolve = {host: [address] for way in running.ways[::2] for host, address in Route.of([way]).resolve.items()}
        order = Order(running.url, NOW, given=given)
        groups = examine(order, Reach(resolve), Route.of((), running.ca).tls)
        findings = [finding for group in groups for finding in group.findings]
    assert ids(findings) == {"manifest-missing", "page-missing"}
    assert any("guides/" in finding.seen for finding in findings)
