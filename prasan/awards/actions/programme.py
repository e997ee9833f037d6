"""Entering a programme of awards, and writing its rules of eligibility."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.agencies.queries import require
from prasan.awards import eligibility, events, rules
from prasan.awards.models import EligibilityRule, Programme, RuleSet
from prasan.cases.words import cleaned
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.ledger.seals import Facts

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,59}")
NEW = "new"
"""Stands in the address of the form for a new programme, so it names none."""


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule of eligibility: its kind and what it asks for."""

    kind: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def found_programme(
    code: str, name_th: str, organiser: Agency, *, by: User | None, name_en: str = ""
) -> Programme:
    """Enter a programme of awards with the agency that organises it."""
    programme = Programme(
        code=code.strip().lower(),
        name_th=cleaned(name_th, 300),
        name_en=cleaned(name_en, 300),
        organiser=organiser,
    )
    posting = require(by, rules.FOUND_PROGRAMME, programme)
    if not _CODE.fullmatch(programme.code) or programme.code == NEW:
        raise Refused(_("Please write the code with 2 to 60 small Latin letters, digits or hyphens."))
    if not programme.name_th:
        raise Refused(_("Please give the name in Thai."))
    try:
        with transaction.atomic():
            programme.save()
    except IntegrityError as error:
        raise Refused(_("A programme with the code “%s” exists already.") % programme.code) from error
    facts: Facts = {"code": programme.code, "organiser": organiser.pk}
    record(events.PROGRAMME_FOUNDED, programme, by=by, posting=posting, after=facts)
    return programme


@transaction.atomic
def write_rules(
    programme: Programme,
    year_from: int,
    words: Sequence[RuleWords],
    *,
    by: User | None,
    source_th: str,
    source_en: str = "",
) -> RuleSet:
    """Add a version of the rules of a programme; editions keep the version with which they opened."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    posting = require(by, rules.ORGANISE, programme)
    source = cleaned(source_th, 300)
    if not source:
        raise Refused(_("Please say what the rules are based on."))
    for each in words:
        if fault := eligibility.fault_of(each.kind, each.parameters):
            raise Refused(fault)
    rule_set = RuleSet.objects.create(
        programme=programme,
        year_from=year_from,
        number=programme.rule_sets.count() + 1,
        source_th=source,
        source_en=cleaned(source_en, 300),
    )
    EligibilityRule.objects.bulk_create(
        EligibilityRule(
            rule_set=rule_set, position=position, kind=each.kind, parameters=dict(each.parameters)
        )
        for position, each in enumerate(words, start=1)
    )
    facts: Facts = {"version": rule_set.number, "from": year_from, "kinds": [each.kind for each in words]}
    record(events.RULES_WRITTEN, programme, by=by, posting=posting, after=facts)
    return rule_set
