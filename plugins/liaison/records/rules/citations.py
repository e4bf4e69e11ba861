"""What lessons cite: that it exists, is in force, stands where it is said to stand, and is quoted word for word."""

from __future__ import annotations

from collections.abc import Iterator

from liaison.model.citations import Citation
from liaison.model.laws import Laws
from liaison.model.numerals import chinese
from liaison.records.case import Case
from liaison.records.curriculum import Cited
from liaison.records.findings import Finding
from liaison.records.lawbook import law_id
from liaison.records.text import shown

from .rule import error, notice

_LISTED = 3
"""Articles that a remedy names."""


def _cited(case: Case) -> Iterator[tuple[Cited, Citation, str]]:
    """Every citation of a law on file, with the law's id."""
    for one in case.curriculum.cited:
        if one.citation.law is not None:
            yield one, one.citation, one.citation.law


def _is_there(laws: Laws, law: str, citation: Citation) -> bool:
    is_last_there = citation.to is None or (citation.to > citation.article and laws.holds(law, citation.to))
    return laws.holds(law, citation.article, citation.inserted) and is_last_there


def _is_within(citation: Citation, count: int) -> bool:
    return citation.article <= count and (citation.to or 1) <= count


@error("law/article-unknown")
def article_unknown(case: Case) -> Iterator[Finding]:
    """引用的法条必须是这部法律里有的条。"""
    laws = case.curriculum.laws
    for one, citation, law in _cited(case):
        if laws.by_id[law].repealed or _is_there(laws, law, citation):
            continue
        short, count = laws.by_id[law].label, laws.by_id[law].articles
        if citation.to is not None and citation.to <= citation.article:
            message = f"第{citation.article}条到第{citation.to}条，前后颠倒"
        elif citation.inserted and laws.holds(law, citation.article):
            message = f"{short}第{citation.article}条后面没有“之{chinese(citation.inserted)}”"
        else:
            message = f"{short}没有第{citation.to or citation.article}条，一共{count}条"
        hint = f"核对条号，写 1 到 {count} 之间的条" if not _is_within(citation, count) else "核对条号"
        yield one.at(citation.start, message=message, hint=hint)


@error("law/paragraph-unknown")
def paragraph_unknown(case: Case) -> Iterator[Finding]:
    """引用的款、项必须是这一条里有的款、项。"""
    laws = case.curriculum.laws
    for one, citation, law in _cited(case):
        counts = laws.items(law, citation.article) if _is_there(laws, law, citation) else None
        if counts is None or citation.inserted:
            continue
        article, wanted = f"{laws.by_id[law].label}第{citation.article}条", citation.paragraph
        if wanted is not None and not 1 <= wanted <= len(counts):
            message = f"{article}没有第{chinese(wanted) if wanted else '零'}款，一共{len(counts)}款"
            yield one.at(citation.start, message=message, hint="核对款次：每个自然段是一款")
        elif citation.item is not None:
            within = [counts[wanted - 1]] if wanted is not None else counts
            if not any(1 <= citation.item <= count for count in within):
                place = article + (f"第{chinese(wanted)}款" if wanted else "")
                has = f"一共{max(within)}项" if any(within) else "不分项"
                message = f"{place}没有第{chinese(citation.item) if citation.item else '零'}项，{has}"
                yield one.at(citation.start, message=message, hint="核对项次：（一）（二）……各是一项")


@error("law/wrong-part")
def wrong_part(case: Case) -> Iterator[Finding]:
    """引用时写了编、章的，这一条必须在那一编、那一章里。"""
    laws = case.curriculum.laws
    for one, citation, law in _cited(case):
        if citation.part is None or not laws.books(law) or not _is_there(laws, law, citation):
            continue
        way = laws.way(law, citation.article)
        where = " ".join(part.title for part in way)
        part = laws.part_named(law, citation.part)
        if part is None:
            message = f"{laws.by_id[law].label}没有“{shown(citation.part)}”"
        elif not part.from_ <= citation.article <= (citation.to or citation.article) <= part.to:
            message = f"第{citation.article}条不在{shown(citation.part)}（第{part.from_}—{part.to}条），在{where}"
        else:
            continue
        begin = citation.start if citation.part_start is None else citation.part_start
        yield one.at(begin, message=message, hint=f"核对条号；条号没写错的，改成“{where}”或删去编、章名")


