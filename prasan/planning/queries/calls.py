"""Calls for needs and proposals: which one an entry goes to, who has answered it, and who still owes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Left
from django.utils import timezone

from prasan.agencies.models import Agency, Call, CallAnswer, Posting
from prasan.agencies.queries import Person, decide, holding_now, postings_of, within_reach
from prasan.agencies.rules import VIEW_CALL
from prasan.kernel.calendar import BANGKOK, FiscalYear, today
from prasan.kernel.words import search_key
from prasan.places.models import PARENTS, Area, Level
from prasan.planning import rules
from prasan.planning.models import CallException, CallTerms, Need, NothingToReport, Proposal

COUNTS_NOT = ("draft", "agency_draft", "withdrawn", "declined", "refused", "merged", "split")
"""States of a proposal whose money does not count against the ceiling of its call."""

_ANSWER_FOR_AREAS = ("village_head", "kamnan", "tambon_secretary")
_ANSWER_FOR_AGENCIES = ("agency_officer", "local_officer")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many were asked inside an area, or of the agencies where it is None, and how many answered."""

    area: Area | None
    asked: int
    answered: int

    @property
    def missing(self) -> int:
        """How many still owe an answer."""
        return self.asked - self.answered


def calls_for(user: Person) -> QuerySet[Call]:
    """The calls for needs and proposals, those that close last in front."""
    rows = Call.objects.filter(pk__in=CallTerms.objects.values("call")).select_related("area", "agency")
    return within_reach(user, VIEW_CALL, rows).order_by("-closes", "-pk")


def call_for_entry(entry: Need | Proposal, moment: datetime | None = None) -> Call | None:
    """The call that an entry goes to, the open one first; None where there is or was none of its year.

    A need is one of the coming fiscal year, for which plans are being made, unless a call is open now.
    """
    day = (moment or timezone.now()).astimezone(BANGKOK).date()
    around = [*entry.area.ancestor_codes, entry.area.pk]
    if isinstance(entry, Proposal):
        of_planning = Call.objects.filter(pk__in=CallTerms.objects.values("call"))
        begun = of_planning.filter(area__in=around, opens__lte=day, fiscal_year=entry.fiscal_year)
        return begun.order_by("-closes", "pk").first()
    asked = {"areas": around, "day": day, "year": FiscalYear.of(day).next.be}
    return next(iter(Call.objects.raw(_CALL_FOR_NEED, asked)), None)


def owe_answer(call: Call, *, areas: Collection[str], agencies: Collection[int]) -> bool:
    """Whether one of these was asked and has not answered, or only said that there is nothing to report."""
    with connection.cursor() as cursor:
        cursor.execute(_OWED, {"call": call.pk, "areas": list(areas), "agencies": list(agencies)})
        return bool(cursor.fetchone()[0])


# Written out, because every need that comes in asks both: putting them together took longer than the answers.
_CALL_FOR_NEED = """
SELECT call.* FROM agencies_call AS call JOIN planning_callterms AS terms ON terms.call_id = call.id
WHERE call.area_id = ANY(%(areas)s) AND call.opens <= %(day)s
  AND (call.closes >= %(day)s OR call.fiscal_year = %(year)s)
ORDER BY call.closes < %(day)s, call.fiscal_year, call.closes DESC, call.id
LIMIT 1
"""
_OWED = """
SELECT EXISTS (
    SELECT FROM agencies_callanswer AS answer
    LEFT JOIN planning_nothingtoreport AS said ON said.answer_id = answer.id
    WHERE answer.call_id = %(call)s
      AND (answer.area_id = ANY(%(areas)s::text[]) OR answer.agency_id = ANY(%(agencies)s::bigint[]))
      AND (answer.answered_at IS NULL OR said.answer_id IS NOT NULL)
)
"""


