"""Texts of laws: where they are taken from, and files that are none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import casebook
import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from liaison.records.read import read_site

TODAY = date(2026, 11, 20)
CODE = "laws/texts/civil-code.tsv"
LESSON = "content/episodes/shiyan/01-jiafeng.md"
QUOTATION = (f"{LESSON}:26:30", "law/quotation")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return casebook.base_site(tmp_path / "site")


def check(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--site", str(root), *arguments], env={"LIAISON_TODAY": ""})


def found(root: Path, *arguments: str) -> list[tuple[str, str]]:
    return casebook.places(check(root, *arguments).output)


def test_texts_of_the_site_or_those_given(root: Path, tmp_path: Path) -> None:
    """Texts come from `laws/texts`, from the folder that site.yml names, or from the option before both."""
    casebook.change(root, LESSON, "优良家风，弘扬", "优良家规，弘扬")
    assert found(root) == [QUOTATION]
    (root / "laws/texts").rename(tmp_path / "texts")
    assert found(root) == []
    assert found(root, "--law-texts", str(tmp_path / "texts")) == [QUOTATION]
    casebook.change(root, "site.yml", "# site/not-used-yet", "laws: {texts: ../texts}")
    assert found(root) == [QUOTATION]
    (tmp_path / "other").mkdir()
    assert found(root, "--law-texts", str(tmp_path / "other")) == []


def test_a_folder_that_is_not_there(root: Path) -> None:
    """It is an error at the line that names it, or at site.yml where the option does."""
    casebook.change(root, "site.yml", "# site/not-used-yet", "laws: {texts: fatiao}")
    result = check(root)
    assert casebook.places(result.output) == [("site.yml:13:15", "law/text-file")]
    assert "没有条文的文件夹“fatiao”" in result.output
    assert result.exit_code == 1
    assert found(root, "--law-texts", str(root / "nix")) == [("site.yml:13:15", "law/text-file")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "首行缺少 article 或 text 列"),
        ("article\n26\n", 1, "首行缺少"),
        ("Article\tText\n26\t甲\n", 1, "首行缺少"),
        ("article\ttext\n26\n", 2, "条号“26”或条文不对"),
        ("article\ttext\n26\t\n", 2, "条号“26”或条文不对"),
        ("article\ttext\n26\t甲\n\n廿七\t乙\n", 4, "条号“廿七”"),
        ("article\ttext\n２６\t甲\n", 2, "条号“２６”"),
        ("article\ttext\n-1\t甲\n", 2, "条号“-1”"),
        ("article\ttext\n" + "9" * 5_000 + "\t甲\n", 2, "条号“9999"),
        ("article\ttext\n26\t甲\r乙\n", 2, "夹着不成行的回车"),
        ("article\ttext\n25\t甲\n26\t" + "甲" * 140_000 + "\n", 3, "这一行太长"),
    ],
)
def test_lines_that_are_no_articles(root: Path, text: str, line: int, words: str) -> None:
    """The line is named, and the law is as one without a text."""
    (root / CODE).write_bytes(text.encode())
    (problem,) = read_site(root, TODAY).problems
    assert (problem.rule, problem.source.file, problem.source.line) == ("law/text-file", CODE, line)
    assert words in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "article\ttext\n26\t甲\n",
        "article\ttext\r\n26\t甲\r\n",
        "\ufeffarticle\tbook\ttext\n26\t总则\t甲\n",
        "text\tarticle\n甲\t26\n",
        "article\ttext\n26\t“甲\n27\t乙\n",
        "article\ttext\tmore\n26\t甲\t乙\t丙\n",
        "article\ttext\n",
    ],
)
def test_forms_that_pass(root: Path, text: str) -> None:
    """Line ends of Windows, other columns and their order, and quotation marks make no difference."""
    (root / CODE).write_bytes(text.encode())
    assert read_site(root, TODAY).problems == ()


def test_bytes_that_are_no_text(root: Path) -> None:
    """Another encoding is an error of the file."""
    (root / CODE).write_bytes("article\ttext\n26\t甲乙丙\n".encode("gbk"))
    (problem,) = read_site(root, TODAY).problems
    assert (problem.rule, problem.source.file, problem.source.line) == ("yaml/not-text", CODE, 2)


def test_a_text_that_cannot_be_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said of the file; the check goes on."""

    def refuse(path: Path) -> bytes:
        if path.name == "civil-code.tsv":
            raise PermissionError(13, "no", str(path))
        with path.open("rb") as opened:
            return opened.read()

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (problem,) = read_site(root, TODAY).problems
    assert (problem.rule, problem.source.file, problem.message) == ("file/unreadable", CODE, "打不开：没有权限")


def test_the_text_counts_paragraphs_before_the_register(root: Path) -> None:
    """Where there is a text, paragraphs and items are those of the text."""
    casebook.change(root, LESSON, "第一千零四十三条第一款规定", "第一千零四十三条第三款规定")
    assert found(root) == [(f"{LESSON}:26:6", "law/paragraph-unknown")]
    casebook.change(root, CODE, "互相关爱；", "互相关爱；¶")
    assert found(root) == []
