import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from test_pages import register_of

from liaison.plan.diary import Diary
from support.limits import umask
from support.sites import NO_CACHE, Built, build, contents, run_build


@pytest.mark.parametrize("variables", [{}, NO_CACHE], ids=["with a cache", "without"])
def test_building_again_writes_nothing(variables: dict[str, str], sample: Built, tmp_path: Path) -> None:
    """The second build gives the same bytes, touches no file, and says that all are unchanged."""
    tree = tmp_path / "site"
    shutil.copytree(sample.tree, tree)
    before = {path: (tree / path).stat().st_mtime_ns for path in sample.files}
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    done = run_build(sample.source, tree, TMPDIR=str(scratch), **variables)
    assert done.returncode == 0, done.stderr
    assert contents(tree) == contents(sample.tree)
    assert {path: (tree / path).stat().st_mtime_ns for path in sample.files} == before
    assert not list(scratch.iterdir())
    assert f"写入 0 个文件，{len(sample.files)} 个没有变化，删去 0 个旧文件" in done.stdout + done.stderr


def test_building_over_another_site_leaves_nothing_of_it(sample: Built, heavy: Built, tmp_path: Path) -> None:
    """Stale files, folders and half-written files of earlier builds go; folders and files may have changed places."""
    tree = tmp_path / "site"
    shutil.copytree(heavy.tree, tree)
    (tree / "c/index.html").unlink()
    (tree / "c").rmdir()
    (tree / "c").write_text("a file where a folder must be")
    (tree / "robots.txt").unlink()
    (tree / "robots.txt/inner").mkdir(parents=True)
    for half in (".new-half", "S/.new-half"):
        (tree / half).write_text("half a page")
    (tree / "gone/deeper").mkdir(parents=True)
    build(sample.source, tree)
    assert contents(tree) == contents(sample.tree)
    assert not [path for path in tree.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_circumstances_do_not_show(sample: Built, tmp_path: Path) -> None:
    """Hash seed, time zone, locale, working directory and umask leave the bytes and the modes alone."""
    elsewhere = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Apia", "LC_ALL": "C", "LANG": "C", **NO_CACHE}
    with umask(0o077):
        other = build(sample.source, tmp_path / "site", cwd=tmp_path, **elsewhere)
    assert contents(other.tree) == contents(sample.tree)
    assert {path.stat().st_mode & 0o777 for path in other.tree.rglob("*") if path.is_file()} == {0o644}
    assert {path.stat().st_mode & 0o777 for path in other.tree.rglob("*") if path.is_dir()} == {0o755}


def dates_on(page: str) -> list[str]:
    return re.findall(r'data-[dse]="([^"]*)"', page)


@pytest.mark.parametrize("kind", ["quiet", "busy"])
def test_a_new_day_changes_only_pages_whose_dates_change(sample: Built, tmp_path: Path, kind: str) -> None:
    """After a day without receptions not a byte differs; after one with some, only pages that list one of them."""
    diary = Diary(register_of(sample), sample.today)
    held = {one.occurrence.shown for code in register_of(sample).stations for one in diary.coming(code)}
    days = (sample.today + timedelta(days=ahead) for ahead in range(40))
    day = next(one for one in days if (one in held) == (kind == "busy"))
    then, later = _on(sample, day, tmp_path / "a"), _on(sample, day + timedelta(days=1), tmp_path / "b")
    changed = {
        path for path in then.known | later.known if path not in later.known or then.data(path) != later.data(path)
    }
    expected = {path for path in then.pages if dates_on(then.text(path)) != dates_on(later.text(path))}
    assert changed == expected
    assert bool(changed) == (kind == "busy")


def _on(sample: Built, day: date, out: Path) -> Built:
    return build(sample.source, out, LIAISON_TODAY=day.isoformat(), **NO_CACHE)
