"""The rules that records are judged by, in the order of the rule list.

Each is a function that yields findings. Its docstring is one Chinese sentence, since it goes into docs/rules.md, which
editors read; everything else here is English as elsewhere.
"""

from __future__ import annotations

from . import (
    citations,
    codes,
    consent,
    contact,
    dates,
    deputies,
    issued_codes,
    lesson_media,
    lesson_numbers,
    lessons,
    locations,
    mandates,
    names,
    printing,
    receptions,
    regions,
    site,
    stations,
)
from .rule import GroupRule, Rule

RULES: tuple[Rule | GroupRule, ...] = (
    *(codes.form, codes.check_symbol, codes.duplicate),
    *(issued_codes.vanished, issued_codes.changed, issued_codes.reused),
    *(regions.code_form, regions.duplicate, regions.level_disagrees, regions.parent_missing, regions.parent_unknown),
    *(regions.parent_loop, regions.unknown),
    *(stations.kind, stations.outside_area, stations.parent_dangling, stations.parent_loop),
    *(stations.merged_into_missing, stations.merged_into_unexpected, stations.merged_into_dangling),
    *(stations.merged_into_loop, stations.merged_with_active_deputies),
    *(deputies.station_dangling, deputies.successor_dangling),
    *(consent.contact_without_consent, consent.photo_without_consent, consent.photo_missing),
    *(mandates.level_disagrees, mandates.township_in_subdistrict, mandates.overlap, mandates.not_on_one_chain),
    *(mandates.ends_soon, mandates.all_ended),
    *(locations.swapped, locations.outside_china),
    *(contact.phone_form, contact.url_form, contact.url_not_https),
    *(receptions.hours_order, receptions.rule_unreadable, receptions.unknown_deputy, receptions.former_deputy),
    *(receptions.exception_without_date, receptions.exception_twice, receptions.exception_to),
    *(dates.order, dates.future, dates.stale),
    *(names.characters, names.no_reading),
    *(lesson_numbers.series_missing, lesson_numbers.number_duplicate, lesson_numbers.number_changed),
    *(lessons.incomplete, lessons.dates, lessons.review_incomplete, lessons.speaker_unknown, lessons.station_unknown),
    *(lesson_media.file_missing, lesson_media.link_broken, lesson_media.recording, lesson_media.chapters),
    *(lessons.quiz, lessons.handout, lessons.laws, lesson_media.no_captions),
    *(citations.article_unknown, citations.paragraph_unknown, citations.wrong_part, citations.repealed),
    *(citations.quotation, citations.doubtful, citations.unregistered, citations.registry),
    *(site.url_form, site.media_host, site.fact_missing, site.not_used_yet),
    *(printing.colour_form, printing.colour_contrast, printing.file_missing, printing.copies_kind, printing.hours),
    *(printing.dates_order, printing.unconfirmed, printing.kept_too_short),
)
