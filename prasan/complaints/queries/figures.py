"""Figures of complaints for those who answer for an area: how many, how long, how well."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
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

    Country and province are read from the tally, smaller areas counted from their cases.
    """
    read = _from_tally if area.level <= Level.PROVINCE else _from_cases
    by_kind, by_month = defaultdict[str, Figures](Figures), defaultdict[date, Figures](Figures)
    by_agency = defaultdict[int, Figures](Figures)
    total = Figures()
    of_kinds, of_months, of_agencies = read(area, period, kind)
    for of_kind, what, days, number in of_kinds:
        by_kind[of_kind].add(what, days, number)
    for month, what, days, number in of_months:
        total.add(what, days, number)
        by_month[month].add(what, days, number)
    for agency, what, days, number in of_agencies:
        by_agency[agency].add(what, days, number)
    by_kind.pop(ALL_KINDS, None)
    return Breakdown(total, by_kind, by_month, _below(area, period, kind), by_agency)


def told_by_amphoe(provinces: Collection[str], first: date, last: date) -> dict[str, dict[Cell, int]]:
    """How many complaints each amphoe of these provinces had of each kind, by the code of the province.

    Those against officials are left out.
    """
    found: dict[str, dict[Cell, int]] = {code: {} for code in provinces}
    rows = _rows(
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


Sums = tuple[Iterable[Any], Iterable[Any], Iterable[Any]]
"""By kind, by month and by agency of the kind that is asked: the key, what, days and how many."""

_TALLIED = """
SELECT {key}, what, days, sum(number)::bigint FROM complaints_tallynow
WHERE area_code = %(area)s AND month BETWEEN %(since)s AND %(until)s AND {which}
GROUP BY 1, 2, 3 HAVING sum(number) <> 0
"""

_CASES = """
SELECT {area}, kind, month, agency_id, what, days, count(*) FROM (
    SELECT told.area_id, coalesce(told.kind_id, '') AS kind, complaints_month(told.created_at) AS month,
           0::bigint AS agency_id, fact.what, fact.days
    FROM complaints_complaint AS told, complaints_facts(told) AS fact
    WHERE told.area_id BETWEEN %(first)s AND %(last)s AND (%(kind)s = '*' OR told.kind_id = %(kind)s)
    UNION ALL
    SELECT told.area_id, coalesce(told.kind_id, ''), complaints_month(told.created_at), sent.agency_id,
           fact.what, fact.days
    FROM complaints_complaint AS told JOIN complaints_referral AS sent ON sent.complaint_id = told.id,
         complaints_facts(sent) AS fact
    WHERE told.area_id BETWEEN %(first)s AND %(last)s AND NOT told.is_restricted
      AND (%(kind)s = '*' OR told.kind_id = %(kind)s) AND {with_agencies}
) AS facts WHERE month BETWEEN %(since)s AND %(until)s GROUP BY 1, 2, 3, 4, 5, 6
"""


def _from_tally(area: Area, period: Period, kind: str) -> Sums:
    asked = {"area": area.pk, "since": period.first, "until": period.last, "kind": kind}

    def summed(key: str, which: str) -> list[Any]:
        return _rows(_TALLIED.format(key=key, which=which), asked)

    return (
        summed("kind", "agency_id = 0"),
        summed("month", "kind = %(kind)s AND agency_id = 0"),
        summed("agency_id", "kind = %(kind)s AND agency_id > 0"),
    )


def _from_cases(area: Area, period: Period, kind: str) -> Sums:
    rows = [row[1:] for row in _counted(area, period, ALL_KINDS, 8, with_agencies=True)]
    asked = [row for row in rows if kind in (ALL_KINDS, row[0])]
    return (
        [(of_kind, *rest) for of_kind, _month, agency, *rest in rows if not agency],
        [(month, *rest) for _kind, month, agency, *rest in asked if not agency],
        [(agency, *rest) for _kind, _month, agency, *rest in asked if agency],
    )


def _below(area: Area, period: Period, kind: str) -> Mapping[str, Figures]:
    """The figures of the areas one level below, by code; without those of agencies."""
    by_area = defaultdict[str, Figures](Figures)
    if area.level == Level.COUNTRY or (area.level == Level.PROVINCE and kind == ALL_KINDS):
        asked = [area.pk, kind, period.first, period.last]
        rows = _rows(
            "SELECT area_code, what, days, sum(number)::bigint FROM complaints_tallynow WHERE above = %s"
            " AND kind = %s AND agency_id = 0 AND month BETWEEN %s AND %s"
            " GROUP BY 1, 2, 3 HAVING sum(number) <> 0",
            asked,
        )
        for code, what, days, number in rows:
            by_area[code].add(what, days, number)
    elif area.level < Level.VILLAGE:
        digits = _DIGITS[Level(area.level)]
        for code, *_rest, what, days, number in _counted(area, period, kind, digits, with_agencies=False):
            if len(code) == digits:
                by_area[code].add(what, days, number)
    return by_area


def _counted(area: Area, period: Period, kind: str, digits: int, *, with_agencies: bool) -> list[Any]:
    asked = {
        "first": area.pk if area.pk != COUNTRY else "",
        "last": last_code_inside(area.pk),
        "kind": kind,
        "since": period.first,
        "until": period.last,
    }
    return _rows(
        _CASES.format(area=f"left(area_id, {digits})", with_agencies="true" if with_agencies else "false"),
        asked,
    )


def _rows(statement: str, asked: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
