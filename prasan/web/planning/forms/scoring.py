"""Criteria of a scoring sheet, marks, and other weights to try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from prasan.agencies.queries import Person, within_reach
from prasan.kernel.calendar import FiscalYear, today
from prasan.kernel.digits import parse_number
from prasan.places.models import Area, Level
from prasan.planning import rules
from prasan.planning.actions import CriterionWords, MarkWords
from prasan.planning.actions.scoring import USUAL_CRITERIA
from prasan.planning.models import Criterion, Mark, Proposal, ScoreSheet
from prasan.web.agencies.fields import offer
from prasan.web.shell.fields import CleanTextField, FormKeyField, NumberField, WholeNumberField

EMPTY_ROWS = 3
"""Rows offered beyond those that are filled."""


PARTS = ("name_th", "name_en", "weight", "scale", "meaning")
"""The boxes of one criterion."""


class WeightField(NumberField):
    """A weight above zero, to two decimals."""

    def __init__(self, **options: Any) -> None:
        super().__init__(least=Decimal("0.01"), most=Decimal("9999.99"), **options)

    def read(self, text: str) -> Decimal:
        """The weight."""
        weight = parse_number(text)
        if weight != round(weight, 2):
            raise forms.ValidationError(_("Please give the weight with no more than two decimal places."))
        return Decimal(self.bounded(weight))


class CriteriaForm(forms.Form):
    """The criteria of a sheet as rows; a row without a name is passed over."""

    def __init__(self, *args: Any, criteria: Sequence[CriterionWords] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        sent = int(self.data.get("rows") or 0) if str(self.data.get("rows", "")).isdigit() else 0
        self.number = min(max(len(criteria) + EMPTY_ROWS, sent), 20)
        for number in range(1, self.number + 1):
            given = criteria[number - 1] if number <= len(criteria) else None
            self._add_row(number, given)
        self.fields["rows"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=self.number
        )

    @property
    def lines(self) -> Iterator[tuple[int, list[BoundField]]]:
        """Each row's number and boxes."""
        for number in range(1, self.number + 1):
            yield (
                number,
                [self[f"{part}_{number}"] for part in ("name_th", "name_en", "weight", "scale", "meaning")],
            )

    @property
    def words(self) -> tuple[CriterionWords, ...]:
        """The criteria that were named."""
        told = self.cleaned_data
        return tuple(
            CriterionWords(
                name_th=told[f"name_th_{number}"],
                name_en=told[f"name_en_{number}"],
                weight=told[f"weight_{number}"],
                scale=told[f"scale_{number}"] or 5,
                meaning=told[f"meaning_{number}"],
            )
            for number in range(1, self.number + 1)
            if told.get(f"name_th_{number}")
        )

    def clean(self) -> dict[str, Any]:
        """Every named criterion has a weight."""
        told: dict[str, Any] = super().clean() or {}
        for number in range(1, self.number + 1):
            weight = f"weight_{number}"
            if told.get(f"name_th_{number}") and told.get(weight) is None and weight not in self.errors:
                self.add_error(weight, _("Please give this criterion a weight."))
        return told

    def _add_row(self, number: int, given: CriterionWords | None) -> None:
        said = {"number": number}
        fields: Mapping[str, forms.Field] = {
            "name_th": CleanTextField(label=_("Criterion %(number)d in Thai") % said, max_length=200),
            "name_en": CleanTextField(label=_("Criterion %(number)d in English") % said, max_length=200),
            "weight": WeightField(label=_("Weight %(number)d") % said),
            "scale": WholeNumberField(label=_("Highest mark %(number)d") % said, least=1, most=100),
            "meaning": CleanTextField(
                label=_("What the marks mean %(number)d") % said,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
        }
        for part, field in fields.items():
            field.required = False
            field.initial = getattr(given, part) if given else (5 if part == "scale" else None)
            self.fields[f"{part}_{number}"] = field


class SheetForm(CriteriaForm):
    """A new scoring sheet: of which province and year, and its criteria."""

    title = CleanTextField(label=_("Title of the sheet"), max_length=200)
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Province"), empty_label=None)
    fiscal_year = forms.TypedChoiceField(label=_("For the fiscal year"), coerce=int)
    form_key = FormKeyField()

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        usual = [CriterionWords(th, Decimal(weight), 5, en) for th, en, weight in USUAL_CRITERIA]
        super().__init__(*args, criteria=usual, **options)
        offer(self, "area", provinces_keeping_sheets(by))
        this = FiscalYear.of(today()).be
        self.fields["fiscal_year"].choices = [(year, str(year)) for year in range(this, this + 6)]  # type: ignore[attr-defined]
        self.fields["fiscal_year"].initial = this + 1

    @property
    def head(self) -> list[BoundField]:
        """The boxes above the criteria."""
        return [self["title"], self["area"], self["fiscal_year"]]


class MarksForm(forms.Form):
    """What one person gives one proposal: a mark for each criterion, and why."""

    def __init__(
        self, *args: Any, criteria: Sequence[Criterion], marks: Mapping[int, Mark], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.criteria = criteria
        for criterion in criteria:
            mark = marks.get(criterion.pk)
            self.fields[f"value_{criterion.pk}"] = forms.TypedChoiceField(
                label=str(criterion),
                help_text=criterion.meaning,
                coerce=int,
                choices=[(value, str(value)) for value in range(criterion.scale + 1)],
                widget=forms.RadioSelect,
                initial=mark.value if mark else None,
            )
            self.fields[f"reason_{criterion.pk}"] = CleanTextField(
                label=_("Reason for the mark on %(criterion)s") % {"criterion": criterion},
                max_length=500,
                required=False,
                initial=mark.reason if mark else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def words(self) -> dict[int, MarkWords]:
        """The marks by the keys of their criteria."""
        return {
            each.pk: MarkWords(self.cleaned_data[f"value_{each.pk}"], self.cleaned_data[f"reason_{each.pk}"])
            for each in self.criteria
        }


class MarksTableForm(forms.Form):
    """What one person gives several proposals, a row each; a row left empty waits."""

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[Criterion],
        proposals: Sequence[Proposal],
        marks: Mapping[tuple[int, int], Mark],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.criteria, self.proposals, self.marks = criteria, proposals, marks
        for proposal in proposals:
            for criterion in criteria:
                mark = marks.get((proposal.pk, criterion.pk))
                self.fields[_cell(proposal, criterion)] = WholeNumberField(
                    label=_("%(criterion)s, 0 to %(scale)d: %(proposal)s")
                    % {"criterion": criterion, "scale": criterion.scale, "proposal": proposal.name},
                    most=criterion.scale,
                    required=False,
                    initial=mark.value if mark else None,
                )

    @property
    def lines(self) -> Iterator[tuple[Proposal, list[tuple[Criterion, BoundField]]]]:
        """Each proposal with a box for each criterion."""
        for proposal in self.proposals:
            yield proposal, [(each, self[_cell(proposal, each)]) for each in self.criteria]

    def clean(self) -> dict[str, Any]:
        """A row is filled in whole or left empty; at least one is filled in."""
        given: dict[str, Any] = super().clean() or {}
        for proposal in self.proposals:
            cells = [_cell(proposal, each) for each in self.criteria]
            empty = [cell for cell in cells if given.get(cell) is None and cell not in self.errors]
            if len(empty) < len(cells):
                for cell in empty:
                    self.add_error(cell, _("Please give a mark here too, or leave the whole row empty."))
        if not self.errors and not self.words:
            raise forms.ValidationError(_("Please give marks to at least one proposal."))
        return given

    @property
    def words(self) -> dict[Proposal, dict[int, MarkWords]]:
        """The marks of the rows filled in, by the keys of the criteria; reasons given before stay."""
        return {
            proposal: {
                each.pk: MarkWords(self.cleaned_data[_cell(proposal, each)], self._reason(proposal, each))
                for each in self.criteria
            }
            for proposal in self.proposals
            if self.cleaned_data.get(_cell(proposal, self.criteria[0])) is not None
        }

    def _reason(self, proposal: Proposal, criterion: Criterion) -> str:
        mark = self.marks.get((proposal.pk, criterion.pk))
        return mark.reason if mark else ""


def _cell(proposal: Proposal, criterion: Criterion) -> str:
    return f"value_{proposal.pk}_{criterion.pk}"


class WeightsForm(forms.Form):
    """Other weights, to see what the ranking would be."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **options: Any) -> None:
        super().__init__(*args, **options)
        for criterion in criteria:
            self.fields[f"w{criterion.pk}"] = WeightField(
                label=str(criterion), required=False, initial=criterion.weight
            )

    @property
    def weights(self) -> dict[int, Decimal]:
        """The weights to try, by the keys of the criteria."""
        return {int(name[1:]): weight for name, weight in self.cleaned_data.items() if weight is not None}


def provinces_keeping_sheets(user: Person) -> Any:
    """The provinces whose scoring sheets the person keeps."""
    rows = Area.objects.filter(level=Level.PROVINCE, is_abolished=False)
    return within_reach(user, rules.KEEP_SHEET, rows).order_by("sort_key")


def words_of(sheet: ScoreSheet) -> list[CriterionWords]:
    """The criteria of a sheet as they would be written again."""
    return [
        CriterionWords(each.name_th, each.weight, each.scale, each.name_en, each.meaning)
        for each in sheet.criteria.all()
    ]
