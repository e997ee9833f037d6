"""Figures of complaints for those who answer for an area: how many, how long, how well."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from prasan.agencies.queries import Person, postings_of
from prasan.complaints import rules
from prasan.complaints.counting import Cell, percentile
from prasan.complaints.models import Complaint
from prasan.complaints.states import OPEN
from prasan.kernel.rights import Reach
from prasan.places.models import COUNTRY, Area, Level
from prasan.places.queries import last_code_inside

ALL_KINDS = "*"
_DIGITS = {Level.COUNTRY: 2, Level.PROVINCE: 4, Level.AMPHOE: 6, Level.TAMBON: 8, Level.VILLAGE: 8}
"""How many digits the codes of the areas one level below have."""


@dataclass(frozen=True, slots=True)
class Period:
    """Months in a row, first and last by their first days; without either it is all time."""

    first: date = date.min
    last: date = date.max


@dataclass(slots=True)
class Figures:
    """Counts of what is true of some complaints; `days` are those it took, by what ended."""

    counts: Counter[str] = field(default_factory=Counter)
    days: dict[str, Counter[int]] = field(default_factory=dict)

    def add(self, what: str, days: int, number: int) -> None:
        """Count so many more of it."""
        if days < 0:
            self.counts[what] += number
        else:
            self.days.setdefault(what, Counter())[days] += number

    @property
    def raw(self) -> int:
        """Complaints as they were told, each by itself."""
        return self.counts["told"]

    @property
    def repeats(self) -> int:
        """Those joined to the main one of their problem."""
        return self.counts["state:repeated"]

    @property
    def once(self) -> int:
        """Once for each problem."""
        return self.raw - self.repeats

    @property
    def open(self) -> int:
        """Those on which somebody owes something still."""
        return sum(self.counts[f"state:{state}"] for state in OPEN)

    @property
    def closed(self) -> int:
        """Those that came to their end."""
        return self.counts["state:closed"]

    @property
    def late(self) -> int:
        """Those that took longer than they may, ended or not."""
        return self.counts["late"]

    @property
    def reopened(self) -> int:
        """Those that were opened again at least once."""
        return self.counts["reopened"]

    @property
    def across(self) -> int:
        """Repeats that came through another door or another agency than the one they repeat."""
        return self.counts["across"]

    @property
    def rated(self) -> int:
        """How many senders said how well it was settled."""
        return self.days.get("rated", Counter()).total()

    @property
    def mean_mark(self) -> float | None:
        """Their mean mark, from 1 to 5; None of none."""
        marks = self.days.get("rated", Counter())
        return sum(mark * number for mark, number in marks.items()) / marks.total() if marks.total() else None

    def within(self, what: str, part: float) -> int | None:
        """The working days within which this part came to that end; None of none."""
        return percentile(self.days.get(what, {}), part)

    @property
    def half_closed_in(self) -> int | None:
        """Working days within which half were closed: the median."""
        return self.within("closed_in", 0.5)

    @property
    def most_closed_in(self) -> int | None:
        """Working days within which nine of ten were closed."""
        return self.within("closed_in", 0.9)

    @property
    def half_acknowledged_in(self) -> int | None:
        """Working days within which an agency took half of them up."""
        return self.within("acknowledged_in", 0.5)

    @property
    def half_answered_in(self) -> int | None:
        """Working days within which an agency answered half of them."""
        return self.within("answered_in", 0.5)

    @property
    def most_answered_in(self) -> int | None:
        """Working days within which it answered nine of ten."""
        return self.within("answered_in", 0.9)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The figures of an area, and of its parts: by kind, by month, by the area below, by agency."""

    total: Figures
    by_kind: Mapping[str, Figures]
    by_month: Mapping[date, Figures]
    by_area: Mapping[str, Figures]
    by_agency: Mapping[int, Figures]


def areas_with_figures(user: Person) -> list[str]:
    """The paths of the areas of which the person sees figures: those in which he sees all complaints."""
    roles = {grant.role for grant in rules.VIEW.grants if grant.reach is Reach.AREA}
    return sorted({posting.area_path for posting in postings_of(user) if posting.role in roles})


def may_see_figures(user: Person, area: Area) -> bool:
    """Whether the person sees the figures of an area."""
    return any(area.path.startswith(path) for path in areas_with_figures(user))


def complaint_figures(area: Area, period: Period, kind: str = ALL_KINDS) -> Breakdown:
    """All figures of an area in a period, of one kind or of all; those against officials are left out.

    What the tally keeps is read from there, the rest counted from the cases: the areas below an amphoe, and
    those below a province of one kind.
    """
    asked = {
        "area": area.pk,
        "first": area.pk if area.pk != COUNTRY else "",
        "last": last_code_inside(area.pk),
        "kind": kind,
        "since": period.first,
        "until": period.last,
    }
    of_all = kind == ALL_KINDS
    has_kinds = area.level <= Level.PROVINCE
    has_sums = has_kinds or (area.level == Level.AMPHOE and of_all)
    has_parts = area.level == Level.COUNTRY or (area.level == Level.PROVINCE and of_all)
    cases = (
        _Cases() if has_kinds and has_parts else _counted(area, asked, has_kinds=has_kinds, has_sums=has_sums)
    )
    of_kinds = _read(_BY_KIND, asked) if has_kinds else cases.by_kind
    of_months = _read(_BY_MONTH, asked) if has_sums else cases.by_month
    of_parts = _read(_BY_AREA, asked) if has_parts else cases.by_area
    of_agencies = _read(_BY_AGENCY, asked) if has_sums else _read(_AGENCIES, asked)
    by_kind = _figures(of_kinds)
    by_kind.pop(ALL_KINDS, None)
    total = Figures()
    for _month, what, days, number in of_months:
        total.add(what, days, number)
    return Breakdown(total, by_kind, _figures(of_months), _figures(of_parts), _figures(of_agencies))


