from __future__ import annotations

from pathlib import Path

import pytest
import robustness
import sections
from robustness import DISTURBANCES, Found

from support.pdfs import READERS, symbol, typeset

PAYLOADS = ("HTTPS://DB.EXAMPLE.GOV.CN/S/3F/7K2MC/", "HTTPS://DB.EXAMPLE.GOV.CN/S/3F/9T4XA/")


def poster(payload: str, width: float) -> bytes:
    return typeset(f"#page(width: 140mm, height: 140mm, align(center + horizon, {symbol(payload, width)}))")


@pytest.fixture(scope="module")
def good() -> Found:
    """A large code, and one whose file should have shown another."""
    pdfs = [poster(PAYLOADS[0], 108), poster(PAYLOADS[0], 108)]
    return robustness.survey("station-a4", pdfs, [[PAYLOADS[0]], [PAYLOADS[1]]])


def test_what_is_read_and_what_is_wrong_is_counted(good: Found) -> None:
    """Each disturbance, each reader: the good file is read, the other counts as wrong, and what lacks is said."""
    assert good.codes == 2
    for one in DISTURBANCES:
        for reader in READERS:
            assert (good.read[one.name, reader], good.wrong[one.name, reader]) == (1, 1), (one.name, reader)
    asked = [one for one in DISTURBANCES if one.is_asked]
    assert len(list(good.lacking())) == len(asked) * len(READERS)
    assert "station-a4, none, at 25 dpi: OpenCV reads 1 of 2" in list(good.lacking())


def test_disturbances_disturb() -> None:
    """A small code is not read when drawn coarsely or blurred, but nothing of that is asked of a badge."""
    found = robustness.survey("badge", [poster(PAYLOADS[0], 15)], [[PAYLOADS[0]]])
    assert found.read["none, at 25 dpi", "zxing-cpp"] == 0
    assert found.read["Gaussian blur, σ 2 pixels", "OpenCV"] == 0
    assert not list(found.lacking())


def test_the_section_takes_the_place_of_the_one_before(good: Found) -> None:
    """It has a row for each disturbance, says what lacks, and stands in the report once."""
    text = robustness.section([good, Found("badge", 3)])
    assert "| disturbance | asked of wall posters | station-a4 108 mm, of 2 | badge 26 mm, of 3 |" in text
    assert "| turned by 20° |  | 1 · 1 | 0 · 0 |" in text
    assert "- station-a4, none: zxing-cpp reads 1 of 2" in text
    holds = "All that is asked of wall posters holds."
    assert holds in robustness.section([Found("station-a3", 0)])
    assert holds not in text + robustness.section([Found("badge", 3)])
    report = f"# Benchmark\n\n{robustness.TITLE}\n\nOld.\n\n## After\n\nText.\n"
    once = sections.put(report, text)
    assert once == f"# Benchmark\n\n{text}\n## After\n\nText.\n"
    assert sections.put(once, text) == once
    assert sections.put("# Benchmark\n", text) == f"# Benchmark\n\n{text}"


def test_files_of_a_folder_are_chosen_by_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many of a kind as are asked for, at most; a kind that is not there is an error."""
    monkeypatch.setattr(robustness, "DISTURBANCES", DISTURBANCES[:1])
    for name in ("a", "b", "c"):
        (tmp_path / "plate").mkdir(exist_ok=True)
        (tmp_path / "plate" / f"{name}.pdf").write_bytes(poster(PAYLOADS[0], 60))
    [found] = robustness.of_folder(tmp_path, ["plate"], 2)
    assert (found.codes, found.read["none", "zxing-cpp"]) == (2, 2)
    with pytest.raises(SystemExit, match="no PDF of badge"):
        list(robustness.of_folder(tmp_path, ["badge"], 2))
