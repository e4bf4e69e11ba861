"""What a page loads and leads to, and the policy it carries."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_LOADS = {
    "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset"), "video": ("src", "poster"),
    "audio": ("src",), "track": ("src",), "iframe": ("src",), "embed": ("src",), "object": ("data",),
    "input": ("src",), "frame": ("src",),
}  # fmt: skip
_LINKED = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest", "apple-touch-icon"}
_PLAYED = {"video", "audio", "source", "track"}


@dataclass
class Markup:
    """Addresses in a page as they are written there."""

    loaded: list[str] = field(default_factory=list)
    """What the browser fetches by itself."""
    played: list[str] = field(default_factory=list)
    """What it fetches when somebody presses play."""
    sent_to: list[str] = field(default_factory=list)
    """Where forms go."""
    links: list[str] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    """Content-Security-Policy in `meta`."""

    @classmethod
    def of(cls, text: str) -> Markup:
        """What a page holds; whatever cannot be read is left out."""
        found = cls()
        reader = _Reader(found)
        try:
            reader.feed(text)
        except (AssertionError, ValueError):
            return found
        return found


class _Reader(HTMLParser):
    def __init__(self, found: Markup) -> None:
        super().__init__()
        self._found = found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: (value or "").strip() for name, value in attrs}
        for name in _LOADS.get(tag, ()):
            values = _candidates(held[name]) if name == "srcset" and name in held else [held.get(name, "")]
            into = self._found.played if tag in _PLAYED and name == "src" else self._found.loaded
            into += [value for value in values if value]
        if tag == "link" and held.get("href") and _LINKED & set(held.get("rel", "").lower().split()):
            self._found.loaded.append(held["href"])
        if tag == "a" and held.get("href"):
            self._found.links.append(held["href"])
        if tag in {"form", "button"} and (to := held.get("action") or held.get("formaction")):
            self._found.sent_to.append(to)
        if tag == "meta" and held.get("http-equiv", "").lower() == "content-security-policy":
            self._found.policies.append(held.get("content", ""))


def _candidates(srcset: str) -> list[str]:
    return [part.split()[0] for part in srcset.split(",") if part.strip()]
