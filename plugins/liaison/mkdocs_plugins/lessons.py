"""What the plugin does with MkDocs' files and pages of lessons: addresses, sources, bodies, finished pages."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from liaison.build import Kind, LessonPages
from liaison.plan import urls
from liaison.records.front_matter import for_host
from liaison.records.markdown import clean

_PAGES = {Kind.LESSON, Kind.SERIES}
_TEMPLATE = "lesson.html"
_BUILDERS = ("mkdocs.commands.build", "properdocs.commands.build")


class Hush(logging.Filter):
    """Keeps MkDocs from saying of every page that is written elsewhere that it was skipped."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is to be said."""
        return not record.getMessage().startswith("Page skipped: ")

    def begin(self) -> None:
        """Be silent, under MkDocs and under ProperDocs."""
        for name in _BUILDERS:
            logging.getLogger(name).addFilter(self)

    def end(self) -> None:
        """Let everything be said again."""
        for name in _BUILDERS:
            logging.getLogger(name).removeFilter(self)


class LessonHost:
    """The lessons of one build, as MkDocs sees them."""

    def __init__(self, pages: LessonPages, config: MkDocsConfig, root: Path) -> None:
        self._pages = pages
        self._is_ours = Path(config.docs_dir).resolve() == (root / "content").resolve()

    def sort(self, files: Files) -> None:
        """Give lessons their addresses, out of the menu; leave out what is not shown as it is."""
        for file in list(files):
            kind = self._kind(file)
            if kind is not Kind.OTHER:
                files.remove(file)
            if kind in _PAGES:
                file.url = self._pages.path(_source(file))
                file.dest_uri = urls.file(file.url)
                file.__dict__.pop("abs_dest_path", None)  # worked out before, from the other address
                file.inclusion = InclusionLevel.NOT_IN_NAV
                files.append(file)

    def holds(self, file: File) -> bool:
        """Whether a file is a lesson or series with a page."""
        return self._kind(file) in _PAGES

    def text(self, page: Page) -> str | None:
        """What MkDocs is to read of a page by an editor: of a lesson its title and body; None of any other page."""
        if self.holds(page.file):
            return self._pages.text(_source(page.file))
        return for_host(page.file.content_string) if page.file.generated_by is None else None

    def choose_template(self, page: Page) -> None:
        """The light layout for lessons; other pages have no choice, since an editor would make it."""
        page.meta.pop("template", None)
        if self.holds(page.file):
            page.meta["template"] = _TEMPLATE

    def body(self, page: Page, html: str) -> str:
        """The body of a page by an editor, cleaned; that of a lesson with its citations linked."""
        return self._pages.body(_source(page.file), html) if self.holds(page.file) else clean(html)

    def finish(self, page: Page, output: str) -> None:
        """Make the page; MkDocs need not write it. Raises `ShellError` and `PhotoError`."""
        self._pages.finish(_source(page.file), output)

    def _kind(self, file: File) -> Kind:
        return self._pages.kind(_source(file)) if self._is_ours and file.generated_by is None else Kind.OTHER


def _source(file: File) -> str:
    """The path of a file below the site's root."""
    return f"content/{file.src_uri}"
