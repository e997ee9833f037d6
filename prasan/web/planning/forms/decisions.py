"""The governor's decision sheet, the ceiling of a plan, and the year of an action plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Committee, Resolution
from prasan.planning.actions import Decided, Verdict
from prasan.planning.models import PlanVersion, Proposal
from prasan.planning.queries import Candidate, IssueGroup, resolutions_for
from prasan.web.agencies.fields import offer
from prasan.web.planning.forms.steps import NOTE_LIMIT, ResolutionField
from prasan.web.shell.fields import CleanTextField, MoneyField

VERDICTS = [
    ("", _("Leave it")),
    (Verdict.INCLUDE.value, _("Include in the plan")),
    (Verdict.RESERVE.value, _("Put on the reserve list")),
    (Verdict.RETURN.value, _("Return to the agency")),
    (Verdict.REFUSE.value, _("Refuse")),
]


class DecisionsForm(forms.Form):
    """A verdict for each proposal of the sheet, with its reason; one resolution may stand behind all."""

    resolution = ResolutionField(
        Resolution.objects.none(),
        label=_("In which resolution?"),
        required=False,
        empty_label=_("Decided by the governor without one"),
    )
    over_ceiling = forms.BooleanField(label=_("The plan may pass its ceiling"), required=False)

    def __init__(
        self, *args: Any, version: PlanVersion, groups: Sequence[IssueGroup], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.groups = groups
        if version.plan.area is not None:
            offer(self, "resolution", resolutions_for(Committee.Kind.PROVINCE, version.plan.area))
        for proposal in self._proposals():
            choices = [
                choice for choice in VERDICTS if proposal.state != "reserve" or choice[0] != Verdict.RESERVE
            ]
            self.fields[f"verdict_{proposal.pk}"] = forms.ChoiceField(
                label=_("Decision on “%(name)s”") % {"name": proposal.name}, choices=choices, required=False
            )
            self.fields[f"note_{proposal.pk}"] = CleanTextField(
                label=_("Reason on “%(name)s”") % {"name": proposal.name},
                required=False,
                max_length=NOTE_LIMIT,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        """Whatever is not included has a reason; at least one is decided."""
        given: dict[str, Any] = super().clean() or {}
        decided = 0
        for proposal in self._proposals():
            verdict = given.get(f"verdict_{proposal.pk}")
            decided += bool(verdict)
            if verdict not in (None, "", Verdict.INCLUDE) and not given.get(f"note_{proposal.pk}"):
                self.add_error(
                    f"note_{proposal.pk}", _("Please give a reason. Whoever asked for this will read it.")
                )
        if any(value and name.startswith("verdict_") for name, value in self._gone()):
            raise forms.ValidationError(
                _("Somebody has decided on some of these meanwhile. Please look at the sheet again.")
            )
        if not decided and not self.errors:
            raise forms.ValidationError(_("Please decide on at least one proposal."))
        return given

    @property
    def decisions(self) -> list[Decided]:
        """What was decided."""
        given = self.cleaned_data
        return [
            Decided(each, Verdict(given[f"verdict_{each.pk}"]), given[f"note_{each.pk}"])
            for each in self._proposals()
            if given[f"verdict_{each.pk}"]
        ]

    @property
    def sections(self) -> Iterator[tuple[IssueGroup, list[tuple[Candidate, BoundField, BoundField]]]]:
        """Each issue with its candidates and their boxes."""
        for group in self.groups:
            yield (
                group,
                [
                    (each, self[f"verdict_{each.proposal.pk}"], self[f"note_{each.proposal.pk}"])
                    for each in group.candidates
                ],
            )

    def _gone(self) -> Iterator[tuple[str, str]]:
        """What was sent of proposals that no longer stand on the sheet."""
        return ((name, value) for name, value in self.data.items() if name not in self.fields)

    def _proposals(self) -> Iterator[Proposal]:
        return (each.proposal for group in self.groups for each in group.candidates)


class CeilingForm(forms.Form):
    """How much the plan may spend."""

    ceiling = MoneyField(label=_("Ceiling of the plan"), required=False)


class YearForm(forms.Form):
    """For which year the action plan is made."""

    year = forms.TypedChoiceField(label=_("For the fiscal year"), coerce=int)

    def __init__(self, *args: Any, version: PlanVersion, **options: Any) -> None:
        super().__init__(*args, **options)
        years = range(version.plan.first_year, version.plan.last_year + 1)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
