"""What of a person may be shown only with recorded consent: photo and own phone (个人信息保护法 art. 13 and 29)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liaison.model.deputies import Deputy
from liaison.records.case import Case
from liaison.records.document import Path
from liaison.records.filed import Filed
from liaison.records.findings import Finding
from liaison.records.text import shown

from .rule import error

_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_CONSENT = "consent: {scope: [%s], date: 同意的日期, ref: 同意书档号}"


@error("deputy/contact-without-consent")
def contact_without_consent(case: Case) -> Iterator[Finding]:
    """本人电话和手机号要有 consent（同意书），scope 里写明 phone。"""
    for filed in case.deputies:
        if filed.record.consents_to("phone") or filed.lacks("consent"):
            continue
        for path, why in _personal(filed):
            hint = f"取得书面同意后写 {_CONSENT % 'phone'}；没有同意的，改成站的电话"
            yield filed.at(*path, message=f"{why}，没有本人同意的记录，不能公开", hint=hint)


def _personal(filed: Filed[Deputy]) -> Iterator[tuple[Path, str]]:
    """Places of what is a person's own number."""
    contact = filed.record.contact
    if contact is not None and contact.phone is not None and (contact.phone_is == "本人" or _is_mobile(contact.phone)):
        yield ("contact", "phone"), "这是本人的电话" if contact.phone_is == "本人" else "这是手机号"
    for number, channel in enumerate(filed.record.channels):
        if channel.phone is not None and _is_mobile(channel.phone):
            yield ("channels", number, "phone"), "这是手机号"


def _is_mobile(phone: str) -> bool:
    return bool(_MOBILE.fullmatch(re.sub(r"[\s-]", "", phone)))


@error("deputy/photo-without-consent")
def photo_without_consent(case: Case) -> Iterator[Finding]:
    """照片要有 consent（同意书），scope 里写明 photo。"""
    for filed in case.deputies:
        if filed.record.photo is not None and not filed.record.consents_to("photo") and not filed.lacks("consent"):
            hint = f"取得书面同意后写 {_CONSENT % 'photo'}；没有同意的，删去这一行和照片文件"
            yield filed.at("photo", message="有照片，没有本人同意的记录，不能公开", hint=hint)


@error("deputy/photo-missing")
def photo_missing(case: Case) -> Iterator[Finding]:
    """照片文件（photo）必须与记录放在同一个文件夹，是 jpg、png 或 webp。"""
    for filed in case.deputies:
        photo = filed.record.photo
        if photo is None or (path := f"{filed.folder}/{photo}") in case.pictures or path in case.refused:
            continue
        message = f"记录旁没有照片文件“{shown(photo)}”"
        yield filed.at("photo", message=message, hint=f"把照片放到 {filed.folder}/，文件名与这里一致，或删去这一行")
