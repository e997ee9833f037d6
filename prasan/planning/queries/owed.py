"""Who in an area has not answered a call that still waits, and the proposals that wait for their review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Left, Length, RowNumber

from prasan.agencies.models import Call, CallAnswer
from prasan.agencies.queries import Person, decide, holds_anywhere, within_reach
from prasan.cases.searching import inside_area
from prasan.kernel.calendar import FiscalYear, today
from prasan.places.models import COUNTRY, PARENTS, Area, Level
from prasan.places.queries import last_code_inside
from prasan.planning import rules
from prasan.planning.models import CallTerms, Proposal
from prasan.planning.queries.calls import Progress
from prasan.planning.queries.reviews import not_reviewed

FIRST_NAMED = 12
"""How many of those who have not answered a call are named at once; all of them stand in its list."""

_KINDS = {2 * Level.VILLAGE: "village", 2 * Level.TAMBON: "tambon", None: "agency"}
"""Who was asked, by the length of the code of the area; an agency has none."""

_OTHER = "other"


@dataclass(frozen=True, slots=True)
class Owed:
    """What one call is still owed by those inside an area; `first` are the first few who owe it."""

    call: Call
    kinds: Mapping[str, Progress]
    first: tuple[CallAnswer, ...] = ()

    @property
    def missing(self) -> int:
        """How many have not answered."""
        return sum(progress.missing for progress in self.kinds.values())

    @property
    def days_past(self) -> int:
        """How many days ago its last day was; 0 while it is open."""
        return max((today() - self.call.closes).days, 0)

    @property
    def unnamed(self) -> int:
        """How many of those who have not answered are not named."""
        return self.missing - len(self.first)


def oversees(user: Person) -> bool:
    """Whether the person keeps a board or watches calls: whom the menu takes to the overview of his area."""
    return holds_anywhere(user, rules.WORK_ON_BOARD) or holds_anywhere(user, rules.WATCH_CALL)


def calls_awaited(area: Area) -> QuerySet[Call]:
    """The calls that wait for answers from inside the area, those that close first in front.

    A call that is over waits on, as late, until the fiscal year that it plans for begins.
    """
    day = today()
    rows = Call.objects.filter(pk__in=CallTerms.objects.values("call"), opens__lte=day)
    rows = rows.filter(Q(closes__gte=day) | Q(fiscal_year__gt=FiscalYear.of(day).be))
    if area.code != COUNTRY:
        rows = rows.filter(Q(area__in=(*area.ancestor_codes, area.pk)) | Q(area__code__range=_inside(area)))
    return rows.select_related("area", "agency").order_by("closes", "pk")


def owed_in(user: Person, area: Area) -> tuple[list[Owed], dict[str, Progress]]:
    """What each call is owed inside the area and, by their codes, how many of its children were asked.

    Nothing where the person may not see the whole of it. Agencies belong to the area that called them; who
    belongs to the area itself stands under its own code. Three queries at most.
    """
    if not decide(user, rules.SEE_OWED, area):
        return [], {}
    calls = list(calls_awaited(area))
    if not calls:
        return [], {}
    answers = _answers(user, calls, area)
    by_call: dict[int, dict[str, Counter[str]]] = {call.pk: {} for call in calls}
    by_part: dict[str, Counter[str]] = {}
    digits = 2 * (area.level + 1)
    areas = {call.pk: call.area_id[:digits] for call in calls}
    for call_id, part, length, asked_there, given in _counted(answers, digits):
        numbers = Counter(asked=asked_there, given=given)
        by_call[call_id].setdefault(_KINDS.get(length, _OTHER), Counter()).update(numbers)
        by_part.setdefault(areas[call_id] if part is None else part, Counter()).update(numbers)
    first = _first(answers) if area.level > Level.COUNTRY else []
    owed = [
        Owed(
            call,
            {kind: _progress(asked[kind]) for kind in (*_KINDS.values(), _OTHER) if kind in asked},
            tuple(answer for answer in first if answer.call_id == call.pk),
        )
        for call in calls
        if (asked := by_call[call.pk])
    ]
    return owed, {part: _progress(numbers) for part, numbers in by_part.items()}


def stale_in(user: Person, area: Area) -> int | None:
    """How many proposals in the area nobody has looked at this quarter.

    None where the person does not see all of them, and of the country, where counting takes too long.
    """
    if area.code == COUNTRY or not decide(user, rules.FOLLOW_FIGURES, area):
        return None
    return not_reviewed(inside_area(Proposal.objects.all(), area.code)).count()


def _answers(user: Person, calls: Iterable[Call], area: Area) -> QuerySet[CallAnswer]:
    """The answers asked for inside the area, as far as the lists of the calls show them to the person."""
    watched = [call.pk for call in calls if decide(user, rules.WATCH_CALL, call)]
    others = [call.pk for call in calls if call.pk not in watched]
    rows = CallAnswer.objects.filter(call__in=watched)
    if others:
        own = within_reach(user, rules.VIEW_ANSWER, CallAnswer.objects.filter(call__in=others))
        rows = CallAnswer.objects.filter(Q(call__in=watched) | Q(pk__in=own.values("pk"))) if watched else own
    if area.code == COUNTRY:
        return rows
    inside = _inside(area)
    return rows.filter(Q(area__code__range=inside) | Q(area=None, call__area__code__range=inside))


def _counted(
    answers: QuerySet[CallAnswer], digits: int
) -> Iterable[tuple[int, str | None, int | None, int, int]]:
    """Call, code of the part, length of the code of who was asked, how many, and how many answered.

    Agencies have no code.
    """
    return (
        answers.order_by()
        .annotate(part=Left("area_id", digits), length=Length("area_id"))
        .values("call", "part", "length")
        .annotate(asked=Count("pk"), given=Count("answered_at"))
        .values_list("call", "part", "length", "asked", "given")
    )


def _first(answers: QuerySet[CallAnswer]) -> list[CallAnswer]:
    """The first of each call who have not answered, in the order of the call's own list.

    Codes order areas as their paths do. Names are read only of those that are told.
    """
    order = (F("area_id").asc(nulls_last=True), F("agency__sort_key").asc(nulls_last=True), F("pk").asc())
    numbered = answers.filter(answered_at=None).annotate(
        place=Window(RowNumber(), partition_by=F("call"), order_by=order)
    )
    rows = CallAnswer.objects.filter(pk__in=numbered.filter(place__lte=FIRST_NAMED).values("pk"))
    return list(rows.select_related(f"area__{PARENTS}", "agency").order_by("call", *order))


def _inside(area: Area) -> tuple[str, str]:
    return area.code, last_code_inside(area.code)


def _progress(numbers: Counter[str]) -> Progress:
    return Progress(None, numbers["asked"], numbers["given"])
