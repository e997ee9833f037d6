"""What the tambon committee is asked when it merges, splits, joins or classifies several at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency, Committee
from prasan.planning.actions import Classified, Part
from prasan.planning.models import Need, Proposal
from prasan.planning.queries import issues_for
from prasan.web.planning.forms.steps import ReasonForm, ResolvingForm
from prasan.web.shell.fields import CleanTextField

MOST_PARTS = 4


class MergeForm(ReasonForm):
    """What the one proposal is called that takes the place of several."""

    name = CleanTextField(label=_("Name of the merged project"), max_length=300)
    field_order = ("name", "note")


class JoinForm(ReasonForm):
    """With which of the chosen needs the others are joined."""

    into = forms.ChoiceField(
        label=_("Which one stands for all?"),
        widget=forms.RadioSelect,
        help_text=_("The others stay to be read and count with it."),
    )
    field_order = ("into", "note")

    def __init__(self, *args: Any, needs: Sequence[Need], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].choices = [(str(each.pk), f"{each.title} · {each.area.title}") for each in needs]  # type: ignore[attr-defined]


class SplitForm(ReasonForm):
    """Into which parts a proposal is split, and to which part each activity goes."""

    def __init__(self, *args: Any, case: Proposal, **options: Any) -> None:
        super().__init__(*args, case=case, **options)
        self.activities = list(case.activities.prefetch_related("budgets"))
        numbers = range(1, min(MOST_PARTS, max(2, len(self.activities))) + 1)
        for number in numbers:
            self.fields[f"name_{number}"] = CleanTextField(
                label=_("Name of part %(number)d") % {"number": number},
                max_length=300,
                required=number <= 2,
                initial=f"{case.name} ({number})" if number <= 2 else "",
            )
        parts = [(str(number), _("part %(number)d") % {"number": number}) for number in numbers]
        for activity in self.activities:
            self.fields[f"part_{activity.number}"] = forms.ChoiceField(
                label=activity.name, choices=[("", _("Please choose")), *parts]
            )
        self.order_fields([name for name in self.fields if name != "note"] + ["note"])

    def clean(self) -> dict[str, Any]:
        """A part that takes activities has a name."""
        given: dict[str, Any] = super().clean() or {}
        for number in {given.get(f"part_{each.number}") for each in self.activities} - {None, ""}:
            if not given.get(f"name_{number}") and f"name_{number}" not in self.errors:
                self.add_error(f"name_{number}", _("Please name this part."))
        return given

    @property
    def parts(self) -> list[Part]:
        """The parts that were named, with the numbers of their activities."""
        taken: dict[str, list[int]] = {}
        for each in self.activities:
            taken.setdefault(self.cleaned_data[f"part_{each.number}"], []).append(each.number)
        named = {name[5:]: words for name, words in self.cleaned_data.items() if name.startswith("name_")}
        return [Part(words, tuple(taken.get(number, ()))) for number, words in named.items() if words]


class ClassifySeveralForm(ResolvingForm):
    """What one resolution says of several proposals, each on both axes."""

    def __init__(self, *args: Any, proposals: Sequence[Proposal], **options: Any) -> None:
        area = proposals[0].area
        super().__init__(*args, kind=Committee.Kind.TAMBON, area=area, **options)
        self.proposals = proposals
        for each in proposals:
            issues = issues_for(each.area, each.fiscal_year)
            self.fields[f"doer_{each.pk}"] = forms.ChoiceField(
                label=_("Who does it?"), choices=[("", _("Please choose")), *Proposal.Doer.choices]
            )
            self.fields[f"level_{each.pk}"] = forms.ChoiceField(
                label=_("Level of the agency"),
                required=False,
                choices=[("", _("not referred")), *Agency.Level.choices],
            )
            self.fields[f"issue_{each.pk}"] = forms.ModelChoiceField(
                issues,
                label=_("Which strategic issue does it serve?"),
                required=False,
                empty_label=_("none of them"),
            )

    def clean(self) -> dict[str, Any]:
        """The level goes with a referral."""
        given = super().clean()
        for each in self.proposals:
            refers = given.get(f"doer_{each.pk}") == Proposal.Doer.REFER
            if refers and not given.get(f"level_{each.pk}"):
                self.add_error(f"level_{each.pk}", _("Please say to which level it is referred."))
        return given

    @property
    def sections(self) -> Iterator[tuple[Proposal, list[BoundField]]]:
        """Each proposal with its boxes."""
        for each in self.proposals:
            yield each, [self[f"{part}_{each.pk}"] for part in ("doer", "level", "issue")]

    @property
    def ending(self) -> list[BoundField]:
        """The boxes below the proposals."""
        return [self["resolution"], self["words"], self["note"]]

    @property
    def classes(self) -> list[Classified]:
        """What was resolved of each proposal."""
        given = self.cleaned_data
        return [
            Classified(
                each,
                given[f"doer_{each.pk}"],
                given[f"level_{each.pk}"] if given[f"doer_{each.pk}"] == Proposal.Doer.REFER else "",
                given[f"issue_{each.pk}"],
            )
            for each in self.proposals
        ]
