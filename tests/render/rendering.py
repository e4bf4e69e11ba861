"""Pages of hand-made registers through the real templates, in a shell that holds nothing but the slots."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date

import jinja2
from PIL import Image

from liaison.model.register import Register
from liaison.plan.pages import Page, Plan, plan, record_pages
from liaison.render import photos
from liaison.render.pages import Renderer
from liaison.render.pages.views import Qr
from liaison.render.shell import Shell
from support.html import PageFacts, read_page
from support.registers import TODAY
from support.sites import REPOSITORY

SHELL = Shell.parse(
    "<!doctype html><html><head><title>%%liaison:title%%</title>"
    '<meta name="description" content="%%liaison:description%%"><link rel="canonical" href="%%liaison:canonical%%">'
    "%%liaison:head%%</head><body><main>%%liaison:body%%</main></body></html>"
)
ASSETS = {"css": "a.css", "js": "a.js", "entry_js": "entry.js", "manual_css": "m.css"}
QR = Qr(image="data:image/png;base64,", size=100, code="3F7 K2MC", url="https://example.gov.cn/zt/S/3F/7K2MC/")


def planned(register: Register, today: date = TODAY) -> Plan:
    return plan(register, today)


def pages_of(plan: Plan) -> Iterator[Page]:
    """The pages of a site: those of the plan, then those of all stations and deputies."""
    yield from plan.pages
    yield from record_pages(plan.register, plan.register.stations, plan.register.deputies)


def renderer(plan: Plan, given: Mapping[str, bytes] | None = None) -> Renderer:
    """Photos by path; any other file is read as a grey picture."""

    def photo(_code: str, path: str) -> photos.Encoded:
        return photos.encode((given or {}).get(path) or _grey())

    loader = jinja2.FileSystemLoader(REPOSITORY / "overrides")
    return Renderer(plan, dict.fromkeys(range(8), SHELL), loader, photo, ASSETS)


def _grey() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 40), "grey").save(out, "PNG")
    return out.getvalue()


def page_of(plan: Plan, kind: str, *key: str) -> Page:
    return next(page for page in pages_of(plan) if page.kind == kind and page.key[: len(key)] == key)


def markup(plan: Plan, kind: str, *key: str) -> str:
    """The HTML of the first page of a kind, of what the key names."""
    return dict(renderer(plan).files(page := page_of(plan, kind, *key)))[f"{page.path}index.html"].decode()


def shown(plan: Plan, kind: str, *key: str) -> PageFacts:
    """What a reader finds on it."""
    return read_page(markup(plan, kind, *key))
