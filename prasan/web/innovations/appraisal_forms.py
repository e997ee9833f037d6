"""What is asked of whoever appraises an innovation, and of whoever sets the criteria."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from prasan.innovations.actions import AppraisalWords, CriteriaWords, GateFinding, GivenMark
from prasan.innovations.actions.appraisal import REASON_LIMIT
from prasan.innovations.actions.criteria import HIGHEST_SCALE
from prasan.innovations.models import CriteriaSet, Criterion, Innovation
from prasan.innovations.queries import Finding, SelfCheck, known_gates
from prasan.kernel.calendar import FiscalYear, today
from prasan.kernel.digits import without_noughts
from prasan.web.shell.fields import (
    CleanTextField,
    FormKeyField,
    QuantityField,
    WholeNumberField,
    needed_at_times,
)

PASSED, FAILED = "passed", "failed"
YEARS_AHEAD = 5


class AppraisalForm(forms.Form):
    """Each gate passed or not with its reason, each other criterion with a mark."""

    remark = CleanTextField(
        label=_("Remark"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    form_key = FormKeyField()

    def __init__(self, *args: Any, innovation: Innovation, check: SelfCheck, **options: Any) -> None:
        last = innovation.versions.last()
        options["initial"] = {"version": last.number if last else 0}
        super().__init__(*args, **options)
        self.check = check
        for gate in check.gates:
            self._add_gate(gate.criterion)
        for weighed in (*check.parts, *check.quality):
            self._add_mark(weighed.criterion)
        self.order_fields([name for name in self.fields if name != "remark"])
        if innovation.appraisals.exists():
            self.fields["remark"] = needed_at_times(self.fields["remark"])
            self.fields["remark"].help_text = _("Why is it appraised anew? The earlier appraisal stays.")

    @property
    def groups(self) -> Iterator[tuple[str, list[tuple[Finding, list[BoundField]]]]]:
        """The headings, each with what the self-check found of its criteria and with their boxes."""
        for group, findings in (
            (_("Gates"), self.check.gates),
            (_("Completeness of content"), self.check.parts),
            (_("Quality"), self.check.quality),
        ):
            yield str(group), [(each, self._boxes(each.criterion)) for each in findings]

    @property
    def words(self) -> AppraisalWords:
        """What was found, as an action takes it."""
        told = self.cleaned_data
        return AppraisalWords(
            version=told["version"],
            gates={
                code: GateFinding(told[f"gate_{code}"] == PASSED, told[f"reason_{code}"])
                for code in (each.criterion.code for each in self.check.gates)
            },
            marks={
                code: GivenMark(told[f"mark_{code}"], told[f"reason_{code}"])
                for code in (each.criterion.code for each in (*self.check.parts, *self.check.quality))
            },
            remark=told["remark"],
        )

    def _boxes(self, criterion: Criterion) -> list[BoundField]:
        kind = "gate" if criterion.group == Criterion.Group.GATE else "mark"
        return [self[f"{kind}_{criterion.code}"], self[f"reason_{criterion.code}"]]

    def _add_gate(self, gate: Criterion) -> None:
        self.fields[f"gate_{gate.code}"] = forms.ChoiceField(
            label=_("Is it passed?"),
            choices=[(PASSED, _("passed")), (FAILED, _("not passed"))],
            widget=forms.RadioSelect,
        )
        self._add_reason(gate, is_required=True)

    def _add_mark(self, criterion: Criterion) -> None:
        self.fields[f"mark_{criterion.code}"] = WholeNumberField(
            label=_("Mark from 0 to %(most)d") % {"most": criterion.scale}, most=criterion.scale
        )
        self._add_reason(criterion, is_required=False)

    def _add_reason(self, criterion: Criterion, *, is_required: bool) -> None:
        self.fields[f"reason_{criterion.code}"] = CleanTextField(
            label=_("Reason"),
            required=is_required,
            max_length=REASON_LIMIT,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


class CriteriaForm(forms.Form):
    """A version of the criteria: from when it holds, what must be passed, what weighs how much, and why."""

    fiscal_year = forms.TypedChoiceField(label=_("From which fiscal year on?"), coerce=int)
    gates = forms.MultipleChoiceField(
        label=_("Which gates must be passed?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    new_gate_th = CleanTextField(label=_("Another gate, in Thai"), max_length=300, required=False)
    new_gate_en = CleanTextField(
        label=_("The same gate in English"),
        max_length=300,
        required=False,
        help_text=_("People judge it; the self-check only names it."),
    )
    scale = WholeNumberField(label=_("Marks go from 0 to"), least=1, most=HIGHEST_SCALE)
    remark = CleanTextField(
        label=_("What are they based on?"),
        max_length=300,
        help_text=_("For example: resolution of the committee of 20 Aug 2024. Everybody can read it."),
    )

    def __init__(self, *args: Any, criteria: CriteriaSet, **options: Any) -> None:
        rows = list(criteria.rows.all())
        self.weighed = [each for each in rows if each.group != Criterion.Group.GATE]
        options["initial"] = {
            "gates": [each.code for each in rows if each.group == Criterion.Group.GATE],
            "scale": self.weighed[0].scale,
        }
        super().__init__(*args, **options)
        this_year = FiscalYear.of(today()).be
        years = [(year, str(year)) for year in range(this_year + 1, this_year + 1 + YEARS_AHEAD)]
        self.fields["fiscal_year"].choices = years  # type: ignore[attr-defined]
        needed_at_times(self.fields["gates"])
        self.fields["gates"].choices = [(each.code, str(each)) for each in known_gates()]  # type: ignore[attr-defined]
        for each in self.weighed:
            self.fields[f"weight_{each.code}"] = QuantityField(
                label=str(each), initial=without_noughts(each.weight), help_text=str(each.get_group_display())
            )

    @property
    def head(self) -> list[BoundField]:
        """What stands before the weights."""
        return [self[name] for name in ("fiscal_year", "gates", "new_gate_th", "new_gate_en", "scale")]

    @property
    def weights(self) -> list[BoundField]:
        """A box for each criterion that is weighed."""
        return [self[f"weight_{each.code}"] for each in self.weighed]

    @property
    def words(self) -> CriteriaWords:
        """The version, as an action takes it."""
        told = self.cleaned_data
        return CriteriaWords(
            weights={each.code: told[f"weight_{each.code}"] for each in self.weighed},
            **{name: told[name] for name in ("gates", "scale", "remark", "new_gate_th", "new_gate_en")},
        )
