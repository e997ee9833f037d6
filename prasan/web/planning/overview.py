"""The table of an overview: the areas inside, each with its figures and its shade for the map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prasan.agencies.queries import Person, decide
from prasan.places.models import COUNTRY, Area
from prasan.planning import rules
from prasan.planning.queries import Progress, Totals, together
from prasan.sheets.table import Table
from prasan.web.places.shades import UNKNOWN, Figure, Shading, shading_of
from prasan.web.places.views import address_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

NOBODY = Progress(None, 0, 0)
NEEDS, PROPOSALS = "planning:need-list", "planning:proposal-list"
_NOTHING_TOLD = gettext_lazy("nothing has been told yet")


class Lists:
    """Addresses of the lists behind the figures of an area and of those inside it.

    For whoever sees all that is counted there; for others they are empty.
    """

    def __init__(self, user: Person, area: Area) -> None:
        self._is_open = bool(decide(user, rules.FOLLOW_FIGURES, area))
        self._code = area.code
        self._pages = {page: reverse(page) for page in (NEEDS, PROPOSALS)}

    def needs(self, **asked: str) -> str:
        """The needs of the area that the filters name."""
        return self.of(self._code, NEEDS, urlencode(asked))

    def proposals(self, **asked: str) -> str:
        """The proposals of the area that the filters name."""
        return self.of(self._code, PROPOSALS, urlencode(asked))

    def of(self, code: str, page: str, asked: str) -> str:
        """A list of that area, which is this one or lies inside it, narrowed by filters as in an address."""
        if not self._is_open:
            return ""
        place = "" if code == COUNTRY else f"area={code}&"
        return f"{self._pages[page]}?{place}{asked}"


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the figures by which areas are compared; `unknown` says when an area has none.

    The list on that page, narrowed like that, counts the same.
    """

    code: str
    label: str | StrPromise
    of: Callable[[Totals, Progress], Figure]
    page: str = ""
    asked: str = ""
    is_money: bool = False
    unknown: str | StrPromise = _NOTHING_TOLD


