"""Pages of laws: all that lessons cite, one law, one article; and citations in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from liaison.model.citations import Citation
from liaison.model.laws import ITEM, PARAGRAPH, Law, Part, article_words
from liaison.model.numerals import chinese
from liaison.plan import urls
from liaison.plan.lectures import CITED, ROOM, Article, article_title
from liaison.plan.pages import Plan
from liaison.render import words
from liaison.render.pages import parts
from liaison.render.pages.lesson_rows import row
from liaison.render.pages.lesson_views import ArticleView, LawsView, LawView, Section
from liaison.render.pages.views import Banner, Link

_NOTE = "课文是通俗讲解，以法律正式公布的文本为准。"
_TEXT_NOTE = "条文供学习使用，以法律正式公布的文本为准。"


def _cited_words(citation: Citation) -> str:
    """「第一千零四十三条第二款第一项」, 「第二十六条至第三十条」"""
    text = article_words(citation.article, citation.inserted)
    if citation.to:
        return f"{text}至{article_words(citation.to)}"
    paragraph = f"第{chinese(citation.paragraph)}款" if citation.paragraph else ""
    return text + paragraph + (f"第{chinese(citation.item)}项" if citation.item else "")


def _distinct(cited: Iterable[Citation]) -> Iterator[Citation]:
    """Each article once, those of laws no longer in force left out: with its 款 and 项 where only these are cited."""
    by_article: dict[tuple[object, ...], list[Citation]] = {}
    for one in cited:
        if not one.is_former:
            by_article.setdefault((one.law or one.name, one.article, one.inserted, one.to), []).append(one)
    for alike in by_article.values():
        places = {(one.paragraph, one.item) for one in alike}
        yield alike[0] if len(places) == 1 else replace(alike[0], paragraph=None, item=None)


def _in_order(cited: Iterable[Citation]) -> list[Citation]:
    """Law by law as they are first named, article by article."""
    found = list(_distinct(cited))
    order = {law: number for number, law in enumerate(dict.fromkeys(one.law or one.name for one in found))}
    return sorted(found, key=lambda one: (order[one.law or one.name], one.article, one.inserted))


def citation_links(plan: Plan, cited: Iterable[Citation]) -> tuple[Link, ...]:
    """What a lesson rests on."""
    library, links = plan.lectures.library, []
    for one in _in_order(cited):
        law = library.laws.by_id.get(one.law or "")
        way = library.laws.way(one.law, one.article) if one.law else ()
        name = law.label if law else one.name
        note = " › ".join(part.title for part in way)
        links.append(Link(text=name + _cited_words(one), path=plan.lectures.article_path(one), note=note))
    return tuple(links)


def citation_words(plan: Plan, cited: Iterable[Citation]) -> str:
    """「《民法典》第三百六十二条、第三百六十三条；《土地管理法》第六十二条」"""
    by_law: dict[str, dict[str, None]] = {}
    for one in _in_order(cited):
        law = plan.lectures.library.laws.by_id.get(one.law or "")
        name = law.label if law else one.name
        text = article_words(one.article, one.inserted) + (f"至{article_words(one.to)}" if one.to else "")
        by_law.setdefault(name, {})[text] = None
    return "；".join(f"{name}{'、'.join(articles)}" for name, articles in by_law.items())


def laws_view(plan: Plan) -> LawsView:
    """All laws with a page."""
    lectures, rows = plan.lectures, []
    for law in lectures.articles:
        cited = sum(1 for article in lectures.citing if article[0] == law)
        note = f"引用{cited}条" if cited else "有条文"
        rows.append(Link(text=lectures.library.laws.by_id[law].name, path=urls.law(law), note=note))
    return LawsView(title=CITED, crumbs=_crumbs()[:1], laws=tuple(rows))


def _crumbs() -> tuple[Link, ...]:
    return (Link(text=ROOM, path=urls.lessons()), Link(text="法律", path=urls.laws()))


def law_view(plan: Plan, law_id: str) -> LawView:
    """A law with the articles that have a page, where they stand."""
    law = plan.lectures.library.laws.by_id[law_id]
    articles = plan.lectures.articles[law_id]
    parts_of_law = law.parts or (Part(title="全部条文", from_=1, to=law.articles),)
    since = f"{words.day(law.in_force)}起施行"
    amended = f"{words.day(law.amended)}修改" if law.amended else None
    return LawView(
        title=law.name,
        step=parts.step(law.name),
        crumbs=_crumbs(),
        lead="，".join(one for one in (f"{words.day(law.adopted)}通过", since, amended, f"共{law.articles}条") if one),
        banner=_repealed(plan, law),
        sections=tuple(_sections(plan, parts_of_law, articles, 1)),
        official=Link(text="国家法律法规数据库", url=law.url),
        note=_NOTE,
    )


def _repealed(plan: Plan, law: Law) -> Banner | None:
    if law.repealed is None:
        return None
    by = plan.lectures.library.laws.by_id.get(law.repealed.by)
    instead = f"，由{by.label}代替" if by else ""
    return Banner(words=f"这部法律自{words.day(law.repealed.on)}起废止{instead}。", links=())


def _sections(plan: Plan, of: Iterable[Part], articles: Iterable[Article], level: int) -> Iterator[Section]:
    """Parts with an article to show, outermost first; the articles stand in the innermost."""
    for part in of:
        inside = [one for one in articles if part.from_ <= one[1] <= part.to]
        if not inside:
            continue
        covered = [one for one in inside if any(inner.from_ <= one[1] <= inner.to for inner in part.parts)]
        own = [one for one in inside if one not in covered] if part.parts else inside
        span = f"第{part.from_}—{part.to}条" if part.from_ != part.to else f"第{part.from_}条"
        yield Section(
            title=part.title, level=level, range=span, articles=tuple(_article_link(plan, one) for one in own)
        )
        yield from _sections(plan, part.parts, covered, level + 1)


def _article_link(plan: Plan, article: Article) -> Link:
    law, number, inserted = article
    cited = len(plan.lectures.citing.get(article, ()))
    text = f"第{number}条" + (f"之{chinese(inserted)}" if inserted else "")
    return Link(text=text, path=urls.article(law, number, inserted), note=f"{cited}讲" if cited else "")


def article_view(plan: Plan, article: Article) -> ArticleView:
    """An article: where it stands, its text if there is one, the lessons that cite it, the ones beside it."""
    law_id, number, inserted = article
    lectures = plan.lectures
    laws = lectures.library.laws
    law, beside = laws.by_id[law_id], lectures.articles[law_id]
    at = beside.index(article)
    text = laws.text(law_id, number) if not inserted else None
    return ArticleView(
        title=article_title(laws, article),
        crumbs=(*_crumbs(), Link(text=law.label, path=urls.law(law_id))),
        way=tuple(part.title for part in laws.way(law_id, number)),
        text=tuple(_paragraphs(text)) if text else (),
        note=_TEXT_NOTE if text else _NOTE,
        cited_by=tuple(row(plan, one, with_series=True) for one in lectures.citing.get(article, ())),
        previous=_beside(beside[at - 1]) if at else None,
        next=_beside(beside[at + 1]) if at + 1 < len(beside) else None,
        official=Link(text="国家法律法规数据库", url=law.url),
    )


def _beside(article: Article) -> Link:
    return Link(text=article_words(*article[1:]), path=urls.article(*article))


def _paragraphs(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for paragraph in text.split(PARAGRAPH):
        first, *items = paragraph.split(ITEM)
        yield first, tuple(items)
