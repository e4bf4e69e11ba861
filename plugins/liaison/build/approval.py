"""The papers of an approval: a sheet to sign as PDF and for Word, every change in a workbook, the site to look at."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]

from liaison.build.approval_facts import Prints, outdated, prints_of, subjects_of, titles_of
from liaison.build.approval_numbers import PLACE, next_number, note_sheet
from liaison.build.approval_preview import pack_preview
from liaison.build.run import TEMPLATES, workspace_below
from liaison.plan.changes import Changes, Side, changes_between
from liaison.plan.kinds import Kind
from liaison.problems import Problem
from liaison.publish.brake import broken_codes, named
from liaison.publish.manifest import Manifest
from liaison.publish.swap import beside, only_one, recover, swap
from liaison.publish.tree import put
from liaison.records.read import Reading
from liaison.records.rule_list import entries
from liaison.render.approval.annex import write_annex
from liaison.render.approval.form import ANNEX, CUTS, PREVIEW, TITLE, Form, laid_out
from liaison.render.approval.risks import Circumstances, risks
from liaison.render.approval.topics import topics
from liaison.render.approval.word import document, fits
from liaison.render.print.fonts import font_set, texts
from liaison.render.print.setting import Setting
from liaison.render.print.typesetter import Look, Typesetter

PDF, WORD = "approval.pdf", "approval.docx"

_TEMPLATE = "approval"
_KIND = Kind(
    name=_TEMPLATE,
    title=TITLE,
    subject="all codes",
    template=_TEMPLATE,
    width=210,
    height=297,
    symbol=0,
    material="",
)
_ENDING = "mandate/ends-soon"


class ApprovalError(ValueError):
    """There can be no sheet; says why and what to do in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a sheet is made of."""

    root: Path
    reading: Reading
    release: Path
    manifest: Manifest
    """Of the release."""
    published: Manifest | None
    """None where nothing is published yet."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What was made."""

    folder: Path
    number: str
    form: Form
    preview: int
    """Files of the site to look at."""


def changes_of(order: Order) -> Changes:
    """What is different from what is published. Raises `ApprovalError` where that may not be published at all."""
    now, was = order.manifest, order.published
    if was is not None and (broken := broken_codes(was, now)):
        lines = "\n".join(f"  {one}" for one in named(broken, "个"))
        raise ApprovalError(
            f"已公布的编号有 {len(broken)} 个不再是原来的站或代表，不能发布，也不出审批单：\n{lines}\n"
            "改法：编号印在墙上，记录不能删，也不能换编号；停用、离任的改 status，改名的写 former_names，"
            "再运行 liaison build"
        )
    changes = changes_between(Side(was.files, was.holders) if was else Side(), Side(now.files, now.holders))
    if other := outdated(order.reading.register, changes, now):
        raise ApprovalError(
            f"生成站点以后记录又改过（{'、'.join(other[:5])}{'等' if len(other) > 5 else ''}），"  # noqa: PLR2004 - a few
            "审批单会和站点对不上：先运行 liaison build"
        )
    return changes


def form_of(order: Order, number: str, changes: Changes, prints: Prints) -> Form:
    """Everything the sheet has to say."""
    reading, now, was = order.reading, order.manifest, order.published
    site, subjects = reading.register.site, subjects_of(reading.register, changes)
    counts = Counter(problem.rule for problem in reading.problems)
    at = Circumstances(
        brake=site.publish.brake,
        ending=counts[_ENDING],
        media_hosts=site.media_hosts,
        is_first=was is None,
        is_sample=site.sample_notice,
        is_uncommitted=now.commit.endswith("+"),
        moved_from=was.url if was and was.url != now.url else "",
        codes_from=was.code_base if was and was.code_base != now.code_base else "",
    )
    return Form(
        number=number,
        site=site.name,
        url=now.url,
        day=reading.today,
        roles=site.approval.roles,
        published=was.today if was else None,
        topics=topics(changes, subjects, titles_of(reading)),
        codes=len(now.holders),
        new_codes=len(changes.new_codes),
        prints=prints.sentences,
        risks=risks(changes, subjects, at),
        notices=_notices(reading.problems, counts),
        tree=now.tree,
        commit=now.commit,
        today=now.today,
        pages=len(now.pages),
        files=len(now.files),
        size=sum(entry.size for entry in now.files.values()),
    )


def produce(order: Order, changes: Changes, out: Path | None, step: Callable[[str], None]) -> Papers:
    """Make all papers, then put them in place together: a sheet is there whole or not at all.

    Raises `ApprovalError`, `TypesetError`, `FontError`, `PhotoError`, `SwapError`, `OfflineError`, and `OSError`.
    """
    root = order.root
    number = next_number(root, order.reading.today, order.manifest, order.published)
    step("比较印刷清单")
    prints = prints_of(root, order.reading)
    form = form_of(order, number, changes, prints)
    folder = (out or root / PLACE) / number
    made_on = order.manifest.made_on
    with only_one(folder, "正在做审批单"):
        recover(folder)
        new = beside(folder, "new")
        new.mkdir()
        try:
            step("排审批单")
            item, pdf = _set(order, form, new)
            put(new, PDF, pdf)
            put(new, WORD, document(item, made_on))
            write_annex(new / ANNEX, form, changes, prints.rows, made_on)
            step("做预览包")
            count = pack_preview(order.release, new / PREVIEW, f"preview-{number}", made_on)
            swap(folder)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    note_sheet(root, number, order.manifest, order.published)
    return Papers(folder, number, form, count)


def _set(order: Order, form: Form, below: Path) -> tuple[dict[str, Any], bytes]:
    """The fullest sheet that fits on one page, as data and as PDF."""
    site = order.reading.register.site
    fonts = font_set(order.root / site.print.fonts if site.print.fonts else None)
    look = Look(order.root / TEMPLATES, fonts)
    look.check({_TEMPLATE})
    title = f"{TITLE} {form.number}"
    with workspace_below(below) as workspace:
        typesetter = Typesetter(look, order.manifest.made_on, workspace)
        setting = Setting(site=site, today=order.reading.today, families=fonts.families)
        fullest = laid_out(form, CUTS[0])
        _check_letters(fullest, fonts.missing("".join(texts(fullest))))
        for cut in CUTS:
            item = laid_out(form, cut)
            if fits(item):
                pdf = typesetter.set(_TEMPLATE, setting.data(_KIND, title, "", [item]), is_archival=True)
                if _pages(pdf) == 1:
                    return item, pdf
    raise ApprovalError("审批单一页排不下：site.yml 的 approval 里环节（roles）太多，或网站名称太长")


def _check_letters(item: object, missing: Sequence[str]) -> None:
    """Raises `ApprovalError` where a letter would be a gap."""
    if missing:
        one = missing[0]
        where = next((text for text in texts(item) if one in text), "")
        at = where.find(one)
        near = where[max(at - 8, 0) : at + 8]
        raise ApprovalError(
            f"字体里没有“{one}”（U+{ord(one):04X}）这个字（“{near}”），印不出来："
            "在 site.yml 的 print 里用 fonts 加一个有这个字的字体"
        )


def _pages(pdf: bytes) -> int:
    read = pypdfium2.PdfDocument(pdf)
    try:
        return len(read)
    finally:
        read.close()


def _notices(problems: Iterable[Problem], counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The sentence of each rule that has notices, the most frequent first."""
    sentences = {one.rule: one.sentence for one in entries()}
    first = {problem.rule: problem.message for problem in problems}
    return tuple((sentences.get(rule, first[rule]), count) for rule, count in counts.most_common())
