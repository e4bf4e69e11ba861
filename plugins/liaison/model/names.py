"""How a person's name is read: surname first, by the readings that hold for surnames.

The readings of surnames are those of 《现代汉语词典》 and 《通用规范汉字表》; a record may override them with `pinyin`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from liaison.quick import quick

SURNAMES = {
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "区": "ou",
    "查": "zha",
    "翟": "zhai",
    "朴": "piao",
    "缪": "miao",
    "乐": "yue",
    "盖": "ge",
    "任": "ren",
    "华": "hua",
    "燕": "yan",
    "应": "ying",
    "员": "yun",
    "贲": "ben",
    "秘": "bi",
    "卜": "bu",
    "晁": "chao",
    "谌": "chen",
    "种": "chong",
    "褚": "chu",
    "都": "du",
    "费": "fei",
    "句": "gou",
    "呙": "guo",
    "哈": "ha",
    "黑": "he",
    "郇": "xun",
    "纪": "ji",
    "嵇": "ji",
    "贾": "jia",
    "隽": "juan",
    "阚": "kan",
    "隗": "wei",
    "乜": "nie",
    "宁": "ning",
    "逄": "pang",
    "繁": "po",
    "亓": "qi",
    "覃": "qin",
    "瞿": "qu",
    "撒": "sa",
    "召": "shao",
    "佘": "she",
    "折": "she",
    "盛": "sheng",
    "石": "shi",
    "宿": "su",
    "眭": "sui",
    "洗": "xian",
    "冼": "xian",
    "相": "xiang",
    "么": "yao",
    "幺": "yao",
    "叶": "ye",
    "尉": "wei",
    "於": "yu",
    "俞": "yu",
    "臧": "zang",
    "迮": "ze",
    "占": "zhan",
    "祭": "zhai",
    "訾": "zi",
    "长": "zhang",
    "车": "che",
    "曲": "qu",
    "能": "nai",
    "那": "na",
    "殷": "yin",
    "沈": "shen",
    "柏": "bai",
    "薄": "bo",
    "鲍": "bao",
    "过": "guo",
    "佴": "nai",
    "粘": "nian",
    "葛": "ge",
    "干": "gan",
    "观": "guan",
    "冠": "guan",
    "何": "he",
    "角": "jue",
    "降": "xiang",
    "强": "qiang",
    "乔": "qiao",
    "舍": "she",
    "属": "zhu",
    "从": "cong",
    "藏": "zang",
    "尹": "yin",
    "颉": "xie",
    "郗": "xi",
    "郄": "qie",
    "郤": "xi",
    "鞠": "ju",
    "麴": "qu",
    "酆": "feng",
    "甯": "ning",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "长孙": "zhang sun",
    "澹台": "tan tai",
    "令狐": "ling hu",
    "乐正": "yue zheng",
    "鲜于": "xian yu",
    "皇甫": "huang fu",
    "夏侯": "xia hou",
    "欧阳": "ou yang",
    "上官": "shang guan",
    "诸葛": "zhu ge",
    "司马": "si ma",
    "司徒": "si tu",
    "司空": "si kong",
    "慕容": "mu rong",
    "宇文": "yu wen",
    "独孤": "du gu",
    "赫连": "he lian",
    "濮阳": "pu yang",
    "淳于": "chun yu",
    "太史": "tai shi",
    "公孙": "gong sun",
    "公冶": "gong ye",
    "轩辕": "xuan yuan",
    "钟离": "zhong li",
    "闾丘": "lv qiu",
    "呼延": "hu yan",
    "端木": "duan mu",
    "南宫": "nan gong",
    "东方": "dong fang",
    "东郭": "dong guo",
    "西门": "xi men",
    "百里": "bai li",
    "拓跋": "tuo ba",
    "申屠": "shen tu",
    "亓官": "qi guan",
    "颛孙": "zhuan sun",
    "谷梁": "gu liang",
    "宰父": "zai fu",
    "漆雕": "qi diao",
    "巫马": "wu ma",
}  # fmt: skip
"""Surnames whose reading a dictionary of common words gets wrong, and the common ones of two characters."""


@quick
@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """How a name is read, for sorting: surname, then given name, without tones; unreadable characters come last."""

    surname: str
    given: str

    @property
    def initial(self) -> str:
        """The capital letter the name stands under; `#` where no reading is known."""
        first = self.surname[:1].upper()
        return first if "A" <= first <= "Z" else "#"


_UNREADABLE = "\uffff"


def _pinyin(chars: str, **options: Any) -> list[list[str]]:  # noqa: ANN401 - what the library takes
    from pypinyin import Style, pinyin  # noqa: PLC0415 - takes a tenth of a second, and readings are mostly known

    found: list[list[str]] = pinyin(chars, style=Style.NORMAL, **options)
    return found


@functools.cache
def _read(char: str) -> str:
    """The commonest reading of one character, without tone; Latin letters read as themselves, without accents."""
    if (letter := _letters(char)).isascii():
        return letter
    found = _pinyin(char, errors=lambda _chars: _UNREADABLE)
    return found[0][0] if found else _UNREADABLE


def _letters(text: str) -> str:
    """Small letters without tones and accents."""
    apart = unicodedata.normalize("NFKD", text).lower()
    return "".join(char for char in apart if not unicodedata.combining(char))


def _words(written: str) -> list[str]:
    """Written pinyin as words of small letters; ü is v, as `pypinyin` writes it."""
    apart = unicodedata.normalize("NFD", written).lower()
    return _letters(apart.replace("u\N{COMBINING DIAERESIS}", "v")).split()


def syllables(text: str) -> tuple[str, ...]:
    """The commonest reading of each character of a text that is no name, without tones; unreadable ones left out."""
    return tuple(found for char in text if (found := _read(char)) != _UNREADABLE)


def surname_of(name: str) -> str:
    """The surname: two characters where such a surname is known, else the first character."""
    return name[:2] if name[:2] in SURNAMES else name[:1]


def reading(name: str, override: str | None = None) -> Reading:
    """The reading of a Chinese, minority or Latin name; `override` is the record's `pinyin`, surname first."""
    surname = surname_of(name)
    rest = [char for char in name[len(surname) :] if char not in "· "]
    if override and (words := _words(override)):
        return Reading(words[0], _apart(" ".join(words[1:]), rest))
    known = SURNAMES.get(surname) or " ".join(_read(char) for char in surname)
    return Reading(known.replace(" ", ""), " ".join(_read(char) for char in rest))


def _apart(given: str, chars: list[str]) -> str:
    """A given name in one word as syllables, one a character, where they are known readings; else as it is."""
    readings = (_pinyin(char, heteronym=True, errors="ignore") for char in chars)
    found = re.fullmatch("".join(f"({'|'.join(one[0])})" if one else "(?!)" for one in readings), given)
    return " ".join(found.groups()) if found else given


def unreadable(name: str) -> str:
    """The characters of a name that no reading is known for."""
    rest = name[len(surname_of(name)) :] if surname_of(name) in SURNAMES else name
    return "".join(char for char in rest if char != "·" and _read(char) == _UNREADABLE)
