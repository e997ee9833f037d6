"""Reading letters, whom something concerns, and how far reminding has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from prasan.accounts.models import User
from prasan.agencies.models import Call, CallAnswer, Posting
from prasan.agencies.queries import Person, within_reach
from prasan.awards.models import Edition, Entry, Judge
from prasan.awards.rules import ENTER
from prasan.cases.models import Note
from prasan.innovations.models import Innovation
from prasan.kernel.calendar import today
from prasan.notices import rules
from prasan.notices.models import Letter, WithoutMail
from prasan.notices.occasions import REMINDER
from prasan.planning.models import Need, Proposal
from prasan.planning.queries.calls import answers_of, holders_of, unattended


@dataclass(frozen=True, slots=True)
class Reminding:
    """How many people are still to be reminded of a call, how many were, and how its letters went.

    `unattended` are those asked who have not answered and for whom nobody is posted.
    """

    to_remind: int
    reminded: int
    unattended: int
    by_site_only: int
    failed: int


def letters_for(user: Person) -> QuerySet[Letter]:
    """The person's own letters, the newest first."""
    return within_reach(user, rules.READ_LETTER, Letter.objects.all()).order_by("-pk")


def unread_letters_of(user: User) -> int:
    """How many letters the person has not opened yet."""
    return letters_for(user).filter(read_at=None).count()


def wants_mail(user: User) -> bool:
    """Whether the person wants letters by e-mail, too."""
    return not WithoutMail.objects.filter(person=user).exists()


def reason_in(letter: Letter) -> str:
    """The public reason given with what the letter tells of; empty where there is none, or it was erased."""
    if letter.entry_id is None:
        return ""
    note = Note.objects.filter(entry_id=letter.entry_id, audience=Note.Audience.PUBLIC).first()
    return note.text if note is not None else ""


def people_asked(answers: QuerySet[CallAnswer]) -> dict[User, list[CallAnswer]]:
    """Who gives these answers to a call today, each with what he answers for."""
    asked = list(answers.select_related("area", "agency").order_by("pk"))
    by_area = {answer.area_id: answer for answer in asked if answer.area_id}
    by_agency = {answer.agency_id: answer for answer in asked if answer.agency_id}
    people: dict[User, list[CallAnswer]] = {}
    for posting in holders_of(answers).select_related("person"):
        near = (by_area.get(posting.area_id), by_agency.get(posting.agency_id))
        own = people.setdefault(posting.person, [])
        given = answers_of(posting, [answer for answer in near if answer is not None])
        own += [answer for answer in given if answer not in own]
    return people


def owing(call: Call) -> QuerySet[CallAnswer]:
    """The answers to a call that have not come."""
    return call.answers.filter(answered_at=None)


def reminded_of(call: Call) -> set[int]:
    """The ids of those who were reminded of the call."""
    return set(_reminders(call).values_list("person_id", flat=True))


def reminding_of(call: Call) -> Reminding:
    """How far reminding those who have not answered has come."""
    dispatch = Letter.Dispatch
    counted: Mapping[str, int] = Letter.objects.filter(call=call).aggregate(
        reminded=Count("pk", filter=Q(kind=REMINDER.kind)),
        by_site_only=Count(
            "pk", filter=Q(dispatch__in=(dispatch.NO_ADDRESS, dispatch.SWITCHED_OFF, dispatch.NO_MAIL))
        ),
        failed=Count("pk", filter=Q(dispatch=dispatch.FAILED)),
    )
    left = holders_of(owing(call)).exclude(person__in=_reminders(call).values("person"))
    return Reminding(
        to_remind=left.order_by().aggregate(people=Count("person", distinct=True))["people"],
        unattended=unattended(owing(call)).count(),
        **counted,
    )


def authors_of(case: Need | Proposal) -> QuerySet[User]:
    """Whom a case concerns as those who asked: who told of a need, and whoever told of one joined to it.

    Of a proposal: who wrote or submitted it or what it was made of, and who told of the needs it answers.
    Nobody whose account is closed.
    """
    if isinstance(case, Need):
        told = Need.objects.filter(Q(pk=case.pk) | Q(joined_to=case.pk))
        return User.objects.filter(is_active=True, pk__in=told.values("created_by")).order_by("pk")
    told = Need.objects.filter(Q(proposals=case.pk) | Q(joined_to__proposals=case.pk))
    return User.objects.filter(
        Q(pk=case.created_by_id)
        | Q(pk__in=Proposal.submitters.through.objects.filter(proposal=case.pk).values("user"))
        | Q(pk__in=told.values("created_by")),
        is_active=True,
    ).order_by("pk")


def _reminders(call: Call) -> QuerySet[Letter]:
    return Letter.objects.filter(kind=REMINDER.kind, call=call)


def entrants_of(entry: Entry) -> QuerySet[User]:
    """Who began or sent an entry for an award and has an open account."""
    keys = [entry.created_by_id, entry.submitted_by_id]
    return User.objects.filter(is_active=True, pk__in=[key for key in keys if key is not None]).order_by("pk")


def judges_of(edition: Edition, judge: int | None = None) -> QuerySet[User]:
    """The judges of an edition who have score sheets to fill in, or one of them."""
    seats = Judge.objects.filter(panel__edition=edition, left_at=None, sheets__state="open")
    if judge is not None:
        seats = seats.filter(pk=judge)
    return User.objects.filter(is_active=True, pk__in=seats.values("person")).order_by("pk")


def may_enter(edition: Edition) -> QuerySet[User]:
    """Who enters innovations for an agency that has one, by the posts held today."""
    day = today()
    owners = Innovation.objects.filter(state__in=("draft", "proposed", "registered")).values("owner")
    posts = Posting.objects.filter(
        Q(ends=None) | Q(ends__gte=day),
        role__in={grant.role for grant in ENTER.grants},
        agency__in=owners,
        starts__lte=day,
    )
    return User.objects.filter(is_active=True, pk__in=posts.values("person")).order_by("pk")


def drafting_for(edition: Edition) -> QuerySet[User]:
    """Who began an entry that is not entered yet."""
    drafts = edition.entries.filter(state="draft").values("created_by")
    return User.objects.filter(is_active=True, pk__in=drafts).order_by("pk")
