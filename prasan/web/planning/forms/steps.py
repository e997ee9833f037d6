"""What each step asks of the person who takes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.actions import record_resolution
from prasan.agencies.models import Agency, Committee, Meeting, Resolution
from prasan.kernel.calendar import today
from prasan.places.models import Area
from prasan.planning.models import PlanVersion, Proposal, StrategicIssue
from prasan.planning.queries import (
    agencies_to_help,
    agencies_to_lead,
    issues_for,
    local_governments_of,
    resolutions_for,
    totals_of,
    versions_to_include,
)
from prasan.web.agencies.fields import offer
from prasan.web.shell.fields import CleanTextField
from prasan.web.shell.templatetags.prasan import baht

NOTE_LIMIT = 4000
NEW = "new"


class _Reason(CleanTextField):
    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Reason"))
        options.setdefault(
            "help_text", _("The reason reaches the person who asked and stands in the public history.")
        )
        options.setdefault("max_length", NOTE_LIMIT)
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**options)


def _optional_note() -> _Reason:
    help_text = _("Stands in the public history; please give no personal details.")
    return _Reason(label=_("Note"), required=False, help_text=help_text)


class NoWordsForm(forms.Form):
    """An act to which nothing is added."""


class ConfirmForm(forms.Form):
    """An act that needs nothing more; a word may be added."""

    note = _optional_note()

    def __init__(self, *args: Any, case: object = None, by: User | None = None, **options: Any) -> None:
        super().__init__(*args, **options)


class ReasonForm(ConfirmForm):
    """An act that needs a public reason."""

    note = _Reason()


class AgencyAnswerForm(ConfirmForm):
    """An answer with a word for everybody and a word for officers only."""

    internal_note = CleanTextField(
        label=_("Internal note"),
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only officers who handle the proposal read this. The public never does."),
    )


class DeclineForm(AgencyAnswerForm):
    """A refusal of an agency, with its public reason."""

    note = _Reason()


class ReturnForm(DeclineForm):
    """To whom an agency sends a proposal back."""

    to = forms.ChoiceField(
        label=_("To whom?"),
        widget=forms.RadioSelect,
        initial="committee",
        choices=[
            ("committee", _("the committee that sent it")),
            ("author", _("its author, who changes it and submits it again")),
        ],
    )
    field_order = ("to", "note", "internal_note")


class ResolutionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker alone
    """A choice among recorded resolutions."""

    def label_from_instance(self, obj: Any) -> str:
        return str(_resolution_label(obj))


class ResolvingForm(ConfirmForm):
    """In which resolution of a committee something was decided: one recorded before, or one recorded now."""

    resolution = forms.ChoiceField(
        label=_("In which resolution?"),
        help_text=_("Is the meeting missing? It is entered on the page of the committee."),
    )
    words = CleanTextField(
        label=_("Words of the new resolution"),
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only for a resolution not yet recorded, as it stands in the minutes."),
    )

    def __init__(self, *args: Any, kind: Committee.Kind, area: Area, **options: Any) -> None:
        super().__init__(*args, **options)
        self._resolutions = {
            str(resolution.pk): resolution for resolution in resolutions_for(kind, area)[:30]
        }
        self._meetings = {f"{NEW}-{meeting.pk}": meeting for meeting in _meetings_held(kind, area)}
        self.fields["resolution"].choices = [  # type: ignore[attr-defined]
            ("", _("Please choose")),
            *((key, _resolution_label(resolution)) for key, resolution in self._resolutions.items()),
            *((key, _new_label(meeting)) for key, meeting in self._meetings.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """A new resolution has words."""
        given = super().clean() or {}
        if self._meeting is not None and not given.get("words"):
            self.add_error("words", _("Please write what was resolved."))
        return given

    @property
    def _meeting(self) -> Meeting | None:
        return self._meetings.get(self.cleaned_data.get("resolution", ""))

    def resolved(self, *, by: User) -> Resolution:
        """The resolution that was chosen; a new one is recorded first."""
        meeting = self._meeting
        if meeting is None:
            return self._resolutions[self.cleaned_data["resolution"]]
        return record_resolution(meeting, self.cleaned_data["words"], by=by)


class ClassifyForm(ResolvingForm):
    """What the tambon committee resolved on both axes, and in which resolution."""

    doer = forms.ChoiceField(label=_("Who does it?"), choices=Proposal.Doer.choices, widget=forms.RadioSelect)
    level = forms.ChoiceField(
        label=_("Level of the agency"),
        required=False,
        choices=[("", _("not referred")), *Agency.Level.choices],
        help_text=_("Only for a proposal that is referred to an agency."),
    )
    serves = forms.ChoiceField(label=_("Which strategic issue does it serve?"), widget=forms.RadioSelect)
    field_order = ("doer", "level", "serves", "resolution", "words", "note")

    def __init__(self, *args: Any, case: Proposal, **options: Any) -> None:
        super().__init__(*args, kind=Committee.Kind.TAMBON, area=case.area, case=case, **options)
        self._issues = {str(issue.pk): issue for issue in issues_for(case.area, case.fiscal_year)}
        self.fields["serves"].choices = [  # type: ignore[attr-defined]
            *((key, f"{issue.number}. {issue}") for key, issue in self._issues.items()),
            ("none", _("none of them")),
        ]

    def clean(self) -> dict[str, Any]:
        """The level goes with a referral."""
        given = super().clean()
        if given.get("doer") == Proposal.Doer.REFER and not given.get("level"):
            self.add_error("level", _("Please say to which level it is referred."))
        if given.get("doer") and given["doer"] != Proposal.Doer.REFER:
            given["level"] = ""
        return given

    @property
    def issue(self) -> StrategicIssue | None:
        """The issue served, if any."""
        return self._issues.get(self.cleaned_data["serves"])


class HandOverForm(ConfirmForm):
    """Which local government takes it up."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Local government"))

    def __init__(self, *args: Any, case: Proposal, **options: Any) -> None:
        super().__init__(*args, case=case, **options)
        offer(self, "agency", local_governments_of(case))

    field_order = ("agency", "note")


