"""Figures of complaints as tables: each figure with the list that counts the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prasan.complaints.queries import Figures
from prasan.places.models import COUNTRY
from prasan.sheets.table import Table

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure: its code, its heading, how it is read, and by which filters a list shows the same cases."""

    code: str
    label: StrPromise
    of: Callable[[Figures], int | float | None]
    asked: Mapping[str, str]


MEASURES = (
    Measure("told", gettext_lazy("Told"), lambda each: each.raw, {}),
    Measure("once", gettext_lazy("Once for each problem"), lambda each: each.once, {"group": "once"}),
    Measure("open", gettext_lazy("Still open"), lambda each: each.open, {"group": "open"}),
    Measure("late", gettext_lazy("Late"), lambda each: each.late, {"group": "late"}),
    Measure("closed", gettext_lazy("Closed"), lambda each: each.closed, {"state": "closed"}),
    Measure("reopened", gettext_lazy("Opened again"), lambda each: each.reopened, {"group": "reopened"}),
    Measure(
        "across",
        gettext_lazy("Repeats over agencies and doors"),
        lambda each: each.across,
        {"group": "across"},
    ),
    Measure(
        "half",
        gettext_lazy("Half closed within (working days)"),
        lambda each: each.half_closed_in,
        {"state": "closed"},
    ),
    Measure(
        "most",
        gettext_lazy("Nine of ten closed within (working days)"),
        lambda each: each.most_closed_in,
        {"state": "closed"},
    ),
    Measure("mark", gettext_lazy("Mean mark (1–5)"), lambda each: each.mean_mark, {"group": "rated"}),
)

OF_AGENCIES = (
    Measure("told", gettext_lazy("Sent there"), lambda each: each.raw, {"at": ""}),
    Measure("held", gettext_lazy("Held there now"), lambda each: _held(each), {"at": "-held"}),
    Measure("late", gettext_lazy("Late"), lambda each: each.late, {"at": "-late"}),
    Measure(
        "returned", gettext_lazy("Returned"), lambda each: each.counts["state:returned"], {"at": "-returned"}
    ),
    Measure(
        "taken",
        gettext_lazy("Half taken up within (working days)"),
        lambda each: each.half_acknowledged_in,
        {"at": "-taken"},
    ),
    Measure(
        "half",
        gettext_lazy("Half answered within (working days)"),
        lambda each: each.half_answered_in,
        {"at": "-answered"},
    ),
    Measure(
        "most",
        gettext_lazy("Nine of ten answered within (working days)"),
        lambda each: each.most_answered_in,
        {"at": "-answered"},
    ),
)

MAPPED = ("told", "open", "late", "closed", "reopened", "half")
"""Measures by which a map can be coloured."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure with its list; what is not known is None."""

    label: StrPromise
    value: int | float | None
    address: str
    is_mean: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What the figures are of: its name, the page about it, if there is one, and its figures."""

    name: str
    address: str
    cells: tuple[Cell, ...]
    area: Any = None
    shade: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page of figures is narrowed to, as its lists must be."""

    area: str
    period: str
    kind: str

    def list_of(self, measure: Measure, **other: str) -> str:
        """The list that shows the cases of a figure."""
        asked = {
            "area": "" if self.area == COUNTRY else self.area,
            "period": self.period,
            "kind": self.kind,
            "officials": "no",
            **measure.asked,
            **other,
        }
        if "at" in asked:
            asked["agency"] = f"{asked.pop('agency')}{asked.pop('at')}"
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{reverse('complaints:list')}?{query}"

    def page(self, area: str, **other: str) -> str:
        """The page of figures of another area, narrowed as this one."""
        asked = {"period": self.period, "kind": self.kind, **other}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{reverse('complaints:figures', args=[area])}{f'?{query}' if query else ''}"


def cells_of(figures: Figures, measures: Iterable[Measure], asked: Asked, **other: str) -> tuple[Cell, ...]:
    """The figures of one row."""
    return tuple(
        Cell(each.label, each.of(figures), asked.list_of(each, **other), each.code == "mark")
        for each in measures
    )


def as_sheet(rows: Iterable[Row], measures: Iterable[Measure], first: str) -> Table:
    """The rows as a table to be saved."""
    return Table(
        _("Figures of complaints"),
        [first, *(str(each.label) for each in measures)],
        ([row.name, *(_told(cell.value) for cell in row.cells)] for row in rows),
    )


def _told(value: int | float | None) -> int | str | None:
    """A mean is no sum of money: it is written as a word."""
    return f"{value:.2f}" if isinstance(value, float) else value


def _held(figures: Figures) -> int:
    return sum(figures.counts[f"state:{state}"] for state in ("sent", "acknowledged", "working"))
