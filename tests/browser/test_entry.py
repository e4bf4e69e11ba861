"""Codes typed by hand, and addresses typed wrong."""

from __future__ import annotations

import json
import random

import pytest
from playwright.sync_api import expect

from liaison.model import codes
from support.browser import Address, Opener
from support.server import StaticHost, serving
from support.sites import Built


@pytest.mark.parametrize(
    "typed", ["7K3M9TY", "7k3 m9ty", " 7k3-m9ty ", "７Ｋ３Ｍ９ＴＹ", "7K3M9TV", "HTTPS://DB.EXAMPLE.GOV.CN/D/7K/3M9TY/"]
)
def test_whatever_way_a_code_is_typed_it_leads_to_its_page(opener: Opener, at: Address, typed: str) -> None:
    """Case, spaces, full-width forms, one misread symbol, the whole address: all lead to the deputy."""
    page = opener(at("c/"))
    page.locator("#q").fill(typed)
    page.locator("#entry button").click()
    page.wait_for_url(at("D/7K/3M9TY/"))


def test_the_home_page_hands_the_code_on(opener: Opener, at: Address) -> None:
    """The field on the home page does the same by way of the entry page."""
    page = opener(at(""))
    page.locator("form input[name=q]").fill("3f7k2mc")
    page.keyboard.press("Enter")
    page.wait_for_url(at("S/3F/7K2MC/"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [("QQQQQQQ", "没有这个编号"), ("7K3M", "7位"), ("玉峰社区", "这不像海报上的编号"), ("7E3152X", "没有这个编号")],
)
def test_what_leads_nowhere_is_said_plainly(opener: Opener, at: Address, typed: str, said: str) -> None:
    """The reader is told what to check, and stays on the page."""
    page = opener(at("c/"))
    page.locator("#q").fill(typed)
    page.locator("#entry button").click()
    expect(page.get_by_role("status")).to_contain_text(said)
    assert page.url.startswith(at("c/"))


def test_the_script_reads_codes_as_the_program_does(opener: Opener, at: Address) -> None:
    """Folding, validity and candidates agree on thousands of inputs, and so do the tables."""
    rng = random.Random(27_26)
    symbols = codes.ALPHABET * 3 + "0OIL1SZUAE" + "abcxyz" + " -·．ＡＢ７汉"
    typed = ["".join(rng.choices(symbols, k=rng.choice((6, 7, 7, 7, 7, 8)))) for _ in range(3_000)]
    for _ in range(3_000):
        code = list(codes.draw(rng.choice, ()))
        code[rng.randrange(7)] = rng.choice("0OIL1SZUAE" + codes.ALPHABET)
        typed.append("".join(code))
    page = opener(at("c/"))
    read = page.evaluate(
        "all => all.map(one => [liaisonCodes.fold(one), liaisonCodes.isValid(one), liaisonCodes.candidates(one)])",
        typed,
    )
    expected = [[codes.fold(one), codes.is_valid(one), list(codes.candidates(one))] for one in typed]
    assert [pair for pair in zip(typed, read, expected, strict=True) if pair[1] != pair[2]] == []
    tables = json.loads(page.evaluate("JSON.stringify([liaisonCodes.ALPHABET, liaisonCodes.LOOK_ALIKES])"))
    assert tables == [codes.ALPHABET, codes.LOOK_ALIKES]


@pytest.mark.parametrize("mount", ["/", "/zt/jiazhan/"])
@pytest.mark.parametrize("wrong", ["s/3f/7k2mc/", "S/3F/7K2MC", "S/3F7K2MC", "s/3f7k2mc/", "3f7k2mc", "S/3F/7K2MC/x/"])
def test_a_mistyped_address_of_a_code_is_repaired(opener: Opener, host: StaticHost, mount: str, wrong: str) -> None:
    """Wrong case and missing slashes lead to the page, whether the site has a host of its own or a column."""
    page = opener(host.origin + mount + wrong)
    if wrong.endswith("/x/"):
        expect(page.locator("h1")).to_have_text("没有找到这个页面")
        page.get_by_role("link", name="首页").first.click()
        assert page.url == host.origin + mount
    else:
        page.wait_for_url(f"{host.origin}{mount}S/3F/7K2MC/")


@pytest.mark.parametrize("mount", ["/", "/zt/jiazhan/"])
def test_one_tree_works_under_any_path(opener: Opener, rooted: Built, mount: str) -> None:
    """Pages built for a host of their own also work below a column, with style, script and links."""
    with serving({mount: rooted.tree}) as other:
        page = opener("about:blank", origin=other.origin)
        failed: list[str] = []
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
        page.goto(f"{other.origin}{mount}")
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).lineHeight") != "normal"
        page.locator("main a", has_text="娄底市").first.click()
        assert page.locator("h1").inner_text() == "娄底市"
        page.goto(f"{other.origin}{mount}guides/how-to-meet-your-deputy/")
        page.get_by_role("link", name="湖南省人大代表联络站").first.click()
        assert page.url == f"{other.origin}{mount}"
        assert failed == []
