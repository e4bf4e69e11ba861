"""What is said where there is nothing, and what is shown that should not be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from .client import Answer
from .findings import Finding, good
from .markup import Markup
from .silence import SilenceError
from .subject import Subject
from .table import bad

_OK, _FORBIDDEN, _MISSING, _GONE = 200, 403, 404, 410
_NOWHERE = ("liaison-doctor-none/none.html", "liaison-doctor-none.html", "S/22/22222/", "about/none/none/")
"""No code has seven digits."""
_HIDDEN = (".git/HEAD", ".git/config", ".svn/entries", ".env", ".DS_Store", "site.yml", "mkdocs.yml")
_BACKUPS = ("index.html.bak", "index.html~", "index.html.old", "site.zip", "backup.zip")
_LISTING = re.compile(r"Index of /|Directory listing for|\[To Parent Directory\]|转到父目录|<h1>Directory: ")
_FOLDERS = 4


def not_found(subject: Subject) -> Iterator[Finding]:
    """What is missing is answered 404, with the site's own page, however deep."""
    by_fault: dict[str, str] = {}
    for path in _NOWHERE:
        answer = subject.get(path)
        if name := _fault(subject, answer):
            where = f"，转到 {answer.to}" if answer.to else ""
            by_fault.setdefault(name, f"/{path} 回答 {answer.status}{where}")
    for name, seen in by_fault.items():
        yield bad(name, seen)
    if not by_fault:
        yield good("没有的页面回答 404，显示本站的 404 页")
        yield from _links(subject)


def _fault(subject: Subject, answer: Answer) -> str:
    if answer.is_moved:
        return "notfound-redirect"
    if answer.status == _OK:
        return "notfound-200"
    if answer.status not in {_MISSING, _GONE}:
        return "notfound-status"
    return "" if _is_ours(subject, answer) else "notfound-page"


def _is_ours(subject: Subject, answer: Answer) -> bool:
    page = subject.get("404.html")
    if page.status == _OK:
        return answer.text == page.text
    return "liaison/assets/" in answer.text and answer.text != subject.home.text


def _links(subject: Subject) -> Iterator[Finding]:
    """The styles and scripts of the page for what is missing are there."""
    broken = []
    for link in Markup.of(subject.missing.text).loaded:
        if not link.startswith("data:"):
            try:
                answer = subject.client.get(urljoin(subject.missing.url, link))
            except (SilenceError, ValueError):
                continue
            if answer.status != _OK:
                broken.append(link)
    if broken:
        yield bad("notfound-links", "、".join(broken[:2]))


def listings(subject: Subject) -> Iterator[Finding]:
    """A folder without a page of its own shows nothing."""
    held: dict[str, list[str]] = {}
    for path in subject.files:
        folder, _, name = path.rpartition("/")
        if folder:
            held.setdefault(folder, []).append(name)
    bare = sorted(folder for folder, names in held.items() if "index.html" not in names)
    bare = list(dict.fromkeys([*(one for one in bare if one == "liaison/assets"), *bare]))[:_FOLDERS]
    listed = [f"/{folder}/" for folder in bare if _lists(subject.get(f"{folder}/"), held[folder])]
    if listed:
        yield bad("listing", "、".join(listed))
    elif bare:
        yield good("看不到文件夹里的文件列表")


def _lists(answer: Answer, names: list[str]) -> bool:
    if answer.status != _OK:
        return False
    links = {link.partition("?")[0].rpartition("/")[2] for link in Markup.of(answer.text).links}
    return bool(_LISTING.search(answer.text) or links & set(names))


def hidden(subject: Subject) -> Iterator[Finding]:
    """Nothing of the source, and no backup, is served."""
    faults = {
        "hidden-served": [f"/{path}" for path in _HIDDEN if _is_served(subject, path)],
        "backup-served": [f"/{path}" for path in _BACKUPS if _is_served(subject, path)],
    }
    for name, paths in faults.items():
        if paths:
            yield bad(name, "、".join(paths))
    if not any(faults.values()):
        yield good("源文件和备份文件打不开")


def _is_served(subject: Subject, path: str) -> bool:
    answer = subject.client.get(subject.url(path), most=65_536)
    is_page = answer.text.lstrip()[:15].lower().startswith(("<!doctype", "<html")) and not path.startswith("index.")
    return answer.status == _OK and not is_page and answer.text not in {subject.missing.text, ""}
