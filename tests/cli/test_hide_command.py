"""`liaison hide`: after the upload no byte of a person's name or photo is left, and nothing else has changed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

import pytest

from liaison.model.names import reading
from support.printing import liaison
from support.sites import contents, copy_site, edit

TWENTY = 20
ZENG = "7K3M9TY"
RECORD = "stations/lianyuan/sanjia-yufeng/deputies/zeng-shili.yml"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in Git, with names of their own for twenty deputies, as it is published."""
    site = copy_site(tmp_path_factory.mktemp("published") / "office")
    (site / ".gitignore").write_text("/site/\n/.site.*\n/upload/\n/internal/\n")
    for number, record in enumerate(deputies(site)[:TWENTY]):
        edit(record, "(?m)^name: .*$", f"name: {unique_name(number)}")
        edit(record, "(?m)^(pinyin: .*\n)?gender", "gender")
    git(site, "init", "-q")
    commit(site)
    assert liaison("build", site).returncode == 0
    return site


def unique_name(number: int) -> str:
    """A fictional name that stands nowhere else, and whose reading does not either."""
    return "欧阳示例" + "蔼畔蔻岑璨凇旎洵湉珺甯皓睿穗筠芃菡蓁袤谧"[number]


def deputies(site: Path) -> list[Path]:
    """Records of deputies who are shown, those with photos first, then some of every station."""
    found = [
        path for path in sorted(site.glob("stations/*/*/deputies/*.yml")) if "status: active" in path.read_text("utf-8")
    ]
    have = [path for path in found if "photo:" in path.read_text("utf-8")]
    return [*have, *(path for path in found if path not in have)][:: max(1, len(found) // TWENTY // 2)]


def git(site: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(site), "-c", "user.name=示例", "-c", "user.email=a@example.gov.cn", *words], check=True
    )


def commit(site: Path) -> None:
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "示例")


def code_of(record: Path) -> str:
    found = re.search(r"(?m)^code: (\w+)", record.read_text("utf-8"))
    assert found
    return found[1]


def apply(tree: Path, upload: Path) -> None:
    """Do what the instructions say, with the unzip of the system."""
    for archive in sorted(upload.glob("*.zip")):
        subprocess.run(["unzip", "-qo", str(archive), "-d", str(tree)], check=True)
    for listed in upload.glob("*deletions.txt"):
        for path in listed.read_text("ascii").split():
            (tree / path).unlink()


def traces(files: Iterable[tuple[str, bytes]], name: str) -> list[str]:
    """Where a name is left, looked for by another way than the program's: everything is decoded first."""
    read = reading(name)
    letters = "".join((read.surname, *read.given.split()))
    found = []
    for path, data in files:
        texts, joined = decoded(data)
        if any(name in text for text in (*texts, unquote(path))) or letters in joined or letters in path.lower():
            found.append(path)
    return found


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> set[str]:
    """Paths whose bytes are not the same."""
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


@cache
def decoded(data: bytes) -> tuple[tuple[str, ...], str]:
    """A file as it can be read in one encoding or another, and its letters without what parts syllables."""
    plain = unquote_to_bytes(data)
    texts = [plain.decode(encoding, "replace") for encoding in ("utf-8", "gbk")]
    first = texts[0]
    texts.append(re.sub(r"\\u([0-9a-fA-F]{4})", lambda one: chr(int(one[1], 16)), first))
    texts.append(re.sub(r"&#(\d{1,7});", lambda one: chr(int(one[1]) % 0x110000), first))
    texts.append(re.sub(r"&#[xX]([0-9a-fA-F]{1,6});", lambda one: chr(int(one[1], 16) % 0x110000), first))
    return tuple(texts), re.sub(r"[\s_+-]", "", first.lower())


@pytest.mark.parametrize("number", range(TWENTY if os.environ.get("LIAISON_NO_SKIPS") else 2))
def test_nothing_is_left_of_somebody_who_was_hidden(published: Path, tmp_path: Path, number: int) -> None:
    """Neither in the release nor on a host after the upload: not in pages, lists, search, data, feeds nor pictures."""
    site = shutil.copytree(published, tmp_path / "office", symlinks=True)
    host = shutil.copytree(published / "site", tmp_path / "host")
    record, name = deputies(site)[number], unique_name(number)
    code = code_of(record)
    before = contents(host)
    assert traces(before.items(), name), "a name that was never there proves nothing"
    pictures = {
        data for path, data in before.items() if path.startswith(f"D/{code[:2]}/{code[2:]}/") and "html" not in path
    }
    done = liaison("hide", site, code)
    assert done.returncode == 0, done.stdout + done.stderr
    apply(host, site / "upload" / f"hide-{code}")
    after = contents(host)
    assert differing(after, contents(site / "site")) == set()
    assert not traces(after.items(), name)
    assert not pictures & set(after.values())
    page = (host / f"D/{code[:2]}/{code[2:]}/index.html").read_text("utf-8")
    assert "该代表信息暂不展示" in page
    changed = differing(before, after)
    assert len(changed) < len(before) / 4
    assert "manifest.json" in changed


