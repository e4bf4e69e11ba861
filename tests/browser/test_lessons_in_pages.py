"""Lessons as they are watched, read, answered and printed, in a real browser."""

from __future__ import annotations

import re

import cv2
import numpy as np
import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from support.browser import Address, Opener
from support.server import StaticHost
from support.sites import Built

LESSON, SERIES, TO_READ = "episodes/minfadian/01/", "episodes/minfadian/", "episodes/minfadian/07/"
CHAPTER, CHAPTER_AT = "七编讲些什么", 12
LINE, LINE_AT = "一共1260条，七编加附则。", 16
CUES = 16
A4 = (794, 1123)
"""Pixels of a sheet at 96 to the inch."""

FORBIDDEN = """Object.defineProperty(window, 'localStorage',
  {get() { throw new DOMException('forbidden', 'SecurityError'); }});"""
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


def is_at(page: Page, seconds: float, within: float = 3) -> None:
    """The video comes to a second, or a little beyond."""
    page.wait_for_function(
        "([from, to]) => (now => now >= from && now < to)(document.querySelector('video').currentTime)",
        arg=[seconds - 0.05, seconds + within],
    )


def is_playing(page: Page) -> None:
    """The video moves on."""
    page.wait_for_function("() => (video => video.currentTime > 0 && !video.paused)(document.querySelector('video'))")


def chapter(page: Page) -> None:
    """Press the second section of the recording."""
    page.get_by_role("button", name=CHAPTER).click()


def media_asked_for(host: StaticHost, since: int) -> list[str]:
    """Recordings and captions that were fetched after a moment."""
    return [path for _, path, _ in host.log[since:] if path.endswith((".mp4", ".vtt"))]


def test_a_video_is_not_fetched_before_somebody_plays_it(opener: Opener, at: Address, host: StaticHost) -> None:
    """Nor are its captions; once played both are, the video in parts where the reader seeks."""
    since = len(host.log)
    page = opener(at(LESSON))
    page.wait_for_load_state("networkidle")
    assert page.locator("video").get_attribute("preload") == "none"
    assert media_asked_for(host, since) == []
    chapter(page)
    is_at(page, CHAPTER_AT)
    is_playing(page)
    assert {path.rpartition(".")[2] for path in media_asked_for(host, since)} == {"mp4", "vtt"}


def test_chapters_and_lines_lead_to_their_second(opener: Opener, at: Address) -> None:
    """A press on a section or a line of the transcript plays from there, and the current ones are marked."""
    page = opener(at(LESSON))
    chapter(page)
    is_at(page, CHAPTER_AT)
    expect(page.get_by_role("button", name=CHAPTER)).to_have_attribute("aria-current", "true")
    page.get_by_text("文字稿", exact=True).click()
    line = page.get_by_role("button", name=LINE)
    line.click()
    is_at(page, LINE_AT)
    expect(line).to_have_attribute("aria-current", "true")
    next_line = page.get_by_role("button", name="总则讲通用的规矩。")
    expect(next_line).to_have_attribute("aria-current", "true", timeout=8000)
    expect(line).not_to_have_attribute("aria-current", "true")


def test_lines_can_be_chosen_by_keyboard(opener: Opener, at: Address) -> None:
    """The transcript is one stop of the Tab key; arrows go from line to line, Enter plays."""
    page = opener(at(LESSON))
    page.get_by_text("文字稿", exact=True).click()
    first = page.get_by_role("button", name="乡亲们好，今天说说民法典。")
    first.focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="老人要赡养，家产要分清。")).to_be_focused()
    page.keyboard.press("Enter")
    is_at(page, 6)


def test_captions_show_while_it_plays(opener: Opener, at: Address) -> None:
    """The track has all cues and is shown; at each second there is one."""
    page = opener(at(LESSON))
    chapter(page)
    is_at(page, CHAPTER_AT)
    page.wait_for_function("() => document.querySelector('video').textTracks[0].activeCues?.length")
    track = page.evaluate("""() => { const [track] = document.querySelector('video').textTracks;
        return [track.kind, track.mode, track.cues.length, track.activeCues[0].text]; }""")
    assert track[:3] == ["captions", "showing", CUES]
    assert "民法典" in track[3]


