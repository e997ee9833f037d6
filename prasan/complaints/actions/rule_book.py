"""Versions of the routing rules of a province: drafting, changing, and putting one in force."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move_in_act
from prasan.cases.words import cleaned
from prasan.complaints import events, rules
from prasan.complaints.models import Kind, RoutingRule, RuleBook
from prasan.complaints.routing import words_of
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.places.models import Area, Level

MOST_RULES = 300
"""Lines of one version."""


@dataclass(frozen=True, slots=True)
class RuleWords:
    """One rule as it is asked for: every kind without `kind`, by the mandate without `agency`."""

    area: Area
    kind: Kind | None = None
    words: str = ""
    agency: Agency | None = None
    is_lead: bool = True


@transaction.atomic
def draft_rules(province: Area, *, by: User | None) -> RuleBook:
    """Begin a version with the rules now in force; it changes nothing until it is put in force."""
    province = Area.objects.select_for_update(no_key=True).get(pk=province.pk)
    if province.level != Level.PROVINCE:
        raise Refused(_("Routing rules are those of a province."))
    book = RuleBook(area=province, created_by=by)
    posting = require(by, rules.DRAFT_RULES, book)
    earlier = RuleBook.objects.filter(area=province)
    book.number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
    begin(book, by=by, posting=posting, after={"area": province.pk, "number": book.number})
    in_force = earlier.filter(state="in_force").first()
    if in_force is not None:
        rows = list(in_force.rows.order_by("position"))
        for row in rows:
            row.pk, row.book = None, book
        RoutingRule.objects.bulk_create(rows)
    return book


@transaction.atomic
def add_rule(book: RuleBook, words: RuleWords, *, by: User | None) -> RoutingRule:
    """Add a rule below the others of a draft."""
    book, posting = _open(book, by)
    if book.rows.count() >= MOST_RULES:
        raise Refused(_("Please write at most %(most)d rules.") % {"most": MOST_RULES})
    if not words.area.path.startswith(book.area.path):
        raise Refused(_("The place lies outside the province. Please choose one inside it."))
    if words.kind is not None and words.kind.is_restricted:
        raise Refused(_("Complaints against officials are not sent by rules."))
    last = book.rows.aggregate(last=Max("position"))["last"] or 0
    rule = RoutingRule.objects.create(
        book=book,
        position=last + 1,
        kind=words.kind,
        area=words.area,
        words=", ".join(words_of(cleaned(words.words, 200))),
        agency=words.agency,
        is_lead=words.is_lead,
    )
    facts = {"position": rule.position, "kind": rule.kind_id, "area": rule.area_id, "agency": rule.agency_id}
    record(events.RULE_ADDED, book, by=by, posting=posting, after=facts)
    return rule


@transaction.atomic
def move_rule(book: RuleBook, position: int, *, up: bool, by: User | None) -> None:
    """Let a rule of a draft change places with the one above or below it; at the end it stays."""
    book, posting = _open(book, by)
    there = position - 1 if up else position + 1
    if set(book.rows.filter(position__in=(position, there)).values_list("position", flat=True)) == {
        position,
        there,
    }:
        book.rows.filter(position__in=(position, there)).update(position=position + there - F("position"))
        facts = {"from": position, "to": there}
        record(events.RULE_MOVED, book, by=by, posting=posting, after=facts)


@transaction.atomic
def remove_rule(book: RuleBook, position: int, *, by: User | None) -> None:
    """Take a rule out of a draft; those below move up."""
    book, posting = _open(book, by)
    gone, _each = book.rows.filter(position=position).delete()
    if not gone:
        raise Refused(_("This rule is no longer there."))
    book.rows.filter(position__gt=position).update(position=F("position") - 1)
    record(events.RULE_REMOVED, book, by=by, posting=posting, before={"position": position})


@transaction.atomic
def put_rules_in_force(book: RuleBook, *, by: User | None) -> RuleBook:
    """Let a version take effect in place of the one before; nobody does so with his own draft."""
    Area.objects.select_for_update(no_key=True).get(pk=book.area_id)
    if not book.rows.filter(is_lead=True).exists():
        raise Refused(_("Please write at least one rule that says who answers."))
    require(by, rules.PUT_RULES_IN_FORCE, book)
    for before in RuleBook.objects.filter(area=book.area_id, state="in_force").exclude(pk=book.pk):
        move_in_act(before, "replace", by=None, after={"by": book.number})
    return move_in_act(book, "put_in_force", by=by)


def _open(book: RuleBook, by: User | None) -> tuple[RuleBook, int | None]:
    book = RuleBook.objects.select_for_update(of=("self",)).select_related("area").get(pk=book.pk)
    posting = require(by, rules.DRAFT_RULES, book)
    if book.state != "draft":
        raise Refused(_("This version is no longer changed. Please begin a new one."))
    return book, posting
