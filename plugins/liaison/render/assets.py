"""Style sheets and scripts of the light layout as they are served: without comments and needless white space."""

from __future__ import annotations

import hashlib

from rcssmin import cssmin
from rjsmin import jsmin

FOLDER = "liaison/assets/"
"""Where they lie, among the templates and on the site."""


def served(path: str, data: bytes) -> bytes:
    """The bytes that go out for a file of the site; files that are no assets of ours are left alone."""
    if path.startswith(FOLDER) and path.endswith(".css"):
        return str(cssmin(data.decode())).encode()
    if path.startswith(FOLDER) and path.endswith(".js"):
        return str(jsmin(data.decode())).encode()
    return data


def address(path: str, data: bytes) -> str:
    """The address of an asset, with a mark that changes with its content, so that no phone keeps an old one."""
    return f"{path}?v={hashlib.sha256(served(path, data)).hexdigest()[:8]}"
