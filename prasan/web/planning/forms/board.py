"""What the tambon committee is asked when it merges, splits, joins or classifies several at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency, Committee
from prasan.places.models import Area
from prasan.planning.actions import Classified, Part
from prasan.planning.models import Need, Proposal, StrategicIssue
from prasan.planning.queries import (
    agencies_for_all,
    agencies_to_help_all,
    issues_for,
)
from prasan.web.agencies.fields import offer
from prasan.web.planning.forms.steps import ForwardForm, HandOverForm, ReasonForm, ResolvingForm
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


class HandOverSeveralForm(HandOverForm):
    """Which local government takes several up."""

    def __init__(self, *args: Any, proposals: Sequence[Proposal], **options: Any) -> None:
        super().__init__(*args, case=proposals[0], **options)


class ForwardSeveralForm(ForwardForm):
    """To which agencies several proposals go together."""

    def __init__(self, *args: Any, proposals: Sequence[Proposal], area: Area, **options: Any) -> None:
        super().__init__(*args, case=proposals[0], **options)
        offer(self, "lead", agencies_for_all(proposals, area))
        offer(self, "co_agencies", agencies_to_help_all(area))


class ClassifySeveralForm(ResolvingForm):
    """What one resolution says of several proposals on both axes: once for all, and otherwise for some."""

    def __init__(self, *args: Any, proposals: Sequence[Proposal], **options: Any) -> None:
        area = proposals[0].area
        super().__init__(*args, kind=Committee.Kind.TAMBON, area=area, **options)
        self.proposals = proposals
        self._issues = {
            year: {str(issue.pk): issue for issue in issues_for(area, year)}
            for year in {each.fiscal_year for each in proposals}
        }
        in_every_year = [
            (key, issue)
            for key, issue in self._issues[proposals[0].fiscal_year].items()
            if all(key in issues for issues in self._issues.values())
        ]
        self._add("all", in_every_year, doer=_("Please choose"), level=_("not referred"), issue="")
        for each in proposals:
            issues = list(self._issues[each.fiscal_year].items())
            same = _("as for all")
            self._add(str(each.pk), issues, doer=same, level=same, issue=same)

    def clean(self) -> dict[str, Any]:
        """Each is done by somebody; the level goes with a referral."""
        given = super().clean()
        for each in self.proposals:
            doer = self._of(each, "doer")
            if not doer:
                self.add_error(f"doer_{each.pk}", _("Please say who does it, here or above for all."))
            if doer == Proposal.Doer.REFER and not self._of(each, "level"):
                self.add_error(f"level_{each.pk}", _("Please say to which level it is referred."))
        return given

    @property
    def for_all(self) -> list[BoundField]:
        """The boxes that hold for every proposal that says nothing else."""
        return self._boxes("all")

    @property
    def sections(self) -> Iterator[tuple[Proposal, list[BoundField]]]:
        """Each proposal with its boxes."""
        for each in self.proposals:
            yield each, self._boxes(str(each.pk))

    @property
    def ending(self) -> list[BoundField]:
        """The boxes below the proposals."""
        return [self["resolution"], self["words"], self["note"]]

    @property
    def classes(self) -> list[Classified]:
        """What was resolved of each proposal."""
        return [
            Classified(
                each,
                self._of(each, "doer"),
                self._of(each, "level") if self._of(each, "doer") == Proposal.Doer.REFER else "",
                self._issues[each.fiscal_year].get(self._of(each, "issue")),
            )
            for each in self.proposals
        ]

    def _add(
        self, key: str, issues: Sequence[tuple[str, StrategicIssue]], *, doer: Any, level: Any, issue: Any
    ) -> None:
        """The three boxes of one proposal, or of all; what the empty choice of each means is told."""
        named = [(pk, f"{each.number}. {each}") for pk, each in issues]
        none = ("none" if issue else "", _("none of them"))
        offered = {
            "doer": (_("Who does it?"), [("", doer), *Proposal.Doer.choices]),
            "level": (_("Level of the agency"), [("", level), *Agency.Level.choices]),
            "issue": (
                _("Which strategic issue does it serve?"),
                [*([("", issue)] if issue else []), none, *named],
            ),
        }
        for part, (label, choices) in offered.items():
            self.fields[f"{part}_{key}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    def _boxes(self, key: str) -> list[BoundField]:
        return [self[f"{part}_{key}"] for part in ("doer", "level", "issue")]

    def _of(self, proposal: Proposal, part: str) -> str:
        """What was said of a proposal: of itself, or else of all."""
        given = self.cleaned_data
        return given.get(f"{part}_{proposal.pk}") or given.get(f"{part}_all") or ""
