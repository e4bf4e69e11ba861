"""The only place where an address is spelled. Paths are relative to the site's root and end in a slash."""

from __future__ import annotations

from liaison.model.lessons import written

HOME = ""
ENTRY = "c/"
MAP = "map/"
NOT_FOUND = "404.html"


def opened(path: str) -> str:
    """The address of a file of the site as people open it: a page by its folder."""
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path


def station(code: str) -> str:
    """A station's page, for ever."""
    return f"S/{code[:2]}/{code[2:]}/"


def deputy(code: str) -> str:
    """A deputy's page, for ever."""
    return f"D/{code[:2]}/{code[2:]}/"


def photo(code: str) -> str:
    """A deputy's photo, beside the page."""
    return f"{deputy(code)}photo.jpg"


def print_file(page: str) -> str:
    """The poster of a station or deputy to print, beside its page."""
    return f"{page}poster.pdf"


def region(code: str) -> str:
    """The directory of a region."""
    return f"r/{code}/"


def villages(code: str) -> str:
    """Villages and communities of a region, and the stations that serve them."""
    return f"r/{code}/villages/"


def roll(code: str, letter: str = "", number: int = 1) -> str:
    """Deputies of a region A–Z; whole, by letter, or a further page of a letter."""
    return f"r/{code}/deputies/" + (f"{letter.lower()}/" if letter else "") + (f"{number}/" if number > 1 else "")


def views(code: str, sort: str) -> str:
    """All values of one sort of view of a region's deputies: `level`, `specialty` or `group`."""
    return f"r/{code}/{sort}/"


def view(code: str, sort: str, slug: str, number: int = 1) -> str:
    """Deputies of a region who share a level, specialty or group."""
    return f"r/{code}/{sort}/{slug}/" + (f"{number}/" if number > 1 else "")


def lessons() -> str:
    """All series."""
    return "episodes/"


def series(name: str) -> str:
    """A series of lessons."""
    return f"episodes/{name}/"


def lesson(name: str, number: int) -> str:
    """A lesson's page, for ever."""
    return f"episodes/{name}/{written(number)}/"


def captions(name: str, number: int) -> str:
    """The captions of a lesson, beside its page."""
    return f"{lesson(name, number)}captions.vtt"


def poster(name: str, number: int) -> str:
    """The picture of a lesson, beside its page."""
    return f"{lesson(name, number)}poster.jpg"


def cover(name: str) -> str:
    """The picture of a series, beside its page."""
    return f"{series(name)}cover.jpg"


def recording(name: str, file: str) -> str:
    """Video or sound on this site: where the lesson's file lies."""
    return f"{series(name)}{file}"


def feed(form: str, name: str = "") -> str:
    """A feed of a series, or of all: `xml` for RSS, `json` for JSON Feed."""
    return f"{series(name) if name else lessons()}feed.{form}"


def laws() -> str:
    """All laws that lessons cite."""
    return "laws/"


def law(law_id: str) -> str:
    """A law."""
    return f"laws/{law_id}/"


def article(law_id: str, number: int, inserted: int = 0) -> str:
    """An article of a law: 第133条之一 is `133-1`."""
    return f"laws/{law_id}/{number}{f'-{inserted}' if inserted else ''}/"


def topics() -> str:
    """All topics of lessons."""
    return "topics/"


def topic(slug: str) -> str:
    """Lessons about a topic."""
    return f"topics/{slug}/"


def depth(path: str) -> int:
    """How many folders below the root a page lies."""
    return path.count("/")


def relative(path: str, page_depth: int) -> str:
    """How a page at this depth links to a path of the site."""
    return "../" * page_depth + path or "./"


def file(path: str) -> str:
    """The file behind an address."""
    return f"{path}index.html" if not path or path.endswith("/") else path
