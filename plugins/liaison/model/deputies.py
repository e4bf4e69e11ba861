"""Deputies and their mandates: records as they are written, typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import ConfigDict, Field

from liaison.quick import quick

from .stations import Channel
from .values import Day, Text

CongressLevel = Literal["全国", "省级", "市级", "县级", "乡级"]
CONGRESS_LEVELS: tuple[CongressLevel, ...] = get_args(CongressLevel)
DeputyStatus = Literal["active", "paused", "former", "withheld"]
HIDDEN = frozenset({"paused", "withheld"})
"""Of whom nothing is shown."""

_CLOSED = ConfigDict(extra="forbid")


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """A seat in one congress for one term; for 全国 the region is the electing province."""

    __pydantic_config__ = _CLOSED

    congress: Text
    level: CongressLevel
    region: Text
    electoral_unit: Text | None = None
    start: Day
    end: Day | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach a deputy: `phone_is` says whose number it is; 本人 needs consent."""

    __pydantic_config__ = _CLOSED

    phone: Text | None = None
    phone_is: Literal["站", "本人"] | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Recorded consent to show personal data, with its date and file number."""

    __pydantic_config__ = _CLOSED

    scope: Annotated[tuple[Literal["photo", "phone"], ...], Field(min_length=1)]
    date: Day
    ref: Text


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Deputy:
    """A deputy: `stations/<area>/<station>/deputies/<any>.yml`; one person, however many mandates."""

    __pydantic_config__ = _CLOSED

    code: Text
    name: Text
    former_names: tuple[Text, ...] = ()
    """What the same person was called before: makes a change of name one. Shown nowhere."""
    pinyin: Text | None = None
    gender: Literal["男", "女"]
    ethnicity: Text | None = None
    employer: Text | None = None
    post: Text | None = None
    photo: Text | None = None
    mandates: Annotated[tuple[Mandate, ...], Field(min_length=1)]
    also_at: tuple[Text, ...] = ()
    specialties: tuple[Text, ...] = ()
    groups: tuple[Text, ...] = ()
    channels: tuple[Channel, ...] = ()
    contact: Contact | None = None
    consent: Consent | None = None
    bio: Text | None = None
    status: DeputyStatus
    successor: Text | None = None
    verified_on: Day

    @property
    def is_hidden(self) -> bool:
        """Paused or withheld: nothing of the person may be shown."""
        return self.status in HIDDEN

    def consents_to(self, what: Literal["photo", "phone"]) -> bool:
        """Whether recorded consent covers the photo or the personal phone (个人信息保护法 art. 13)."""
        return self.consent is not None and what in self.consent.scope
