"""What the centre and agencies are asked at the steps of a complaint."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.complaints.actions.closing import REASONS
from prasan.complaints.actions.photograph import Sent
from prasan.complaints.models import Complaint, Kind, Referral
from prasan.complaints.queries import (
    Proposed,
    agencies_to_send_to,
    kinds_offered,
    open_complaint_numbered,
    proposed_for,
)
from prasan.web.agencies.fields import AreaField, offer
from prasan.web.complaints.forms.words import NOTE_LIMIT, ActForm, NoteForm, ReasonForm
from prasan.web.documents.fields import SeveralFilesField
from prasan.web.documents.kept import KeptFilesForm
from prasan.web.shell.fields import CleanTextField


class ProofForm(KeptFilesForm, ReasonForm):
    """A reason, and photographs of what was done."""

    pictures = SeveralFilesField(
        label=_("Photographs of what was done"),
        required=False,
        help_text=_("The sender can see them. One that was used before is marked."),
    )

    field_order: tuple[str, ...] = ("note", "pictures")

    @property
    def proof(self) -> list[Sent]:
        """The photographs, as an action takes them."""
        return [Sent(*each) for each in self.files_kept]


class ScreenForm(NoteForm):
    """What a complaint is about."""

    title = CleanTextField(
        label=_("Title"),
        max_length=200,
        help_text=_("A few words without names: others who report the same may be shown them."),
    )
    kind = forms.ModelChoiceField(Kind.objects.none(), label=_("Kind"), empty_label=_("Please choose"))
    area = AreaField(label=_("Where"), required=False)

    field_order = ("title", "kind", "area", "note")

    def __init__(self, *args: Any, case: Complaint, **options: Any) -> None:
        options["initial"] = {"title": case.title, "kind": case.kind_id, "area": case.area}
        super().__init__(*args, **options)
        offer(self, "kind", kinds_offered())


class ReferForm(NoteForm):
    """Who answers for a complaint, and who helps."""

    lead = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Agency that answers for it"), empty_label=_("Please choose")
    )
    helpers = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label=_("Agencies that help"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    internal_note = CleanTextField(
        label=_("Internal note"),
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only officers who handle the complaint read this. The sender never does."),
    )

    field_order = ("lead", "helpers", "note", "internal_note")

    def __init__(self, *args: Any, case: Complaint, **options: Any) -> None:
        super().__init__(*args, **options)
        agencies = agencies_to_send_to(case)
        proposed = proposed_for(case)
        self.initial = {"lead": proposed.lead, "helpers": list(proposed.helpers), **self.initial}
        if proposed.lead is not None:
            self.fields["lead"].help_text = _why(proposed)
        for name in ("lead", "helpers"):
            self.fields[name].queryset = agencies  # type: ignore[attr-defined]


class JoinForm(ReasonForm):
    """The complaint that tells of the same problem, by its number."""

    main = forms.CharField(
        label=_("Number of the complaint that it repeats"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )

    field_order = ("main", "note")

    def clean_main(self) -> Complaint:
        """The open complaint of that number."""
        main = open_complaint_numbered(self.cleaned_data["main"], self.case)
        if main is None:
            raise forms.ValidationError(_("No open complaint of this province has this number."))
        return main


class CloseForm(ProofForm):
    """Why a complaint ends."""

    reason = forms.ChoiceField(label=_("How does it end?"), choices=list(REASONS.items()))

    field_order: tuple[str, ...] = ("reason", "note", "pictures")


class AcknowledgeForm(ActForm):
    """The number under which the agency keeps it."""

    own_number = CleanTextField(
        label=_("Number at the agency"),
        required=False,
        max_length=80,
        help_text=_("If you keep it under a number of your own."),
    )


class ReferOnForm(ReasonForm):
    """To whom an agency hands a complaint."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"), empty_label=_("Please choose"))

    field_order = ("agency", "note")

    def __init__(self, *args: Any, case: Referral, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "agency", agencies_to_send_to(case.complaint).exclude(pk=case.agency_id))
        proposed = proposed_for(case.complaint, but=case.agency)
        if proposed.lead is not None:
            self.initial = {"agency": proposed.lead, **self.initial}
            self.fields["agency"].help_text = _why(proposed)


def _why(proposed: Proposed) -> str:
    """Why an agency is proposed."""
    if proposed.rule:
        told = {"number": proposed.rule, "version": proposed.book, "reason": proposed.reason}
        if proposed.reason:
            sentence = _(
                "Proposed by rule %(number)d of version %(version)d: %(reason)s. You can choose another."
            )
            return str(sentence % told)
        return str(_("Proposed by rule %(number)d of version %(version)d. You can choose another.") % told)
    return str(_("Proposed by its mandate for this kind. You can choose another."))
