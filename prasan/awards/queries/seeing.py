"""What a judge is shown of an entry: in a blind round nothing that gives it away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Field, prefetch_related_objects

from prasan.agencies.models import Agency
from prasan.awards.masking import KNOWN_AS, Identity, identity_of, masked
from prasan.awards.models import Entry, Round, ScoreSheet
from prasan.innovations.models import Evidence, Innovation
from prasan.innovations.models.innovation import TEXTS
from prasan.judging.draw import ticket
from prasan.places.models import Area, Level, LocalGovernment, LocalGovernmentKind

Provinces = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence as it was entered; without key and address for the judge of a blind round.

    The key opens its file, where there is one that was not taken away since.
    """

    title: str
    address: str = ""
    key: int | None = None


@dataclass(frozen=True)
class Seen:
    """An entry as a judge sees it in a round; in a blind one everything that gives it away is masked.

    A blind round shows no owner and no area, and of evidence its title alone: what a file holds cannot be
    masked.
    """

    entry: Entry
    round: Round
    provinces: Provinces
    areas: tuple[Area, ...]
    bodies: tuple[LocalGovernment, ...]

    @cached_property
    def identity(self) -> Identity:
        """What would give the entry away."""
        named: list[Agency | LocalGovernmentKind | Area] = [self.entry.owner, *self.entry.supporters.all()]
        for body in self.bodies:
            named += body.kinds.all()
        named += self.areas
        return identity_of(
            [each.name_th for each in named],
            [each.name_en for each in named],
            self.provinces,
            [alias for area in self.areas for alias in KNOWN_AS.get(area.pk, ())],
        )

    @property
    def code(self) -> str:
        """By which people speak of it: its number, or in a blind round a lot, which tells nothing."""
        if self.round.is_blind:
            return ticket(self.round.edition.draw, f"blind {self.entry.pk}")[:6].upper()
        return str(self.entry.number or self.entry.pk)

    @property
    def title(self) -> str:
        """The title as the judge reads it."""
        return self._shown(self.entry.title)

    @property
    def owner(self) -> str:
        """Whose it is; empty in a blind round."""
        return "" if self.round.is_blind else str(self.entry.owner)

    @property
    def parts(self) -> list[Part]:
        """What the innovation says, as it was entered."""
        return [Part(each.heading, self._shown(each.words)) for each in parts_of(self.entry)]

    @property
    def measures(self) -> list[Part]:
        """Figures before and after, each with its source."""
        found = measures_of(self.entry)
        return [Part(self._shown(each.heading), self._shown(each.words)) for each in found]

    @property
    def evidence(self) -> list[Proof]:
        """What others can look at, as it was entered."""
        found = evidence_of(self.entry)
        return [Proof(self._shown(each.title)) for each in found] if self.round.is_blind else found

    def _shown(self, text: object) -> str:
        return masked(str(text), self.identity) if self.round.is_blind else str(text)


def parts_of(entry: Entry) -> list[Part]:
    """What the innovation of an entry said when it was entered, for those who may know whose it is."""
    return [
        Part(str(_field(name).verbose_name), words)
        for name in TEXTS
        if (words := str(entry.content.get(name) or ""))
    ]


def measures_of(entry: Entry) -> list[Part]:
    """The figures before and after of an entry as it was entered, each with its source."""
    return [Part(str(each["name"]), _figure(each)) for each in entry.content.get("measures") or []]


def evidence_content(innovation: Innovation) -> list[dict[str, object]]:
    """The evidence of an innovation as an entry keeps it: what is added later is not judged."""
    return [
        {"id": each.pk, "title": each.title, "address": each.address}
        for each in innovation.evidence.order_by("pk")
    ]


def evidence_of(entry: Entry) -> list[Proof]:
    """The evidence of an entry as it was entered."""
    with_file = set(entry.innovation.evidence.filter(file__isnull=False).values_list("pk", flat=True))
    return [
        Proof(each["title"], each["address"], each["id"] if each["id"] in with_file else None)
        for each in entry.content.get("evidence", ())
    ]


def file_entered(entry: Entry, number: int) -> Evidence | None:
    """The evidence of this key with its file, if it was entered with one that is still there."""
    if number not in {each["id"] for each in entry.content.get("evidence", ())}:
        return None
    rows = entry.innovation.evidence.filter(file__isnull=False).select_related("file")
    return rows.filter(pk=number).first()


def seen_on(sheets: Iterable[ScoreSheet]) -> list[tuple[ScoreSheet, Seen]]:
    """Sheets with what their judges see of the entries; as many queries for all of them as for one."""
    rows = list(sheets)
    prefetch_related_objects([sheet.entry.innovation for sheet in rows], "areas")
    provinces = tuple(
        Area.objects.filter(level=Level.PROVINCE).values_list("name_th", "name_en").order_by("pk")
    )
    around = {sheet.pk: _codes_around(sheet.entry) for sheet in rows}
    areas = Area.objects.in_bulk({code for codes in around.values() for code in codes})
    told = {sheet.pk: _bodies_told(sheet.entry) for sheet in rows}
    bodies = LocalGovernment.objects.prefetch_related("kinds").in_bulk(
        {key for keys in told.values() for key in keys}
    )
    return [
        (
            sheet,
            Seen(
                sheet.entry,
                sheet.round,
                provinces,
                _known(around[sheet.pk], areas),
                tuple(bodies[key] for key in sorted(told[sheet.pk]) if key in bodies),
            ),
        )
        for sheet in rows
    ]


def _field(name: str) -> Field[Any, Any]:
    """A column of an innovation."""
    return next(each for each in Innovation._meta.concrete_fields if each.name == name)


def _known(codes: Collection[str], areas: Mapping[str, Area]) -> tuple[Area, ...]:
    return tuple(areas[code] for code in sorted(codes) if code in areas and areas[code].level)


def _codes_around(entry: Entry) -> set[str]:
    """The areas of the owner and those in which it is carried out, with all around them."""
    told = {entry.innovation.area_id, entry.owner.area_id} | {area for area, _body in _places_told(entry)}
    return {code[:end] for code in told for end in range(2, len(code) + 1, 2)}


def _bodies_told(entry: Entry) -> set[str]:
    """Keys of the local governments that carry it out."""
    return {body for _area, body in _places_told(entry) if body is not None}


def _places_told(entry: Entry) -> set[tuple[str, str | None]]:
    """Where it is carried out, as it was entered and as it is told now: words may name either."""
    told: set[tuple[str, str | None]] = {
        (each.area_id, each.local_government_id) for each in entry.innovation.areas.all()
    }
    for code in entry.content.get("areas", ()):
        area, _colon, body = str(code).partition(":")
        told.add((area, body or None))
    return told


def _figure(measure: Mapping[str, object]) -> str:
    before = f"{measure['base_value']} ({measure['base_year']}) → " if measure.get("base_value") else ""
    after = measure.get("value") or "–"
    return f"{before}{after} {measure.get('unit', '')} · {measure.get('source', '')}"
