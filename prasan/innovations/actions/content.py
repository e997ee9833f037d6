"""What an innovation says, written by people or read from a register, and how it read at each point."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from hashlib import sha256

from prasan.accounts.models import User
from prasan.cases.words import cleaned, findable, names_around
from prasan.innovations.models import ImpactMeasure, Innovation, InnovationArea, InnovationVersion
from prasan.innovations.models.innovation import CARD, PARTS, TEXTS
from prasan.innovations.queries.measures import measures_of
from prasan.places.models import Area, LocalGovernment

TITLE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """A figure before and after, with its source; what is not known is None."""

    name: str
    unit: str
    source: str
    base_year: int | None = None
    base_value: Decimal | None = None
    year: int | None = None
    value: Decimal | None = None
    whole: Decimal | None = None
    published_percent: Decimal | None = None
    remark: str = ""
    name_en: str = ""
    unit_en: str = ""
    remark_en: str = ""


@dataclass(frozen=True, slots=True)
class InnovationWords:
    """All words of an innovation as somebody gives them."""

    title: str
    title_en: str = ""
    kind: str = Innovation.Kind.UNKNOWN
    aspects: Sequence[str] = ()
    ways: Sequence[str] = ()
    fiscal_year: int | None = None
    started_on: date | None = None
    finished_on: date | None = None
    areas: Sequence[Area | LocalGovernment] = ()
    rationale: str = ""
    objective: str = ""
    work_done: str = ""
    expected_result: str = ""
    actual_result: str = ""
    problem_fit: str = ""
    difference: str = ""
    pain_point: str = ""
    solution: str = ""
    impact: str = ""


def write_words(innovation: Innovation, words: InnovationWords) -> None:
    """Set the columns of an innovation, without saving it, from what was given; Refused if it is too long."""
    innovation.title = cleaned(words.title, TITLE_LIMIT)
    innovation.title_en = cleaned(words.title_en, TITLE_LIMIT)
    innovation.kind = words.kind
    innovation.aspects = [each for each in Innovation.Aspect.values if each in words.aspects]
    innovation.ways = [each for each in Innovation.Way.values if each in words.ways]
    innovation.fiscal_year = words.fiscal_year
    innovation.started_on, innovation.finished_on = words.started_on, words.finished_on
    for name in TEXTS:
        setattr(innovation, name, cleaned(getattr(words, name)))
    innovation.search_key = findable(
        innovation.area,
        innovation.title,
        innovation.title_en,
        innovation.owner.name_th,
        innovation.owner.name_en,
        *(getattr(innovation, name) for name in (*CARD, *PARTS)),
        *(name for place in words.areas for name in _names_of(place)),
    )


def write_areas(innovation: Innovation, places: Sequence[Area | LocalGovernment]) -> None:
    """Let an innovation that is saved be carried out in these places and in no others."""
    told = {row.code: row for row in (_row_of(innovation, place) for place in places)}
    kept = set()
    for row in innovation.areas.all():
        kept.add(row.code)
        if row.code not in told:
            row.delete()
    InnovationArea.objects.bulk_create(row for code, row in told.items() if code not in kept)


def area_codes(innovation: Innovation) -> list[str]:
    """Where an innovation is carried out, as the ledger and versions keep it."""
    return [each.code for each in innovation.areas.order_by("area_id", "local_government_id")]


def codes_of(places: Sequence[Area | LocalGovernment]) -> list[str]:
    """The codes that these places will have as areas of an innovation."""
    return sorted({_row_of(Innovation(), place).code for place in places})


def write_measure(measure: ImpactMeasure, words: MeasureWords) -> None:
    """Set the columns of a figure, without saving it, from what was given; Refused if it is too long."""
    measure.name, measure.name_en = cleaned(words.name, 200), cleaned(words.name_en, 200)
    measure.unit, measure.unit_en = cleaned(words.unit, 60), cleaned(words.unit_en, 60)
    measure.base_year, measure.base_value = words.base_year, words.base_value
    measure.year, measure.value, measure.whole = words.year, words.value, words.whole
    measure.published_percent = words.published_percent
    measure.source = cleaned(words.source, 300)
    measure.remark, measure.remark_en = cleaned(words.remark, 300), cleaned(words.remark_en, 300)


def words_of_measure(measure: ImpactMeasure) -> MeasureWords:
    """What a figure says, as it was given."""
    return MeasureWords(**{each.name: getattr(measure, each.name) for each in fields(MeasureWords)})


def mark_of_measure(measure: ImpactMeasure) -> str:
    """Tells whether somebody changed a figure since it was read."""
    return sha256(repr(words_of_measure(measure)).encode()).hexdigest()[:16]


def content_of(innovation: Innovation) -> dict[str, object]:
    """All that an innovation says, as a version keeps it."""
    return {
        **_words_of(innovation),
        "areas": area_codes(innovation),
        "measures": measures_of(innovation),
    }


def mark_of_words(innovation: Innovation, areas: Sequence[str]) -> str:
    """Tells whether somebody changed the words of an innovation, carried out in these areas, since read."""
    words = {**_words_of(innovation), "areas": list(areas)}
    return sha256(json.dumps(words, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def keep_version(
    innovation: Innovation, why: InnovationVersion.Why, *, by: User | None, posting: int | None = None
) -> InnovationVersion:
    """Keep how the innovation reads now, once if nothing was changed since."""
    last, content = innovation.versions.last(), content_of(innovation)
    if last is not None and last.content == content:
        return last
    return InnovationVersion.objects.create(
        innovation=innovation,
        number=last.number + 1 if last else 1,
        why=why,
        content=content,
        made_by=by,
        posting_id=posting,
    )


def _words_of(innovation: Innovation) -> dict[str, object]:
    words = {
        name: getattr(innovation, name)
        for name in ("title", "title_en", "kind", "aspects", "ways", "fiscal_year", *TEXTS)
    }
    days = {
        name: day.isoformat() if (day := getattr(innovation, name)) else None
        for name in ("started_on", "finished_on")
    }
    return {**words, **days}


def _row_of(innovation: Innovation, place: Area | LocalGovernment) -> InnovationArea:
    if isinstance(place, Area):
        return InnovationArea(innovation=innovation, area=place)
    return InnovationArea(innovation=innovation, area=place.amphoe or place.province, local_government=place)


def _names_of(place: Area | LocalGovernment) -> Iterator[str]:
    if isinstance(place, Area):
        yield names_around(place)
        return
    yield names_around(place.amphoe or place.province)
    for each in place.kinds.filter(valid_to=None):
        yield f"{each.full_name_th} {each.name_en}"
