"""No code vanishes, changes or is given to another (`liaison check --base`), with real files and a history in Git."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import casebook
import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from support.history import commit, publish
from support.small import (
    AREA,
    GULI,
    LANTIAN,
    YUFENG,
    ZENG,
    base_site,
    change,
    deputy_text,
    station_text,
    write,
)

VANISHED, CHANGED, REUSED = RULES = ("code/vanished", "code/changed", "code/reused")
FRESH = "MQR6M65"
STATION = f"{LANTIAN}/station.yml"
NEW = f"{YUFENG}/deputies/new.yml"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in Git."""
    root = base_site(tmp_path_factory.mktemp("codes") / "site")
    change(root, GULI, "status: paused", "status: active")
    publish(root)
    return root


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return Path(shutil.copytree(published, tmp_path / "site"))


def check(root: Path, *args: str, base: str = "main") -> Result:
    return CliRunner().invoke(main, ["check", "--site", str(root), "--base", base, *args])


def found(root: Path, base: str = "main") -> list[tuple[str, str]]:
    """Places and rules."""
    result = check(root, base=base)
    places = casebook.places(result.output)
    assert result.exit_code == (1 if places else 0), result.output
    return places


def told(root: Path, *args: str) -> list[str]:
    """What the command prints of codes that did not stay."""
    texts = check(root, *args).output.split("\n\n")
    return [text for text in texts if any(f": 错误 {rule}\n" in text for rule in RULES)]


def only(root: Path) -> str:
    """The same where it is one thing."""
    [said] = told(root)
    return said


# What is said.


def test_a_deputy_is_deleted(root: Path) -> None:
    """It is said of the file that was, with what to do instead."""
    (root / GULI).unlink()
    assert only(root) == (
        f"{GULI}:1:1: 错误 code/vanished\n"
        "  编号 Q2RX7DK（古丽·示例）在 main 里有，现在没有了\n"
        "  改法：编号印在墙上，永远不能删：从版本历史里找回这份记录，"
        "不再展示的把 status 改成 former（已卸任）或 withheld（暂不展示）"
    )


def test_a_station_is_deleted(root: Path) -> None:
    """Stations are closed or merged."""
    shutil.rmtree(root / LANTIAN)
    assert only(root) == (
        f"{LANTIAN}/station.yml:1:1: 错误 code/vanished\n"
        "  编号 TK58CWB（蓝田街道人大代表之家）在 main 里有，现在没有了\n"
        "  改法：编号印在墙上，永远不能删：从版本历史里找回这份记录，"
        "不再展示的把 status 改成 closed（已停用）或 merged（已并入）"
    )


def test_somebody_else_is_written_over_a_record(root: Path) -> None:
    """With another code the old one is missed, and it is told that the file is not free any more."""
    write(root, GULI, deputy_text(FRESH))
    assert only(root) == (
        f"{GULI}:1:1: 错误 code/vanished\n"
        "  编号 Q2RX7DK（古丽·示例）在 main 里有，现在没有了\n"
        "  改法：编号印在墙上，永远不能删：从版本历史里找回这份记录，另存一个文件，"
        "不再展示的把 status 改成 former（已卸任）或 withheld（暂不展示）"
    )


@pytest.mark.parametrize("file", [GULI, f"{LANTIAN}/deputies/elsewhere.yml"])
def test_another_code(root: Path, file: str) -> None:
    """It is said at the code, in whatever file the record is now."""
    change(root, GULI, "code: Q2RX7DK", f"code:   {FRESH}")
    (root / file).parent.mkdir(exist_ok=True)
    (root / GULI).rename(root / file)
    assert only(root) == (
        f"{file}:1:9: 错误 code/changed\n"
        f"  同一份记录的编号从 Q2RX7DK 换成了 {FRESH}\n"
        f"    1 | code:   {FRESH}\n"
        "      |         ^\n"
        "  改法：改回 Q2RX7DK：编号印在墙上，永远不能换"
    )


def test_another_name(root: Path) -> None:
    """A newcomer needs a fresh code; whoever only changed the name writes the old one down."""
    change(root, GULI, "name: 古丽·示例", "name: 李示例")
    assert only(root) == (
        f"{GULI}:1:7: 错误 code/reused\n"
        "  编号 Q2RX7DK 原来是“古丽·示例”，现在给了“李示例”\n"
        "    1 | code: Q2RX7DK\n"
        "      |       ^\n"
        "  改法：新的记录另存一个文件，从版本历史里找回原来的记录，再给新的文件运行 liaison renew-code 换新编号；"
        "确是同一个人改名的，加一行 former_names: [古丽·示例]"
    )
    change(root, GULI, "name: 李示例", "name: 李示例\nformer_names: [古丽·示例]")
    assert found(root) == []
    commit(root)
    change(root, GULI, "name: 李示例\nformer_names: [古丽·示例]", "name: 古丽·示例")
    assert found(root) == []


