"""Types of single values: from the text of a record to dates, times and numbers, strictly.

The errors raised here carry the rule's id and the remedy; whoever reads the file adds the place.
"""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_YEARS = range(1900, 2200)
"""Years that a record may speak of; any other is a slip of the pen (0202)."""

_LOOSE_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_LOOSE_CLOCK = re.compile(r"(\d{1,2})\s*[:：.点时]\s*(\d{1,2})?\s*分?")
_MOMENT = re.compile(r"(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,6}(\.\d{1,12})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)


def wrong(rule: str, message: str, hint: str) -> PydanticCustomError:
    """The error a value's type raises: rule id, Chinese message and remedy."""
    return PydanticCustomError(rule, "{message}", {"message": message, "hint": hint})


def _day(value: object) -> date:
    """`YYYY-MM-DD` as a date."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not (parts := _DAY.fullmatch(value)):
        loose = _LOOSE_DAY.fullmatch(value) if isinstance(value, str) else None
        shown = f"{loose[1]}-{int(loose[2]):02}-{int(loose[3]):02}" if loose else "2026-10-01"
        raise wrong("field/type", "这里要写日期，形式是“年-月-日”，月和日都是两位数", f"写成 {shown}")
    if int(parts[1]) not in _YEARS:
        raise wrong("date/impossible", f"年份 {parts[1]} 不对", "核对年份后改正")
    try:
        return date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        raise wrong("date/impossible", f"日历上没有 {value} 这一天", "核对月份和日期后改正") from None


def _clock(value: object) -> time:
    """`HH:MM` as a time of day in Beijing time."""
    if isinstance(value, time):
        return value
    if isinstance(value, str):
        if parts := _CLOCK.fullmatch(value):
            return time(int(parts[1]), int(parts[2]))
        loose = _LOOSE_CLOCK.fullmatch(value)
        if loose and int(loose[1]) < 24 and int(loose[2] or 0) < 60:  # noqa: PLR2004 - hours and minutes
            shown = f"{int(loose[1]):02}:{int(loose[2] or 0):02}"
            raise wrong("field/type", "时间要写成两位数的时和分，中间用英文冒号", f"写成 {shown}")
    raise wrong("field/type", "这里要写时间，形式是“时:分”，如 09:00", "写成 09:00 这样的形式")


def _moment(value: object) -> int:
    """`MM:SS` or `H:MM:SS` as seconds."""
    if isinstance(value, int):
        return value
    if isinstance(value, str) and (parts := _MOMENT.fullmatch(value)):
        return int(parts[1] or 0) * 3600 + int(parts[2]) * 60 + int(parts[3])
    raise wrong("field/type", "这里要写“分:秒”或“时:分:秒”", '写成 "06:30" 或 "1:02:30" 这样的形式')


def _decimal(value: object) -> float:
    """A plain decimal number."""
    if isinstance(value, float):
        return value
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value)
    raise wrong("field/type", "这里要写数字", "只写数字和小数点，如 111.8123")


def _whole(value: object) -> int:
    """A whole number, not negative."""
    if isinstance(value, int):
        return value
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise wrong("field/type", "这里要写整数", "只写数字，如 2026")


def _switch(value: object) -> bool:
    """`on` or `off`."""
    if isinstance(value, bool):
        return value
    if value in ("on", "off"):
        return value == "on"
    raise wrong("field/type", "这里只能写 on 或 off", "打开写 on，关闭写 off")


Text = Annotated[str, Field(min_length=1)]
"""Text as written; never empty."""

Day = Annotated[date, BeforeValidator(_day)]
Clock = Annotated[time, BeforeValidator(_clock)]
Moment = Annotated[int, BeforeValidator(_moment)]
"""A length of time or a place in a recording, in seconds."""
Decimal = Annotated[float, BeforeValidator(_decimal)]
Whole = Annotated[int, BeforeValidator(_whole)]
Switch = Annotated[bool, BeforeValidator(_switch)]
