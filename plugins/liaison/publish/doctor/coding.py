"""Bodies as they were before a server compressed them, within bounds."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

_GZIP, _DEFLATE = 31, 15
"""Window bits as zlib wants them: with the header of gzip, with that of zlib."""


class CodingError(ValueError):
    """The body cannot be decoded; the message is for the user."""


def decoded(body: bytes, codings: Iterable[str], most: int) -> bytes:
    """The body without its codings, the last of them first. Raises `CodingError`."""
    for coding in reversed(list(codings)):
        if coding in {"gzip", "x-gzip"}:
            body = _inflated(body, _GZIP, most)
        elif coding == "deflate":
            body = _inflated(body, _DEFLATE, most)
        elif coding != "identity":
            raise CodingError(f"用了没有要求的压缩方式 {coding[:20]}")
    return body


def _inflated(body: bytes, bits: int, most: int) -> bytes:
    machine = zlib.decompressobj(bits)
    try:
        plain = machine.decompress(body, most)
    except zlib.error:
        raise CodingError("压缩的内容解不开") from None
    if machine.unconsumed_tail:
        raise CodingError("压缩的内容解开以后大得不正常")
    if not machine.eof:
        raise CodingError("压缩的内容不完整")
    return plain
