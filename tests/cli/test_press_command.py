"""From `liaison verify --codes` to files for the press: nothing dead, doubtful or unsigned gets onto a wall."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest

from liaison.plan.kinds import KINDS
from liaison.publish.livecheck import REPORT
from liaison.render.print.preflight import faults
from liaison.render.print.press import SLUG
from support.paper import POINT, sheets
from support.printing import ALL_KINDS, CENTRE, YUFENG, ZENG, Done, files_of, liaison, printable_base
from support.sites import edit
from support.tls import HOST, Reply, TlsHost, serving_tls

LESSON = "shiyan/01"
PATHS = {
    YUFENG: "S/3F/7K2MC/",
    CENTRE: "S/TK/58CWB/",
    ZENG: "D/7K/3M9TY/",
    LESSON: "episodes/shiyan/01/",
}
NAMES = {YUFENG: "玉峰社区站", CENTRE: "蓝田街道人大代表之家", ZENG: "曾示例"}
BLEED = 3.0
SHORT = ("--kind", "station-a4")


@contextmanager
def live(folder: Path) -> Iterator[TlsHost]:
    """The site as it stands in the web, all well."""
    with serving_tls(folder) as host:
        host.replies = {f"/{path}": page(path) for path in PATHS.values()}
        yield host


def page(path: str) -> Reply:
    return Reply(body=f'<head><link rel="canonical" href="https://www.example.gov.cn/zt/{path}"></head>'.encode())


def verify(site: Path, host: TlsHost) -> Done:
    return liaison("verify", site, "--codes", "--resolve", host.resolve, "--ca", host.ca)


def site_for_press(to: Path) -> Path:
    """The small site with a short address of its own."""
    site = printable_base(to)
    edit(site / "site.yml", "(?m)^url: .*$", f"url: https://www.example.gov.cn/zt/\nshort_url: HTTPS://{HOST.upper()}/")
    return site


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of which every page was seen."""
    folder = tmp_path_factory.mktemp("press")
    site = site_for_press(folder / "site")
    with live(folder) as host:
        done = verify(site, host)
    assert (done.returncode, done.stdout) == (0, "核对了 4 个编号：4 个正常，0 个有问题\n")
    return site


@pytest.fixture(scope="module")
def pressed(verified: Path) -> Path:
    """Everything that is printed of it, for the press; and rolled-up banners at a quarter of their size."""
    done = liaison("posters", verified, *ALL_KINDS, "--press", "--scale", "4")
    assert done.returncode == 0, done.stderr
    return verified / "posters/press"


@pytest.fixture
def site(verified: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return shutil.copytree(verified, tmp_path / "site", ignore=shutil.ignore_patterns("press"))


def trim_of(kind: str) -> tuple[float, float]:
    """Of the cut sheet, large ones at a quarter."""
    scale = 4 if KINDS[kind].is_large else 1
    return KINDS[kind].width / scale, KINDS[kind].height / scale


@pytest.mark.parametrize("kind", KINDS)
def test_files_are_fit_for_the_press(pressed: Path, kind: str) -> None:
    """No fault is found in any file; an output intent names the press, and nothing in it is red, green and blue."""
    paths = [path for path, one in files_of(pressed).items() if one["kind"] == kind]
    assert paths
    for path in paths:
        data = (pressed / path).read_bytes()
        bleed = BLEED / (4 if KINDS[kind].is_large else 1)
        assert faults(data, trim=trim_of(kind), bleed=bleed) == []
        with pikepdf.open(io.BytesIO(data)) as document:
            (intent,) = document.Root.OutputIntents
            assert str(intent.OutputConditionIdentifier) == "FOGRA39"
            assert intent.DestOutputProfile.N == 4
        assert rgb_in(data) == set()


def rgb_in(data: bytes) -> set[bytes]:
    """Operators and names of colours in RGB, looked for in the bytes of the uncompressed file."""
    with pikepdf.open(io.BytesIO(data)) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Stream) and ("/Length1" in one or one.get("/Subtype") in TYPES):
                one.write(b"")  # pictures and fonts may hold anything
        plain = io.BytesIO()
        document.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    return set(re.findall(rb"(?<=[\d.] )(?:rg|RG)(?=\s)|/(?:Device|Cal)RGB|/Lab\b|/N 3\b", plain.getvalue()))


TYPES = ("/Image", "/CIDFontType0C", "/OpenType", "/XML")


def test_rgb_is_seen_where_it_is(verified: Path) -> None:
    """The look for RGB finds it in a file for the office, so it would find it in one for the press."""
    done = liaison("posters", verified, "--kind", "deputy-a4")
    assert done.returncode == 0, done.stderr
    (file,) = (verified / "posters/office/deputy-a4").iterdir()
    assert rgb_in(file.read_bytes())


@pytest.mark.parametrize("kind", KINDS)
def test_boxes_and_marks(pressed: Path, kind: str) -> None:
    """Trim and bleed are right to a tenth of a millimetre; crop marks stand outside the bleed."""
    bleed = BLEED / (4 if KINDS[kind].is_large else 1)
    for path in (path for path, one in files_of(pressed).items() if one["kind"] == kind):
        with pikepdf.open(pressed / path) as document:
            boxes = [{name: millimetres(page, name) for name in ("Media", "Bleed", "Trim")} for page in document.pages]
        for number, (box, sheet) in enumerate(zip(boxes, sheets(pressed / path), strict=True), 1):
            trim, bled, media = box["Trim"], box["Bleed"], box["Media"]
            assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx(trim_of(kind), abs=0.1)
            assert [trim[0] - bled[0], bled[3] - trim[3]] == pytest.approx([bleed] * 2, abs=0.1), number
            assert [bled[0] - media[0], media[3] - bled[3]] == pytest.approx([SLUG] * 2, abs=0.1), number
            picture = sheet.picture(10)
            around = round((SLUG - 0.3) * 10)
            for strip in (picture[:around], picture[-around:], picture[:, :around], picture[:, -around:]):
                assert strip.min() < 128, "no crop mark"
            for corner in (picture[:around, :around], picture[-around:, -around:]):
                assert corner.min() == 255, "a mark in the corner, where no cut is"


