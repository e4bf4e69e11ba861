"""Which web addresses may go onto paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.model.addresses import unfit_for_print

FIT = [
    "https://db.example.gov.cn/",
    "HTTPS://DB.EXAMPLE.GOV.CN/",
    "HTTPS://DB.EXAMPLE.GOV.CN/P/K7M3XQ2/",
    "https://db.example.gov.cn./",
    "https://db.example.gov.cn",
    "https://db.example.gov.cn:443/",
    "https://db.example.gov.cn:8443/",
    "https://www.hnrd.gov.cn/rddb/",
    "https://www.hnrd.gov.cn/rddb/?a=1#b",
    "https://rd.lianyuan.gov.cn/",
    "https://lianyuan.cn/",
    "https://a.b.c.d.e.gov.cn/",
    "https://12380.gov.cn/",
    "https://1.2.3.gov.cn/",
    "https://人大.湖南.政务/",
    "https://涟源人大。中国/",
    "https://xn--55qx5d.xn--fiqs8s/",
    "https://contest.example.gov.cn/",  # words that only begin or end like one for tests
    "https://device.example.gov.cn/",
    "https://latest.example.gov.cn/",
    "https://prevention.example.gov.cn/",
    "https://demography.example.gov.cn/",
    "https://localhost.gov.cn/",
    "https://internal.gov.cn/",
    "https://example.com.cn/",
    "https://notexample.com/",
    "https://mygithub.io/",
    "https://db.test.gov.cn/",  # only the first label counts
]
NEVER = {
    "": "不以 https:// 开头",
    "db.example.gov.cn": "不以 https:// 开头",
    "//db.example.gov.cn/": "不以 https:// 开头",
    "http://db.example.gov.cn/": "不以 https:// 开头",
    "HTTP://DB.EXAMPLE.GOV.CN/": "不以 https:// 开头",
    "ftp://db.example.gov.cn/": "不以 https:// 开头",
    "javascript:alert(1)": "不以 https:// 开头",
    "file:///etc/passwd": "不以 https:// 开头",
    "mailto:rd@db.example.gov.cn": "不以 https:// 开头",
    "https:": "里缺少域名",
    "https://": "里缺少域名",
    "https:///rddb/": "里缺少域名",
    "https:db.example.gov.cn": "里缺少域名",
    "https://:443/": "里缺少域名",
    "https://user@db.example.gov.cn/": "里写了用户名",
    "https://user:secret@db.example.gov.cn/": "里写了用户名",
    "https://@db.example.gov.cn/": "里写了用户名",
    "https://db.example.gov.cn@other.cn/": "里写了用户名",
    "https://db.example.gov.cn:0/": "的端口不对",
    "https://db.example.gov.cn:99999/": "不是完整的网址",
    "https://db.example.gov.cn:abc/": "不是完整的网址",
    "https://[::1/": "不是完整的网址",
    " https://db.example.gov.cn/": "里有空格、引号或不能用的符号",
    "https://db.example.gov.cn/ ": "里有空格、引号或不能用的符号",
    "https://db.example.gov.cn/\n": "里有空格、引号或不能用的符号",
    "https://db.example.gov.cn\\@other.cn/": "里有空格、引号或不能用的符号",
    "https://db\x00.example.gov.cn/": "里有空格、引号或不能用的符号",
    "https://192.168.1.10/": "的主机是 IP 地址",
    "https://8.8.8.8:8443/": "的主机是 IP 地址",
    "https://8.8.8.8./": "的主机是 IP 地址",
    "https://127.1/": "的主机是 IP 地址",
    "https://2130706433/": "的主机是 IP 地址",
    "https://0x7f.1/": "的主机是 IP 地址",
    "https://0X7F000001/": "的主机是 IP 地址",
    "https://0177.0.0.1/": "的主机是 IP 地址",
    "https://１２７．０．０．１/": "的主机是 IP 地址",
    "https://127。0。0。1/": "的主机是 IP 地址",
    "https://[::1]/": "的主机是 IP 地址",
    "https://[2001:db8::1]:8443/": "的主机是 IP 地址",
    "https://[::ffff:127.0.0.1]/": "的主机是 IP 地址",
    "https://localhost/": "指向本机（localhost），别人打不开",
    "https://LOCALHOST:8000/": "指向本机（localhost），别人打不开",
    "https://localhost./": "指向本机（localhost），别人打不开",
    "https://db.localhost/": "指向本机（localhost），别人打不开",
    "https://localhost.localdomain/": "指向本机（localhost），别人打不开",
    "https://ｌｏｃａｌｈｏｓｔ/": "指向本机（localhost），别人打不开",
    "https://local\xadhost/": "指向本机（localhost），别人打不开",
    "https://server/": "的主机名只在内部网络里有效",
    "https://rddb:8443/": "的主机名只在内部网络里有效",
    "https://服务器/": "的主机名只在内部网络里有效",
    "https://db..gov.cn/": "的域名写错了",
    "https://.gov.cn/": "的域名写错了",
    "https://./": "的域名写错了",
    "https://-db.gov.cn/": "的域名写错了",
    "https://d_b.gov.cn/": "的域名写错了",
    "https://db%2egov.cn/": "的域名写错了",
    f"https://{'a' * 64}.cn/": "的域名写错了",
    f"https://{'a.' * 200}cn/": "的域名写错了",
}
"""Addresses that are never printed, and why."""

STRICTLY = {
    "https://db.test/": "用的是保留给测试、举例或内部网络的域名 test",
    "https://db.example/": "用的是保留给测试、举例或内部网络的域名 example",
    "https://db.invalid/": "用的是保留给测试、举例或内部网络的域名 invalid",
    "https://printer.local/": "用的是保留给测试、举例或内部网络的域名 local",
    "https://db.internal/": "用的是保留给测试、举例或内部网络的域名 internal",
    "https://db.lan/": "用的是保留给测试、举例或内部网络的域名 lan",
    "https://home.arpa/": "用的是保留给测试、举例或内部网络的域名 home.arpa",
    "https://nas.home.arpa./": "用的是保留给测试、举例或内部网络的域名 home.arpa",
    "https://example.com/": "用的是保留给测试、举例或内部网络的域名 example.com",
    "HTTPS://WWW.EXAMPLE.NET/": "用的是保留给测试、举例或内部网络的域名 example.net",
    "https://a.b.example.org:8443/": "用的是保留给测试、举例或内部网络的域名 example.org",
    "https://test.lianyuan.gov.cn/": "像是测试用的网址（test）",
    "https://TEST-DB.lianyuan.gov.cn/": "像是测试用的网址（test-db）",
    "https://db-test.lianyuan.gov.cn/": "像是测试用的网址（db-test）",
    "https://dev2.lianyuan.gov.cn/": "像是测试用的网址（dev2）",
    "https://db-dev2-b.lianyuan.gov.cn/": "像是测试用的网址（db-dev2-b）",
    "https://staging.lianyuan.gov.cn/": "像是测试用的网址（staging）",
    "https://uat01.lianyuan.gov.cn/": "像是测试用的网址（uat01）",
    "https://demo.lianyuan.gov.cn/": "像是测试用的网址（demo）",
    "https://preview.lianyuan.gov.cn/": "像是测试用的网址（preview）",
    "https://test.cn/": "像是测试用的网址（test）",
    "https://a1b2.ngrok.io/": "用的是临时域名 ngrok.io",
    "https://a1b2.ngrok-free.app/": "用的是临时域名 ngrok-free.app",
    "https://lianyuan.github.io/rddb/": "用的是临时域名 github.io",
    "https://lianyuan.gitee.io/": "用的是临时域名 gitee.io",
    "https://lianyuan.netlify.app/": "用的是临时域名 netlify.app",
    "https://lianyuan.vercel.app/": "用的是临时域名 vercel.app",
    "https://a1.lianyuan.pages.dev/": "用的是临时域名 pages.dev",
    "https://a-b-c.trycloudflare.com/": "用的是临时域名 trycloudflare.com",
    "https://10.0.0.1.nip.io/": "用的是临时域名 nip.io",
}
"""Addresses that are only printed to try something out, and why."""


@pytest.mark.parametrize("url", FIT)
def test_an_address_of_the_real_site_is_fit(url: str) -> None:
    """Nothing stands against it, in press print either."""
    assert unfit_for_print(url, strictly=True) is None
    assert unfit_for_print(url, strictly=False) is None


@pytest.mark.parametrize(("url", "reason"), NEVER.items())
def test_what_nobody_could_follow_is_never_fit(url: str, reason: str) -> None:
    """The reason is the same in every print."""
    assert unfit_for_print(url, strictly=True) == reason
    assert unfit_for_print(url, strictly=False) == reason


@pytest.mark.parametrize(("url", "reason"), STRICTLY.items())
def test_a_host_for_tests_is_unfit_only_for_press_print(url: str, reason: str) -> None:
    """An office may print it to try it out."""
    assert unfit_for_print(url, strictly=True) == reason
    assert unfit_for_print(url, strictly=False) is None


@given(st.one_of(st.text(), st.text().map("https://{}".format), st.text(".:@[]%/?#0x1-é。a").map("https://{}/".format)))
def test_any_text_gets_an_answer(text: str) -> None:
    """Nothing raises, and what is fit strictly is fit."""
    if unfit_for_print(text, strictly=True) is None:
        assert unfit_for_print(text, strictly=False) is None


@given(st.from_regex(r"[a-z0-9.-]{1,30}", fullmatch=True), st.booleans())
def test_large_and_small_letters_are_the_same(host: str, strictly: bool) -> None:
    """The short form in QR codes is written in capitals."""
    url = f"https://{host}/"
    assert unfit_for_print(url.upper(), strictly=strictly) == unfit_for_print(url, strictly=strictly)