def test_another_name_of_a_station(root: Path) -> None:
    """The same for stations."""
    change(root, STATION, "name: 蓝田街道人大代表之家", "name: 蓝田街道代表工作室")
    said = only(root)
    assert "  编号 TK58CWB 原来是“蓝田街道人大代表之家”，现在给了“蓝田街道代表工作室”\n" in said
    assert said.endswith("确是同一个站改名的，加一行 former_names: [蓝田街道人大代表之家]")
    change(root, STATION, "name: 蓝田", "former_names: [蓝田街道人大代表之家]\nname: 蓝田")
    assert found(root) == []


def test_the_code_of_one_who_is_gone(root: Path) -> None:
    """It is said at the newcomer's record."""
    (root / GULI).unlink()
    write(root, NEW, deputy_text("Q2RX7DK"))
    said = only(root)
    assert said.startswith(f"{NEW}:1:7: 错误 code/reused\n  编号 Q2RX7DK 原来是“古丽·示例”，现在给了“李示例”\n")


def test_swapped(root: Path) -> None:
    """Both are named, each with the code that is to be given back."""
    change(root, GULI, "code: Q2RX7DK", "code: 7K3M9TY")
    change(root, ZENG, "code: 7K3M9TY", "code: Q2RX7DK")
    first, second = ([*one.splitlines()[1:2], *one.splitlines()[-1:]] for one in told(root))
    given_back = "这一份用自己原来的编号，没有的用新编号"
    assert first == [
        "  编号 7K3M9TY 原来是“曾示例”，现在给了“古丽·示例”",
        f"  改法：编号 7K3M9TY 还给原来的记录（曾示例，现在写的是 Q2RX7DK）；{given_back}",
    ]
    assert second == [
        "  编号 Q2RX7DK 原来是“古丽·示例”，现在给了“曾示例”",
        f"  改法：编号 Q2RX7DK 还给原来的记录（古丽·示例，现在写的是 7K3M9TY）；{given_back}",
    ]


def test_another_kind(root: Path) -> None:
    """A station's code is never a deputy's, and a change of name is no way out."""
    change(root, STATION, "code: TK58CWB", f"code: {FRESH}")
    write(root, NEW, deputy_text("TK58CWB"))
    first, *_ = told(root)
    assert "  编号 TK58CWB 原来是站“蓝田街道人大代表之家”，现在给了代表“李示例”\n" in first
    shutil.rmtree(root / LANTIAN)
    said = only(root)
    assert "former_names" not in said
    assert said.endswith(f"改法：先从版本历史里找回原来的记录，再运行 liaison renew-code {NEW}，新的记录换新编号")


@pytest.mark.parametrize("then", ["active", "withheld", "paused"])
@pytest.mark.parametrize("now", ["active", "withheld", "paused"])
def test_names_of_hidden_people_are_not_told(root: Path, then: str, now: str) -> None:
    """Reports of a public pipeline are public: who is hidden, then or now, is nobody in particular."""
    change(root, GULI, "status: active", f"status: {then}")
    commit(root)
    change(root, GULI, "name: 古丽·示例", "name: 李示例")
    change(root, GULI, f"status: {then}", f"status: {now}")
    [said] = told(root)
    was = "“古丽·示例”" if then == now == "active" else "一位代表"
    assert f"原来是{was}，现在给了{'“李示例”' if now == 'active' else '一位代表'}\n" in said
    assert ("古丽" in said) == (then == now == "active")
    assert ("李示例" in said) == (now == "active")
    (root / GULI).unlink()
    said = only(root)
    assert ("编号 Q2RX7DK（古丽·示例）" in said) == (then == "active")
    assert ("编号 Q2RX7DK（一位代表）" in said) != (then == "active")


def test_namesakes_and_their_files(root: Path) -> None:
    """Of two of one name the file tells who has a fresh code; whoever kept a code is not taken for the other."""
    one, other = (f"{YUFENG}/deputies/{name}.yml" for name in ("a", "z"))
    write(root, one, deputy_text(FRESH))
    write(root, other, deputy_text("QBWFYV8"))
    commit(root)
    (root / other).rename(root / one)
    assert found(root) == [(f"{one}:1:1", VANISHED)]
    write(root, one, deputy_text("WRM2JXM"))
    write(root, other, deputy_text("9R375F3"))
    assert found(root) == [(f"{one}:1:7", CHANGED), (f"{other}:1:7", CHANGED)]


