"""The site to look at before it is signed: one archive, read from a disk."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from liaison.build.run import workspace_below
from liaison.publish.offline import offline_copy

_OLDEST = datetime(1980, 1, 1, tzinfo=UTC)
"""What a zip can date."""


def pack_preview(release: Path, archive: Path, name: str, made_on: datetime) -> int:
    """The release as it is read from a disk, in one archive below one folder; says how many files that are."""
    when = max(made_on.astimezone(UTC), _OLDEST).timetuple()[:6]
    with workspace_below(archive.parent) as workspace:
        count = offline_copy(release, workspace / "copy")
        files = sorted(_files(workspace / "copy"))
        with ZipFile(archive, "w") as packed:
            for path in files:
                entry = ZipInfo(f"{name}/{path}", when)
                entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, 0o644 << 16, 3
                packed.writestr(entry, (workspace / "copy" / path).read_bytes())
    return count


def _files(folder: Path) -> Iterable[str]:
    for at, _, names in os.walk(folder):
        for one in names:
            yield (Path(at) / one).relative_to(folder).as_posix()
