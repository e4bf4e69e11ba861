"""How citations of laws are worded, and what looks like one without being one."""

from __future__ import annotations

import functools
import re

from .laws import PRC
from .numerals import NUMERAL_SIGNS, number

NUMBER = rf"(?:[{NUMERAL_SIGNS}]{{1,9}}|\d{{1,5}})"
_RANGE_SIGN = r"(?:至|到|[-–—－～~]{1,2})"
_ARTICLE = (
    rf"第(?P<first>{NUMBER})条?{_RANGE_SIGN}第?(?P<last>{NUMBER})条"
    rf"|第(?P<several>{NUMBER}(?:[、,，和及与]{NUMBER}){{1,20}})条"
    rf"|第(?P<one>{NUMBER})条(?:之(?P<inserted>[一二三四五六七八九十])(?!般))?"
    rf"|(?<=[、和及与])(?P<joined>\d{{1,4}})条"
    rf"|(?P<again>[该同本]条)(?=第{NUMBER}款|第?[（(]?{NUMBER}[）)]?项)"
)
PARAGRAPHS = re.compile(
    rf"(?P<join>、|，|,|和|以及|及|与|或者|或|至|到|的|[（(](?=第))?"
    rf"(?P<numbers>(?:第[（(]?|[（(]){NUMBER}[）)]?(?:(?:、|和|及|至|到)第?[（(]?{NUMBER}[）)]?){{0,9}})"
    rf"(?P<unit>款(?![项式])|项(?!目)|目)"
)
"""Paragraphs or items after an article: 第二款, 、第（三）项, 和第一至三项."""

ONE_NUMBER = re.compile(rf"第?[（(]?(?P<value>{NUMBER})[）)]?")

_TITLE = r"《[^《》]{0,60}+(?:《[^《》]{1,40}+》[^《》]{0,40}+)?》"
_SAME = r"(?<![不合相共如伙胡基根日])[同该本此]法典?(?![定律院官人规治庭学制])"
_LONE = r"(?<![依守执司立普家])法典?[的中]?(?=规定|明确|要求)"
_DOCUMENT = (
    r"(?:合同|协议书?|章程|[公规民条]约|守则|办法|细则|条例|通知|意见|决定|决议|纪要|方案|规则|规程|规范|准则"
    r"|解释|批复|保险?单|倡议书|承诺书|保证书|判决书|裁定书|声明|清单|报告|标准|党章|制度|遗嘱|约定|宣言|公告"
    r"|(?:[本该此]|若干|暂行)规定)"
)
_OTHER = rf"{_DOCUMENT}(?:[（(][^（）()]{{1,6}}[）)])?(?:的|中的?|里的?|内|上|之)?[（(“「：:]?(?=第{NUMBER}条)"
_NOT_NAMED = r"[律院官治系庭师典日周]|定(?!了)|人(?!格)|学(?!习)|宣[传誓]|讲[堂座]|广场|公园|主题|小?课堂"
"""What makes another word of a law's short name: 选举法定, 宪法宣传周."""


@functools.lru_cache(maxsize=8)
def tokens(names: tuple[str, ...]) -> re.Pattern[str]:
    """What has to be noticed in a paragraph: titles, names of laws, 同法, other documents, articles."""
    named = "|".join(map(re.escape, names)) or r"(?!)"
    first = "".join(sorted({name[0] for name in names}))
    return re.compile(
        rf"(?P<title>{_TITLE})"
        rf"|(?=[中{re.escape(first)}])(?P<name>(?:{PRC})?(?:{named})(?!{_NOT_NAMED}))"
        rf"|(?P<same>{_SAME})|(?P<article>{_ARTICLE})|(?P<other>{_OTHER})|(?P<lone>{_LONE})"
    )


DERIVED = re.compile(
    r"[》〉”」]?(?:[一-龥]{2,8}?编)?[的之]?"
    r"(?:司法解释|解释(?![了说道为])|释义|实施(?:细则|条例|办法|意见)|若干规定|草案|修正案|征求意见稿)"
    r"|[》〉”」]?[（(](?:草案|征求意见稿)"
)
"""After a law's name: a document about the law, or a draft of it."""