def exception_for_entry(
    entry: Need | Proposal, call: Call, moment: datetime | None = None
) -> CallException | None:
    """What lets this entry into a call that is over: an exception for its place, or for its agency."""
    day = (moment or timezone.now()).astimezone(BANGKOK).date()
    agency = entry.own_by_id if isinstance(entry, Proposal) else None
    area = entry.area
    whom = Q(agency=agency) if agency is not None else Q(area__in=(*area.ancestor_codes, area.pk))
    rows = CallException.objects.filter(whom, call=call, until__gte=day, withdrawn_at=None)
    return rows.order_by("-until", "pk").first()


def exceptions_of(call: Call) -> QuerySet[CallException]:
    """Who was let in late, the latest signature first; those withdrawn since, too."""
    rows = CallException.objects.filter(call=call)
    return rows.select_related(f"area__{PARENTS}", "agency").order_by("-signed_at", "-pk")


def answers_for(user: Person, call: Call) -> QuerySet[CallAnswer]:
    """Those who were asked, as far as the person may see: all to who watches the call, else his own part."""
    rows = call.answers.select_related(f"area__{PARENTS}", "agency")
    if not decide(user, rules.WATCH_CALL, call):
        rows = within_reach(user, rules.VIEW_ANSWER, rows)
    reported = NothingToReport.objects.filter(answer=OuterRef("pk"))
    return rows.annotate(has_nothing=Exists(reported)).order_by("area__path", "agency__sort_key", "pk")


def named(answers: QuerySet[CallAnswer], text: str) -> QuerySet[CallAnswer]:
    """Those of the answers whose place or agency has every word of the text in its name."""
    for word in text.split():
        key = search_key(word)
        answers = answers.filter(
            Q(area__search_key__contains=key)
            | Q(area__search_key_en__contains=key)
            | Q(agency__search_key__contains=key)
        )
    return answers


def progress_by_kind(answers: QuerySet[CallAnswer]) -> dict[str, Progress]:
    """How many villages, tambon and agencies were asked and have answered, in one query."""
    rows = answers.order_by().values("area__level").annotate(asked=Count("pk"), given=Count("answered_at"))
    names: dict[int | None, str] = {Level.VILLAGE: "villages", Level.TAMBON: "tambon", None: "agencies"}
    found = {names[row["area__level"]]: Progress(None, row["asked"], row["given"]) for row in rows}
    return {name: found[name] for name in names.values() if name in found}


def progress_below(answers: QuerySet[CallAnswer], area: Area) -> list[Progress]:
    """The areas one level below, each with how many inside it were asked and have answered."""
    length = 2 * (area.level + 1)
    rows = (
        answers.filter(area__path__startswith=area.path, area__level__gt=area.level)
        .order_by()
        .annotate(below=Left("area_id", length))
        .values("below")
        .annotate(asked=Count("pk"), given=Count("answered_at"))
    )
    counted = {row["below"]: (row["asked"], row["given"]) for row in rows}
    areas = Area.objects.filter(code__in=counted).select_related(PARENTS).order_by("moo", "sort_key", "code")
    return [Progress(each, *counted[each.pk]) for each in areas]


def answers_owed_by(user: Person) -> QuerySet[CallAnswer]:
    """The answers that are asked of the very area or agency of the person's post and can be given today."""
    postings = postings_of(user)
    areas = {held.area_id for held in postings if held.role in _ANSWER_FOR_AREAS}
    agencies = {held.agency_id for held in postings if held.role in _ANSWER_FOR_AGENCIES}
    if not areas and not agencies:
        return CallAnswer.objects.none()
    day = today()
    late = CallException.objects.filter(
        Q(area=OuterRef("area")) | Q(agency=OuterRef("agency")), until__gte=day, withdrawn_at=None
    )
    return (
        CallAnswer.objects.filter(Q(area__in=areas) | Q(agency__in=agencies), answered_at=None)
        .filter(call__in=CallTerms.objects.values("call"), call__opens__lte=day)
        .filter(Q(call__closes__gte=day) | Exists(late.filter(call=OuterRef("call"))))
        .select_related("call", f"area__{PARENTS}", "agency")
        .order_by("call__closes", "pk")
    )


