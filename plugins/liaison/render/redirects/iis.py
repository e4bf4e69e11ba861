"""Rules for IIS: of its own part for redirects, so that URL Rewrite need not be installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from .source import Source

_FOLDERS = ("S", "D", "episodes")
"""Where printed addresses lie."""


def files(sources: Sequence[Source]) -> dict[str, bytes]:
    """A `web.config` for the folder of each address."""
    return {f"{source.name}/web.config": ("\n".join(_config(source)) + "\n").encode() for source in sources}


def _config(source: Source) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield "<!--"
    yield "  联络站网站的跳转规则（IIS 7 及以上）。放进要跳转的网址对应的文件夹，是哪个网址见 redirects.txt；"
    yield "  已经有 web.config 的，把里面的内容并进去。"
    yield "  要在服务器上打开“HTTP 重定向”角色服务（系统自带，不用另装 URL Rewrite 模块）。"
    yield "  路径和 ? 后面的内容不变；小写的编号照原样跳转。"
    yield "  一律用 302（Found），不用 301：301 会被浏览器和微信长期记住，网站以后再搬家就改不回来了。"
    yield "-->"
    yield "<configuration>"
    if source.is_partial:
        for folder in _FOLDERS:
            yield f'  <location path="{folder}">'
            yield from _redirect(f"{source.target}{folder}", "    ")
            yield "  </location>"
    else:
        yield from _redirect(source.target.rstrip("/"), "  ")
    yield "</configuration>"


def _redirect(to: str, indent: str) -> Iterator[str]:
    """`$S` is what follows the folder in the address, from its slash on; `$Q` the query with its question mark."""
    destination = quoteattr(f"{to}$S$Q")
    yield f"{indent}<system.webServer>"
    yield (
        f'{indent}  <httpRedirect enabled="true" destination={destination} exactDestination="true"'
        ' childOnly="false" httpResponseStatus="Found" />'
    )
    yield f"{indent}</system.webServer>"
