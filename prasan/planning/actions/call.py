"""Opening a call for needs and proposals, its terms and its end; what enters it, in time or let in late."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.actions import (
    answer_call,
    extend_call,
    made_before,
    note_answers,
    open_call,
    take_back_answer_to_call,
    wait_for_turn,
)
from prasan.agencies.models import Agency, Call, CallAnswer
from prasan.agencies.queries import postings_of, require
from prasan.agencies.rules import ANSWER_CALL
from prasan.cases.words import cleaned
from prasan.kernel.calendar import today
from prasan.kernel.dates import format_date
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.places.models import Area, Level
from prasan.planning import events, rules
from prasan.planning.models import (
    Attachment,
    CallException,
    CallKind,
    CallTerms,
    Need,
    NothingToReport,
    Plan,
    ProjectKind,
    Proposal,
    StrategicIssue,
)
from prasan.planning.queries.calls import (
    agencies_to_ask,
    areas_to_ask,
    call_for_entry,
    exception_for_entry,
    owe_answer,
)
from prasan.planning.queries.required import kinds_asked

ASKED = ("villages", "tambon", "agencies")
"""Who can be asked to answer a call; all of them unless others are chosen."""


@dataclass(frozen=True, slots=True)
class TermsWords:
    """What a call asks for: in words, up to which sum, for which plan, issues and kinds of project.

    `kinds` says for each kind which kinds of file its proposals must bring.
    """

    note: str = ""
    ceiling: Decimal | None = None
    plan: Plan | None = None
    issues: Collection[StrategicIssue] = ()
    kinds: Mapping[ProjectKind, Collection[str]] = field(default_factory=dict)


@transaction.atomic
def open_planning_call(
    province: Area,
    title: str,
    words: TermsWords,
    *,
    fiscal_year: int,
    opens: date,
    closes: date,
    asked: Collection[str] = ASKED,
    by: User,
) -> Call:
    """Ask the villages, tambon and agencies of a province for needs and proposals, both days included.

    Windows of one province and year never overlap, so a form that is sent twice opens one call.
    """
    province = Area.objects.select_for_update().get(pk=province.pk)
    require(by, rules.KEEP_CALL, province)
    if province.level != Level.PROVINCE:
        raise Refused(_("A call for needs and proposals belongs to a province."))
    if not (groups := set(asked) & set(ASKED)):
        raise Refused(_("Please choose who is asked: villages, tambon or agencies."))
    if closes < today():
        raise Refused(_("This day is over. Please give today or a later day."))
    _refuse_overlap(province, fiscal_year, opens, closes)
    caller = _office_of(by, province)
    call = open_call(
        title,
        agency=caller,
        area=province,
        fiscal_year=fiscal_year,
        opens=opens,
        closes=closes,
        areas=[
            area
            for group, level in (("villages", Level.VILLAGE), ("tambon", Level.TAMBON))
            if group in groups
            for area in areas_to_ask(province, level)
        ],
        agencies=agencies_to_ask(province, caller) if "agencies" in groups else (),
        by=by,
    )
    _write_terms(CallTerms(call=call), words, call, by=by)
    return call


@transaction.atomic
def change_terms(call: Call, words: TermsWords, *, by: User | None) -> Call:
    """Write other terms, as long as nobody has answered the call."""
    call = _locked(call)
    require(by, rules.KEEP_CALL, call)
    if call.answers.exclude(answered_at=None).exists():
        raise Refused(_("Somebody has answered already, so the terms stay as they are."))
    _write_terms(CallTerms.objects.get(call=call), words, call, by=by)
    return call


@transaction.atomic
def extend_planning_call(call: Call, closes: date, *, by: User | None) -> Call:
    """Let everybody answer longer, or again, up to and with another day."""
    call = _locked(call)
    require(by, rules.KEEP_CALL, call)
    _refuse_overlap(call.area, call.fiscal_year, call.opens, closes, but=call)
    return extend_call(call, closes, by=by)


@transaction.atomic
def sign_exception(
    call: Call,
    *,
    area: Area | None = None,
    agency: Agency | None = None,
    until: date,
    reason: str,
    by: User | None,
    form_key: UUID | None = None,
) -> CallException:
    """Let late entries of an area, with all inside it, or of one agency into a call, up to and with a day.

    Once for each form: a form sent again gives the exception as it stands now.
    """
    wait_for_turn(form_key)
    call = _locked(call)
    posting = require(by, rules.KEEP_CALL, call)
    if (made := made_before(form_key, CallException.objects.filter(call=call, signed_by=by))) is not None:
        return made
    if (area is None) == (agency is None):
        raise Refused(_("Please name either a place or an agency."))
    if area is not None and not area.path.startswith(call.area.path):
        raise Refused(_("This place lies outside the area of the call."))
    if agency is not None and not agency.area.path.startswith(call.area.path):
        raise Refused(_("This agency belongs to another area. Please choose another."))
    if not (words := cleaned(reason)):
        raise Refused(_("Please give the reason for the exception."))
    if until < today() or until <= call.closes:
        raise Refused(_("An exception begins when the call is over. Please give a later day."))
    exception = CallException.objects.create(
        call=call, area=area, agency=agency, until=until, reason=words, signed_by=by, form_key=form_key
    )
    record(
        events.EXCEPTION_SIGNED,
        call,
        by=by,
        posting=posting,
        after={
            "exception": exception.pk,
            "area": area.pk if area else None,
            "agency": agency.pk if agency else None,
            "until": until.isoformat(),
        },
    )
    return exception


@transaction.atomic
def withdraw_exception(exception: CallException, *, by: User | None) -> CallException:
    """Let nobody in by an exception any more; what it let in before stays in the call."""
    call = _locked(exception.call)
    posting = require(by, rules.KEEP_CALL, call)
    exception = CallException.objects.select_for_update(of=("self",)).get(pk=exception.pk)
    if exception.withdrawn_at is not None:
        raise Refused(_("This exception is withdrawn already."))
    exception.withdrawn_at, exception.withdrawn_by = timezone.now(), by
    exception.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(
        events.EXCEPTION_WITHDRAWN,
        call,
        by=by,
        posting=posting,
        after={"exception": exception.pk, "area": exception.area_id, "agency": exception.agency_id},
    )
    return exception


@transaction.atomic
def report_nothing(answer: CallAnswer, reason: str, *, by: User | None) -> NothingToReport:
    """Answer a call with “nothing to report this year”, and why."""
    words = cleaned(reason, 500)
    if not words:
        raise Refused(_("Please say in a few words why there is nothing this year."))
    answer = answer_call(answer, by=by)
    record(events.NOTHING_REPORTED, answer.call, by=by, after={"answer": answer.pk})
    return NothingToReport.objects.create(answer=answer, reason=words, said_by=by)


@transaction.atomic
def take_back_nothing(answer: CallAnswer, *, by: User | None) -> CallAnswer:
    """Take back “nothing to report” while the call is open; the answer is owed again."""
    answer = (
        CallAnswer.objects.select_for_update(of=("self",))
        .select_related("call", "area", "agency")
        .get(pk=answer.pk)
    )
    require(by, ANSWER_CALL, answer)
    report = NothingToReport.objects.filter(answer=answer)
    if not report.exists():
        raise Refused(_("“Nothing to report” was not said here, or is taken back already."))
    if not answer.call.window.contains(timezone.now()):
        raise Refused(_("The call is not open today. Please ask the agency that opened it."))
    report.delete()
    return take_back_answer_to_call(answer, by=by)


def take_into_call(entry: Need | Proposal, *, by: User | None) -> None:
    """Count an entry as the answer of whoever was asked; Refused where it comes late or lacks required files.

    What once came in time stays in time when it is taken back, mended and entered anew.
    """
    call = entry.call
    if call is not None and isinstance(entry, Proposal) and entry.fiscal_year != call.fiscal_year:
        call = entry.call = None
    if call is None:
        call = call_for_entry(entry)
        if call is None:
            return
        if not call.window.contains(timezone.now()) and exception_for_entry(entry, call) is None:
            raise Refused(_late(call))
    if isinstance(entry, Proposal):
        _refuse_missing(entry, call)
    if entry.call is None:
        entry.call = call
        type(entry)._base_manager.filter(pk=entry.pk).update(call=call)
        own_by = entry.own_by_id if isinstance(entry, Proposal) else None
        areas = set() if own_by else _answered_with(entry, by)
        agencies = {own_by} if own_by else set()
        if owe_answer(call, areas=areas, agencies=agencies):
            note_answers(call, areas=areas, agencies=agencies, by=by)
            said = NothingToReport.objects.filter(answer__call=call)
            said.filter(Q(answer__area__in=areas) | Q(answer__agency__in=agencies)).delete()


def _answered_with(entry: Need | Proposal, by: User | None) -> set[str]:
    """The areas that answer with an entry: its own, and that for which its author holds a post around it."""
    held = {
        posting.area_id
        for posting in (postings_of(by) if by else ())
        if posting.role in ("village_head", "kamnan", "tambon_secretary")
        and entry.area.path.startswith(posting.area_path)
    }
    return {entry.area_id, *held}


def _late(call: Call) -> str:
    return _(
        "The call “%(call)s” took entries up to %(day)s, so this one comes late. Please ask the head of "
        "%(agency)s for an exception."
    ) % {
        "call": call.title,
        "day": format_date(call.closes, (get_language() or "th")[:2]),
        "agency": call.agency,
    }


def _refuse_missing(proposal: Proposal, call: Call) -> None:
    kinds = kinds_asked(call, proposal)
    if not kinds:
        return
    chosen = next((each for each in kinds if each.is_chosen), None)
    if chosen is None:
        names = ", ".join(str(each.kind) for each in kinds)
        raise Refused(
            _("The call takes these kinds of project: %(kinds)s. Please choose one of them.")
            % {"kinds": names}
        )
    if chosen.missing:
        raise Refused(
            _("The call asks for files that are still missing with “%(kind)s”: %(files)s. Please add them.")
            % {"kind": chosen.kind, "files": ", ".join(chosen.missing)}
        )


def _refuse_overlap(
    province: Area, fiscal_year: int, opens: date, closes: date, *, but: Call | None = None
) -> None:
    others = Call.objects.exclude(pk=but.pk) if but is not None else Call.objects.all()
    rows = others.filter(
        pk__in=CallTerms.objects.values("call"),
        area=province,
        fiscal_year=fiscal_year,
        opens__lte=closes,
        closes__gte=opens,
    )
    if twin := rows.first():
        raise Refused(
            _("The call “%(call)s” of the same year is open in these days. Please extend that one.")
            % {"call": twin.title}
        )


def _office_of(by: User, province: Area) -> Agency:
    for held in postings_of(by):
        if held.role == "provincial_head" and province.path.startswith(held.area_path):
            return Agency.objects.select_related("area").get(pk=held.agency_id)
    raise Refused(rules.KEEP_CALL.reason)


def _write_terms(terms: CallTerms, words: TermsWords, call: Call, *, by: User | None) -> None:
    if words.ceiling is not None and words.ceiling <= 0:
        raise Refused(_("The ceiling is a sum above zero, or left empty."))
    if words.plan is not None and words.plan.area_id != call.area_id:
        raise Refused(_("This plan belongs to another area. Please choose another."))
    for issue in words.issues:
        if issue.area_id != call.area_id or not issue.first_year <= call.fiscal_year <= issue.last_year:
            raise Refused(
                _("This strategic issue belongs to another area or other years. Please choose another.")
            )
    if any(code not in Attachment.Kind.values for codes in words.kinds.values() for code in codes):
        raise Refused(_("Please choose the required files from the list."))
    terms.note, terms.ceiling, terms.plan = cleaned(words.note), words.ceiling, words.plan
    terms.save()
    terms.issues.set(words.issues)
    terms.kinds.all().delete()
    CallKind.objects.bulk_create(
        CallKind(terms=terms, kind=kind, required=sorted(set(codes), key=Attachment.Kind.values.index))
        for kind, codes in words.kinds.items()
    )
    record(
        events.TERMS_SET,
        call,
        by=by,
        after={
            "ceiling": str(words.ceiling) if words.ceiling is not None else None,
            "plan": words.plan.pk if words.plan else None,
            "issues": sorted(issue.pk for issue in words.issues),
            "kinds": sorted(kind.pk for kind in words.kinds),
        },
    )


def _locked(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("area", "agency").get(pk=call.pk)
