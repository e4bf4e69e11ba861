"""The text of reception rules: one spelling for all spellings, the forms there are, and what does not belong in.

Meaning is read in `reception_parser`; this module knows no `Rule`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from difflib import get_close_matches

from .reception_rules import DAY, NUMERALS

FORMS = (
    "每月15日",
    "每月9日、19日",
    "单月15日",
    "双月15日",
    "每月第一个周五",
    "每月第一个、第三个周二",
    "每月最后一个周五",
    "每月最后一天",
    "每月第一个工作日",
    "每月最后一个工作日",
    "每周五",
    "每周二、周四",
    "每周一至周五",
    "每季度首月10日",
    "每季度末月第一个周五",
    "每年3月15日",
    "每年3月、9月15日",
    "每个工作日",
)
"""One example of each accepted form, for hints and for the editors' handbook."""

NUMBER = "[0-9]{1,4}|[一二三四五六七八九十廿卅]{1,4}"

_LONGEST = 500  # characters; a sensible rule has 30, the words of one that names every day in every way about 450
_QUOTED = 40  # characters of a rule that a message repeats
_NOON = 12
_INVISIBLE = {"Cc", "Cf"}  # control and formatting signs, as copied text brings them

_SAME: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"星期|礼拜|週"), "周"),
    (re.compile(r"(?:以及|[,、;/&和及与])+"), "、"),
    (re.compile(r"[到~—–-]+"), "至"),
    (re.compile(r"[号號]"), DAY),
    (re.compile(r"[。.、]+$"), ""),
    (re.compile(r"的"), ""),
    (re.compile(r"首(?=[个周])"), "第一"),
    (re.compile(r"^(?:每逢|每|逢)(?:一?个)?"), "每"),
    (re.compile(r"^每[天日]$"), "每周一至周日"),
    (re.compile(r"^每季(?!度)"), "每季度"),
    (re.compile(r"^每?(?:单数?|奇数)月"), "单月"),
    (re.compile(r"^每?(?:双数?|偶数)月"), "双月"),
    (re.compile(r"周天|周7(?![0-9])"), "周日"),
    (re.compile(r"周([1-6])(?![0-9])"), lambda found: "周" + NUMERALS[int(found[1])]),
)

_TIME = re.compile(r"[上下中]午|[早晚]上|傍晚|[0-9]{1,2}:[0-9]{2}|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[点时]")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_HOLIDAY = re.compile(r"[如若凡]?遇|[如若]逢|逢[节假法]|法定|节假日|假日|顺延|照常")
_NO_ANCHOR = re.compile(r"隔[一二两1-9]?个?[周月天日]|每[两二三2-9]个?[周月天]|[单双]周(?![一二三四五六日])|半[月年]")
_VAGUE = {"周末": "每周六、周日」或「每月第一个周六", "月底": "每月最后一天", "月末": "每月最后一天"}


class RuleError(ValueError):
    """A rule that cannot be read: `message` names the part that is not understood, `hint` an accepted form."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def plain_text(text: str) -> str:
    """The text in one spelling: 号 as 日, 星期 as 周, commas as 、, no spaces. Raises RuleError where too long."""
    too_long = len(text) > _LONGEST
    text = unicodedata.normalize("NFKC", text[:_LONGEST])
    text = "".join(sign for sign in text if not sign.isspace() and unicodedata.category(sign) not in _INVISIBLE)
    if too_long:
        raise RuleError(f"接待规则太长：「{quoted(text)}」", nearest(""))
    for pattern, plain in _SAME:
        text = pattern.sub(plain, text)
    return text


def nearest(plain: str) -> str:
    """The hint for text that is not understood: the most similar form, else all of them."""
    if near := get_close_matches(plain, FORMS, n=1, cutoff=0.5):
        return f"可以写成「{near[0]}」这样的形式"
    return "可用的写法有：" + "；".join(FORMS)


def quoted(text: str) -> str:
    """The text as a message repeats it: not more than a line."""
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


def unreadable(plain: str, part: str) -> RuleError:
    """The error for a part of a rule that is not understood."""
    return RuleError(f"看不懂接待规则「{quoted(plain)}」里的「{quoted(part)}」", nearest(plain))


def refuse_misplaced(plain: str, suggest: Callable[[str], str]) -> None:
    """Raise RuleError for what is understood but is no rule: times, what happens on holidays, 隔周, 月底.

    `suggest` turns the text before it into the rule to write.
    """
    if found := _TIME.search(plain):
        times = plain[found.start() :]
        clock = zip(("from", "to"), _clock(times), strict=False)
        keys = ", ".join([f"rule: {suggest(plain[: found.start()])}", *(f"{key}: {time}" for key, time in clock)])
        raise RuleError(f"规则里不能写时间：「{quoted(times)}」", f"规则只写日子，时间写在 from 和 to 两项，如 {keys}")
    if found := _HOLIDAY.search(plain):
        rest, holiday = plain[: found.start()].rstrip("(、"), plain[found.start() :].rstrip(")")
        hint = f"规则只写日子，如 rule: {suggest(rest)}；节假日写在 holiday 一项：顺延、顺延一周、照常或取消"
        raise RuleError(f"规则里不能写遇节假日怎么办：「{quoted(holiday)}」", hint)
    if found := _NO_ANCHOR.search(plain):
        hint = "写明是每月的哪几次，如「每月第一个、第三个周五」；隔月写「单月15日」或「双月15日」"
        raise RuleError(f"「{found[0]}」没有说从哪一次算起，排不出日期", hint)
    if found := re.search("|".join(_VAGUE), plain):
        raise RuleError(f"「{found[0]}」没有说是哪一天", f"可以写成「{_VAGUE[found[0]]}」这样的形式")


def _clock(times: str) -> list[str]:
    """The times of day in the text as `HH:MM`; 下午3:00 is 15:00."""
    later = _NOON if "下午" in times or "晚" in times else 0
    clock = [(int(hour), minute) for hour, minute in _CLOCK.findall(times)]
    return [f"{hour + later * (hour < _NOON):02}:{minute}" for hour, minute in clock]
