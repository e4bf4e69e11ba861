"""Citizen pages: from the plan to finished HTML, one page at a time."""

from liaison.render.pages.renderer import Poster, Renderer, photo_source

__all__ = ["Poster", "Renderer", "photo_source"]
