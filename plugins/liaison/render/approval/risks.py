"""What those who sign should look at twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liaison.plan.changes import Change, Changes, What

from .topics import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What bears on risk, apart from the changes themselves."""

    brake: int
    """Percent of the pages that may go without a question."""
    ending: int = 0
    """How many notices say that a term ends within a year."""
    media_hosts: tuple[str, ...] = ()
    """Hosts beyond the site's own that lessons play from."""
    is_first: bool = False
    is_sample: bool = False
    is_uncommitted: bool = False
    """The site was built from records that nobody has filed yet."""
    moved_from: str = ""
    """Where it stood before, if elsewhere."""
    codes_from: str = ""
    """What printed codes began with before, if with something else."""


@dataclass(frozen=True, slots=True)
class Risk:
    """One of them: what, who, and what to check."""

    title: str
    names: tuple[str, ...] = ()
    advice: str = ""


def risks(changes: Changes, subjects: Mapping[str, Subject], at: Circumstances) -> tuple[Risk, ...]:
    """What can be found out; what weighs most first."""
    return (*_of_site(changes, at), *_of_people(changes, subjects), *_of_pages(changes, at))


def _of_site(changes: Changes, at: Circumstances) -> Iterator[Risk]:
    if at.is_sample:
        yield Risk("本站还是示例数据", advice="正式发布前关闭示例提示（site.yml 的 sample_notice）")
    if at.codes_from:
        yield Risk(f"二维码的网址不再是 {at.codes_from}", advice="已经印出去的二维码会打不开，一般不能改")
    if at.moved_from:
        yield Risk(f"网站地址不再是 {at.moved_from}", advice="核对新地址，旧地址要能跳转")
    if at.is_uncommitted:
        yield Risk("记录改动后没有存入版本库就生成了站点", advice="版本号后有“+”，以校验值为准")
    if changes.removed_pages * 100 > changes.pages_before * at.brake:
        share = changes.removed_pages * 100 / changes.pages_before
        title = f"删除页面{changes.removed_pages}个，占已发布页面的{share:.1f}%"
        yield Risk(title, advice=f"超过{at.brake}%，核对是不是误删；发布时还要再确认一次")


def _of_people(changes: Changes, subjects: Mapping[str, Subject]) -> Iterator[Risk]:
    def known(found: Sequence[Change]) -> list[tuple[str, Subject]]:
        return [(one.code, subjects[one.code]) for one in found if one.code in subjects]

    appearing = changes.of(What.ADDED, What.SHOWN, What.RESUMED, kind="deputy")
    altered = changes.of(What.ALTERED, kind="deputy")
    photos = [*appearing, *(one for one in altered if "photo" in one.fields)]
    pictured = [(code, one) for code, one in known(photos) if one.has_photo]
    if pictured:
        names = tuple(_with_consent(code, one) for code, one in pictured)
        yield Risk(f"新增或更换本人照片{len(names)}张", names, "核对本人同意书")
    phones = [*appearing, *(one for one in altered if "contact" in one.fields)]
    own = [(code, one) for code, one in known(phones) if one.has_own_phone]
    if own:
        names = tuple(_with_consent(code, one) for code, one in own)
        yield Risk(f"公开代表本人电话{len(names)}个", names, "核对本人同意书")
    for what, title, advice in (
        (What.SHOWN, "恢复公开代表信息", "核对当初不公开的原因是否已经消除"),
        (What.RENAMED, "更改姓名", "编号不变，核对是不是同一个人"),
    ):
        names = tuple(f"{one.name}（{code}）" for code, one in known(changes.of(what, kind="deputy")))
        if names:
            yield Risk(f"{title}{len(names)}名", names, advice)


def _of_pages(changes: Changes, at: Circumstances) -> Iterator[Risk]:
    if changes.new_codes:
        count = len(changes.new_codes)
        yield Risk(f"启用新编号{count}个", advice="印出后不能再改，核对姓名、站名和所在站")
    if at.ending:
        yield Risk(f"有任期一年内届满的代表（提示{at.ending}条）", advice="有关的印刷品缓印")
    if at.media_hosts and (at.is_first or changes.lessons):
        yield Risk("普法课的音视频放在站外", at.media_hosts, "核对是不是本单位认可的网站")


def _with_consent(code: str, subject: Subject) -> str:
    """「曾示例（7K3M9TY，同意书 2026-014）」"""
    consent = f"同意书 {subject.consent}" if subject.consent else "没有同意书"
    return f"{subject.name}（{code}，{consent}）"
