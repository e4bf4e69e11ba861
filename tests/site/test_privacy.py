import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml

from liaison.model.names import reading
from support.heavy import FORMER, FORMER_WORDS, HIDDEN, HIDDEN_WORDS
from support.sites import Built


def people(site: Built, *statuses: str) -> Iterator[tuple[Path, dict[str, str]]]:
    for file in sorted((site.source / "stations").rglob("deputies/*.yml")):
        record = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
        if record["status"] in statuses:
            yield file, record


def spellings(name: str) -> list[bytes]:
    """Forms a name may take in a file: plain, escaped for JSON, for an address, as numbers, in Latin letters."""
    read = reading(name)
    syllables = [read.surname, *read.given.split()]
    texts = [name, json.dumps(name)[1:-1], quote(name), quote(name).lower()]
    texts += ["".join(f"&#{ord(char)};" for char in name), "".join(f"&#x{ord(char):x};" for char in name)]
    texts += ["".join(syllables), "-".join(syllables), " ".join(syllables)]
    return [text.encode() for text in texts]


def places_of(site: Built, wanted: list[bytes]) -> list[str]:
    found = []
    for path in site.files:
        data = site.data(path)
        found += [f"{path}: {one.decode()}" for one in wanted if one in data]
    return found


@pytest.mark.parametrize("which", ["sample", "heavy"])
def test_no_byte_of_a_hidden_person_is_published(which: str, request: pytest.FixtureRequest) -> None:
    """Names of paused and withheld deputies are in no file of the site, however they may be spelled."""
    site: Built = request.getfixturevalue(which)
    hidden = [record["name"] for _, record in people(site, "paused", "withheld")]
    shared = {record["name"] for _, record in people(site, "active", "former")}
    assert len(hidden) >= 2
    assert not shared.intersection(hidden), "a name that others have too proves nothing"
    assert places_of(site, [form for name in hidden for form in spellings(name)]) == []


def test_nothing_else_of_a_hidden_record_is_published(heavy: Built) -> None:
    """Employer, post, specialty, group, bio and phone of a withheld deputy are nowhere, nor is the photo."""
    (record,) = [one for _, one in people(heavy, "withheld") if one["name"] == HIDDEN]
    assert places_of(heavy, [word.encode() for word in (*HIDDEN_WORDS, HIDDEN_WORDS[-1].replace("-", ""))]) == []
    folder = f"D/{record['code'][:2]}/{record['code'][2:]}/"
    assert [path for path in heavy.files if path.startswith(folder)] == [f"{folder}index.html"]


def test_a_hidden_page_says_one_sentence_and_leads_to_the_station(site: Built) -> None:
    """「该代表信息暂不展示」, the station, and no invitation to search engines."""
    for file, record in people(site, "paused", "withheld"):
        page = site.pages[f"D/{record['code'][:2]}/{record['code'][2:]}/index.html"]
        assert "该代表信息暂不展示" in page.text
        assert page.meta("robots") == "noindex"
        assert not page.scripts[1:]
        home = yaml.load((file.parents[1] / "station.yml").read_text("utf-8"), yaml.BaseLoader)["code"]
        assert f"../../../S/{home[:2]}/{home[2:]}/" in page.links_inside("main")


def test_a_former_deputy_keeps_name_and_mandate_only(site: Built) -> None:
    """No photo, bio, employer, post, phone, specialty or group; and the page says that the term is over."""
    for _, record in people(site, "former"):
        path = f"D/{record['code'][:2]}/{record['code'][2:]}/"
        page = site.pages[f"{path}index.html"]
        assert record["name"] in page.text
        assert "已不再担任代表" in page.text
        assert not [one for one in page.all("img") if not one["src"].startswith("data:")]
        assert f"{path}photo.jpg" not in site.known
        assert not [one for one in page.all("a") if one["href"].startswith(("tel:", "mailto:"))]


def test_nothing_but_name_and_mandate_of_a_former_record_is_published(heavy: Built) -> None:
    """What else stands in the record is in no file of the site."""
    assert FORMER in "".join(page.text for path, page in heavy.pages.items() if path.startswith("D/"))
    assert places_of(heavy, [word.encode() for word in FORMER_WORDS]) == []


def test_a_photo_needs_consent_and_an_active_mandate(site: Built) -> None:
    """The photos in the tree are exactly those of active deputies whose consent covers them."""
    expected = {
        f"D/{record['code'][:2]}/{record['code'][2:]}/photo.jpg"
        for _, record in people(site, "active")
        if "photo" in record and "photo" in record.get("consent", {"scope": ()})["scope"]
    }
    assert expected
    assert {path for path in site.files if path.endswith(".jpg") and not path.startswith("episodes/")} == expected