def test_it_can_be_played_faster_and_slower(opener: Opener, at: Address) -> None:
    """The chosen speed holds at once and on the next visit, and says that it is chosen."""
    page = opener(at(LESSON))
    fast = page.get_by_role("button", name="1.5×")
    fast.click()
    chapter(page)
    is_playing(page)
    for _ in range(2):
        assert page.evaluate("document.querySelector('video').playbackRate") == 1.5
        expect(page.get_by_role("button", name="1.5×")).to_have_attribute("aria-pressed", "true")
        page.reload()


def press_option(page: Page, question: int, letter: str, key: str) -> None:
    """Reach an answer by the Tab key alone, and choose it."""
    place = "ABCDEF".index(letter)
    wanted = page.get_by_role("group", name=re.compile(rf"^{question}\.")).get_by_role("button").nth(place)
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            page.keyboard.press(key)
            return
    raise AssertionError(f"{letter} of question {question} cannot be reached by the Tab key")


def test_a_quiz_is_answered_by_keyboard(opener: Opener, at: Address) -> None:
    """Each answer is judged in words, with the reason; at the end stands how many were right, also after a reload."""
    page = opener(at(LESSON))
    answers = (1, "B", "Enter", "答对了"), (2, "A", "Space", "没答对"), (3, "B", "Enter", "答对了")
    for question, letter, key, said in answers:
        press_option(page, question, letter, key)
        card = page.get_by_role("group", name=re.compile(rf"^{question}\."))
        expect(card.get_by_role("status")).to_contain_text(said)
        expect(card.get_by_role("status")).to_contain_text("民法典")
    expect(page.get_by_text("共3道题，答对2道")).to_be_visible()
    page.get_by_role("button", name="再做一遍").press("Enter")
    expect(page.get_by_text("没答对")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("共3道题，答对2道")).to_be_visible()


def test_progress_is_kept_and_can_be_cleared(opener: Opener, at: Address) -> None:
    """The place is offered on the next visit; what was finished is marked on the series' page, until it is cleared."""
    page = opener(at(LESSON))
    chapter(page)
    is_at(page, CHAPTER_AT)
    page.locator("video").evaluate("video => video.pause()")
    page.reload()
    resume = page.get_by_role("button", name=re.compile("从 00:1[2-4] 接着看"))
    resume.click()
    is_at(page, CHAPTER_AT)
    page.locator("video").evaluate("video => { video.currentTime = 49; }")
    expect(page.get_by_text("已学完")).to_be_visible(timeout=8000)
    page.goto(at(SERIES))
    row = page.locator("li", has=page.get_by_role("link", name=re.compile("民法典是一部什么样的法")))
    expect(row.first).to_contain_text("已学完")
    clear = page.get_by_role("button", name="清除学习记录")
    clear.click()
    page.get_by_role("button", name="再点一次就清除").click()
    expect(row.first).not_to_contain_text("已学完")
    page.reload()
    expect(row.first).not_to_contain_text("已学完")
    expect(clear).to_have_count(0)


def test_a_lesson_to_read_is_finished_at_its_end(opener: Opener, at: Address) -> None:
    """Opening it is not enough; having come to the end of the text is."""
    page = opener(at(TO_READ))
    expect(page.locator("h1")).to_be_visible()
    assert page.get_by_text("已学完").count() == 0
    page.get_by_role("heading", name="法律怎么说").scroll_into_view_if_needed()
    expect(page.get_by_text("已学完")).to_be_attached()


