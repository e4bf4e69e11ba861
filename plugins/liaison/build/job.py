"""A site read, judged and planned; then written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liaison.build.hand import Look, front
from liaison.build.lessons import LessonPages
from liaison.build.listed import Lister
from liaison.build.pictures import Pictures
from liaison.build.preview import Preview
from liaison.build.tasks import bench, bring
from liaison.model.site import Site
from liaison.plan import urls
from liaison.plan.pages import Plan, plan
from liaison.problems import Problem, ProblemsError, errors
from liaison.publish.tree import Tally, Tree
from liaison.records.files import PICTURES
from liaison.records.history import changed_on
from liaison.records.lessons import library
from liaison.records.read import Reading, read_site
from liaison.render import assets, sitemaps
from liaison.render.pages.views import Link
from liaison.render.shell import Shell
from liaison.shelf import Shelf, passing
from liaison.workers import Crew, uncollected

_SOURCE_MAP = ".map"
"""Of the theme's scripts and style sheets: for its developers; IIS refuses such files."""


@dataclass(frozen=True, slots=True)
class Manual:
    """A hand-written page that MkDocs made: its address and title."""

    path: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """What the host made of theme and hand-written pages."""

    shells: Mapping[int, Shell]
    """By depth."""
    templates: Path
    """Folder of the templates of both layouts."""
    assets: Mapping[str, str]
    """Addresses of style sheets and scripts, by the name that templates use."""
    rendered: Path
    """Folder of finished files."""
    manuals: Sequence[Manual]


@dataclass(frozen=True, slots=True)
class Job:
    """A site that was read and planned, ready to be written."""

    root: Path
    reading: Reading
    plan: Plan
    shelf: Shelf
    pictures: Pictures
    lessons: LessonPages
    """The pages of lessons, which the host makes of Markdown."""

    @property
    def notices(self) -> tuple[Problem, ...]:
        """What was found that stops nothing."""
        return self.reading.problems

    @property
    def records(self) -> int:
        """How many records there are."""
        return self.reading.stations + self.reading.deputies

    @property
    def depths(self) -> tuple[int, ...]:
        """The depths of pages, for each of which a shell is needed."""
        records = (urls.depth(urls.station("")), urls.depth(urls.deputy("")))
        return tuple(sorted({*records, *(urls.depth(page.path) for page in self.plan.pages)}))


def prepare(
    root: Path, today: date | Callable[[Site], date], crew: Crew | None = None, shelf: Shelf | None = None
) -> Job:
    """Read, judge and plan the site at `root`, as of `today`, which the site's facts may decide.

    Uses what `shelf` holds of an earlier build. Raises `ProblemsError` where anything is written wrong, and
    `photos.PhotoError`.
    """
    kept = shelf or passing()
    with uncollected():
        reading = read_site(root, today, crew, kept, Lister(root))
        if reading.has_errors:
            raise ProblemsError(errors(reading.problems))
        listings = [verdict.extra.opened() for verdict in reading.verdicts]
        planned = plan(reading.register, reading.today, listings, library(reading.curriculum))
        pictures = Pictures(root, kept)
        return Job(root, reading, planned, kept, pictures, LessonPages(root, planned, pictures))


def write(job: Job, hosted: Hosted, out: Path, crew: Crew | None = None) -> Tally:
    """Bring `out` to hold the whole site: what MkDocs rendered, `static/`, the record pages, sitemaps.

    Raises `photos.PhotoError`, `TwiceError`, and `OSError` of the disk.
    """
    at = bench(job.reading, job.plan, _look(hosted), out, job.shelf)
    first = front(at)  # a template that cannot be compiled stops here, before anything is written
    tree = _begin(job, hosted, out)
    with uncollected():
        bring(at, tree, crew or Crew())
    for path, data in first:
        tree.write(path, data)
    return tree.finish()


def preview(job: Job, hosted: Hosted, out: Path) -> Preview:
    """As `write`, but pages of records and directories are made when somebody asks for them."""
    at = bench(job.reading, job.plan, _look(hosted), out, job.shelf)
    first = front(at)
    tree = _begin(job, hosted, out)
    for path, data in first:
        tree.write(path, data)
    tree.finish()
    return Preview(at)


def _look(hosted: Hosted) -> Look:
    guides = tuple(Link(text=one.title, path=one.path) for one in hosted.manuals if one.path.startswith("guides/"))
    return Look(hosted.shells, hosted.templates, hosted.assets, guides)


def _begin(job: Job, hosted: Hosted, out: Path) -> Tree:
    """Write what is not made of records."""
    url, index = job.plan.register.site.url, job.reading.source.index
    given = [one for folder in (hosted.rendered, job.root / "static") for one in _files(folder)]
    given = [(path, file) for path, file in given if not path.endswith(_SOURCE_MAP)]
    changed = dict(_changed(job))
    made = [*sitemaps.files(url, [*_public(job), *(one.path for one in hosted.manuals)], changed)]
    made += job.lessons.files()
    made.append(("robots.txt", sitemaps.robots(url)))
    tree = Tree(out)
    tree.reserve("S", lambda two, rest: two + rest in index.station)
    tree.reserve("D", lambda two, rest: two + rest in index.deputy)
    tree.claim(urls.file(page.path) for page in job.plan.pages)
    tree.claim(path for path, _ in (*given, *made))
    # From here on the site changes: whatever can be wrong was found above.
    for path, file in given:
        tree.write(path, _served(job, path, file))
    for path, data in made:
        tree.write(path, data)
    return tree


def _served(job: Job, path: str, file: Path) -> bytes:
    """The bytes that go out for a file; a picture by an editor leaves without what was noted beside it."""
    source = f"content/{path}"
    if source.endswith(PICTURES) and source in job.reading.curriculum.media:
        return job.pictures.plain(source).data
    return assets.served(path, file.read_bytes())


def _public(job: Job) -> Iterator[str]:
    """Addresses for the sitemap: everything but the pages of hidden people."""
    for page in job.plan.pages:
        yield page.path
    for name in job.plan.lectures.library.series:
        yield urls.series(name)
    for lesson in job.plan.lectures.published:
        yield urls.lesson(*lesson.key)
    for one in job.reading.source.index.briefs:
        for place, code in enumerate(one.codes):
            if code is not None and place not in one.hidden:
                yield urls.station(code) if place < one.stations else urls.deputy(code)


def _changed(job: Job) -> Iterator[tuple[str, str]]:
    """When the record or the text behind a page was last changed, by the page's address."""
    history = changed_on(job.root, job.shelf)
    if not history:
        return
    for filed in job.plan.lectures.published:
        if when := history.get(filed.file):
            yield urls.lesson(*filed.key), when
    for one in job.reading.source.index.briefs:
        for place, (code, file) in enumerate(zip(one.codes, one.files, strict=True)):
            when = history.get(file)
            if code is not None and when:
                yield urls.station(code) if place < one.stations else urls.deputy(code), when


def _files(folder: Path) -> list[tuple[str, Path]]:
    """Files below a folder, with their paths; links are not followed."""
    found = (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink())
    return [(file.relative_to(folder).as_posix(), file) for file in found]
