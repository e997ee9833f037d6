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
from prasan.complaints.routing import has_power, words_of
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.ledger.queries import entries_about
from prasan.places.models import Area, Level

MOST_RULES = 300
"""Lines of one version."""


@dataclass(frozen=True, slots=True)
class RuleWords:
    """One rule as it is asked for: every kind without `kind`; without `agency` it goes to the local
    organisation of the place, or by the mandate."""

    area: Area
    kind: Kind | None = None
    words: str = ""
    agency: Agency | None = None
    is_lead: bool = True
    is_local: bool = False
    reason: str = ""


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
    last = book.rows.aggregate(last=Max("position"))["last"] or 0
    rule = RoutingRule(book=book, position=last + 1)
    _write(rule, book, words)
    record(events.RULE_ADDED, book, by=by, posting=posting, after=_facts(rule))
    return rule


@transaction.atomic
def change_rule(rule: RoutingRule, words: RuleWords, *, by: User | None) -> RoutingRule:
    """Say a rule of a draft otherwise; it keeps its position."""
    rule, book, posting = _open_rule(rule, by)
    before = _facts(rule)
    _write(rule, book, words)
    record(events.RULE_CHANGED, book, by=by, posting=posting, before=before, after=_facts(rule))
    return rule


@transaction.atomic
def move_rule(rule: RoutingRule, *, up: bool, by: User | None) -> None:
    """Let a rule of a draft change places with the one above or below it; at the end it stays."""
    rule, book, posting = _open_rule(rule, by)
    there = rule.position - 1 if up else rule.position + 1
    if (other := book.rows.filter(position=there).first()) is None:
        return
    facts = {"from": rule.position, "to": there}
    other.position, rule.position = rule.position, there
    RoutingRule.objects.bulk_update([other, rule], ["position"])
    record(events.RULE_MOVED, book, by=by, posting=posting, after=facts)


@transaction.atomic
def remove_rule(rule: RoutingRule, *, by: User | None) -> None:
    """Take a rule out of a draft; those below move up."""
    rule, book, posting = _open_rule(rule, by)
    position = rule.position
    rule.delete()
    book.rows.filter(position__gt=position).update(position=F("position") - 1)
    record(events.RULE_REMOVED, book, by=by, posting=posting, before={"position": position})


@transaction.atomic
def put_rules_in_force(book: RuleBook, *, by: User | None) -> RuleBook:
    """Let a version take effect in place of the one before; nobody does so with rules of his own hand."""
    Area.objects.select_for_update(no_key=True).get(pk=book.area_id)
    book = _held(book)
    require(by, rules.PUT_RULES_IN_FORCE, book)
    if by is not None and _has_written(book, by):
        raise Refused(rules.PUT_RULES_IN_FORCE.barred_reason)
    if not book.rows.filter(is_lead=True).exists():
        raise Refused(_("Please write at least one rule that says who answers."))
    for before in RuleBook.objects.filter(area=book.area_id, state="in_force").exclude(pk=book.pk):
        move_in_act(before, "replace", by=None, after={"by": book.number})
    return move_in_act(book, "put_in_force", by=by)


def _write(rule: RoutingRule, book: RuleBook, words: RuleWords) -> None:
    if not words.area.path.startswith(book.area.path):
        raise Refused(_("The place lies outside the province. Please choose one inside it."))
    if words.agency is not None and words.is_local:
        raise Refused(_("Please choose either an agency or the local organisation of the place."))
    if words.agency is not None and not _can_act(words.agency, words.area):
        raise Refused(
            _("%(agency)s has no power in this area. Please choose another.") % {"agency": words.agency}
        )
    if words.kind is not None and words.kind.is_restricted:
        raise Refused(_("Complaints against officials are not sent by rules."))
    rule.kind, rule.area = words.kind, words.area
    rule.words = ", ".join(words_of(cleaned(words.words, 200)))
    rule.agency, rule.is_lead, rule.is_local = words.agency, words.is_lead, words.is_local
    rule.reason = cleaned(words.reason, 300)
    rule.save()


def _facts(rule: RoutingRule) -> dict[str, str | int | bool | None]:
    """What the ledger keeps of a rule: never its words and reason, which somebody typed."""
    return {
        "position": rule.position,
        "kind": rule.kind_id,
        "area": rule.area_id,
        "agency": rule.agency_id,
        "is_lead": rule.is_lead,
        "is_local": rule.is_local,
    }


def _has_written(book: RuleBook, user: User) -> bool:
    """Whether the person changed a line of it, which also bars who did not begin the draft."""
    written = (events.RULE_ADDED, events.RULE_CHANGED, events.RULE_MOVED, events.RULE_REMOVED)
    kinds = [str(event) for event in written]
    return entries_about(book).filter(actor_id=user.pk, kind__in=kinds).exists()


def _can_act(agency: Agency, area: Area) -> bool:
    is_over = agency.valid_to is not None and agency.valid_to < today()
    return not is_over and has_power(agency.area.path, area.path)


def _held(book: RuleBook) -> RuleBook:
    return RuleBook.objects.select_for_update(of=("self",)).select_related("area").get(pk=book.pk)


def _open_rule(rule: RoutingRule, by: User | None) -> tuple[RoutingRule, RuleBook, int | None]:
    """A rule as it now stands, named by its key: an act sent twice never meets the next rule."""
    book, posting = _open(rule.book, by)
    found = book.rows.filter(pk=rule.pk).first()
    if found is None:
        raise Refused(_("This rule is no longer there."))
    return found, book, posting


def _open(book: RuleBook, by: User | None) -> tuple[RuleBook, int | None]:
    book = _held(book)
    posting = require(by, rules.DRAFT_RULES, book)
    if book.state != "draft":
        raise Refused(_("This version is no longer changed. Please begin a new one."))
    return book, posting