class _LeadField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker alone
    def label_from_instance(self, obj: Any) -> str:
        return _("%(agency)s — this is its field") % {"agency": obj} if obj.has_mandate else str(obj)


class ForwardForm(ConfirmForm):
    """To which agencies a proposal goes: the one that answers, and those that help."""

    lead = _LeadField(
        Agency.objects.none(),
        label=_("Lead agency"),
        empty_label=_("Please choose"),
        help_text=_("Its answer moves the proposal. Agencies whose field it is stand first."),
    )
    co_agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label=_("Agencies that help"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("lead", "co_agencies", "note")

    def __init__(self, *args: Any, case: Proposal, **options: Any) -> None:
        super().__init__(*args, case=case, **options)
        offer(self, "lead", agencies_to_lead(case))
        offer(self, "co_agencies", agencies_to_help(case))


class _VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker alone
    def label_from_instance(self, obj: PlanVersion) -> str:
        totals = totals_of(obj)
        return _("%(plan)s, version %(number)d — now %(items)d projects, %(amount)s") % {
            "plan": obj.plan,
            "number": obj.number,
            "items": totals.items,
            "amount": baht(totals.amount),
        }


class IncludeForm(ConfirmForm):
    """Into which draft of the plan a proposal goes."""

    version = _VersionField(
        PlanVersion.objects.none(), label=_("Plan"), widget=forms.RadioSelect, empty_label=None
    )
    field_order = ("version", "note")

    def __init__(self, *args: Any, case: Proposal, **options: Any) -> None:
        versions = versions_to_include(case)
        options["initial"] = {"version": versions.first()}
        super().__init__(*args, case=case, **options)
        offer(self, "version", versions)


class EndorseForm(ConfirmForm):
    """In which resolution of the provincial committee a plan was endorsed."""

    resolution = ResolutionField(
        Resolution.objects.none(),
        label=_("In which resolution?"),
        empty_label=_("Please choose"),
        help_text=_("Resolutions are recorded on the page of the meeting."),
    )
    field_order = ("resolution", "note")

    def __init__(self, *args: Any, case: PlanVersion, **options: Any) -> None:
        super().__init__(*args, case=case, **options)
        if case.plan.area is not None:
            rows = resolutions_for(Committee.Kind.PROVINCE, case.plan.area)
            offer(self, "resolution", rows)


def _meetings_held(kind: Committee.Kind, area: Area) -> list[Meeting]:
    """Meetings of the committee of that kind that can have resolved something, newest first."""
    rows = Meeting.objects.filter(
        committee__kind=kind, committee__area__in=area.path.split("/")[:-1], held_on__lte=today()
    )
    return list(rows.select_related("committee").order_by("-held_on", "-number")[:5])


def _resolution_label(resolution: Resolution) -> str:
    return _("Resolution %(number)d of meeting %(meeting)s: %(text)s") % {
        "number": resolution.number,
        "meeting": resolution.meeting,
        "text": resolution.text[:80],
    }


def _new_label(meeting: Meeting) -> str:
    return _("A new resolution of meeting %(meeting)s") % {"meeting": meeting}
