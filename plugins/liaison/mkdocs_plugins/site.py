"""The plugin `liaison`: hands MkDocs' events to `build` and keeps the record pages out of MkDocs' sight."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any, Literal, TypeVar

from jinja2 import Environment, TemplateError, TemplateSyntaxError
from mkdocs.config import Config
from mkdocs.config import config_options as opt
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from liaison import build, shelf
from liaison.mkdocs_plugins.lessons import Hush, LessonHost
from liaison.mkdocs_plugins.serving import LARGE, ask_first, watch
from liaison.model.site import Site
from liaison.plan import urls
from liaison.problems import ProblemsError
from liaison.progress import progress_bar
from liaison.publish.tree import TwiceError
from liaison.records.read import read_site_facts
from liaison.records.reader import ChangedError
from liaison.records.report import report
from liaison.records.today import today_for
from liaison.render import assets
from liaison.render.photos import PhotoError
from liaison.render.shell import Shell, ShellError
from liaison.workers import Crew, EngineError, engine, usual_workers

log = logging.getLogger("mkdocs.plugins.liaison")

T = TypeVar("T")

_SENTINEL = "liaison-shell"
_SITEMAP = "sitemap.xml"
_TYPST = ".typ"
"""Templates of what is printed."""


class LiaisonConfig(Config):
    """What `mkdocs.yml` may say of the plugin; facts of the site itself stand in `site.yml`."""

    root = opt.Dir(exists=True, default=".")
    """Folder with `site.yml` and `stations/`."""

    sections = opt.Type(dict, default={})
    """Chinese titles of the folders below `docs_dir`; MkDocs knows only their names."""

    workers = opt.Optional(opt.Type(int))
    """Workers for reading, judging and making pages; one a processor where left out."""

    executor = opt.Optional(opt.Type(str))
    """`package.module:function` that makes another `concurrent.futures.Executor` than the usual processes."""


class LiaisonPlugin(BasePlugin[LiaisonConfig]):
    """Record pages, shells, sitemap and `static/` for MkDocs."""

    def __init__(self) -> None:
        self._serving = False
        self._job: build.Job | None = None
        self._lessons: LessonHost
        self._shells: dict[int, Shell] = {}
        self._manuals: list[build.Manual] = []
        self._hush = Hush()
        self._preview: build.Preview | None = None
        self._out = ""
        self._scratch = ""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remember whether a person is looking at a local server."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Give MkDocs the facts of the site, and a scratch folder instead of the real one."""
        site = _tell(lambda: read_site_facts(self._root))
        config.site_name = site.name
        if not self._serving:
            config.site_url = site.url
        config.extra["liaison"] = _tell(lambda: _facts(site, _templates(config)))
        config.theme.static_templates.discard(_SITEMAP)
        self._out, self._scratch = config.site_dir, tempfile.mkdtemp(prefix="liaison-")
        config.site_dir = self._scratch
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read, judge and plan; add one sentinel page for each depth."""
        self._shells, self._manuals = {}, []
        self._job = job = _tell(lambda: build.prepare(self._root, today_for, self._crew, shelf.open_for(self._root)))
        if job.notices:
            log.info("记录里有 %d 条提示，运行 liaison check 查看", len(job.notices))
        for theirs in [file for file in files if file.src_uri == _SITEMAP or file.src_uri.endswith(_TYPST)]:
            files.remove(theirs)  # MkDocs would copy them from the theme's overrides as they are
        self._lessons = LessonHost(job.lessons, config, self._root)
        self._lessons.sort(files)
        for depth in job.depths:
            files.append(_sentinel(depth, config))
        return files

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:  # noqa: ARG002
        """Give MkDocs no more of a page than it needs: front matter was read before, and strictly."""
        return self._lessons.text(page)

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Choose the template."""
        if not _is_sentinel(page.file):
            self._lessons.choose_template(page)
        return markdown

    @event_priority(100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Leave nothing in a body that must not be, before anybody takes it into a search index."""
        return html if _is_sentinel(page.file) else self._lessons.body(page, html)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        """Give sections of the manual their Chinese titles."""
        for item in nav.items:
            first = next((page for page in nav.pages if item in page.ancestors), None)
            if isinstance(item, Section) and first is not None:
                folder = first.file.src_uri.partition("/")[0]
                item.title = self.config.sections.get(folder, item.title)
        return nav

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Note the hand-written pages, now that their titles are known; say what lessons look like."""
        assert self._job is not None  # noqa: S101 - on_files came before
        job = self._job
        self._hush.begin()
        _tell(lambda: job.lessons.dress(_templates(config), config.extra["liaison"]["assets"]))
        for file in files.documentation_pages():
            if file.page and not _is_sentinel(file) and not self._lessons.holds(file):
                self._manuals.append(build.Manual(file.url if file.url != "./" else "", str(file.page.title)))
        return env

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Keep the sentinels' HTML as shells, unwritten; put lessons into theirs; both are written later."""
        if self._lessons.holds(page.file):
            _tell(lambda: self._lessons.finish(page, output))
            return ""
        if not _is_sentinel(page.file):
            return output
        self._shells[urls.depth(page.url)] = _tell(lambda: Shell.parse(output))
        return ""

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the site where MkDocs was asked to put it."""
        self._hush.end()
        assert self._job is not None  # noqa: S101 - on_files came before
        job = self._job
        hosted = build.Hosted(
            shells=self._shells,
            templates=_templates(config),
            assets=config.extra["liaison"]["assets"],
            rendered=Path(self._scratch),
            manuals=self._manuals,
        )
        if self._serving and job.records > LARGE:
            self._preview = _tell(lambda: build.preview(job, hosted, Path(self._out)))
            self._clean(config)
            log.info("记录很多（%d 份）：预览时，打开哪一页才生成哪一页", job.records)
            return
        tally = _tell(lambda: build.write(job, hosted, Path(self._out), self._crew))
        self._clean(config)
        log.info(
            "站点已生成：写入 %d 个文件，%d 个没有变化，删去 %d 个旧文件", tally.written, tally.unchanged, tally.removed
        )

    def on_build_error(self, *, error: Exception) -> None:  # noqa: ARG002
        """Leave no scratch folder behind."""
        self._hush.end()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ANN401, ARG002
        """Build again when a record, a fact of the site or a template changes."""
        for path in (self._root / "site.yml", self._root / "static", self._root / "laws", _templates(config)):
            if path.exists():
                server.watch(str(path))
        if self._preview is None:
            server.watch(str(self._root / "stations"))
        else:
            watch(server, self._root / "stations")
            ask_first(server, self._want)
        return server

    def _want(self, path: str) -> None:
        """Make the page that is asked for; what stands against it is said where the server runs."""
        try:
            _tell(lambda: self._preview.want(path) if self._preview else None)
        except PluginError as error:
            log.error("%s", error)  # noqa: TRY400 - a person reads it, a traceback would hide it

    @property
    def _root(self) -> Path:
        return Path(self.config.root)

    @property
    def _crew(self) -> Crew:
        chosen = engine(self.config.executor) if self.config.executor else None
        return Crew(self.config.workers or usual_workers(), chosen, progress_bar)

    def _clean(self, config: MkDocsConfig) -> None:
        shutil.rmtree(self._scratch, ignore_errors=True)
        config.site_dir = self._out


def _sentinel(depth: int, config: MkDocsConfig) -> File:
    """A page at this depth that no menu, search or sitemap knows."""
    folders = [_SENTINEL] * (depth - 1)
    path = "/".join([*folders, f"{_SENTINEL}.md"]) if depth else "index.md"
    head = "template: liaison/shell.html\nsearch:\n  exclude: true\n"
    content = f"---\ntitle: {_SENTINEL}\n{head}---\n"
    return File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)


def _is_sentinel(file: File) -> bool:
    return file.generated_by is not None and (file.src_uri == "index.md" or _SENTINEL in file.src_uri)


def _templates(config: MkDocsConfig) -> Path:
    """The folder of the theme's overrides, which holds the templates of both layouts."""
    if config.theme.custom_dir is None:
        raise PluginError("mkdocs.yml 的 theme 里缺少 custom_dir: overrides")
    return Path(config.theme.custom_dir)


def _facts(site: Site, templates: Path) -> dict[str, Any]:
    """What the theme's templates may know of the site."""
    footer = site.footer
    return {
        "name": site.name,
        "domain": site.url.split("/")[2],
        "sample": site.sample_notice,
        "site_id": footer.site_id,
        "footer": {name: getattr(footer, name) for name in type(footer).__slots__},
        "media_hosts": [f"https://{host}" for host in site.media_hosts],
        "assets": {name: _asset(templates, file) for name, file in _ASSETS.items()},
    }


_ASSETS = {
    "css": "liaison.css",
    "js": "liaison.js",
    "entry_js": "entry.js",
    "laws_css": "laws.css",
    "lesson_css": "lesson.css",
    "lesson_js": "lesson.js",
    "manual_css": "manual.css",
}


def _asset(templates: Path, name: str) -> str:
    path = assets.FOLDER + name
    return assets.address(path, (templates / path).read_bytes())


def _tell(work: Callable[[], T]) -> T:
    """Do the work; what is wrong becomes MkDocs' way to stop, in Chinese and without a traceback."""
    try:
        return work()
    except ProblemsError as error:
        raise PluginError("\n".join(["记录里有错误，站点没有生成：", *report(error.problems)])) from None
    except (ChangedError, EngineError, PhotoError, ShellError, TwiceError) as error:
        raise PluginError(str(error)) from None
    except TemplateError as error:
        place = f"{error.filename}:{error.lineno} " if isinstance(error, TemplateSyntaxError) else ""
        raise PluginError(f"模板出错：{place}{error}") from None
    except BrokenExecutor:
        raise PluginError("一个工作进程意外结束，多半是内存不够；在 mkdocs.yml 里把 workers 改小，再试一次") from None
    except OSError as error:
        raise PluginError(f"读写文件出错：{error.filename or ''} {error.strerror}") from None