@error("law/repealed")
def repealed(case: Case) -> Iterator[Finding]:
    """引用的法律必须现行有效；讲以前的规定时，在法律名前写“原”。"""
    laws = case.curriculum.laws
    for one, citation, law in _cited(case):
        record = laws.by_id[law]
        if record.repealed is None or citation.is_former or record.repealed.on > case.today:
            continue
        by = laws.by_id.get(record.repealed.by)
        since = f"{record.repealed.on.year}年{record.repealed.on.month}月{record.repealed.on.day}日"
        message = f"{record.label}已于{since}废止"
        hint = f"改引{by.label if by else '现行法律'}的条文；确要讲以前的规定，写成“原{record.label}”"
        yield one.at(citation.law_start, message=message, hint=hint)


@error("law/quotation")
def quotation(case: Case) -> Iterator[Finding]:
    """引号里的条文必须和法律原文一字不差（有条文文件的法律才核对）。"""
    for one in case.curriculum.misquoted:
        law = case.curriculum.laws.by_id[str(one.citation.law)]  # only what has a text is compared
        message = f"引文和{law.label}第{one.citation.article}条的原文不同：“{shown(one.written, 20)}”"
        hint = f"原文是“{shown(one.expected, 60)}”；照原文改，或去掉引号用自己的话说"
        yield one.passage.finding(message, hint)


@notice("law/doubtful")
def doubtful(case: Case) -> Iterator[Finding]:
    """句子里的常用词和引用的条不像一回事时提醒核对（词表在 laws/keywords.yml）。"""
    laws = case.curriculum.laws
    for one, citation, law in _cited(case):
        if one.doubt is not None and not citation.is_former:
            usual = "、".join(f"第{article}条" for article in one.doubt.articles[:_LISTED])
            message = f"说的是“{one.doubt.word}”，引的是{laws.by_id[law].label}第{citation.article}条，请核对"
            yield one.at(citation.start, message=message, hint=f"通常引{usual}；没有写错的，不用改")


@notice("law/unregistered")
def unregistered(case: Case) -> Iterator[Finding]:
    """引用的法律在 laws/ 里有登记，才能核对条号。"""
    for one in case.curriculum.cited:
        if one.citation.law is None:
            message = f"{shown(one.citation.name)}没有登记，条号没有核对"
            hint = "核对法律名称；名称没写错的，请维护人员登记到 laws/"
            yield one.at(one.citation.law_start, message=message, hint=hint)


@error("law/registry")
def registry(case: Case) -> Iterator[Finding]:
    """法律登记里，编、章的起止条要在上一级的范围里，废止它的法律要有登记，简称不能两部法律共用。"""
    names: dict[str, str] = {}
    for filed in case.laws:
        law = filed.record
        stack = [((), law.parts, 1, law.articles)]
        while stack:
            path, parts, first, last = stack.pop()
            for number, part in enumerate(parts):
                at = (*path, "parts", number)
                if not first <= part.from_ <= part.to <= last:
                    message = f"“{shown(part.title)}”的起止条不对：这里是第{first}—{last}条之间"
                    yield filed.at(*at, message=message, hint="核对 from 和 to")
                stack.append((at, part.parts, part.from_, part.to))  # type: ignore[arg-type]
        if law.repealed and law.repealed.by not in case.curriculum.laws.by_id:
            yield filed.at("repealed", "by", message="没有登记这部法律", hint="写 laws/ 里文件的名字，不带 .yml")
        for number, name in enumerate(law.short_names):
            if names.setdefault(name, law_id(filed.file)) != law_id(filed.file):
                message = f"简称“{shown(name)}”和 laws/{names[name]}.yml 重复"
                yield filed.at("short_names", number, message=message, hint="改用别的简称")
