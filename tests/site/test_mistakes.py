import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from support.sites import Built, contents, copy_site, edit, run_build

YUFENG = "stations/lianyuan/sanjia-yufeng"


def unknown_key(site: Path) -> None:
    edit(site / YUFENG / "station.yml", "landmark:", "landmrk:")


def broken_yaml(site: Path) -> None:
    edit(site / YUFENG / "station.yml", "landmark:", "  - [landmark:")


def wrong_code(site: Path) -> None:
    edit(site / YUFENG / "deputies/zeng-shili.yml", "code: 7K3M9TY", "code: 7K3M9TX")


def no_photo(site: Path) -> None:
    (site / YUFENG / "deputies/photo-zeng.jpg").write_bytes(b"no picture at all")


def torn_photo(site: Path) -> None:
    (site / YUFENG / "deputies/photo-zeng.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")


def broken_facts(site: Path) -> None:
    edit(site / "site.yml", "(?m)^home_region: .*", "home_region: [")


def broken_front_matter(site: Path) -> None:
    edit(site / "content/guides/how-to-meet-your-deputy.md", "(?m)^description: .*", "description: [")


def broken_template(site: Path) -> None:
    edit(site / "overrides/liaison/map.html", "{% endfor %}", "{% endfr %}")


def lost_slot(site: Path) -> None:
    edit(site / "overrides/liaison/shell.html", "%%liaison:title%%", "title")


def same_file_twice(site: Path) -> None:
    (site / "static/robots.txt").write_text("User-agent: *\n")


def file_among_pages(site: Path) -> None:
    (site / "static/S/3F").mkdir(parents=True)
    (site / "static/S/3F/strange").write_text("strange")


def unknown_engine(site: Path) -> None:
    edit(site / "mkdocs.yml", "(?m)^      sections:$", "      executor: no_such_package:engine\n      sections:")


@pytest.mark.parametrize(
    ("spoil", "place", "said"),
    [
        (unknown_key, rf"{YUFENG}/station\.yml:\d+:\d+", "landmark"),
        (broken_yaml, rf"{YUFENG}/station\.yml:\d+:\d+", "错误"),
        (wrong_code, rf"{YUFENG}/deputies/zeng-shili\.yml:1:\d+", "7K3M9TX"),
        (no_photo, rf"{YUFENG}/deputies/photo-zeng\.jpg", "不是 jpg 图片"),
        (torn_photo, rf"{YUFENG}/deputies/photo-zeng\.jpg", "照片"),
        (broken_facts, r"site\.yml:\d+:\d+", "错误"),
        (broken_front_matter, r"content/guides/how-to-meet-your-deputy\.md:\d+:\d+", "错误"),
        (broken_template, r"map\.html:\d+", "模板"),
        (lost_slot, "", "模板缺少插槽：title"),
        (same_file_twice, "robots.txt", "两处都要写同一个文件"),
        (file_among_pages, "S/3F/strange", "只放按编号生成的页面"),
        (unknown_engine, "no_such_package:engine", "找不到执行引擎"),
    ],
)
def test_a_mistake_stops_the_build_in_chinese_and_leaves_the_site_alone(
    spoil: Callable[[Path], None], place: str, said: str, sample: Built, tmp_path: Path
) -> None:
    """Exit code not 0; file and line, a Chinese sentence, no traceback; the site of before stands byte for byte."""
    source = copy_site(tmp_path / "source")
    tree = tmp_path / "site"
    shutil.copytree(sample.tree, tree)
    edit(source / "site.yml", "(?m)^name: .*", "name: 每一页都会变的名字")
    spoil(source)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    done = run_build(source, tree, TMPDIR=str(scratch))
    told = done.stdout + done.stderr
    assert done.returncode != 0, told
    assert said in told
    assert re.search(place, told), told
    assert re.search("[\u4e00-\u9fff]", told)
    assert "Traceback" not in told
    assert contents(tree) == contents(sample.tree)
    assert not list(scratch.iterdir())


def test_all_mistakes_are_told_at_once(sample: Built, tmp_path: Path) -> None:
    """Two wrong records give two places in one run."""
    source = copy_site(tmp_path / "source")
    unknown_key(source)
    wrong_code(source)
    done = run_build(source, tmp_path / "site")
    told = done.stdout + done.stderr
    assert f"{YUFENG}/station.yml:" in told
    assert f"{YUFENG}/deputies/zeng-shili.yml:1:" in told
    assert not (tmp_path / "site").exists()
    assert sample.files


def test_a_template_that_looks_into_a_text_is_named_and_obeyed(sample: Built, tmp_path: Path) -> None:
    """It cannot be filled by shape, so it is run for every page; said in Chinese, once, without a traceback."""
    source = copy_site(tmp_path / "source")
    with (source / "overrides/liaison/deputy.html").open("a", encoding="utf-8") as template:
        template.write("<i>{{ view.name | length }}</i>")
    done = run_build(source, tmp_path / "site")
    told = done.stdout + done.stderr
    assert done.returncode == 0, told
    assert told.count("模板 liaison/deputy.html ") == told.count("改为逐页运行这个模板") == 1
    assert "Traceback" not in told
    built = Built(source, tmp_path / "site")
    page = next(path for path in sample.files if path.startswith("D/") and "<h1>曾示例</h1>" in sample.text(path))
    assert "<i>3</i>" in built.text(page)
    assert built.text(page).replace("<i>3</i>", "").split() == sample.text(page).split()
