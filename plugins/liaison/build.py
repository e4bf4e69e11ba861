"""The order of the stages: read and judge, plan, render into shells, write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jinja2

from liaison.model.site import Site
from liaison.plan import urls
from liaison.plan.pages import Plan, plan
from liaison.problems import Problem, ProblemsError, errors
from liaison.publish.bulk import write_all
from liaison.publish.tree import Tally, Tree
from liaison.records.read import read_site, uncollected
from liaison.render import assets, sitemaps
from liaison.render.pages import Renderer
from liaison.render.pages.views import Link
from liaison.render.shell import Shell


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
    plan: Plan
    notices: tuple[Problem, ...]

    @property
    def depths(self) -> tuple[int, ...]:
        """The depths of pages, for each of which a shell is needed."""
        return tuple(sorted({urls.depth(page.path) for page in self.plan.pages}))


def prepare(root: Path, today: date | Callable[[Site], date], workers: int = 1) -> Job:
    """Read, judge and plan the site at `root`, as of `today`, which the site's facts may decide.

    Raises `ProblemsError` where anything is written wrong.
    """
    with uncollected():
        reading = read_site(root, today, workers)
        if reading.has_errors:
            raise ProblemsError(errors(reading.problems))
        return Job(root, plan(reading.register, reading.today), reading.problems)


def write(job: Job, hosted: Hosted, out: Path, workers: int) -> Tally:
    """Bring `out` to hold the whole site: what MkDocs rendered, `static/`, the record pages, sitemaps.

    Raises `photos.PhotoError`, `TwiceError`, and `OSError` of the disk.
    """
    guides = tuple(Link(text=one.title, path=one.path) for one in hosted.manuals if one.path.startswith("guides/"))
    loader = jinja2.FileSystemLoader(hosted.templates)
    renderer = Renderer(
        job.plan, hosted.shells, loader, lambda path: (job.root / path).read_bytes(), hosted.assets, guides
    )
    url = job.plan.register.site.url
    given = [one for folder in (hosted.rendered, job.root / "static") for one in _files(folder)]
    made = [*sitemaps.files(url, _public(job, hosted.manuals)), ("robots.txt", sitemaps.robots(url))]
    tree = Tree(out)
    tree.claim(path for page in job.plan.pages for path in renderer.paths(page))
    tree.claim(path for path, _ in (*given, *made))
    renderer.check_photos()
    # From here on the site changes: whatever can be wrong was found above.
    for path, file in given:
        tree.write(path, assets.served(path, file.read_bytes()))
    for path, data in made:
        tree.write(path, data)
    write_all(job.plan.pages, renderer.files, tree, workers)
    return tree.finish()


def _public(job: Job, manuals: Sequence[Manual]) -> list[str]:
    """Addresses for the sitemap: everything but the pages of hidden people."""
    deputies = job.plan.register.deputies
    pages = (page for page in job.plan.pages if page.kind != "deputy" or not deputies[page.key[0]].is_hidden)
    return [*(page.path for page in pages), *(one.path for one in manuals)]


def _files(folder: Path) -> list[tuple[str, Path]]:
    """Files below a folder, with their paths; links are not followed."""
    found = (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink())
    return [(file.relative_to(folder).as_posix(), file) for file in found]
