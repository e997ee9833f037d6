"""Letters of what the ledger tells: written once for each person, then queued to be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from prasan.accounts.models import User
from prasan.agencies.models import Call, CallAnswer
from prasan.awards.models import Edition
from prasan.awards.models import Entry as Entered
from prasan.cases.queries import case_kinds, label_of, posts_of
from prasan.complaints.models import Complaint
from prasan.complaints.queries import holders_over, those_who_owe
from prasan.innovations.models import Adoption, Cookbook, FollowUpOrder
from prasan.innovations.queries import givers_of, owners_of, readers_of_sending, receivers_of
from prasan.kernel.calendar import FiscalYear
from prasan.kernel.dates import format_date
from prasan.kernel.flow import Workflow
from prasan.kernel.text import clean
from prasan.ledger.actions import hearing
from prasan.ledger.models import Entry
from prasan.ledger.queries import subject_of
from prasan.notices.models import Letter, WithoutMail
from prasan.notices.occasions import OCCASIONS, Occasion, Whom
from prasan.notices.queries import (
    authors_of,
    entrants_of,
    judges_of,
    may_enter,
    owing,
    people_asked,
)
from prasan.planning.models import CallException, Need, Proposal, Routing

SEND = "prasan.notices.send"
"""Name of the job that sends some letters."""

TELL_OF_COOKBOOK = "prasan.notices.tell_of_cookbook"
"""Name of the job that writes the next portion of letters about a cookbook."""

QUEUE = "notices"
AT_ONCE = 50
"""Letters that one job sends over one connection."""

PORTION = 500
"""Letters that one job writes where an act concerns thousands."""

AFTER_ALL_ELSE = -10
"""Priority of sending: a mail server that is slow holds up nothing but letters."""

TITLE_LIMIT = 200
LISTED = 5
"""Places and agencies that a letter names before it says how many more there are."""

Facts = Mapping[str, str]


@hearing(OCCASIONS)
@transaction.atomic
def write_letters(entry_id: int) -> int:
    """Write a letter to everybody whom an entry of the ledger concerns; how many are new.

    Told twice of the same entry, it writes nothing more.
    """
    entry = Entry.objects.filter(pk=entry_id).first()
    occasion = OCCASIONS.get(entry.kind) if entry is not None else None
    if entry is None or occasion is None:
        return 0
    if occasion.whom in (Whom.AUTHORS, Whom.AUTHORS_IF_HELPER):
        return _write_of_case(occasion, entry)
    if occasion.whom in (Whom.MAY_ENTER, Whom.JUDGES, Whom.ENTRANTS):
        return _write_of_award(occasion, entry)
    if occasion.whom in (Whom.HIGHER_POST, Whom.WHO_OWES, Whom.OFFICER):
        return _write_of_complaint(occasion, entry)
    if occasion.whom is Whom.READERS:
        return write_of_cookbook(entry_id)
    if occasion.whom is Whom.OWNER:
        return _write_of_adoption(occasion, entry)
    if occasion.whom in (Whom.RECEIVER, Whom.GIVER):
        return _write_of_order(occasion, entry)
    return _write_of_call(occasion, entry)


@transaction.atomic
def write_of_cookbook(entry_id: int, after: int = 0) -> int:
    """Tell a portion of those to whom a cookbook was sent, from this person on, and queue the next portion.

    Once for a person and a cookbook, however many of his agencies got it and however often it was sent. A
    portion and the job of the next one come together or not at all.
    """
    entry = Entry.objects.get(pk=entry_id)
    rows = Cookbook.objects.filter(state="published", innovation__state="registered")
    cookbook = rows.select_related("innovation__owner").filter(pk=entry.subject_id).first()
    if cookbook is None or "sent_at" not in entry.after:  # withdrawn since, or sent before there were letters
        return 0
    sent_at = datetime.fromisoformat(str(entry.after["sent_at"]))
    portion = list(readers_of_sending(cookbook, sent_at).filter(pk__gt=after)[:PORTION])

    def facts(person: User) -> Facts:
        return {"name": cookbook.innovation.title, "agency": str(cookbook.innovation.owner)}

    people = [person for person in portion if person.pk != entry.actor_id]
    written = _write(OCCASIONS[entry.kind], people, facts, subject=subject_of(cookbook), entry_id=None)
    if len(portion) == PORTION:
        job = app.configure_task(TELL_OF_COOKBOOK, queue=QUEUE, priority=AFTER_ALL_ELSE)
        job.defer(entry_id=entry_id, after=portion[-1].pk)
    return written


def write_of_call(
    occasion: Occasion,
    call: Call,
    people: Mapping[User, Sequence[CallAnswer]],
    *,
    entry_id: int | None = None,
    told: Callable[[str], Facts] = lambda language: {},
) -> int:
    """Write to people who are asked to answer a call, each in his language of what he answers for."""

    def facts(person: User) -> Facts:
        return {**_facts_of(call, person.language), **told(person.language), "asked": _listed(people[person])}

    return _write(occasion, people, facts, subject=subject_of(call), call=call, entry_id=entry_id)


def one_line(text: str, limit: int = TITLE_LIMIT) -> str:
    """The text as the title of a letter: one line without control characters, cut where it is too long."""
    line = " ".join(clean(text).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def _write_of_call(occasion: Occasion, entry: Entry) -> int:
    call = Call.objects.select_related("agency").filter(pk=entry.subject_id).first()
    if call is None:
        return 0
    answers, told = owing(call), dict[str, date]()
    if occasion.whom is Whom.ASKED:
        answers = call.answers.all()
    if occasion.whom is Whom.LET_IN:
        exception = CallException.objects.select_related("area").get(pk=entry.after["exception"])
        if exception.area is not None:
            answers = answers.filter(area__path__startswith=exception.area.path)
        else:
            answers = answers.filter(agency=exception.agency_id)
        told = {"until": exception.until}
    elif "closes" in entry.after:
        told = {"closes": date.fromisoformat(str(entry.after["closes"]))}
    people = {who: own for who, own in people_asked(answers).items() if who.pk != entry.actor_id}
    return write_of_call(
        occasion,
        call,
        people,
        entry_id=None if occasion.once else entry.pk,
        told=lambda language: {name: format_date(day, language) for name, day in told.items()},
    )


def _write_of_case(occasion: Occasion, entry: Entry) -> int:
    case = _case_of(occasion, entry)
    if case is None:
        return 0
    people = [person for person in authors_of(case) if person.pk != entry.actor_id]
    post = posts_of([entry])[entry.pk] if people else None

    def facts(person: User) -> Facts:
        name = case.title if isinstance(case, Need) else case.name
        return {"name": name, "step": str(label_of(_workflow_of(entry), entry.kind))}

    def opening(told: Facts) -> str:
        if isinstance(case, Need):
            return _("This is about the need “%(name)s”, of which you told.") % told
        return (
            _("This is about the proposal “%(name)s”, which you wrote or which answers a need of yours.")
            % told
        )

    def closing() -> str:
        if post is None or entry.actor_id is None:
            return ""
        return _("By: %(post)s") % {"post": ", ".join(filter(None, (post.post, post.body)))}

    return _write(
        occasion, people, facts, subject=subject_of(case), entry_id=entry.pk, opening=opening, closing=closing
    )


def _write_of_complaint(occasion: Occasion, entry: Entry) -> int:
    of_referral = occasion.whom is Whom.OFFICER
    rows = Complaint.objects.select_related("area")
    found = rows.filter(referrals=int(entry.subject_id)) if of_referral else rows.filter(pk=entry.subject_id)
    complaint = found.first()
    if complaint is None:
        return 0
    people = [
        person for person in _told_of_complaint(occasion, entry, complaint) if person.pk != entry.actor_id
    ]

    def facts(person: User) -> Facts:
        return {
            "name": complaint.number,
            "step": str(label_of(_workflow_of(entry), entry.kind)),
            "days": str(entry.after.get("days_late", "")),
        }

    return _write(occasion, people, facts, subject=(entry.subject_kind, entry.subject_id), entry_id=entry.pk)


def write_of_edition(
    occasion: Occasion, edition: Edition, people: Iterable[User], *, entry_id: int | None = None
) -> int:
    """Write to people about an edition of an award, each in his language; no entry is named."""

    def facts(person: User) -> Facts:
        days = {"opens": edition.opens, "closes": edition.closes}
        told = {name: format_date(day, person.language) for name, day in days.items() if day is not None}
        return {"name": str(edition), **told}

    return _write(occasion, people, facts, subject=subject_of(edition), entry_id=entry_id)


def _write_of_award(occasion: Occasion, entry: Entry) -> int:
    if occasion.whom is Whom.ENTRANTS:
        return _write_of_entrant(occasion, entry)
    edition = Edition.objects.select_related("programme").filter(pk=entry.subject_id).first()
    if edition is None:
        return 0
    judge = entry.after.get("judge")
    one = judge if isinstance(judge, int) else None
    told = judges_of(edition, one) if occasion.whom is Whom.JUDGES else may_enter(edition)
    people = [person for person in told if person.pk != entry.actor_id]
    return write_of_edition(occasion, edition, people, entry_id=entry.pk)


def _write_of_entrant(occasion: Occasion, entry: Entry) -> int:
    entered = Entered.objects.select_related("innovation", "edition__programme").filter(pk=entry.subject_id)
    told = entered.first()
    if told is None:
        return 0
    people = [person for person in entrants_of(told) if person.pk != entry.actor_id]
    mend_by = entry.after.get("mend_by")

    def facts(person: User) -> Facts:
        due = format_date(date.fromisoformat(str(mend_by)), person.language) if mend_by else "–"
        return {"name": told.title, "step": str(label_of(_workflow_of(entry), entry.kind)), "due": due}

    def opening(_told: Facts) -> str:
        words = {"name": told.title, "award": str(told.edition)}
        return _("This is about “%(name)s”, which your agency entered for: %(award)s.") % words

    return _write(occasion, people, facts, subject=subject_of(told), entry_id=entry.pk, opening=opening)


def _write_of_adoption(occasion: Occasion, entry: Entry) -> int:
    rows = Adoption.objects.select_related("innovation", "agency")
    adoption = rows.filter(pk=entry.subject_id).first()
    if adoption is None:
        return 0

    def facts(person: User) -> Facts:
        return {"name": adoption.innovation.title, "agency": str(adoption.agency)}

    people = [person for person in owners_of(adoption) if person.pk != entry.actor_id]
    return _write(occasion, people, facts, subject=subject_of(adoption), entry_id=entry.pk)


def _write_of_order(occasion: Occasion, entry: Entry) -> int:
    rows = FollowUpOrder.objects.select_related("innovation", "agency", "giver")
    order = rows.filter(pk=entry.subject_id).first()
    if order is None:
        return 0

    def facts(person: User) -> Facts:
        return {
            "name": order.innovation.title,
            "step": str(label_of(order.workflow, entry.kind)),
            "agency": str(order.agency),
            "giver": str(order.giver),
            "due": format_date(order.due_on, person.language),
        }

    told = givers_of(order) if occasion.whom is Whom.GIVER else receivers_of(order)
    people = [person for person in told if person.pk != entry.actor_id]
    return _write(occasion, people, facts, subject=subject_of(order), entry_id=entry.pk)


def _told_of_complaint(occasion: Occasion, entry: Entry, complaint: Complaint) -> Iterable[User]:
    if occasion.whom is Whom.HIGHER_POST:
        return holders_over(complaint, str(entry.after["role"]))
    if occasion.whom is Whom.OFFICER:
        return User.objects.filter(pk=entry.after["officer"], is_active=True)
    return those_who_owe(complaint)


def _case_of(occasion: Occasion, entry: Entry) -> Need | Proposal | None:
    if occasion.whom is Whom.AUTHORS_IF_HELPER:
        routing = (
            Routing.objects.select_related("proposal").filter(pk=entry.subject_id, is_lead=False).first()
        )
        return routing.proposal if routing is not None else None
    if entry.subject_kind == Need.workflow.code:
        return Need.objects.filter(pk=entry.subject_id).first()
    return Proposal.objects.filter(pk=entry.subject_id).first()


def _workflow_of(entry: Entry) -> Workflow:
    return case_kinds()[entry.subject_kind].workflow


def _write(
    occasion: Occasion,
    people: Iterable[User],
    facts: Callable[[User], Facts],
    *,
    subject: tuple[str, str],
    entry_id: int | None,
    call: Call | None = None,
    opening: Callable[[Facts], str] = lambda told: "",
    closing: Callable[[], str] = lambda: "",
) -> int:
    """Write what is not written yet and queue it; of two who write the same at once, one writes it."""
    written = Letter.objects.filter(
        kind=occasion.kind, subject_kind=subject[0], subject_id=subject[1], entry_id=entry_id
    )
    people = list(people)
    known = set(written.filter(person__in=people).values_list("person_id", flat=True))
    addressed = {person.pk: person for person in people if person.pk not in known}
    silent = set(WithoutMail.objects.filter(person__in=addressed).values_list("person_id", flat=True))
    letters = []
    for person in addressed.values():
        with override(person.language):
            told = facts(person)
            parts = (opening(told), str(occasion.words) % told, closing())
            letters.append(
                Letter(
                    person=person,
                    kind=occasion.kind,
                    subject_kind=subject[0],
                    subject_id=subject[1],
                    entry_id=entry_id,
                    call=call,
                    language=person.language,
                    title=one_line(str(occasion.title) % told),
                    words="\n\n".join(filter(None, parts)),
                    dispatch=_dispatch_to(person, is_silent=person.pk in silent),
                )
            )
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    _queue(written.filter(person__in=addressed, dispatch=Letter.Dispatch.WAITING).order_by("pk"))
    return len(letters)


def _dispatch_to(person: User, *, is_silent: bool) -> str:
    if not settings.LETTERS_GO_BY:
        return Letter.Dispatch.NO_MAIL
    if is_silent:
        return Letter.Dispatch.SWITCHED_OFF
    return Letter.Dispatch.WAITING if person.email else Letter.Dispatch.NO_ADDRESS


def _queue(letters: QuerySet[Letter]) -> None:
    keys = list(letters.values_list("pk", flat=True))
    job = app.configure_task(SEND, queue=QUEUE, priority=AFTER_ALL_ELSE)
    for first in range(0, len(keys), AT_ONCE):
        job.defer(letter_ids=[*keys[first : first + AT_ONCE]])


def _facts_of(call: Call, language: str) -> Facts:
    year = call.fiscal_year
    return {
        "call": call.title,
        "agency": str(call.agency),
        "year": str(year) if language == "th" else f"{year} ({FiscalYear(year).ends.year})",
        "opens": format_date(call.opens, language),
        "closes": format_date(call.closes, language),
    }


def _listed(answers: Sequence[CallAnswer]) -> str:
    """What a person answers for, the first few by name."""
    names = [answer.area.title if answer.area else str(answer.agency) for answer in answers[:LISTED]]
    if more := len(answers) - len(names):
        names.append(_("%(number)d more") % {"number": more})
    return ", ".join(names)
