"""The program behind `support.warm`: takes a line of JSON for each command, forks to run it, tells the exit code."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

_ENTRIES = {"mkdocs": ("mkdocs.__main__", "cli"), "liaison": ("liaison.cli", "main")}
_LOADED = (
    *("liaison.mkdocs_plugins.site", "liaison.cli.check", "mkdocs.commands.build", "material.plugins.search.plugin"),
    *("markdown.extensions.codehilite", "markdown.extensions.attr_list", "PIL.JpegImagePlugin", "PIL.PngImagePlugin"),
)


def serve() -> None:
    """Load the libraries, then run commands until nobody asks any more."""
    for name in (*_LOADED, *(module for module, _ in _ENTRIES.values())):
        import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _become(json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the answer


def _become(asked: dict[str, Any]) -> NoReturn:
    """In the new process: run the command, and end as Python ends."""
    os.environ.clear()
    os.environ.update(asked["env"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for handle, file in enumerate(asked["streams"], 1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), handle)
    module, name = _ENTRIES[asked["program"]]
    getattr(import_module(module), name)(asked["words"])
    sys.exit()


if __name__ == "__main__":
    serve()
