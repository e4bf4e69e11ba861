"""Pages of lessons and series while the host makes them of Markdown, and the files that go with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

import jinja2
from markupsafe import Markup

from liaison.build.pictures import Pictures
from liaison.model.citations import Citation
from liaison.model.cues import vtt
from liaison.model.library import Lecture
from liaison.plan import urls
from liaison.plan.pages import Plan
from liaison.records.files import CAPTIONS, EPISODES, RECORDINGS
from liaison.records.front_matter import split
from liaison.records.markdown import clean
from liaison.records.text import decode
from liaison.render.citing import link_citations
from liaison.render.lesson_feeds import lesson_feeds
from liaison.render.pages.lectures import Material
from liaison.render.pages.lesson_renderer import LessonRenderer
from liaison.render.pages.views import Photo
from liaison.render.shell import Shell


class Kind(Enum):
    """What a file below `content/` is to the host."""

    LESSON = "lesson"
    SERIES = "series"
    LEFT_OUT = "left out"
    """Not on the site as it is: what belongs to no published lesson, and what is made into something else."""
    OTHER = "other"


class LessonPages:
    """Takes the host's HTML of each lesson, and makes its page."""

    def __init__(self, root: Path, plan: Plan, pictures: Pictures) -> None:
        self._root, self._plan = root, plan
        self._pictures = pictures
        self._lessons = {one.file: one for one in plan.lectures.shown}
        self._series = {f"{EPISODES}{name}/index.md": name for name in plan.lectures.library.series}
        covers = {self._cover_file(name) for name in self._series.values()}
        self._remade = covers | {self._poster_file(one) for one in plan.lectures.library.lessons}
        self._remade.discard("")  # of lessons without a poster
        self._played = {self._recording_file(one) for one in plan.lectures.published}
        self._bodies: dict[str, str] = {}
        self._made: dict[str, bytes] = {}
        self._renderer: LessonRenderer | None = None

    def kind(self, file: str) -> Kind:
        """What a file is, given by its path below the site's root."""
        if file in self._lessons:
            return Kind.LESSON
        if file in self._series:
            return Kind.SERIES
        is_ours = file.startswith(EPISODES) and file.endswith((".md", *CAPTIONS, *RECORDINGS))
        return Kind.LEFT_OUT if (is_ours and file not in self._played) or file in self._remade else Kind.OTHER

    def path(self, file: str) -> str:
        """The address of a lesson or series."""
        return urls.lesson(*self._lessons[file].key) if file in self._lessons else urls.series(self._series[file])

    def text(self, file: str) -> str:
        """What the host needs of a lesson or series: its title as front matter, and its body."""
        record = self._lessons[file].lesson if file in self._lessons else None
        title = record.title if record else self._plan.lectures.library.series[self._series[file]].title
        text = decode((self._root / file).read_bytes())
        assert isinstance(text, str)  # noqa: S101 - it was read before, when it was judged
        return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n{split(text).body}"

    def dress(self, templates: Path, assets: Mapping[str, str]) -> None:
        """Say what the pages look like; comes before `finish`."""
        self._renderer = LessonRenderer(self._plan, jinja2.FileSystemLoader(templates), assets)

    def body(self, file: str, html: str) -> str:
        """The host's HTML of a body, with nothing in it that must not be, and its citations linked."""
        if file in self._lessons and self._lessons[file].lesson.status == "withdrawn":
            html = ""
        lectures, depth = self._plan.lectures, urls.depth(self.path(file))

        def address(citation: Citation) -> str | None:
            path = lectures.article_path(citation)
            return urls.relative(path, depth) if path else None

        self._bodies[file] = link_citations(clean(html), lectures.library.laws, address)
        return self._bodies[file]

    def finish(self, file: str, output: str) -> None:
        """Make the page, in the shell that the host rendered for it. Raises `ShellError` and `PhotoError`."""
        self._made[urls.file(self.path(file))] = self._page(file, output).encode()

    def _page(self, file: str, output: str) -> str:
        assert self._renderer is not None  # noqa: S101 - dress came before
        shell, body = Shell.parse(output), self._bodies[file]
        if file in self._series:
            name = self._series[file]
            cover = self._picture(self._cover_file(name), urls.cover(name))
            return self._renderer.series(name, Material(body=Markup(body), poster=cover), shell)  # noqa: S704 - cleaned
        one = self._lessons[file]
        published = one.lesson.status == "published"
        poster = self._picture(self._poster_file(one), urls.poster(*one.key)) if published else None
        length = len("".join(Markup(body).striptags().split()))  # noqa: S704 - cleaned
        return self._renderer.lesson(one, Material(body=Markup(body), length=length, poster=poster), shell)  # noqa: S704 - cleaned

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Pages, captions, pictures and feeds; comes after all pages are finished."""
        lectures = self._plan.lectures
        yield from self._made.items()
        for one in lectures.published:
            if one.cues:
                yield urls.captions(*one.key), vtt(one.cues).encode()
        yield from lesson_feeds(self._plan, self._bodies, self._made)

    def _recording_file(self, one: Lecture) -> str:
        recording = one.lesson.recording
        return f"{one.folder}/{recording.src}" if recording and not recording.is_elsewhere else ""

    def _poster_file(self, one: Lecture) -> str:
        recording = one.lesson.recording
        return f"{one.folder}/{recording.poster}" if recording and recording.poster else ""

    def _cover_file(self, name: str) -> str:
        cover = self._plan.lectures.library.series[name].cover
        return f"{EPISODES}{name}/{cover}" if cover else ""

    def _picture(self, file: str, path: str) -> Photo | None:
        """The picture handed in, as it is shown."""
        if not file:
            return None
        made = self._pictures.wide(file)
        self._made[path] = made.data
        return Photo(path=path, width=made.width, height=made.height)