def holders_of(answers: QuerySet[CallAnswer]) -> QuerySet[Posting]:
    """The postings from which these answers to calls are given today, of people who may sign in."""
    areas = answers.order_by().filter(area__isnull=False).values("area")
    agencies = answers.order_by().filter(agency__isnull=False).values("agency")
    of_areas = Q(role__in=_ANSWER_FOR_AREAS, area__in=areas)
    of_agencies = Q(role__in=_ANSWER_FOR_AGENCIES, agency__in=agencies)
    return _held_today().filter(of_areas | of_agencies).order_by("person_id", "pk")


def unattended(answers: QuerySet[CallAnswer]) -> QuerySet[CallAnswer]:
    """Those of the answers for which nobody is posted today."""
    of_area = Q(role__in=_ANSWER_FOR_AREAS, area=OuterRef("area"))
    of_agency = Q(role__in=_ANSWER_FOR_AGENCIES, agency=OuterRef("agency"))
    return answers.exclude(Exists(_held_today().filter(of_area | of_agency)))


def answers_of(posting: Posting, answers: Iterable[CallAnswer]) -> list[CallAnswer]:
    """Those of the answers that are given from a posting."""
    if posting.role_id in _ANSWER_FOR_AREAS:
        return [answer for answer in answers if answer.area_id == posting.area_id]
    return [answer for answer in answers if answer.agency_id == posting.agency_id]


def _held_today() -> QuerySet[Posting]:
    return holding_now(Posting.objects.filter(person__is_active=True))


def nothing_reported_by(user: Person, call: Call) -> QuerySet[NothingToReport]:
    """What the person could take back: “nothing to report” of the areas and agencies of his posts."""
    postings = postings_of(user)
    areas = {held.area_id for held in postings if held.role in _ANSWER_FOR_AREAS}
    agencies = {held.agency_id for held in postings if held.role in _ANSWER_FOR_AGENCIES}
    rows = NothingToReport.objects.filter(answer__call=call)
    rows = rows.filter(Q(answer__area__in=areas) | Q(answer__agency__in=agencies))
    return rows.select_related(f"answer__area__{PARENTS}", "answer__agency").order_by("pk")


def call_open_for_areas_of(user: Person) -> Call | None:
    """The call, open today, that closes first of those that ask in the areas of the person's posts."""
    postings = postings_of(user)
    codes = {held.area_id[:2] for held in postings}
    if not codes:
        return None
    day = today()
    rows = Call.objects.filter(
        pk__in=CallTerms.objects.values("call"), area__in=codes, opens__lte=day, closes__gte=day
    )
    return rows.order_by("closes", "pk").first()


def asked_so_far(call: Call) -> Decimal:
    """What the proposals of a call ask for together, those given up left out."""
    rows = Proposal.objects.filter(call=call).exclude(state__in=COUNTS_NOT)
    total: Decimal | None = rows.aggregate(total=Sum("budget_asked"))["total"]
    return total or Decimal(0)


def provinces_to_call(user: Person) -> QuerySet[Area]:
    """The provinces in which the person may open a call."""
    rows = Area.objects.filter(level=Level.PROVINCE, is_abolished=False)
    return within_reach(user, rules.KEEP_CALL, rows).order_by("sort_key")


def agencies_to_ask(province: Area, caller: Agency) -> QuerySet[Agency]:
    """The offices of the province that exist today, but for the one that asks."""
    rows = Agency.objects.filter(area=province).exclude(pk=caller.pk)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=today()))
    return rows.order_by("sort_key", "pk")


def areas_to_ask(province: Area, level: Level) -> QuerySet[Area]:
    """The villages or tambon of a province that exist today."""
    rows = Area.objects.filter(path__startswith=province.path, level=level, is_abolished=False)
    return rows.order_by("path")
