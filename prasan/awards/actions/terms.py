"""Preparing an edition: all that is declared of it, written as often as wanted until it opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.actions import made_before, wait_for_turn
from prasan.agencies.queries import require
from prasan.awards import events, rules
from prasan.awards.models import Category, Criterion, Edition, Programme, Quota, Round, RuleSet
from prasan.awards.queries.terms import terms_of
from prasan.cases.actions import begin
from prasan.cases.words import cleaned
from prasan.innovations.models import RegisterEntry
from prasan.judging.levels import award
from prasan.judging.ranking import CRITERION, DRAW, RULES
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record

MOST_ROWS = 20
"""Categories, criteria of a round, rounds and levels."""


@dataclass(frozen=True, slots=True)
class CategoryWords:
    """What is compared with each other."""

    name_th: str
    name_en: str = ""
    branch: str = ""


@dataclass(frozen=True, slots=True)
class CriterionWords:
    """A gate, or what is scored from 0 to `most` and counts `weight` times."""

    code: str
    name_th: str
    weight: Decimal = Decimal(1)
    most: Decimal = Decimal(5)
    is_gate: bool = False
    name_en: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class RoundWords:
    """A round, its criteria, and how many of each category go on after it."""

    name_th: str
    criteria: Sequence[CriterionWords]
    is_blind: bool = False
    goes_on: int | None = None
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class QuotaWords:
    """A level of award: for so many, from so many points of the sheet on, or both."""

    level: str
    places: int | None = None
    threshold: Decimal | None = None


@dataclass(frozen=True, slots=True)
class EditionWords:
    """All that is declared of an edition before it opens."""

    year: int
    opens: date
    closes: date
    categories: Sequence[CategoryWords]
    rounds: Sequence[RoundWords]
    quotas: Sequence[QuotaWords]
    tie_rules: Sequence[str] = ()
    draw: str = ""
    rule_set: RuleSet | None = None
    judges_wanted: int = 3
    most_of_body: int | None = None
    theme_th: str = ""
    theme_en: str = ""


@transaction.atomic
def begin_edition(
    programme: Programme, words: EditionWords, *, by: User | None, form_key: UUID | None = None
) -> Edition:
    """Begin to prepare the edition of a year; once for each form, and one a year."""
    wait_for_turn(form_key)
    posting = require(by, rules.ORGANISE, programme)
    if (made := made_before(form_key, Edition.objects.filter(created_by=by))) is not None:
        return made
    Programme.objects.select_for_update().get(pk=programme.pk)
    edition = Edition(programme=programme, created_by=by, form_key=form_key)
    _write_head(edition, words)
    begin(edition, by=by, posting=posting, after={"programme": programme.pk, "year": edition.year})
    _write_rows(edition, words)
    return edition


@transaction.atomic
def write_terms(edition: Edition, words: EditionWords, *, by: User | None) -> Edition:
    """Replace all that is declared of an edition that has not opened."""
    edition = locked_edition(edition)
    posting = require(by, rules.ORGANISE, edition)
    if edition.state != "prepared":
        raise Refused(_("The edition has opened: what was declared before stays as it is."))
    _write_head(edition, words)
    edition.save()
    for rows in (edition.categories, edition.rounds, edition.quotas):
        rows.all().delete()
    _write_rows(edition, words)
    record(events.TERMS_WRITTEN, edition, by=by, posting=posting, after={"year": edition.year})
    return edition


def locked_edition(edition: Edition) -> Edition:
    """The edition as it stands, held until the act ends."""
    rows = Edition.objects.select_for_update(of=("self",)).select_related("programme", "rule_set")
    found = rows.filter(pk=edition.pk).first()
    if found is None:
        raise Refused(_("This is no longer there. Please go back to the list."))
    return found


def refuse_unless_complete(edition: Edition) -> None:
    """Nothing opens before everything is declared by which it will be judged."""
    terms = terms_of(edition)
    if edition.window is None:
        raise Refused(_("Please give the first and the last day of the window."))
    if not edition.draw:
        raise Refused(_("Please give the draw number, from which lots are drawn."))
    if not edition.categories.exists():
        raise Refused(_("Please name at least one category."))
    if not terms.criteria:
        raise Refused(_("Please describe at least one round."))
    for number, asks in terms.criteria.items():
        if not any(not ask.is_gate for ask in asks):
            raise Refused(
                _("Round %(number)d needs at least one criterion that is scored.") % {"number": number}
            )
        is_last = number == terms.last_round
        if is_last == (terms.goes_on[number] is not None):
            raise Refused(
                _("Please say for every round but the last how many of each category go on after it.")
            )
    if not terms.levels:
        raise Refused(_("Please name at least one level of award, with its places or its threshold."))
    _refuse_wrong_ties(terms.ties, {ask.code for ask in terms.criteria[terms.last_round]})


def _write_head(edition: Edition, words: EditionWords) -> None:
    if not 2400 <= words.year <= 2700:
        raise Refused(_("Please give the year as a Buddhist year."))
    if words.closes < words.opens:
        raise Refused(_("The window cannot close before it opens. Please look at the two days."))
    if words.rule_set is not None and words.rule_set.programme_id != edition.programme_id:
        raise Refused(_("These rules belong to another programme."))
    twins = Edition.objects.filter(programme=edition.programme_id, year=words.year).exclude(pk=edition.pk)
    if twins.exists():
        raise Refused(_("There is an edition of this year already."))
    if words.judges_wanted < 1 or (words.most_of_body is not None and words.most_of_body < 1):
        raise Refused(_("An entry is judged by at least one judge."))
    edition.year, edition.opens, edition.closes = words.year, words.opens, words.closes
    edition.first_closes = None
    edition.theme_th, edition.theme_en = cleaned(words.theme_th, 300), cleaned(words.theme_en, 300)
    edition.rule_set = words.rule_set
    edition.draw = " ".join(cleaned(words.draw, 80).split())
    edition.tie_rules = list(words.tie_rules)
    edition.judges_wanted, edition.most_of_body = words.judges_wanted, words.most_of_body


def _write_rows(edition: Edition, words: EditionWords) -> None:
    rows = (words.categories, words.rounds, words.quotas, *(each.criteria for each in words.rounds))
    if any(len(several) > MOST_ROWS for several in rows):
        raise Refused(_("There are more than %(most)d rows. Please put some together.") % {"most": MOST_ROWS})
    Category.objects.bulk_create(
        Category(
            edition=edition,
            position=position,
            name_th=_named(each.name_th),
            name_en=cleaned(each.name_en, 200),
            branch=each.branch,
        )
        for position, each in enumerate(words.categories, start=1)
    )
    _refuse_wrong_levels(words.quotas)
    Quota.objects.bulk_create(
        Quota(
            edition=edition,
            position=position,
            level=each.level,
            places=each.places,
            threshold=each.threshold,
        )
        for position, each in enumerate(words.quotas, start=1)
    )
    for number, told in enumerate(words.rounds, start=1):
        made = Round.objects.create(
            edition=edition,
            number=number,
            name_th=_named(told.name_th),
            name_en=cleaned(told.name_en, 200),
            is_blind=told.is_blind,
            goes_on=told.goes_on,
        )
        _write_criteria(made, told.criteria)
    try:
        award([], terms_of(edition).levels)
    except ValueError as error:
        raise Refused(_("A lower level cannot ask for more points than a higher one.")) from error


def _write_criteria(made: Round, criteria: Sequence[CriterionWords]) -> None:
    codes = [each.code for each in criteria]
    if len(set(codes)) != len(codes) or not all(code.isascii() and code.isalnum() for code in codes):
        raise Refused(_("Each criterion of a round needs a code of its own, of Latin letters and digits."))
    for each in criteria:
        if not each.is_gate and not (0 < each.weight < 10_000 and 0 < each.most <= 1000):
            raise Refused(_("A criterion that is scored needs a weight and a highest mark above zero."))
    Criterion.objects.bulk_create(
        Criterion(
            round=made,
            position=position,
            code=each.code[:20],
            name_th=_named(each.name_th),
            name_en=cleaned(each.name_en, 200),
            is_gate=each.is_gate,
            weight=Decimal(0) if each.is_gate else each.weight,
            most=Decimal(1) if each.is_gate else each.most,
            meaning=cleaned(each.meaning, 2000),
        )
        for position, each in enumerate(criteria, start=1)
    )


def _named(name: str) -> str:
    if not (told := cleaned(name, 200)):
        raise Refused(_("Please give every category, round and criterion a name in Thai."))
    return told


def _refuse_wrong_levels(quotas: Sequence[QuotaWords]) -> None:
    levels = [each.level for each in quotas]
    known = set(RegisterEntry.Level.values) - {RegisterEntry.Level.UNKNOWN}
    if len(set(levels)) != len(levels) or not set(levels) <= known:
        raise Refused(_("Please name each level of award once."))
    if any(each.places is not None and each.places < 1 for each in quotas):
        raise Refused(_("A level of award has at least one place, or no limit."))


def _refuse_wrong_ties(ties: Sequence[str], codes: set[str]) -> None:
    for told in ties:
        kind, _bar, of = told.partition("|")
        if kind not in RULES or (kind == CRITERION) != bool(of) or (of and of not in codes):
            raise Refused(_("A rule for ties names a criterion of the last round, or none."))
    if not ties or ties[-1] != f"{DRAW}|":
        raise Refused(_("The last rule for ties is the draw, so that a tie is always broken."))