# What is left alone.


def test_nothing_changed(root: Path) -> None:
    """A site agrees with the version that it is."""
    assert found(root) == []


def test_what_may_be_done(root: Path) -> None:
    """Files move, stations close, deputies leave, newcomers come."""
    (root / YUFENG).rename(root / f"{AREA}/yufeng2")
    change(root, f"{AREA}/yufeng2/deputies/zeng.yml", "status: active", "status: former")
    change(root, STATION, "status: active", "status: closed")
    write(root, f"{AREA}/sanjia/station.yml", station_text(FRESH))
    assert told(root) == []


@pytest.mark.parametrize("name", ["a", "z"])
def test_a_doubled_code_is_said_once(root: Path, name: str) -> None:
    """That two have one code is another fault; whoever had it before is not blamed, wherever the files lie."""
    write(root, f"{YUFENG}/deputies/{name}.yml", deputy_text("Q2RX7DK"))
    assert {rule for _, rule in found(root)} == {"code/duplicate"}
    change(root, GULI, "verified_on: 2026-10-01", "verified_on: 2026-10-02")
    assert {rule for _, rule in found(root)} == {"code/duplicate"}


@pytest.mark.parametrize("mended", [NEW, GULI])
def test_a_doubled_code_is_mended(root: Path, mended: str) -> None:
    """Of two who had one code either may get another."""
    write(root, NEW, deputy_text("Q2RX7DK"))
    commit(root)
    change(root, mended, "code: Q2RX7DK", f"code: {FRESH}")
    assert told(root) == []
    for file in (NEW, GULI):
        change(root, file, "verified_on: 2026-10-01", "verified_on: 2026-10-02")
        assert told(root) == []


def test_a_record_that_cannot_be_read_now(root: Path) -> None:
    """Its own fault is the one thing said of it, also where it was moved."""
    change(root, GULI, "name: 古丽·示例", "name: [古丽·示例")
    assert told(root) == []
    (root / GULI).rename(root / NEW)
    assert told(root) == []
    (root / NEW).unlink()
    write(root, GULI, "code: [\n")
    assert told(root) == []


@pytest.mark.parametrize("name", ["古丽.yml", "Guli.yml", "guli.yaml", "old/guli.yml", "Old/deep/guli.yml"])
def test_a_record_where_none_is_looked_for(root: Path, name: str) -> None:
    """The name of the file is the one fault."""
    path = root / YUFENG / "deputies" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    (root / GULI).rename(path)
    assert told(root) == []
    path.unlink()
    assert len(told(root)) == 1


def test_links_and_pipes_are_not_followed(root: Path) -> None:
    """A link in place of a record is its own fault; what lies behind links and pipes is never read."""
    outside = root.parent / "outside.yml"
    (root / GULI).rename(outside)
    (root / GULI).symlink_to(outside)
    assert told(root) == []
    (root / GULI).unlink()
    os.mkfifo(root / GULI)
    assert told(root) == []
    (root / GULI).unlink()
    (root / YUFENG / "deputies/link.yml").symlink_to(outside)
    os.mkfifo(root / YUFENG / "deputies/pipe.yml")
    assert len(told(root)) == 1


@pytest.mark.parametrize(
    "odd",
    [
        *(b"code: [MQR6M65", b"code: MQR6M65\nname: [x", b"code: MQR6M65\nname: x\n\x00", "code: 编号".encode("gbk")),
        *(b"code: MQR6M66\nname: x", b"- code: MQR6M65", b"", b"code: [MQR6M65]\nname: x"),
    ],
)
def test_a_record_that_could_not_be_read_then(root: Path, odd: bytes) -> None:
    """What gave no code in the version compared with is passed over."""
    (root / NEW).write_bytes(odd)
    commit(root)
    (root / NEW).unlink()
    assert found(root) == []


def test_a_code_that_is_none_now(root: Path) -> None:
    """A slip of the pen is named as such, and what it was."""
    change(root, GULI, "code: Q2RX7DK", "code: Q2RX7DX")
    assert {place for place in found(root) if place[1].startswith("code/")} == {
        (f"{GULI}:1:7", "code/check-symbol"),
        (f"{GULI}:1:7", CHANGED),
    }


def test_a_name_that_was_written_with_odd_characters(root: Path) -> None:
    """Mending what only looked right is no change of name."""
    change(root, GULI, "name: 古丽·示例", "name: 古 丽·⽰例")
    commit(root)
    change(root, GULI, "name: 古 丽·⽰例", "name: 古丽·示例")
    assert found(root) == []
