"""The sample as a release, and its copy for a disk."""

from __future__ import annotations

import shutil
from pathlib import Path

from liaison.publish.manifest import NAME, Entry, Manifest
from liaison.publish.offline import offline_copy
from support.releases import MADE_ON
from support.sites import Built, contents


def as_release(built: Built, folder: Path) -> Path:
    """The tree with the manifest that `liaison build` would lay beside it."""
    shutil.copytree(built.tree, folder)
    made = Manifest(
        url=built.url,
        code_base=built.facts.get("short_url", built.url),
        today=built.today,
        made_on=MADE_ON,
        files={path: Entry.of(data) for path, data in contents(folder).items()},
    )
    (folder / NAME).write_bytes(made.as_bytes())
    return folder


def offline_of(built: Built, folder: Path) -> Built:
    """A copy of the tree for a disk, with the name that somebody's folder may have."""
    out = folder / "离线 copy #1"
    offline_copy(as_release(built, folder / "release"), out)
    return Built(built.source, out)
