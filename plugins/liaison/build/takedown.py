"""A person taken off what is published: that version and one changed record, made again, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from liaison.build.hung import FOLDER
from liaison.build.release import OF_FOLDERS, Order, Release, Tell, release
from liaison.plan import urls
from liaison.publish.ledger import Ledger
from liaison.publish.manifest import Difference, Manifest
from liaison.publish.swap import beside
from liaison.records.commit import is_as_at, laid_out
from liaison.records.read import Reading, read_site
from liaison.shelf import lend, open_for
from liaison.workers import Crew


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the site and its release stand, and who works."""

    root: Path
    out: Path
    """The release."""
    crew: Crew


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who is taken off, and how."""

    code: str
    status: str
    """How the record is marked; empty where only what needs consent goes."""
    change: Callable[[Path, str, str, str], None]
    """Given a site's folder, the file of a record, its code and status: changes the record."""
    sought: Mapping[str, Collection[bytes]]
    """What must stand nowhere afterwards, with the ways it can be written."""


@dataclass(frozen=True, slots=True)
class Takedown:
    """What came of it."""

    release: Release
    difference: Difference
    """Between what is published and what it should be replaced by."""
    left: tuple[str, ...]
    """Files in which the name still stands."""
    photos: tuple[str, ...]
    """Files that are still the person's picture."""
    papers: tuple[str, ...]
    """Finished prints that show the person, below the site's root."""
    is_alone: bool
    """Whether it is certain that nothing else changes; not where the published source is unknown."""


def take_down(site: Standing, subject: Subject, published: Manifest, tell: Tell) -> Takedown:
    """Make the published version again as of its day, without the person, and put it at `site.out`.

    The record at the site is changed already. Where other records have moved on too, the version is taken from Git, so
    that nothing else goes online unseen. Raises what `release` raises, what `subject.change` does, and `BaseError`.
    """
    hidden = {code: one.status for code, one in published.holders.items() if one.is_hidden}
    hidden[subject.code] = subject.status
    index = reading_of(site, published).source.index
    files = [file for code in hidden if (file := index.file("deputy", code))]
    is_same = is_as_at(site.root, published.commit, besides=files)
    photos = _photos(published, subject.code)
    with _source(site, subject, hidden, published, is_same=is_same) as source:
        order = Order(
            out=site.out,
            today=published.today,
            previous=published,
            sought=subject.sought,
            version=(_named(published.commit, subject), published.made_on) if published.commit else None,
        )
        made = release(source, order, site.crew, open_for(source), tell)
        for about in OF_FOLDERS if source != site.root else ():
            lend(source, site.root, about)
    return Takedown(
        release=made,
        difference=Difference.between(published, made.manifest),
        left=tuple(sorted(made.found)),
        photos=tuple(path for path, entry in made.manifest.files.items() if entry.sha256 in photos),
        papers=tuple(_papers(site.root, subject.code)),
        is_alone=is_same is not None,
    )


def reading_of(site: Standing, published: Manifest) -> Reading:
    """The site as of the day of the published version."""
    return read_site(site.root, published.today, site.crew, open_for(site.root))


def _named(commit: str, subject: Subject) -> str:
    """The version of what is made: hidden people are known by their codes, other changes only by a plus."""
    return commit if subject.status else f"{commit.rstrip('+')}+"


@contextmanager
def _source(
    site: Standing, subject: Subject, hidden: Mapping[str, str], published: Manifest, *, is_same: bool | None
) -> Iterator[Path]:
    """The folder to build from: the site itself, or the published version with everybody hidden who must be."""
    if is_same is not False:
        yield site.root
        return
    with laid_out(site.root, published.commit, beside(site.out, "source")) as folder:
        if (site.root / FOLDER).is_dir() and not (folder / FOLDER).exists():
            (folder / FOLDER).symlink_to(site.root / FOLDER)  # prints are not kept in Git, and pages link to them
        lend(site.root, folder)
        reading = read_site(folder, published.today, site.crew, open_for(folder))
        for code, status in hidden.items():
            if file := reading.source.index.file("deputy", code):
                subject.change(folder, file, code, status)
        yield folder


def _photos(published: Manifest, code: str) -> set[str]:
    """SHA-256 of the pictures that lie beside the person's page."""
    folder = urls.deputy(code)
    beside_page = (path for path in published.files if path.startswith(folder))
    return {published.files[path].sha256 for path in beside_page if not path.endswith((".html", ".pdf"))}


def _papers(root: Path, code: str) -> Iterator[str]:
    """Prints that were made and show the person."""
    for folder in sorted((root / FOLDER).glob("*")):
        ledger = Ledger.found(folder) or Ledger()
        for path in sorted(ledger.files):
            if code in ledger.files[path].items:
                yield f"{FOLDER}/{folder.name}/{path}"
