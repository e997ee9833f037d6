"""The rows of form จ.1-1 as it is filled in: activities with a sum for each fiscal year, and indicators.

A few empty rows are always there. “Add rows” sends the form without judging it and brings it back with more,
everything typed still in it; rows left empty are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.cases.listing import LARGEST_FILE
from prasan.places.models import Area
from prasan.planning.actions import ActivityWords, IndicatorWords
from prasan.planning.actions.brief import MOST_ROWS, MOST_YEARS
from prasan.planning.imports.brief_words import CannotBeTaken, words_from
from prasan.planning.queries import approaches_offered
from prasan.web.agencies.views.acts import filled
from prasan.web.shell.fields import CleanTextField, MoneyField

FROM_FILE = "file"
"""What is asked for where the form is to be filled from a file."""

MOST_FAULTS = 50
"""Faults of a file that are shown."""

MORE = 3
"""Empty rows offered, and added each time they are asked for."""

KINDS = {"activities": "activity_count", "indicators": "indicator_count", "years": "years_count"}
"""What more can be asked for, and the hidden box in which the form keeps how many there are."""

_MOST = {"activities": MOST_ROWS, "indicators": MOST_ROWS, "years": MOST_YEARS}


def filled_by_file(request: HttpRequest, areas: Iterable[Area]) -> dict[str, Any]:
    """As `filled`; where a file with form จ.1-1 came along, its words too, or why they cannot be taken."""
    options = filled(request)
    if "typed" not in options or request.POST.get("more") != FROM_FILE:
        return options
    file = request.FILES.get("form_file")
    if file is None:
        return {**options, "file_faults": [_("Please choose a file first.")]}
    if (file.size or 0) > LARGEST_FILE:
        return {**options, "file_faults": [_("This file is larger than 20 MB. Please divide it.")]}
    try:
        return {**options, "words": words_from(cast("BinaryIO", file), approaches=approaches_offered(areas))}
    except CannotBeTaken as reason:
        lang = get_language() or "th"
        return {**options, "file_faults": [fault.text(lang) for fault in reason.faults[:MOST_FAULTS]]}


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """The boxes of one activity: its sums stand year by year, beginning with the first fiscal year."""

    number: int
    words: Sequence[BoundField]
    sums: Sequence[BoundField]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """The boxes of one indicator."""

    number: int
    words: Sequence[BoundField]


class RowsForm(forms.Form):
    """Activities and indicators in rows, beside whatever fields the form has."""

    def __init__(
        self,
        *args: Any,
        typed: QueryDict | None = None,
        activities: Sequence[ActivityWords] = (),
        indicators: Sequence[IndicatorWords] = (),
        file_faults: Sequence[Any] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.file_faults = file_faults
        sent = self.data if self.is_bound else typed
        first = int(self.initial.get("fiscal_year") or 0)
        years = max((year - first + 1 for each in activities for year in each.budgets), default=1)
        held = {"activities": len(activities), "indicators": len(indicators), "years": years}
        self.numbers = {kind: self._number(kind, held[kind], sent) for kind in KINDS}
        for kind, number in self.numbers.items():
            self.fields[KINDS[kind]] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=number
            )
        self._add_activities(activities, first)
        self._add_indicators(indicators)
        if typed is not None:
            self._keep(typed)

    @property
    def activity_rows(self) -> Iterator[ActivityRow]:
        """Each activity's boxes."""
        for number in range(1, self.numbers["activities"] + 1):
            words = [self[f"activity_{number}_{part}"] for part in ("name", "responsible", "helpers")]
            sums = [self[f"activity_{number}_year_{year}"] for year in range(1, self.numbers["years"] + 1)]
            yield ActivityRow(number, words, sums)

    @property
    def indicator_rows(self) -> Iterator[IndicatorRow]:
        """Each indicator's boxes."""
        for number in range(1, self.numbers["indicators"] + 1):
            yield IndicatorRow(number, [self[f"indicator_{number}_{part}"] for part in ("name", "target")])

    @property
    def may_add_years(self) -> bool:
        """Whether the project may spend in one more fiscal year."""
        return self.numbers["years"] < MOST_YEARS

    @property
    def total(self) -> Decimal:
        """What the activities cost as they are typed, sums that cannot be read left out."""
        return sum(
            (_readable(box) for row in self.activity_rows for box in row.sums),
            Decimal(0),
        )

    @property
    def holds_activities(self) -> bool:
        """Whether any row of the activities holds anything; an empty part stays folded."""
        return any(box.value() for row in self.activity_rows for box in (*row.words, *row.sums))

    @property
    def holds_indicators(self) -> bool:
        """Whether any row of the indicators holds anything."""
        return any(box.value() for row in self.indicator_rows for box in row.words)

    @property
    def activities(self) -> tuple[ActivityWords, ...]:
        """The activities that were named, as the action takes them."""
        told, first = self.cleaned_data, self.cleaned_data["fiscal_year"]
        return tuple(
            ActivityWords(
                name=told[f"activity_{number}_name"],
                responsible=told[f"activity_{number}_responsible"],
                helpers=told[f"activity_{number}_helpers"],
                budgets={
                    first + year - 1: amount
                    for year in range(1, self.numbers["years"] + 1)
                    if (amount := told[f"activity_{number}_year_{year}"])
                },
            )
            for number in range(1, self.numbers["activities"] + 1)
            if told[f"activity_{number}_name"]
        )

    @property
    def indicators(self) -> tuple[IndicatorWords, ...]:
        """The indicators that were named, as the action takes them."""
        told = self.cleaned_data
        return tuple(
            IndicatorWords(told[f"indicator_{number}_name"], told[f"indicator_{number}_target"])
            for number in range(1, self.numbers["indicators"] + 1)
            if told[f"indicator_{number}_name"]
        )

    def clean(self) -> dict[str, Any]:
        """A row that says anything has a name; without a budget, that of the activities is asked."""
        told: dict[str, Any] = super().clean() or {}
        for kind, rows in (("activity", self.activity_rows), ("indicator", self.indicator_rows)):
            for row in rows:
                name, *others = [box.name for box in (*row.words, *getattr(row, "sums", ()))]
                if not told.get(name) and name not in self.errors and any(told.get(each) for each in others):
                    self.add_error(
                        name,
                        _("Please name the activity, or leave its row empty.")
                        if kind == "activity"
                        else _("Please name the indicator, or leave its row empty."),
                    )
        if told.get("budget_asked") is None and "budget_asked" not in self.errors:
            told["budget_asked"] = self.total
        return told

    def _number(self, kind: str, held: int, sent: Mapping[str, Any] | None) -> int:
        """How many there are to be: those held and a few empty ones, or those sent and those asked for."""
        spare = 0 if kind == "years" else MORE
        if sent is None:
            return min(held + (spare if held < _MOST[kind] else 0), _MOST[kind])
        written = str(sent.get(KINDS[kind], ""))
        number = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else spare
        asked = sent.get("more") if not self.is_bound else ""
        more = (1 if kind == "years" else MORE) if asked == kind else 0
        return min(max(number, 1) + more, _MOST[kind])

    def _add_activities(self, given: Sequence[ActivityWords], first: int) -> None:
        for number in range(1, self.numbers["activities"] + 1):
            words = given[number - 1] if number <= len(given) else None
            for part, label, limit in (
                ("name", _("Activity %(number)d") % {"number": number}, 300),
                ("responsible", _("Who is responsible"), 300),
                ("helpers", _("Who co-operates"), 600),
            ):
                self.fields[f"activity_{number}_{part}"] = CleanTextField(
                    label=label,
                    max_length=limit,
                    required=False,
                    initial=getattr(words, part) if words else "",
                )
            for year in range(1, self.numbers["years"] + 1):
                self.fields[f"activity_{number}_year_{year}"] = MoneyField(
                    label=_("Budget of year %(year)d (baht)") % {"year": year},
                    help_text="",
                    required=False,
                    initial=words.budgets.get(first + year - 1) if words else None,
                )

    def _add_indicators(self, given: Sequence[IndicatorWords]) -> None:
        for number in range(1, self.numbers["indicators"] + 1):
            words = given[number - 1] if number <= len(given) else None
            for part, label in (
                ("name", _("Indicator %(number)d") % {"number": number}),
                ("target", _("Target")),
            ):
                self.fields[f"indicator_{number}_{part}"] = CleanTextField(
                    label=label,
                    max_length=300,
                    required=False,
                    initial=getattr(words, part) if words else "",
                )

    def _keep(self, typed: QueryDict, names: Sequence[str] | None = None) -> None:
        """Show again what was typed, as it was typed: everything, or in these boxes."""
        for name, field in self.fields.items():
            if name not in KINDS.values() and (names is None or name in names):
                self.initial[name] = field.widget.value_from_datadict(typed, {}, name)


def _readable(box: BoundField) -> Decimal:
    try:
        return box.field.clean(box.value()) or Decimal(0)
    except ValidationError:
        return Decimal(0)
