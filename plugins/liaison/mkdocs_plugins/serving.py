"""`mkdocs serve` for a site of any size: a large one is watched by the system's own means and made page by page."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

log = logging.getLogger("mkdocs.plugins.liaison")

LARGE = 4_000
"""Records above which looking at every file twice a second, as MkDocs does, keeps a processor busy."""


def watch(server: LiveReloadServer, folder: Path) -> None:
    """Let the server build again when something below a large folder changes.

    The system tells of changes; a file that the server looks at is touched then. Where the system cannot watch so many
    folders, the server looks at all of them itself.
    """
    bell = Path(tempfile.mkdtemp(prefix="liaison-")) / "bell"
    bell.touch()
    observer = Observer()
    observer.daemon = True
    observer.schedule(_Bell(bell), str(folder), recursive=True, event_filter=list(_CHANGES))
    try:
        observer.start()
    except OSError as error:
        log.warning("系统不能监视这么多文件夹（%s），改为逐个查看，发现改动会慢一些", error)
        server.watch(str(folder))
        return
    server.watch(str(bell.parent))


_CHANGES: tuple[type[FileSystemEvent], ...] = (
    FileCreatedEvent,
    FileModifiedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
)
"""What is a change. That somebody looked into a folder is none, and would be told of thousands at every build."""


class _Bell(FileSystemEventHandler):
    """Touches a file at every change."""

    def __init__(self, bell: Path) -> None:
        self._bell = bell

    def on_any_event(self, _event: FileSystemEvent) -> None:
        """Ring."""
        self._bell.touch()


def ask_first(server: LiveReloadServer, want: Callable[[str], None]) -> None:
    """Before the server answers, tell which path of the site is asked for."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI
        path = str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8", errors="replace")
        if path.startswith(server.mount_path):
            want(path.removeprefix(server.mount_path))
        found: Iterable[bytes] = server.serve_request(environ, start_response)
        return found

    server.set_app(answer)
