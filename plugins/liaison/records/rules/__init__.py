"""The rules that records are judged by, in the order of the rule list."""

from __future__ import annotations

from .rule import Rule

RULES: tuple[Rule, ...] = ()