def millimetres(page: pikepdf.Page, name: str) -> list[float]:
    return [float(side) * POINT for side in page.obj[f"/{name}Box"]]


BAD = {
    YUFENG: (Reply(404), "网站上没有这个页面（404）"),
    CENTRE: (page(PATHS[ZENG]), "打开的是另一个页面：7K3M9TY 曾示例"),
    ZENG: (Reply(301, location=f"http://{HOST}/D/7K/3M9TY/"), f"跳转到不加密的地址：http://{HOST}/D/7K/3M9TY/"),
}


def test_bad_pages_keep_everything_back(site: Path, tmp_path: Path) -> None:
    """A missing page, another one and one without encryption are named, and the press gets nothing at all."""
    with live(tmp_path) as host:
        for key, (reply, _) in BAD.items():
            host.replies[f"/{PATHS[key]}"] = reply
        seen = verify(site, host)
    done = liaison("posters", site, "--press")
    assert (seen.returncode, done.returncode) == (1, 1)
    for key, (_, reason) in BAD.items():
        assert f"✗ {key} {NAMES[key]}：{reason}\n" in seen.stdout
        assert f"✗ {key} {NAMES[key]}：{reason}\n" in done.stderr
    assert LESSON not in done.stderr
    assert not (site / "posters/press").exists()


def refused(site: Path, *args: str) -> str:
    """What is said when the press gets nothing."""
    done = liaison("posters", site, "--press", *(args or SHORT))
    assert done.returncode == 1
    assert done.stderr.endswith("现在不能交印，什么也没有做\n")
    assert not (site / "posters/press").exists()
    return done.stderr


def test_never_verified(site: Path) -> None:
    """Without a report every code is named, and the command that makes one."""
    (site / REPORT).unlink()
    told = refused(site)
    assert f"✗ {YUFENG} 玉峰社区站：没有核对过\n" in told
    assert f"✗ 先运行 liaison verify HTTPS://{HOST.upper()}/ --codes，全部正常后再制作\n" in told


def test_verified_too_long_ago(site: Path) -> None:
    """What was seen more than a day ago counts no more, for that code alone."""
    held = json.loads((site / REPORT).read_text("utf-8"))
    ago = datetime.now(UTC) - timedelta(hours=25)
    for one in held[f"https://{HOST}/"]["pages"]:
        if one["key"] == CENTRE:
            one["at"] = f"{ago:%Y-%m-%dT%H:%M:%SZ}"
    (site / REPORT).write_text(json.dumps(held), "utf-8")
    told = refused(site)
    assert f"✗ {CENTRE} 蓝田街道人大代表之家：不是最近 24 小时内核对的\n" in told
    assert YUFENG not in told


@pytest.mark.parametrize(
    ("lines", "reasons"),
    [
        (
            {"  confirmed_by": "", "short_url": "short_url: HTTPS://TEST.EXAMPLE.GOV.CN/"},
            ["短网址没有人确认：在 site.yml 的 print 里写上 confirmed_by", "像是测试用的网址（test）"],
        ),
        (
            {"  kept_until": "  kept_until: 2026-11-19", "short_url": ""},
            [
                "短网址只保留到 2026-11-19，已经过期，请重新确认",
                "site.yml 里没有 short_url：上墙的二维码要用长期不变的短网址",
            ],
        ),
    ],
)
def test_a_short_address_that_nobody_vouches_for(site: Path, lines: dict[str, str], reasons: list[str]) -> None:
    """An address that is not confirmed, not kept or not fit for a wall is refused, with all the reasons at once."""
    for name, line in lines.items():
        edit(site / "site.yml", f"(?m)^{name}: .*$", line)
    told = refused(site)
    assert [reason for reason in reasons if reason not in told] == []


def test_a_proof_needs_nobody(site: Path) -> None:
    """A proof is made before all that is in order; each page says what it is, and has no crop marks."""
    (site / REPORT).unlink()
    edit(site / "site.yml", "(?m)^  confirmed_by: .*$", "")
    done = liaison("posters", site, "--proof", *SHORT, "--kind", "badge-10", "--code", YUFENG, "--code", ZENG)
    assert done.returncode == 0, done.stderr
    folder = site / "posters/proof"
    assert {one["kind"] for one in files_of(folder).values()} == {"station-a4", "badge-10"}
    for path, one in files_of(folder).items():
        data = (folder / path).read_bytes()
        assert faults(data, trim=(KINDS[one["kind"]].width, KINDS[one["kind"]].height), bleed=BLEED) == []
        for sheet in sheets(folder / path):
            assert "样张" in sheet.words
            assert sheet.width == pytest.approx(KINDS[one["kind"]].width + 2 * BLEED, abs=0.1)


def test_a_press_that_wants_no_marks(site: Path) -> None:
    """Without marks a sheet ends at its bleed, and is fit for the press too."""
    done = liaison("posters", site, "--press", "--no-marks", *SHORT, "--code", YUFENG)
    assert done.returncode == 0, done.stderr
    (path,) = files_of(site / "posters/press")
    assert faults((site / "posters/press" / path).read_bytes(), trim=trim_of("station-a4"), bleed=BLEED) == []
    for sheet in sheets(site / "posters/press" / path):
        assert (sheet.width, sheet.height) == pytest.approx((216, 303), abs=0.1)
