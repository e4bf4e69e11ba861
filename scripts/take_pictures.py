"""Take the pictures of README.md anew, from the built sample: `make posters site`, then this. Needs Chromium."""

from __future__ import annotations

import functools
import http.server
import io
import shutil
import threading
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
NOW = "2026-11-23T02:00:00Z"
PAGES = {
    "home": ("", False),
    "station": ("S/3F/7K2MC/", False),
    "deputy-care": ("D/7K/3M9TY/", True),
    "lesson": ("episodes/minfadian/07/", False),
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A static host that keeps its log to itself."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def take(page: Page, base: str, path: str, *, care: bool) -> bytes:
    """One page as a phone shows it, with or without care mode."""
    page.clock.set_fixed_time(NOW)
    page.goto(base + path)
    if care:
        page.get_by_role("button", name="关怀版").click()
    picture = page.screenshot()
    if care:
        page.get_by_role("button", name="关怀版").click()
    return picture


PRINTED = (("station-a4", "3F7K2MC"), ("deputy-a4", "7K3M9TY"), ("badge", "431382200"))
HIGH = 900


def posters() -> Image.Image:
    """The first pages of some printed things side by side, each as high as the others but for the badge."""
    pages = []
    for kind, part in PRINTED:
        file = next((ROOT / "posters" / "office" / kind).glob(f"*{part}*.pdf"))
        document = pypdfium2.PdfDocument(file)
        _, height = document[0].get_size()
        pages.append(document[0].render(scale=(HIGH if kind != "badge" else HIGH // 3) / height).to_pil())
        document.close()
    gap = 40
    whole = Image.new("RGB", (sum(one.width for one in pages) + gap * (len(pages) + 1), HIGH + 2 * gap), "#d9d6d2")
    at = gap
    for one in pages:
        whole.paste(one, (at, gap))
        at += one.width + gap
    return whole


def main() -> None:
    """Write all pictures, few colours each, so that they stay small."""
    handler = functools.partial(Quiet, directory=ROOT / "site")
    host = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=host.serve_forever, daemon=True).start()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        for name, (path, care) in PAGES.items():
            data = take(page, f"http://127.0.0.1:{host.server_port}/", path, care=care)
            picture = Image.open(io.BytesIO(data)).convert("RGB").quantize(64)
            picture.save(PICTURES / f"{name}.png", optimize=True)
            print(name, (PICTURES / f"{name}.png").stat().st_size)
        browser.close()
    host.shutdown()
    posters().quantize(64).save(PICTURES / "posters.png", optimize=True)


if __name__ == "__main__":
    main()
