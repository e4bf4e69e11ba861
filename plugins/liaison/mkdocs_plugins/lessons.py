"""What the plugin does with MkDocs' files and pages of lessons: addresses, sources, bodies, finished pages."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from liaison.build import Kind, LessonPages
from liaison.plan import urls

_PAGES = {Kind.LESSON, Kind.SERIES}
_TEMPLATE = "lesson.html"


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

    def text(self, page: Page) -> str:
        """What MkDocs is to read of a lesson: its title and body."""
        return self._pages.text(_source(page.file))

    def choose_template(self, page: Page) -> None:
        """The light layout for lessons; other pages have no choice, since an editor would make it."""
        page.meta.pop("template", None)
        if self.holds(page.file):
            page.meta["template"] = _TEMPLATE

    def body(self, page: Page, html: str) -> str:
        """The body of a lesson, cleaned and linked."""
        return self._pages.body(_source(page.file), html)

    def page(self, page: Page, output: str) -> str:
        """The finished page. Raises `ShellError` and `PhotoError`."""
        return self._pages.page(_source(page.file), output)

    def _kind(self, file: File) -> Kind:
        return self._pages.kind(_source(file)) if self._is_ours and file.generated_by is None else Kind.OTHER


def _source(file: File) -> str:
    """The path of a file below the site's root."""
    return f"content/{file.src_uri}"