def told_by_amphoe(provinces: Collection[str], first: date, last: date) -> dict[str, dict[Cell, int]]:
    """How many complaints each amphoe of these provinces had of each kind, by the code of the province.

    Those against officials are left out.
    """
    found: dict[str, dict[Cell, int]] = {code: {} for code in provinces}
    rows = _read(
        "SELECT above, area_code, kind, sum(number)::bigint FROM complaints_tallynow"
        " WHERE above = ANY(%s) AND length(area_code) = 4 AND kind <> '*' AND agency_id = 0"
        " AND what = 'told' AND month BETWEEN %s AND %s GROUP BY 1, 2, 3 HAVING sum(number) <> 0",
        [list(provinces), first, last],
    )
    for province, amphoe, kind, number in rows:
        found[province][amphoe, kind] = number
    return found


def first_month() -> date | None:
    """The month of the first complaint; None where there is none."""
    first = Complaint.objects.order_by("pk").values_list("created_at", flat=True).first()
    return date(first.year, first.month, 1) if first is not None else None


Sums = list[tuple[Any, str, int, int]]
"""Of what (a kind, a month, an area or an agency), what is so, days and how many."""

_TALLIED = """
SELECT {key}, what, days, sum(number)::bigint FROM complaints_tallynow
WHERE {which} AND month BETWEEN %(since)s AND %(until)s GROUP BY 1, 2, 3 HAVING sum(number) <> 0
"""
_BY_KIND = _TALLIED.format(key="kind", which="area_code = %(area)s AND agency_id = 0")
_BY_MONTH = _TALLIED.format(key="month", which="area_code = %(area)s AND kind = %(kind)s AND agency_id = 0")
_BY_AREA = _TALLIED.format(key="area_code", which="above = %(area)s AND kind = %(kind)s AND agency_id = 0")
_BY_AGENCY = _TALLIED.format(
    key="agency_id", which="area_code = %(area)s AND kind = %(kind)s AND agency_id > 0"
)

_IS_ASKED = "(%(kind)s = '*' OR kind_id = %(kind)s)"

# Complaints that are alike in all that is counted are put together before it is asked what is so of them: an
# index alone answers that, and there are far fewer such classes than complaints.
_CASES = """
WITH alike AS (
    SELECT left(area_id, {digits}) AS area, coalesce(kind_id, '') AS kind, {month} AS month, state, was_late,
           times_reopened, is_across, satisfaction, days_used, {is_asked} AS is_asked, count(*) AS number
    FROM complaints_complaint
    WHERE area_id BETWEEN %(first)s AND %(last)s AND {which} AND NOT is_restricted
      AND complaints_month(created_at) BETWEEN %(since)s AND %(until)s
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
)
SELECT grouping(kind, month, area), coalesce(kind, area), month, what, days, sum(number)::bigint,
       sum(number) FILTER (WHERE is_asked)::bigint
FROM (
    SELECT area, kind, month, what, days, number, is_asked
    FROM alike, complaints_facts(state, was_late, times_reopened, is_across, satisfaction, days_used)
) AS facts
GROUP BY GROUPING SETS ((kind, what, days), (month, what, days), (area, what, days))
"""
_OF_KIND, _OF_MONTH, _OF_AREA = 0b011, 0b101, 0b110

_AGENCIES = """
SELECT sent.agency_id, fact.what, fact.days, count(*)
FROM complaints_complaint AS told JOIN complaints_referral AS sent ON sent.complaint_id = told.id,
     complaints_facts(sent) AS fact
WHERE told.area_id BETWEEN %(first)s AND %(last)s AND NOT told.is_restricted
  AND (%(kind)s = '*' OR told.kind_id = %(kind)s)
  AND complaints_month(told.created_at) BETWEEN %(since)s AND %(until)s GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class _Cases:
    """What was counted from the cases of an area; months and areas are of the kind that is asked."""

    by_kind: Sums = field(default_factory=list)
    by_month: Sums = field(default_factory=list)
    by_area: Sums = field(default_factory=list)


def _counted(area: Area, asked: Mapping[str, Any], *, has_kinds: bool, has_sums: bool) -> _Cases:
    """Count the cases of an area; other kinds and months are looked at only where the tally has them not."""
    digits = _DIGITS[Level(area.level)]
    statement = _CASES.format(
        digits=digits,
        month="NULL::date" if has_sums else f"CASE WHEN {_IS_ASKED} THEN complaints_month(created_at) END",
        which=_IS_ASKED if has_kinds else "true",
        is_asked=_IS_ASKED,
    )
    found = _Cases()
    for group, key, month, what, days, number, of_asked in _read(statement, asked):
        if group == _OF_KIND:
            found.by_kind.append((key, what, days, number))
        elif of_asked and group == _OF_MONTH:
            found.by_month.append((month, what, days, of_asked))
        elif of_asked and group == _OF_AREA and area.level < Level.VILLAGE and len(key) == digits:
            found.by_area.append((key, what, days, of_asked))
    return found


def _figures(sums: Sums) -> dict[Any, Figures]:
    found = defaultdict[Any, Figures](Figures)
    for key, what, days, number in sums:
        found[key].add(what, days, number)
    return found


def _read(statement: str, asked: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
