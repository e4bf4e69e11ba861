"""Whatever stands in lessons, captions, laws and their texts, the check gives problems and raises nothing else."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import casebook
import fuzzing
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 20)
SAMPLES = ("minfadian/01-minfadian-shi-shenme.md", "minfadian/06-shanyang.md", "minfadian/12-caili.md")
TOKENS = [
    *("---\n", "...\n", "- ", ": ", "[", "]", "{", "}", "&a ", "*a", '"', "'", "|\n", "\t", "\r", "\x00"),
    *("<script>", "<!--", "](javascript:x)", "![a](//b)", "`", "> ", "    ", "|", "# ", "\n\n", "[TOC]", "![", "&#0;"),
    *("民法典第1261条", "《", "》", "第", "条", "款", "项", "之一", "“", "”", "原", "继承编", "第九九九九条"),
    *("第1条至第", "婚姻法", "\ufeff", "\u2028"),
    *("published", "planned", "9999", "-1", "00:00", "99:59:59", "https://[", "://", "/../", "7K3M9TY", "¶", "‖"),
    *(" --> ", "00:00:00.000 --> 00:00:00.000\n", "WEBVTT", "NOTE", "\ud800", "甲" * 3000, "9" * 5000),
]  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base site with lessons of the sample added."""
    root = casebook.base_site(tmp_path_factory.mktemp("fuzz") / "site")
    for number, sample in enumerate(SAMPLES, 11):
        target = f"{number}-{sample.partition('-')[2]}"
        shutil.copy(ROOT / "content/episodes" / sample, root / "content/episodes/shiyan" / target)
    return root


FILES = [
    *(f"content/episodes/shiyan/{name}" for name in ("index.md", "01-jiafeng.md", "01.vtt")),
    *(f"content/episodes/shiyan/{number}-{one.partition('-')[2]}" for number, one in enumerate(SAMPLES, 11)),
    *("laws/civil-code.yml", "laws/marriage-law.yml", "laws/keywords.yml", "laws/texts/civil-code.tsv", "site.yml"),
]


def judge(root: Path, file: str, data: bytes) -> None:
    """Read the site with this file changed; no problem stands behind its end."""
    for problem in fuzzing.judge(root, file, data, TODAY):
        assert problem.source.line <= len(data.splitlines()) + 2 or problem.source.file != file


@st.composite
def mutations(draw: st.DrawFn) -> list[tuple[str, int, int, bytes]]:
    """What is done to a file, at places given as shares of its length."""
    shares = st.integers(0, 10_000)
    kinds = st.sampled_from(["flip", "put", "put", "cut", "drop line", "double line", "swap lines", "lose"])
    words = st.sampled_from(TOKENS).map(lambda token: token.encode(errors="surrogatepass")) | st.binary(max_size=3)
    words |= st.text(max_size=4).map(lambda text: text.encode(errors="surrogatepass"))
    return draw(st.lists(st.tuples(kinds, shares, shares, words), min_size=1, max_size=4))


def mutated(data: bytes, steps: list[tuple[str, int, int, bytes]]) -> bytes:
    """The bytes of a file after these steps."""
    for kind, first, second, word in steps:
        lines = data.splitlines(keepends=True) or [b""]
        place, row, other = len(data) * first // 10_001, len(lines) * first // 10_001, len(lines) * second // 10_001
        match kind:
            case "flip" if data:
                data = data[:place] + bytes([data[place] ^ 1 << second % 8]) + data[place + 1 :]
            case "put":
                data = data[:place] + word + data[place:]
            case "cut":
                data = data[:place]
            case "lose":
                data = data[:place] + data[place + 1 + second % 40 :]
            case "drop line":
                data = b"".join(lines[:row] + lines[row + 1 :])
            case "double line":
                data = b"".join(lines[: row + 1] + lines[row:])
            case "swap lines":
                lines[row], lines[other] = lines[other], lines[row]
                data = b"".join(lines)
    return data


@settings(max_examples=160, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(file=st.sampled_from(FILES), steps=mutations())
def test_mutated_files(root: Path, file: str, steps: list[tuple[str, int, int, bytes]]) -> None:
    """Flipped, lost and doubled bytes and lines, and odd words put in, are reported, never a fault of the program."""
    judge(root, file, mutated((root / file).read_bytes(), steps))


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token[:12].encode("unicode_escape").decode())
def test_every_token_at_both_ends(root: Path, token: str) -> None:
    """Each odd word at the beginning and end of every line of a short lesson."""
    text = "---\ntitle: 示例课\nlaws: [民法典第26条]\nstatus: draft\n---\n\n正文，见民法典第26条“甲”。\n"
    for name in ("front", "back"):
        lines = [token + line if name == "front" else line + token for line in text.split("\n")]
        data = "\n".join(lines).encode(errors="surrogatepass")
        judge(root, "content/episodes/shiyan/01-jiafeng.md", data)
