"""New records and renewed codes, through the commands that clerks use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from liaison.model import codes
from liaison.records.codes_on_file import codes_on_file

ROOT = Path(__file__).parents[2]
STATION = (
    "--area",
    "lianyuan",
    "--name",
    "斗笠山镇示例村人大代表联络站",
    "--kind",
    "联络站",
    "--address",
    "斗笠山镇示例村村部",
)
DEPUTY = (
    "--station", "3F7K2MC", "--name", "覃示例", "--gender", "女", "--congress", "涟源市第十八届人民代表大会",
    "--level", "县级", "--region", "431382", "--start", "2021-12-20",
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the sample that may be changed."""
    for folder in ("stations", "content", "laws"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "site.yml", tmp_path)
    return tmp_path


def run(site: Path, *arguments: str) -> Result:
    """Run a command as the shell would."""
    return CliRunner().invoke(main, [*arguments, "--site", str(site)])


def snapshot(site: Path) -> dict[str, bytes]:
    """Every file below the site."""
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def added(site: Path, before: dict[str, bytes]) -> str:
    """The one file that is new; all others are as they were."""
    after = snapshot(site)
    assert {name: after[name] for name in before} == before
    (name,) = set(after) - set(before)
    return name


def test_a_new_station_has_a_fresh_code_and_passes_the_check(site: Path) -> None:
    """The record lies in the right folder, is commented, and the site stays without errors."""
    before = snapshot(site)
    result = run(site, "new", "station", *STATION, "--region", "431382")
    assert result.exit_code == 0, result.output
    name = added(site, before)
    assert name == "stations/lianyuan/dou-li-shan-zhen-shi-li-cun/station.yml"
    (own,) = [one for one in codes_on_file(site) if one.file == name]
    assert codes.is_valid(own.code)
    assert own.code in result.output
    assert "# covers:" in (site / name).read_text(encoding="utf-8")
    assert run(site, "check").exit_code == 0


def test_a_new_deputy_is_filed_under_the_reading_of_the_name(site: Path) -> None:
    """A second person of the same reading gets a number, and both pass the check."""
    for expected in ("qin-shili.yml", "qin-shili-2.yml"):
        before = snapshot(site)
        result = run(site, "new", "deputy", *DEPUTY)
        assert result.exit_code == 0, result.output
        assert added(site, before) == f"stations/lianyuan/sanjia-yufeng/deputies/{expected}"
    assert run(site, "check").exit_code == 0


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--region", "999999", "region/unknown"),
        ("--start", "2021-2-20", "2021-02-20"),
        ("--name", "覃•示例", "name/characters"),
        ("--station", "3F7K2MD", "没有编号"),
        ("--level", "镇级", "可以写"),
    ],
)
def test_a_record_that_would_not_pass_is_not_written(site: Path, option: str, value: str, said: str) -> None:
    """What is given wrong is named, and no file or folder is left behind."""
    before = snapshot(site)
    arguments = list(DEPUTY)
    arguments[arguments.index(option) + 1] = value
    result = run(site, "new", "deputy", *arguments)
    assert result.exit_code in (1, 2)
    assert said in result.output
    assert snapshot(site) == before


@pytest.mark.parametrize("folder", ["示例村", "Upper", "../outside", "a/b", ".."])
def test_a_folder_that_would_not_be_read_is_refused(site: Path, folder: str) -> None:
    """A folder name that records may not have, or a path out of the area, leaves nothing behind."""
    before = snapshot(site)
    result = run(site, "new", "station", *STATION, "--region", "431382", "--folder", folder)
    assert result.exit_code in (1, 2), result.output
    assert snapshot(site) == before


def test_a_missing_option_in_a_script_is_named(site: Path) -> None:
    """Without a terminal nothing is asked; the command says what it lacks and ends with wrong usage."""
    result = run(site, "new", "station", *STATION)
    assert result.exit_code == 2
    assert "--region" in result.output


def test_a_failed_station_leaves_no_folder(site: Path) -> None:
    """The folders made for a refused record go again."""
    result = run(site, "new", "station", *STATION, "--region", "999999")
    assert result.exit_code == 1
    assert not (site / "stations/lianyuan/dou-li-shan-zhen-shi-li-cun").exists()


def test_renewing_changes_the_code_and_all_references(site: Path) -> None:
    """Every mention of the old code becomes the new one, comments and layout stay, and the site has no errors."""
    file = "stations/lianyuan/sanjia-caixi/station.yml"
    mentions = [one for one in codes_on_file(site) if one.code == "9H4PQRT"]
    texts = {name: data.decode() for name, data in snapshot(site).items() if name.endswith((".yml", ".md"))}
    result = run(site, "renew-code", str(site / file), "--never-published")
    assert result.exit_code == 0, result.output
    (own,) = [one for one in codes_on_file(site) if one.file == file and one.is_own]
    assert len(mentions) > 1
    assert not [one for one in codes_on_file(site) if one.code == "9H4PQRT"]
    for name in {one.file for one in mentions}:
        assert (site / name).read_text(encoding="utf-8") == texts[name].replace("9H4PQRT", own.code)
    assert run(site, "check").exit_code == 0


def test_of_two_records_with_one_code_only_the_named_one_changes(site: Path) -> None:
    """References stay with the other record and are listed, since only the office knows which is meant."""
    original = site / "stations/lianyuan/sanjia-yufeng/deputies/zeng-shili.yml"
    text = original.read_text(encoding="utf-8").replace("photo: photo-zeng.jpg\n", "")
    copy = original.with_name("copy.yml")
    copy.write_text(text, encoding="utf-8")
    assert "code/duplicate" in run(site, "check").output
    result = run(site, "renew-code", str(copy), "--never-published")
    assert result.exit_code == 0, result.output
    assert "请核对" in result.output
    assert "7K3M9TY" in original.read_text(encoding="utf-8")
    assert run(site, "check").exit_code == 0


def test_renewing_needs_the_word_that_the_code_was_never_published(site: Path) -> None:
    """Without it nothing changes; a dry run changes nothing either."""
    before = snapshot(site)
    file = str(site / "stations/lianyuan/sanjia-caixi/station.yml")
    assert run(site, "renew-code", file).exit_code == 2
    assert run(site, "renew-code", file, "--dry-run").exit_code == 0
    assert run(site, "renew-code", str(site / "site.yml"), "--never-published").exit_code == 2
    assert snapshot(site) == before
