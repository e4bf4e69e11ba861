"""Pages that lead on, for a host where nothing can be set: a small page at every printed address, without a script."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from liaison.plan import urls

_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"


def files(target: str, paths: Iterable[str], *, has_front: bool) -> dict[str, bytes]:
    """A page for each path, which ends in a slash; with `has_front` also home, code entry and one for what is missing.

    They name codes and nobody: whoever is taken off the site is not on them. A host whose root serves something else
    must not be given a front: it would replace that host's own.
    """
    made = {urls.file(path): _page(target + path) for path in paths}
    if not has_front:
        return made
    front = {urls.file(path): _page(target + path) for path in (urls.HOME, urls.ENTRY)}
    return {**made, **front, urls.NOT_FOUND: _missing(target)}


def _page(to: str) -> bytes:
    link = escape(to)
    head = f'<meta http-equiv="refresh" content="0; url={link}">\n<link rel="canonical" href="{link}">\n'
    return _document(head, "正在打开", f'<p>正在打开；没有自动打开的，请点这里：<br><a href="{link}">{link}</a></p>')


def _missing(target: str) -> bytes:
    home, entry = escape(target), escape(target + urls.ENTRY)
    ways = f'<p><a href="{entry}">输入海报上的编号</a></p>\n<p><a href="{home}">首页</a></p>'
    title = "没有找到这个页面"
    return _document("", title, f"<h1>{title}</h1>\n<p>网址可能少了或多了一个字。</p>\n{ways}")


def _document(head: str, title: str, body: str) -> bytes:
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta name="robots" content="noindex">\n{head}<title>{title}</title>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    ).encode()
