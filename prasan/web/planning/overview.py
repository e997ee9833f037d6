"""The table of an overview: the areas inside, each with its figures and its shade for the map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prasan.places.models import Area
from prasan.planning.queries import Progress, Totals, together
from prasan.sheets.table import Table
from prasan.web.places.views import address_of
from prasan.web.planning.shades import UNKNOWN, Figure, Shading, shading_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

NOBODY = Progress(None, 0, 0)


_NOTHING_TOLD = gettext_lazy("nothing has been told yet")


@dataclass(frozen=True, slots=True)
class Measure:
    """One of the figures by which areas are compared; `unknown` says when an area has none."""

    code: str
    label: str | StrPromise
    of: Callable[[Totals, Progress], Figure]
    is_money: bool = False
    unknown: str | StrPromise = _NOTHING_TOLD


MEASURES = (
    Measure("needs", gettext_lazy("Needs"), lambda totals, _owed: totals.all_needs),
    Measure("proposals", gettext_lazy("Proposals"), lambda totals, _owed: totals.all_proposals),
    Measure("asked", gettext_lazy("Money asked"), lambda totals, _owed: totals.asked, is_money=True),
    Measure("included", gettext_lazy("In the plan"), lambda totals, _owed: totals.included, is_money=True),
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
class AreaTable:
    """The areas inside, what lies in none of them, and the sum, which is that of the area itself."""

    measures: Sequence[Measure]
    measure: Measure
    order: str
    rows: Sequence[Row]
    others: Sequence[Row]
    whole: Row
    shading: Shading

    @property
    def cells(self) -> list[tuple[Row, list[tuple[str, Figure]]]]:
        """The rows with their labelled figures."""
        return self._labelled(self.rows)

    @property
    def other_cells(self) -> list[tuple[Row, list[tuple[str, Figure]]]]:
        """What lies in none of the areas and the sum, with their labelled figures."""
        return self._labelled((*self.others, self.whole))

    def figures(self, row: Row) -> list[Figure]:
        """The figures of a row in the order of the measures."""
        return [measure.of(row.totals, row.owed) for measure in self.measures]

    def _labelled(self, rows: Iterable[Row]) -> list[tuple[Row, list[tuple[str, Figure]]]]:
        labels = [str(measure.label) for measure in self.measures]
        return [(row, list(zip(labels, self.figures(row), strict=True))) for row in rows]


def table_of(
    area: Area,
    children: Iterable[Area],
    figures: tuple[Totals, Mapping[str, Totals]],
    owed: Mapping[str, Progress],
    *,
    shows_owed: bool,
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
