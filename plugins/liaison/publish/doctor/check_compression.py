"""Whether text is compressed, and nothing else is, and nothing is damaged by it."""

from __future__ import annotations

from collections.abc import Iterator

from .client import Answer
from .coding import CodingError
from .findings import Finding, good
from .subject import Subject, extension
from .table import bad

_TEXT = {"html", "css", "js", "json", "xml", "svg"}
_PACKED = {"jpg", "jpeg", "png", "webp", "pdf", "zip", "mp4", "mp3", "woff2"}
_FAULTS = ("compress-damaged", "compress-unasked", "compress-missing", "compress-useless", "vary-missing")
_WORTH = 3000
"""Bytes; servers leave smaller files alone, IIS those below 2,700."""


def compression(subject: Subject) -> Iterator[Finding]:
    """Text goes out compressed to who asks for it, and comes out as it was."""
    found: dict[str, list[str]] = {name: [] for name in _FAULTS}
    for path, answer in subject.live_samples.items():
        for name in _faults(subject, path, answer):
            found[name].append(f".{extension(path)}")
    for name, seen in found.items():
        if seen:
            yield bad(name, " ".join(seen))
    if not any(found.values()):
        yield good("文字内容压缩得对，图片等没有重复压缩")


def _faults(subject: Subject, path: str, answer: Answer) -> Iterator[str]:
    end = extension(path)
    if end in _PACKED and answer.codings:
        yield "compress-useless"
    if end not in _TEXT:
        return
    plain = subject.part(path, {"Accept_Encoding": "identity"})
    if plain.codings:
        yield "compress-unasked"
    elif answer.codings and not _is_same(answer, plain):
        yield "compress-damaged"
    elif not answer.codings and len(plain.raw.body) >= _WORTH and not _takes_brotli(subject, path):
        yield "compress-missing"
    if answer.codings and not {"*", "accept-encoding"} & _words(answer.headers.get("vary", "")):
        yield "vary-missing"


def _takes_brotli(subject: Subject, path: str) -> bool:
    return subject.part(path, {"Accept_Encoding": "br"}).codings == ["br"]


def _is_same(answer: Answer, plain: Answer) -> bool:
    """Whether both are the same once they are unpacked, as far as they were read."""
    try:
        return answer.raw.is_cut or plain.raw.is_cut or answer.body == plain.body
    except CodingError:
        return False


def _words(value: str) -> set[str]:
    return {word.strip().lower() for word in value.split(",")}