MEASURES = (
    Measure("needs", gettext_lazy("Needs"), lambda totals, _owed: totals.all_needs, NEEDS, "stage=counted"),
    Measure(
        "proposals",
        gettext_lazy("Proposals"),
        lambda totals, _owed: totals.all_proposals,
        PROPOSALS,
        "stage=counted",
    ),
    Measure(
        "asked",
        gettext_lazy("Money asked"),
        lambda totals, _owed: totals.asked,
        PROPOSALS,
        "stage=asking",
        is_money=True,
    ),
    Measure(
        "included",
        gettext_lazy("In the plan"),
        lambda totals, _owed: totals.included,
        PROPOSALS,
        "state=included",
        is_money=True,
    ),
)
LATE = Measure(
    "late",
    gettext_lazy("Not answered yet"),
    lambda _totals, owed: owed.missing,
    unknown=gettext_lazy("nobody was asked"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """An area with its figures in the order of the measures; `area` is None where it is not one place."""

    title: str
    totals: Totals
    owed: Progress
    area: Area | None = None
    address: str = ""
    shade: int = UNKNOWN

    def figure(self, measure: Measure) -> Figure | None:
        """What the map shows: None where nothing is known."""
        if measure is LATE:
            return measure.of(self.totals, self.owed) if self.owed.asked else None
        is_told = self.totals.needs_told or self.totals.all_proposals
        return measure.of(self.totals, self.owed) if is_told else None


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a row, with the address of the list that counts the same, empty where there is none."""

    label: str
    value: Figure
    address: str = ""


@dataclass(frozen=True)
class AreaTable:
    """The areas inside, what lies in none of them, and the sum, which is that of the area itself.

    `late` is the address of the list of those who have not answered, where it is a single one.
    """

    measures: Sequence[Measure]
    measure: Measure
    order: str
    rows: Sequence[Row]
    others: Sequence[Row]
    whole: Row
    shading: Shading
    lists: Lists
    late: str = ""

    @property
    def cells(self) -> list[tuple[Row, list[Cell]]]:
        """The rows with their figures, which lead to lists."""
        return [(row, self._cells(row, row.area.code if row.area else "")) for row in self.rows]

    @property
    def other_cells(self) -> list[tuple[Row, list[Cell]]]:
        """What lies in none of the areas and the sum, with their figures."""
        return [(row, self._cells(row)) for row in (*self.others, self.whole)]

    def figures(self, row: Row) -> list[Figure]:
        """The figures of a row in the order of the measures."""
        return [measure.of(row.totals, row.owed) for measure in self.measures]

    def _cells(self, row: Row, code: str = "") -> list[Cell]:
        return [
            Cell(label, figure, self._list_of(measure, code) if code and figure else "")
            for measure, label, figure in zip(self.measures, self._labels, self.figures(row), strict=True)
        ]

    @cached_property
    def _labels(self) -> list[str]:
        return [str(measure.label) for measure in self.measures]

    def _list_of(self, measure: Measure, code: str) -> str:
        if measure is LATE:
            return f"{self.late}?in={code}" if self.late else ""
        return self.lists.of(code, measure.page, measure.asked)


def table_of(
    area: Area,
    children: Iterable[Area],
    figures: tuple[Totals, Mapping[str, Totals]],
    owed: Mapping[str, Progress],
    lists: Lists,
    *,
    shows_owed: bool,
    late: str = "",
    measure: str = "",
    order: str = "",
) -> AreaTable:
    """The children in the order asked for, shaded by the measure asked for, and what lies outside of them.

    A measure or order that does not exist is passed over. The rows and the others sum to the whole.
    """
    whole, parts = figures
    measures = (*MEASURES, LATE) if shows_owed else MEASURES
    chosen = next((each for each in measures if each.code == measure), measures[0])
    rows = [
        Row(
            child.title,
            parts.get(child.code, Totals()),
            owed.get(child.code, NOBODY),
            child,
            address_of(child, "overview"),
        )
        for child in children
    ]
    shading = shading_of({row.area.code: row.figure(chosen) for row in rows if row.area is not None})
    shaded = [
        Row(row.title, row.totals, row.owed, row.area, row.address, shading.by_code[row.area.code])
        for row in rows
        if row.area is not None
    ]
    ordered, said = _in_order(shaded, measures, order)
    return AreaTable(
        measures=measures,
        measure=chosen,
        order=said,
        rows=ordered,
        others=_others(area, {row.area.code for row in rows if row.area is not None}, figures, owed),
        whole=Row(_("Altogether"), whole, _summed(owed.values())),
        shading=shading,
        lists=lists,
        late=late,
    )


def _others(
    area: Area, known: set[str], figures: tuple[Totals, Mapping[str, Totals]], owed: Mapping[str, Progress]
) -> list[Row]:
    """What belongs to the area itself, and to areas inside it that are no longer in use; none where empty."""
    whole, parts = figures
    itself = Row(
        _("At %(area)s itself") % {"area": area.title},
        whole.without(parts.values()),
        owed.get(area.code, NOBODY),
    )
    gone = Row(
        _("In areas no longer in use"),
        together(totals for code, totals in parts.items() if code not in known),
        _summed(progress for code, progress in owed.items() if code not in (*known, area.code)),
    )
    return [row for row in (itself, gone) if not row.totals.is_empty or row.owed.asked]


def _in_order(rows: list[Row], measures: Sequence[Measure], order: str) -> tuple[list[Row], str]:
    """The rows by a measure, the greatest first where a dash stands before it, or by name; and the order."""
    name, is_falling = order.removeprefix("-"), order.startswith("-")
    if (measure := next((each for each in measures if each.code == name), None)) is not None:
        ordered = sorted(rows, key=lambda row: measure.of(row.totals, row.owed), reverse=is_falling)
        return ordered, order
    return (rows[::-1], "-name") if order == "-name" else (rows, "name")


def _summed(progress: Iterable[Progress]) -> Progress:
    every = list(progress)
    return Progress(None, sum(each.asked for each in every), sum(each.answered for each in every))


def overview_table(table: AreaTable) -> Table:
    """The table as shown, with codes, for a file."""
    headers = [_("Area code"), _("Area"), *(str(measure.label) for measure in table.measures)]
    rows = (*table.rows, *table.others, table.whole)
    return Table(
        _("Overview"),
        headers,
        (
            [
                row.area.code if row.area else "",
                row.title,
                *(_for_file(figure) for figure in table.figures(row)),
            ]
            for row in rows
        ),
    )


def _for_file(figure: Figure) -> Figure:
    return round(figure, 2) if isinstance(figure, Decimal) else figure