def test_photos_are_among_the_twenty(published: Path) -> None:
    """Else nothing would be known of pictures."""
    have = [path for path in deputies(published)[:TWENTY] if "photo:" in path.read_text("utf-8")]
    assert have
    assert len(set(deputies(published)[:TWENTY])) == TWENTY
    assert max(Counter(unique_name(number) for number in range(TWENTY)).values()) == 1


def test_edits_that_nobody_approved_do_not_go_online_with_it(published: Path, tmp_path: Path) -> None:
    """Records that have moved on, committed or not, stay as they are published; so does the day."""
    site = shutil.copytree(published, tmp_path / "office", symlinks=True)
    alone = shutil.copytree(published, tmp_path / "alone", symlinks=True)
    station = site / "stations/lianyuan/sanjia-yufeng/station.yml"
    edit(station, "(?m)^address: .*$", "address: 没有批准的新地址")
    commit(site)
    edit(station, "(?m)^short_name: .*$", "short_name: 没有提交的简称")
    code = code_of(deputies(site)[3])
    for root in (site, alone):
        done = liaison("hide", root, code, LIAISON_TODAY="2027-03-01")
        assert done.returncode == 0, done.stdout + done.stderr
    assert differing(contents(site / "site"), contents(alone / "site")) == set()
    assert "没有批准的新地址" in station.read_text("utf-8")
    assert "status: withheld" in deputies_record(site, code)
    assert not list(site.glob(".site.source"))


def deputies_record(site: Path, code: str) -> str:
    return next(text for path in site.glob("stations/*/*/deputies/*.yml") if code in (text := path.read_text("utf-8")))


def test_a_withdrawn_consent_takes_photo_and_phone_alone(published: Path, tmp_path: Path) -> None:
    """The person stays, the picture goes from site, record and folder."""
    site = shutil.copytree(published, tmp_path / "office", symlinks=True)
    record = next(path for path in deputies(site) if "photo:" in path.read_text("utf-8"))
    code = code_of(record)
    page = site / f"site/D/{code[:2]}/{code[2:]}"
    assert list(page.glob("*.jpg"))
    done = liaison("hide", site, code, "--as", "consent")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list(page.glob("*.jpg"))
    assert not list(record.parent.glob(f"{record.stem}*.jpg"))
    assert re.search("(?m)^name: (.*)$", record.read_text("utf-8"))[1] in (page / "index.html").read_text("utf-8")  # type: ignore[index]
    assert "consent" not in record.read_text("utf-8")


def test_texts_that_name_the_person_are_told(published: Path, tmp_path: Path) -> None:
    """A lesson that names somebody in its text has to be rewritten: told with file and line; exit code 1."""
    site = shutil.copytree(published, tmp_path / "office", symlinks=True)
    lesson = site / "content/episodes/minfadian/04-minjian-jiedai.md"
    lesson.write_text(f"{lesson.read_text('utf-8')}\n\n{unique_name(2)}代表讲过这件事。\n", "utf-8")
    commit(site)
    assert liaison("build", site).returncode == 0
    line = len(lesson.read_text("utf-8").splitlines())
    done = liaison("hide", site, code_of(deputies(site)[2]))
    assert done.returncode == 1
    assert f"content/episodes/minfadian/04-minjian-jiedai.md:{line}" in done.stderr
    assert "episodes/minfadian/04/" in done.stderr
    assert list((site / "upload").glob("hide-*/*.zip")), "the upload is ready all the same"


def test_what_else_holds_copies_is_listed(published: Path, tmp_path: Path) -> None:
    """Addresses for the caches, feeds, search engines; how to publish, and that the approval follows."""
    site = shutil.copytree(published, tmp_path / "office", symlinks=True)
    code = code_of(deputies(site)[1])
    done = liaison("hide", site, code, "--reason", "本人要求")
    upload = site / "upload" / f"hide-{code}"
    lines = (upload / "purge.txt").read_text("ascii").split()
    base = "https://www.example.gov.cn/zt/jiazhan/"
    assert f"{base}D/{code[:2]}/{code[2:]}/" in lines
    assert all(line.startswith(base) and not line.endswith("index.html") for line in lines)
    for words in ("CDN", "快照", "--approval-follows", "purge.txt"):
        assert words in done.stdout
    held = json.loads((site / ".site.hidden.json").read_text("utf-8"))
    assert held["tree"] == json.loads((site / "site/manifest.json").read_text("utf-8"))["tree"]
    assert held["reason"] == "本人要求"


@pytest.mark.parametrize(("words", "code", "said"), [(["2B2B2BR"], 2, "没有编号"), (["3F7K2MC"], 2, "联络站")])
def test_what_cannot_be_hidden_changes_nothing(
    published: Path, tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    """An unknown code, and one of a station."""
    site = shutil.copytree(published, tmp_path / "office", symlinks=True)
    done = liaison("hide", site, *words)
    assert done.returncode == code
    assert said in done.stderr
    assert differing(contents(site / "site"), contents(published / "site")) == set()
    assert not (site / "upload").exists()