_FORMER = re.compile(
    r"(?:(?<![草高平中还])原来?|旧|(?<![敬养尊爱])老|当时|当年|以前|过去|从前|此前|曾经"
    r"|废止|失效|(?:废止|失效|修[订改正]|施行|实施)之?前)(?:有效|施行|适用|实施)?的?$"
)
_DATED = re.compile(r"(?:19|20)\d\d年?(?:版|颁布|公布|制定|通过|施行|修正|修订)?的?$")
_REPEALED_AFTER = re.compile(r"[（(，]?(?:现?已经?|现)被?(?:废止|失效)")
_FOREIGN = re.compile(r"(?:(?<![我全中和本建各])国|日本|瑞士|意大利|苏联|欧盟|台湾|香港|澳门)的?$")
_WORD_BEFORE = frozenset(
    "据照按依从循凭在和与及或是由对将以了于到至把为即如看读学讲说查有见反合用守犯背引又也还而且但故其该同此的中里内上下"
    "后来去着过增除括加行实落彻悉握传温绕聊谈问答入进出自录载列抄念诵习做被让使叫称当则就条款项跟"
)
_NAME_BEFORE = _WORD_BEFORE | frozenset("国家新旧原老现版部期讲解析论前时")
_NOT_BEFORE = ("意见", "指引", "守则", "规则", "准则", "细则")
_FREE_LENGTH = 4


def is_former(before: str, after: str, *, is_repealed: bool) -> bool:
    """Whether a law is spoken of as it was: 原《婚姻法》, 已废止的, 当时的; of a repealed law also 2001年修正的."""
    return bool(
        _FORMER.search(before) or _REPEALED_AFTER.match(after.lstrip("》")) or (is_repealed and _DATED.search(before))
    )


def is_foreign(before: str) -> bool:
    """Whether the words before a law's name say that it is another country's or region's."""
    return _FOREIGN.search(before) is not None


def is_longer_name(name: str, before: str) -> bool:
    """Whether a name is only the end of a longer one: 合同法 of 劳动合同法."""
    if len(name) >= _FREE_LENGTH or name.endswith("法典") or not _is_han(before[-1:]):
        return False
    return before[-1] not in _NAME_BEFORE


def may_precede(before: str) -> bool:
    """Whether an article after these words can be one of the last-named law, and is not of what they name."""
    last = before[-1:]
    if last in {"》", "”", "」"}:
        return False
    return not _is_han(last) or (last in _WORD_BEFORE and not before.endswith(_NOT_BEFORE))


def _is_han(sign: str) -> bool:
    return "一" <= sign <= "龥"


_THINGS = re.compile(
    r"[件路线街巷河鱼船渠沟腿龙裤裙绳凳狗]|道路|铁路|高速|公路|通道|途径|[战航热网]线|生产线"
    r"|消息|信息|短信|留言|评论|新闻|标语|横幅|咨询|投诉|工单"
)
_SAYINGS = re.compile(r"建议|意见|措施|理由|要求|经验|原因|举措|诉求|问题|提议|议案|线索|办法|好处|体会|心得|规矩|家训")


def is_counted(after: str, *, is_direct: bool) -> bool:
    """Whether 第三条 counts something: 第三条路; 第三条建议, unless a law's name stands directly before."""
    return _THINGS.match(after) is not None or (not is_direct and _SAYINGS.match(after) is not None)


_VERSION = re.compile(r"[（(][^（）()]{0,20}(?:修[订正]|年|版)[^（）()]{0,10}[）)]$")
_LAW_TITLE = re.compile(r"[一-龥（）()0-9、]+(?<![办方做说看想书语兵用手技司普执守学家])(?:法|法典|条例)")
_NO_LAW_TITLE = re.compile(r"[与我你您讲话读]|的(?!决定)|解释|草案")
_DOCUMENT_TITLE = re.compile(rf"{_DOCUMENT}(?:[（(][^（）()]{{1,10}}[）)])?$|规定(?:[（(][^（）()]{{1,10}}[）)])?$")


def without_version(title: str) -> str:
    """土地管理法（2019年修正） as 土地管理法."""
    return _VERSION.sub("", title)


def is_law_title(title: str) -> bool:
    """Whether a title is that of some law or regulation: …法, …法典, …条例."""
    return _LAW_TITLE.fullmatch(without_version(title)) is not None and not _NO_LAW_TITLE.search(title)


def is_document_title(title: str) -> bool:
    """Whether a title is that of another document with articles: …办法, …公约, …的解释（一）."""
    return _DOCUMENT_TITLE.search(title) is not None


HAS_ARTICLE = re.compile(rf"第{NUMBER}条")


def numbers_of(words: str) -> list[tuple[int, int, int]]:
    """The numbers of 第一、三 with their places; of a range (第一至三) its ends. Empty where one is no number."""
    found = [(number(match["value"]), *match.span()) for match in ONE_NUMBER.finditer(words)]
    return [(value, start, end) for value, start, end in found if value] if all(value for value, _, _ in found) else []
