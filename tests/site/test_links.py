import pytest

from support.html import PageFacts, read_page
from support.links import broken_links
from support.sites import Built


def test_every_link_of_a_built_site_leads_somewhere(site: Built) -> None:
    """Pages, files and anchors exist; no address starts at the host's root; other hosts are the allowed ones."""
    assert broken_links(site) == []


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ('<a href="gone/">', "there is no map/gone/index.html"),
        ('<a href="../c">', "there is no c"),
        ('<a href="../c/#gone">', "c/index.html has no id gone"),
        ('<a href="#gone">', "no such id on this page"),
        ('<a href="/c/">', "starts at the root of the host"),
        ('<a href="../../c/">', "leads out of the site"),
        ('<img srcset="../gone.png 1x, ../robots.txt 2x" alt="">', "there is no gone.png"),
        ('<form action="../gone/">', "there is no gone/index.html"),
        ('<script src="//cdn.example.com/x.js"></script>', "a host that is not allowed"),
        ('<a href="http://www.example.gov.cn/">', "a host that is not allowed"),
        ('<a href="https://www.example.gov.cn.example.com/">', "a host that is not allowed"),
        ('<a href="javascript:alert(1)">', "a host that is not allowed"),
        ('<a href="tel:0738-000">', "malformed"),
        ('<a href="">', "empty, or white space around it"),
        ('<a href="data:text/html,x">', "only images may stand in an address"),
    ],
)
def test_the_checker_finds_a_broken_link(sample: Built, markup: str, said: str) -> None:
    """One fault of each kind, put into a page that is sound, is named with its page."""
    broken = Built(sample.source, sample.tree)
    vars(broken)["pages"] = {**sample.pages, "map/index.html": _page_with(sample, markup)}
    (fault,) = broken_links(broken)
    assert fault.startswith("map/index.html:")
    assert fault.endswith(said)


def _page_with(sample: Built, markup: str) -> PageFacts:
    return read_page(sample.text("map/index.html").replace("<main", f"{markup}<main", 1))
