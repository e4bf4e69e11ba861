"""Independent judges: axe-core on every kind of page in every appearance, and the Nu HTML checker on every file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from support.browser import Opener
from support.server import StaticHost
from support.sites import Built

MODULES = Path(__file__).parent / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"

SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("look", ["light", "dark", "care", "care-dark"])
def test_axe_finds_no_violation(kinds: dict[str, str], opener: Opener, look: str, size: str) -> None:
    """No rule of axe-core is violated by any kind of page."""
    if not AXE.exists():
        pytest.skip("needs axe-core (npm ci in tests/browser)")
    scheme = "dark" if "dark" in look else "light"
    page = opener(kinds["home"], size=SIZES[size], color_scheme=scheme, bypass_csp=True)
    if "care" in look:
        page.get_by_role("button", name="关怀版").click()
    found = []
    for kind, address in kinds.items():
        page.goto(address)
        page.add_script_tag(path=AXE)
        for violation in page.evaluate(RUN):
            nodes = [f"{node['target']} {node['failureSummary'][:300]}" for node in violation["nodes"][:3]]
            found.append(f"{kind}: {violation['id']}: {violation['help']}: {nodes}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("ending", ["html", "css"])
def test_the_nu_checker_finds_no_error(sample: Built, heavy: Built, ending: str) -> None:
    """Every HTML file and our own style sheets are valid."""
    if not NU.exists() or shutil.which("java") is None:
        pytest.skip("needs the Nu HTML checker (npm ci in tests/browser) and Java")
    trees = [sample.tree, heavy.tree] if ending == "html" else [sample.tree / "liaison"]
    command = ["java", "-Xss4m", "-jar", str(NU), "--errors-only", f"--skip-non-{ending}", *map(str, trees)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[:5_000]


@pytest.mark.parametrize("look", ["light", "care"])
def test_nothing_scrolls_sideways_on_a_narrow_phone(kinds: dict[str, str], opener: Opener, look: str) -> None:
    """At 320 px, which is 400 % of a desktop, every kind of page fits in width (WCAG 1.4.10)."""
    page = opener(kinds["home"], size=(320, 640))
    if look == "care":
        page.get_by_role("button", name="关怀版").click()
    wide = []
    for kind, address in kinds.items():
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(kind)
    assert not wide


@pytest.mark.parametrize(("look", "least"), [("light", 44), ("care", 60)])
def test_what_can_be_pressed_is_large_enough(kinds: dict[str, str], opener: Opener, look: str, least: int) -> None:
    """Buttons, fields and rows of citizen pages are at least 44 px high, in care mode 60; links in a text are not."""
    page = opener(kinds["home"])
    if look == "care":
        page.get_by_role("button", name="关怀版").click()
    small = []
    for kind, address in kinds.items():
        if kind in {"guide", "statement"}:
            continue
        page.goto(address)
        small += [f"{kind}: {one}" for one in page.evaluate(SMALL, least)]
    assert not small, "\n".join(small[:20])


SMALL = """least => [...document.querySelectorAll('button, input, summary, main ul a, main ol a, a[class]')]
  .filter(one => one.checkVisibility() && getComputedStyle(one).display !== 'inline' && !one.closest('.skip'))
  .filter(one => { const box = one.getBoundingClientRect(); return box.height && box.height < least - 0.5; })
  .map(one => one.tagName + ' ' + one.className + ' ' + one.innerText.slice(0, 20) + ' '
    + one.getBoundingClientRect().height)"""


def test_care_mode_is_kept_from_page_to_page(sample: Built, host: StaticHost, opener: Opener) -> None:
    """Once chosen it holds on citizen pages and in the manual, with text of at least 18 px, until it is chosen away."""
    home = host.origin + sample.mount
    page = opener(home)
    page.get_by_role("button", name="关怀版").click()
    for path in ("", "S/3F/7K2MC/", "guides/how-to-meet-your-deputy/"):
        page.goto(home + path)
        assert page.get_by_role("button", name="关怀版").get_attribute("aria-pressed") == "true"
        smallest = page.evaluate(SMALLEST)
        assert smallest >= 18, f"{path}: {smallest}"
    page.get_by_role("button", name="关怀版").click()
    page.goto(home)
    assert page.get_by_role("button", name="关怀版").get_attribute("aria-pressed") == "false"


SMALLEST = """() => Math.min(...[...document.querySelectorAll('main *')]
  .filter(one => one.checkVisibility() && [...one.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  .map(one => parseFloat(getComputedStyle(one).fontSize)))"""
