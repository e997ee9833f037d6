"""Taking the registers of the sources in: who listed which innovation, with what it leaves unknown."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from importlib.resources import files
from typing import Any

from django.db import transaction

from prasan.agencies.actions import found_agency
from prasan.agencies.models import Agency
from prasan.cases.actions import begin, move_in_act
from prasan.innovations import events
from prasan.innovations.actions.content import (
    InnovationWords,
    MeasureWords,
    keep_version,
    write_areas,
    write_measure,
    write_words,
)
from prasan.innovations.actions.reading import keep_title_reading
from prasan.innovations.models import (
    ImpactMeasure,
    Innovation,
    InnovationVersion,
    PublishedFigure,
    Register,
    RegisterEntry,
)
from prasan.innovations.models.innovation import CARD
from prasan.ledger.actions import record
from prasan.places.models import COUNTRY, Area

_NUMBERS = ("base_value", "value", "whole", "published_percent")


def ensure_registers() -> int:
    """Take in the registers that are not there yet as they now read; how many were.

    What stands already is never written over: whoever mended an innovation keeps that. A register whose file
    changed gains what is new in it.
    """
    taken = 0
    for place in sorted(files("prasan.innovations.registers").iterdir(), key=lambda each: each.name):
        if place.name.endswith(".toml"):
            taken += _ensure(place.read_bytes())
    return taken


@transaction.atomic
def _ensure(content: bytes) -> int:
    digest, told = hashlib.sha256(content).hexdigest(), tomllib.loads(content.decode())
    head = told["register"]
    if Register.objects.filter(code=head["code"], digest=digest).exists():
        return 0
    named = {name: value for name, value in head.items() if name != "is_of_fiscal_year"}
    register, _is_new = Register.objects.update_or_create(
        code=head["code"], defaults={**named, "digest": digest}
    )
    register.figures.all().delete()
    PublishedFigure.objects.bulk_create(
        PublishedFigure(register=register, position=position, **figure)
        for position, figure in enumerate(told.get("figure", ()), start=1)
    )
    known = set(register.entries.values_list("number", flat=True))
    year = head["year"] if head.get("is_of_fiscal_year") else None
    for entry in told["entry"]:
        if entry["number"] not in known:
            _take_in(register, entry, year)
    record(events.REGISTER_LOADED, register, by=None, after={"entries": len(told["entry"])})
    return 1


def _take_in(register: Register, entry: Mapping[str, Any], fiscal_year: int | None) -> RegisterEntry:
    owner = _owner(entry)
    innovation = Innovation(owner=owner, area=owner.area)
    words = InnovationWords(
        title=entry["title"],
        fiscal_year=fiscal_year,
        ways=entry.get("ways", ()),
        areas=[owner.area] if owner.area_id != COUNTRY else [],
        **{name: entry.get(name, "") for name in CARD},
    )
    write_words(innovation, words)
    begin(innovation, by=None, after={"owner": owner.pk, "register": register.code})
    write_areas(innovation, words.areas)
    keep_title_reading(innovation)
    for position, told in enumerate(entry.get("measure", ()), start=1):
        measure = ImpactMeasure(innovation=innovation, position=position)
        write_measure(measure, _measure(told, register.source_th))
        measure.save()
    version = keep_version(innovation, InnovationVersion.Why.LOADED, by=None)
    innovation = move_in_act(innovation, "propose", by=None, after={"version": version.number})
    innovation = move_in_act(innovation, "register", by=None, after={"version": version.number})
    return RegisterEntry.objects.create(
        register=register,
        innovation=innovation,
        number=entry["number"],
        score=Decimal(entry["score"]) if "score" in entry else None,
        level=entry.get("level", RegisterEntry.Level.UNKNOWN),
        branch=entry.get("branch", ""),
        remark_th=entry.get("title_remark_th", ""),
        remark_en=entry.get("title_remark_en", ""),
    )


def _measure(told: Mapping[str, Any], source: str) -> MeasureWords:
    return MeasureWords(
        name=told["name_th"],
        name_en=told["name_en"],
        unit=told["unit_th"],
        unit_en=told["unit_en"],
        source=source,
        base_year=told.get("base_year"),
        year=told.get("year"),
        remark=told.get("remark_th", ""),
        remark_en=told.get("remark_en", ""),
        **{name: Decimal(told[name]) if name in told else None for name in _NUMBERS},
    )


def _owner(entry: Mapping[str, Any]) -> Agency:
    """The agency whose innovation it is: one that is there already by its code or its name, or a new one."""
    area = Area.objects.get(pk=entry.get("province", COUNTRY))
    if entry["owner"] == "province":
        code, name_th, name_en = f"province-{area.pk}", f"จังหวัด{area.name_th}", f"{area.name_en} Province"
    else:
        code, name_th, name_en = entry["owner"], entry["owner_th"], entry["owner_en"]
    known = Agency.objects.filter(code=code).first()
    known = known or Agency.objects.filter(name_th=name_th, area__path__startswith=area.path).first()
    if known is not None:
        return known
    if "owner_kind" in entry:
        level = Agency.Level.LOCAL
    else:
        level = Agency.Level.CENTRAL if area.pk == COUNTRY else Agency.Level.PROVINCIAL
    return found_agency(code=code, name_th=name_th, name_en=name_en, level=level, area=area, by=None)
