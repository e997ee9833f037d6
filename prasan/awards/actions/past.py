"""Taking in programmes with their rules, and past editions as registers of the sources tell them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from django.db import transaction

from prasan.agencies.actions import found_agency
from prasan.agencies.models import Agency
from prasan.awards import events
from prasan.awards.actions.programme import RuleWords, write_rules
from prasan.awards.models import Award, Category, Edition, EntitlementRule, Entry, Programme
from prasan.cases.actions import begin, move_in_act
from prasan.innovations.models import Register, RegisterEntry
from prasan.ledger.actions import record
from prasan.ledger.seals import Facts
from prasan.places.models import COUNTRY, Area

_HEAD = ("name_th", "name_en", "source_th", "source_en")
_EDITION = (
    "year",
    "theme_th",
    "theme_en",
    "opens",
    "closes",
    "announced_on",
    "ceremony_on",
    "remark_th",
    "remark_en",
)


def ensure_programmes() -> int:
    """Take in the programmes and past editions whose files are new or changed; how many programmes were.

    What stands already is kept: a file that changed gains what is new in it.
    """
    taken = 0
    for place in sorted(files("prasan.awards.programmes").iterdir(), key=lambda each: each.name):
        if place.name.endswith(".toml"):
            taken += _ensure(place.read_bytes())
    return taken


@transaction.atomic
def _ensure(content: bytes) -> int:
    digest, told = hashlib.sha256(content).hexdigest(), tomllib.loads(content.decode())
    head = told["programme"]
    if Programme.objects.filter(code=head["code"], digest=digest).exists():
        return 0
    named = {name: head[name] for name in _HEAD if name in head}
    programme, _is_new = Programme.objects.update_or_create(
        code=head["code"],
        defaults={**named, "digest": digest},
        create_defaults={**named, "digest": digest, "organiser": _organiser(told["organiser"])},
    )
    for rule_set in told.get("rules", ())[programme.rule_sets.count() :]:
        write_rules(
            programme,
            rule_set["year_from"],
            [RuleWords(each["kind"], each.get("parameters", {})) for each in rule_set["rule"]],
            by=None,
            source_th=rule_set["source_th"],
            source_en=rule_set["source_en"],
        )
    for rule in told.get("entitlement", ()):
        EntitlementRule.objects.update_or_create(
            programme=programme, code=rule["code"], defaults={k: v for k, v in rule.items() if k != "code"}
        )
    known = set(programme.editions.values_list("year", flat=True))
    for edition in told.get("edition", ()):
        if edition["year"] not in known:
            _take_in(programme, edition)
    facts: Facts = {"code": programme.code, "editions": programme.editions.count()}
    record(events.PROGRAMMES_LOADED, programme, by=None, after=facts)
    return 1


def _take_in(programme: Programme, told: Mapping[str, Any]) -> Edition:
    register = Register.objects.get(code=told["register"])
    edition = Edition(
        programme=programme, register=register, **{name: told[name] for name in _EDITION if name in told}
    )
    begin(edition, by=None, after={"programme": programme.pk, "year": edition.year})
    categories: dict[str, Category] = {}
    for position, each in enumerate(told["category"], start=1):
        categories[each.get("branch", "")] = Category.objects.create(
            edition=edition, position=position, **each
        )
    rows = register.entries.select_related("innovation__owner").order_by("number")
    for row in rows:
        _take_in_entry(edition, categories[row.branch], row)
    facts: Facts = {"register": register.code, "entries": len(rows)}
    return move_in_act(edition, "load", by=None, after=facts)


def _take_in_entry(edition: Edition, category: Category, row: RegisterEntry) -> None:
    innovation = row.innovation
    entry = Entry(
        edition=edition,
        category=category,
        innovation=innovation,
        owner=innovation.owner,
        number=row.number,
        content={"title": innovation.title},
    )
    begin(entry, by=None, after={"edition": edition.pk, "category": category.pk, "innovation": innovation.pk})
    if row.level == RegisterEntry.Level.UNKNOWN:
        move_in_act(entry, "load_untold", by=None)
        return
    Award.objects.create(edition=edition, entry=entry, level=row.level, branch=row.branch)
    move_in_act(entry, "load_awarded", by=None, after={"level": row.level})


def _organiser(told: Mapping[str, Any]) -> Agency:
    """The agency that organises: one that is there by its code or its name, or a new one."""
    known = Agency.objects.filter(code=told["code"]).first()
    known = known or Agency.objects.filter(name_th=told["name_th"]).first()
    if known is not None:
        return known
    return found_agency(
        code=told["code"],
        name_th=told["name_th"],
        name_en=told["name_en"],
        level=Agency.Level.CENTRAL,
        area=Area.objects.get(pk=COUNTRY),
        by=None,
    )
