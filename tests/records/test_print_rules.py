"""Rules about printing that one planted line cannot show: files that are there, limits, and what was said already."""

from __future__ import annotations

from pathlib import Path

import casebook
import pytest
from click.testing import CliRunner

from liaison.cli import main
from liaison.plan.kinds import KINDS

SOUND = "共 0 个错误，0 条提示；读了 2 个站、2 位代表、1 讲普法课\n"


def check(root: Path) -> str:
    variables = {"LIAISON_TODAY": "", "LIAISON_CACHE": str(root.parent / "cache")}
    return CliRunner().invoke(main, ["check", "--site", str(root)], env=variables).output


def rules(root: Path) -> list[str]:
    return [rule for _, rule in casebook.places(check(root))]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return casebook.base_site(tmp_path / "site")


def write(root: Path, *lines: str) -> None:
    """Put these lines in place of what the base site says of printing."""
    file = root / "site.yml"
    head, _, _ = file.read_text(encoding="utf-8").partition("print:\n")
    inner = "".join(f"  {line}\n" for line in lines)
    file.write_text(head + (f"print:\n{inner}" if lines else ""), encoding="utf-8")


def test_nothing_is_said_where_print_is_left_out(root: Path) -> None:
    """A site that prints nothing is asked nothing."""
    write(root)
    assert check(root) == SOUND


def test_files_that_are_there_are_in_order(root: Path) -> None:
    """The logo, a folder with a font, and the ICC profile; endings in capitals too."""
    write(root, "logo: print/LOGO.SVG", "fonts: print/fonts/", "icc: ./print/press.icc")
    (root / "print" / "fonts" / "song").mkdir(parents=True)
    for file in ("LOGO.SVG", "press.icc", "fonts/song/song.TTC"):
        (root / "print" / file).touch()
    assert check(root) == SOUND


def test_a_file_that_goes_is_missed_on_the_next_run(root: Path) -> None:
    """What is remembered of the site does not speak for files that lie beside it."""
    write(root, "icc: press.icc")
    (root / "press.icc").touch()
    assert check(root) == SOUND
    (root / "press.icc").unlink()
    assert rules(root) == ["print/file-missing"]
    (root / "press.icc").touch()
    assert check(root) == SOUND


@pytest.mark.parametrize(
    "line",
    [
        "logo: /etc/hostname.svg",
        "logo: ../logo.svg",
        "logo: print/../logo.svg",
        "logo: print\\logo.svg",
        "logo: folder.svg",
        "logo: link.svg",
        "logo: ring.svg",
        f"logo: {'a' * 5000}.svg",
        "icc: fonts",
        "icc: .",
        "fonts: press.icc",
        "fonts: empty",
        "fonts: outside",
        "fonts: linked",
    ],
)
def test_files_elsewhere_or_of_another_kind_are_missing(root: Path, line: str) -> None:
    """Neither a way out of the site's folder nor a folder in place of a file counts, nor the reverse."""
    write(root, line)
    outside = root.parent / "outside"
    for folder in (root / "folder.svg", root / "fonts", root / "empty", root / "linked", outside):
        folder.mkdir()
    for file in (outside / "song.otf", outside / "logo.svg", root / "fonts" / "song.otf", root / "press.icc"):
        file.touch()
    (root.parent / "logo.svg").touch()
    (root / "logo.svg").touch()
    (root / "outside").symlink_to(outside)
    (root / "linked" / "song.otf").symlink_to(outside / "song.otf")
    (root / "link.svg").symlink_to(outside / "logo.svg")
    (root / "ring.svg").symlink_to("ring.svg")
    assert rules(root) == ["print/file-missing"]


def test_a_link_within_the_site_is_followed(root: Path) -> None:
    """Only where it leads counts."""
    write(root, "logo: logo.svg")
    (root / "picture.svg").touch()
    (root / "logo.svg").symlink_to("picture.svg")
    assert check(root) == SOUND


@pytest.mark.parametrize(
    ("line", "is_sound"),
    [
        ("verified_within: 1", True),
        ("verified_within: 168", True),
        ("verified_within: 169", False),
        ("copies: {plate: 1, badge: 10000}", True),
        ("copies: {plate: 10001}", False),
        ('colour: "#767676"', True),
        ('colour: "#777777"', False),
        ('colour: "#9B1C20"', True),
        ('colour: "#9b1c200"', False),
        ('colour: "#９b1c20"', False),
    ],
)
def test_limits_are_where_they_are_said_to_be(root: Path, line: str, is_sound: bool) -> None:
    """The last value that is in order, and the first that is not."""
    write(root, line)
    assert (check(root) == SOUND) is is_sound


@pytest.mark.parametrize(
    ("on", "until", "expected"),
    [
        ("2026-11-20", "2027-11-20", []),  # today is 2026-11-20
        ("2026-11-20", "2027-11-19", ["print/kept-too-short"]),
        ("2026-11-21", "2036-11-20", ["print/dates-order"]),
        ("2026-11-20", "2026-11-20", ["print/kept-too-short"]),
        ("2026-11-20", "2026-11-19", ["print/dates-order"]),
        ("2026-11-31", "2036-11-20", ["date/impossible"]),
    ],
)
def test_dates_are_told_once(root: Path, on: str, until: str, expected: list[str]) -> None:
    """Where the order is wrong, or a date none, nothing more is concluded from it."""
    write(root, "confirmed_by: 示例", f"confirmed_on: {on}", f"kept_until: {until}")
    assert rules(root) == expected


def test_every_kind_can_be_ordered_and_every_title_is_understood(root: Path) -> None:
    """A kind's Chinese title is answered with its name."""
    write(root, "copies:", *(f"  {name}: 2" for name in KINDS))
    assert check(root) == SOUND
    for kind in KINDS.values():
        write(root, "copies:", f"  {kind.title}: 2")
        assert f"改法：改成 {kind.name}\n" in check(root)


def test_a_name_that_is_no_path_is_missing(root: Path) -> None:
    """A character that no file name may hold does not stop the check."""
    write(root, 'logo: "print/\\0.svg"')
    assert rules(root) == ["print/file-missing", "text/characters"]
