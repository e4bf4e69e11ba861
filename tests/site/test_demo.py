import difflib
import os
import shutil
from pathlib import Path

import pytest

from support.sites import REPOSITORY, Built, build, copy_site

DEMO = Path(__file__).parent / "demo"
EXPECTED = DEMO / "expected"
UPDATE = "LIAISON_UPDATE_GOLDEN"
"""Set it to write what comes out now into `demo/expected`; then read the difference before committing."""

THEIRS = ("assets/", "search/", "guides/")
"""What MkDocs and Material make."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One area, two stations, three deputies, one guide."""
    folder = tmp_path_factory.mktemp("demo")
    source = copy_site(folder / "source", source=DEMO)
    for name in ("mkdocs.yml", "overrides"):
        (source / name).symlink_to(REPOSITORY / name)
    return build(source, folder / "site")


def outcome(demo: Built) -> dict[str, str]:
    """The list of files, and of each page the words a reader sees: looks may change, words may not unseen."""
    files = [path for path in demo.files if not path.startswith(THEIRS)]
    texts = {
        path.replace("index.html", "page.txt").replace(".html", ".txt"): f"{page.title}\n\n{page.text}\n"
        for path, page in demo.record_pages.items()
    }
    return {"files.txt": "".join(f"{path}\n" for path in files), **texts}


def test_the_demo_site_says_what_it_said(demo: Built) -> None:
    """Files and words of the whole small site are those on file."""
    found = outcome(demo)
    if os.environ.get(UPDATE):
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for path, text in found.items():
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_text(text, "utf-8")
    expected = {path.relative_to(EXPECTED).as_posix(): path.read_text("utf-8") for path in EXPECTED.rglob("*.txt")}
    assert sorted(found) == sorted(expected)
    changed = [
        line
        for path, text in found.items()
        for line in difflib.unified_diff(expected[path].splitlines(), text.splitlines(), path, "now", lineterm="")
    ]
    assert not changed, "\n".join([*changed, f"If this is meant: {UPDATE}=1 make test, and look at the difference"])
