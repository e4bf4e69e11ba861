"""Content-Security-Policy: whether one leaves room for what another allows."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

_FETCHED = {"script-src", "style-src", "img-src", "connect-src", "font-src", "media-src", "manifest-src", "frame-src"}
_CHECKED = (*sorted(_FETCHED), "form-action")

Policy = dict[str, list[str]]


def parsed(text: str) -> Policy:
    """Directives with their sources; of directives of the same name the first counts."""
    found: Policy = {}
    for part in text.split(";"):
        words = part.split()
        if words:
            found.setdefault(words[0].lower(), words[1:])
    return found


def conflicts(header: str, own: str, base: str) -> Iterator[str]:
    """What the policy of a page needs and that of the server forbids, in words of the policy."""
    wanted = parsed(own)
    for text in header.split(","):  # several headers of this name are several policies, and all hold
        given = parsed(text)
        if "sandbox" in given and not {"allow-scripts", "allow-forms", "allow-same-origin"} <= set(given["sandbox"]):
            yield "sandbox"
        for name in _CHECKED:
            allowed = given.get(name, given.get("default-src") if name in _FETCHED else None)
            if allowed is None:
                continue
            for source in wanted.get(name, []):
                if source.lower() != "'none'" and not _admits(allowed, source, base):
                    yield f"{name} 不许 {source}"


def _admits(allowed: list[str], source: str, base: str) -> bool:
    """Whether a list of sources takes in a source."""
    lower, low = [one.lower() for one in allowed], source.lower()
    if source in allowed or low in lower:
        return True
    if low == "'self'":
        parts = urlsplit(base)
        return any(_is_host(one, parts.scheme, parts.netloc.lower()) for one in lower)
    if low.startswith(("'sha", "'nonce-", "'unsafe-inline'")):
        return "'unsafe-inline'" in lower and not any(one.startswith(("'sha", "'nonce-")) for one in lower)
    if low.endswith(":") or low.startswith("'"):
        return False
    parts = urlsplit(low if "://" in low else f"https://{low}")
    return any(_is_host(one, parts.scheme, parts.netloc) for one in lower)


def _is_host(pattern: str, scheme: str, netloc: str) -> bool:
    """Whether a source that names hosts takes in a host."""
    if pattern in {"*", f"{scheme}:"}:
        return True
    if pattern.startswith("'"):
        return False
    parts = urlsplit(pattern if "://" in pattern else f"{scheme}://{pattern}")
    if parts.scheme not in {scheme, "http"}:
        return False
    at = parts.netloc
    return netloc == at or (at.startswith("*.") and netloc.endswith(at[1:]))