@pytest.mark.parametrize("storage", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_a_device_that_keeps_nothing_spoils_nothing(opener: Opener, at: Address, storage: str) -> None:
    """Where storage is forbidden or full, video, quiz and the series' page work as they do elsewhere."""
    page = opener("about:blank")
    page.add_init_script(storage)
    page.goto(at(LESSON))
    chapter(page)
    is_at(page, CHAPTER_AT)
    press_option(page, 1, "B", "Enter")
    expect(page.get_by_role("status").filter(has_text="答对了")).to_be_visible()
    page.goto(at(SERIES))
    expect(page.get_by_role("link", name=re.compile("民法典是一部什么样的法")).first).to_be_visible()


def test_without_script_everything_can_be_read(opener: Opener, at: Address) -> None:
    """The player has controls and captions; transcript and answers open by a click; sections and handout are words."""
    page = opener(at(LESSON), java_script_enabled=False)
    video = page.locator("video")
    assert video.get_attribute("controls") is not None
    assert page.locator("video source").get_attribute("src") == "../../../episodes/minfadian/01.mp4"
    assert page.locator("video track[kind=captions]").get_attribute("src")
    expect(page.get_by_text(CHAPTER)).to_be_visible()
    assert not page.get_by_text(LINE).is_visible()
    page.get_by_text("文字稿", exact=True).click()
    expect(page.get_by_text(LINE)).to_be_visible()
    card = page.get_by_role("group", name=re.compile(r"^1\."))
    expect(card).to_contain_text("2021年1月1日")
    card.get_by_text("看答案").click()
    expect(card.get_by_text("自2021年1月1日起施行")).to_be_visible()
    expect(page.get_by_role("heading", name="讲义")).to_be_visible()
    expect(page.get_by_text("借条、合同、照片要留好")).to_be_visible()
    expect(page.get_by_text("点哪一句")).to_have_count(0)


@pytest.mark.parametrize("look", ["light", "dark", "care"])
@pytest.mark.parametrize("path", [LESSON, TO_READ, "heavy"])
def test_a_lesson_is_printed_on_one_sheet(
    opener: Opener, at: Address, host: StaticHost, sample: Built, path: str, look: str
) -> None:
    """A page of A4 with the points and a code that a camera reads; whatever the page looks like on the screen."""
    page_path = "episodes/qita/02/" if path == "heavy" else path
    url = f"{host.origin}/heavy/{page_path}" if path == "heavy" else at(path)
    page = opener(url, size=A4, color_scheme="dark" if look == "dark" else "light")
    if look == "care":
        page.get_by_role("button", name="关怀版").click()
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    (box,) = set(re.findall(rb"/MediaBox\s*\[([^\]]*)\]", sheet))
    assert [round(float(side)) for side in box.split()] == [0, 0, 595, 842]
    page.emulate_media(media="print")
    picture = cv2.imdecode(np.frombuffer(page.screenshot(), np.uint8), cv2.IMREAD_COLOR)
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [sample.facts["short_url"] + page_path]
    for point in page.get_by_role("listitem").filter(has_text="讲义要点").all():
        expect(point).to_be_visible()
    expect(page.locator("video")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollHeight") <= A4[1]


def test_a_topic_opens_its_lessons_and_an_article_its_law(opener: Opener, at: Address) -> None:
    """From all lessons to a topic, a lesson, an article, the law, by links alone and without a script."""
    page = opener(at("episodes/"), java_script_enabled=False)
    page.locator("main").get_by_role("link", name=re.compile("^选举")).click()
    assert "选举" in page.locator("h1").inner_text()
    page.locator("main").get_by_role("link", name=re.compile("代表是怎么选出来的")).click()
    assert page.url == at("episodes/daibiaofa/01/")
    page.locator("main").get_by_role("link", name=re.compile("《选举法》第四十条")).first.click()
    assert page.url == at("laws/election-law/40/")
    expect(page.get_by_role("link", name=re.compile("代表是怎么选出来的"))).to_be_visible()
    page.locator("main nav").first.get_by_role("link", name="《选举法》").click()
    assert page.url == at("laws/election-law/")


@pytest.mark.parametrize("path", [LESSON, SERIES, TO_READ])
def test_buttons_and_rows_of_lessons_fit_a_thumb(opener: Opener, at: Address, path: str) -> None:
    """Sections, answers, rows and ways on are at least 48 px high; only the small pills may have 44."""
    page = opener(at(path))
    assert page.evaluate(LOW) == []


LOW = """() => [...document.querySelectorAll('main button, main summary, main li > a, main .act')]
  .filter(one => one.checkVisibility() && getComputedStyle(one).display !== 'inline')
  .map(one => [one.getBoundingClientRect().height, one.innerText.slice(0, 20), one.className])
  .filter(([height, , name]) => height < (/pill/.test(name) ? 44 : 48) - 0.5)"""
