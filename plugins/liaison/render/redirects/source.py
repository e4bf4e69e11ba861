"""Addresses that lead to the site, and what of them is led on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from liaison.model.codes import ALPHABET

_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.ASCII)
_PATH = re.compile(r"/([A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*", re.ASCII)
_USUAL = {"http": 80, "https": 443}

_LETTERS = "".join(symbol for symbol in ALPHABET if symbol.isalpha())
_UPPER = f"[2-9{_LETTERS}]"
_EITHER = f"[2-9{_LETTERS}{_LETTERS.lower()}]"
_END = r"/?(?:index\.html)?[^0-9A-Za-z/]*$"
"""What may follow a code: nothing, or a sign of the sentence that the address stood in."""

_PARTS = 3
"""Parts of an address of a code: kind, two symbols, five symbols."""

ANY = "(?:[A-Za-z0-9_][A-Za-z0-9._-]*/)*(?:[A-Za-z0-9_][A-Za-z0-9._-]*)?"
"""A path as this program writes them; what is spelled otherwise was never an address of the site."""
LESSON = "episodes/[a-z0-9][a-z0-9-]*/[0-9]+"


class RedirectError(ValueError):
    """No rule can be written for an address; says why in Chinese."""


@dataclass(frozen=True, slots=True)
class Source:
    """An address that leads to the site."""

    host: str
    """In lower case, with a port that is not the usual one."""
    path: str
    """With slashes at both ends."""
    target: str
    """Where it leads: the address of the site."""
    is_short: bool
    """Printed codes begin with it."""
    is_partial: bool
    """The site lies below it, so only codes and lessons may be led on."""
    is_shared: bool
    """The host serves other things too, the site itself or another path."""

    @property
    def name(self) -> str:
        """Of its files."""
        return re.sub(r"[^a-z0-9.-]+", "-", f"{self.host}{self.path}".lower()).strip("-")

    @property
    def otherwise(self) -> str:
        """Where all else leads that is asked for: who scanned may type the code; who had a bookmark starts anew."""
        return f"{self.target}c/" if self.is_short else self.target

    def code(self, *names: str, any_case: bool) -> str:
        """A pattern for addresses of codes, also with slashes left out: kind and symbols, in groups with these names.

        With eight names each symbol is a group, with three its parts in the address.
        """
        symbol, kind = (_EITHER, "[SsDd]") if any_case else (_UPPER, "[SD]")
        if len(names) == _PARTS:
            first, second, third = names
            found = f"({first}{kind})/?({second}{symbol}{{2}})/?({third}{symbol}{{5}})"
        else:
            head, *rest = (f"({name}{symbol})" for name in names[1:])
            found = f"({names[0]}{kind})/?{head}{rest[0]}/?{''.join(rest[1:])}"
        return f"^{self._base}{found}{_END}"

    def lesson(self, group: str = "") -> str:
        """A pattern for addresses of lessons."""
        return f"^{self._base}({group}{LESSON}){_END}"

    def any(self, group: str = "") -> str:
        """A pattern for all addresses that the site may have had."""
        return f"^{self._base}({group}{ANY})$"

    @property
    def _base(self) -> str:
        return self.path.replace(".", r"\.")


def sources_of(url: str, short_url: str | None, former: Iterable[str]) -> tuple[Source, ...]:
    """All addresses that differ from `url`, the short one first. Raises `RedirectError`."""
    target = _split(url, "site.yml 的 url")
    leads = url if url.endswith("/") else f"{url}/"
    found: dict[tuple[str, str], Source] = {}
    named = [(short_url, "site.yml 的 short_url", True)] if short_url else []
    for address, what, is_short in (*named, *((one, "--from", False) for one in former)):
        host, path = _split(address, what)
        if (host, path) == target:
            if not is_short:
                raise RedirectError(f"--from 后面写的就是现在的网址（{url}），不用跳转；要写的是以前的网址")
            continue
        is_partial = host == target[0] and target[1].startswith(path)
        if is_partial and not is_short:
            raise RedirectError(f"现在的网址 {url} 就在 {address} 里面，整个跳转会打转；要写的是以前那个栏目的网址")
        is_shared = host == target[0] or path != "/"
        source = Source(host, path, leads, is_short=is_short, is_partial=is_partial, is_shared=is_shared)
        found.setdefault((host, path), source)
    return tuple(found.values())


def _split(address: str, what: str) -> tuple[str, str]:
    """Host and path of an address. Raises `RedirectError` where rules could not be written safely."""
    hint = "写成 https://old.example.gov.cn/zt/lianluo/ 这样"
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise RedirectError(f"{what}写的不是网址：{address}；{hint}") from None
    if parts.scheme not in _USUAL or not _HOST.fullmatch(host):
        raise RedirectError(
            f"{what}写的不是完整的网址，或者域名里有不能用的字：{address}；{hint}，中文域名用 xn-- 的写法"
        )
    if re.search(r"[\s\x00-\x1f\\]", address):
        raise RedirectError(f"{what}里有空格、换行或反斜杠：{address!r}；{hint}")
    if parts.username is not None or "?" in address or "#" in address:
        raise RedirectError(f"{what}里不能有用户名、? 和 #：{address}；{hint}")
    path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    if not _PATH.fullmatch(path):
        raise RedirectError(f"{what}的路径里只能有字母、数字和 . _ ~ -：{address}；{hint}")
    return host if port in {None, _USUAL[parts.scheme]} else f"{host}:{port}", path
