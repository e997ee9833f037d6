"""What residents tell, and what the centre and agencies are asked."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.complaints.actions import ComplaintWords, SenderFields
from prasan.complaints.actions.closing import REASONS
from prasan.complaints.actions.photograph import Sent
from prasan.complaints.actions.taking_in import MOST_LETTERS
from prasan.complaints.models import Complaint, Kind, Referral
from prasan.complaints.queries import (
    Proposed,
    agencies_to_send_to,
    kinds_offered,
    open_complaint_numbered,
    proposed_for,
)
from prasan.documents.models import File
from prasan.kernel.calendar import BANGKOK, today
from prasan.web.agencies.fields import AreaField, offer
from prasan.web.documents.fields import SeveralFilesField, SeveralFilesInput
from prasan.web.documents.kept import KeptFilesForm
from prasan.web.shell.fields import (
    THAILAND,
    CleanTextField,
    FormKeyField,
    Point,
    PointField,
    ThaiDateField,
)

NOTE_LIMIT = 4000


class TellingForm(KeptFilesForm):
    """A complaint as a resident tells it; what matters first comes first."""

    words = CleanTextField(
        label=_("What happened?"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What is wrong, where exactly, since when. Please give no names of other people."),
        error_messages={"required": _("Please say in a few words what happened.")},
    )
    area = AreaField(
        label=_("Where?"),
        help_text=_("The tambon or village, for example: ตำบลท่าตูม, or its official code"),
    )
    kind = forms.ModelChoiceField(
        Kind.objects.none(), label=_("What is it about?"), required=False, empty_label=_("I do not know")
    )
    point = PointField(
        label=_("The exact place"),
        required=False,
        help_text=_(
            "Only officers see the point. It helps to find it, and to see whether it is known already."
        ),
    )
    pictures = SeveralFilesField(
        label=_("Photographs"),
        required=False,
        help_text=_("Up to five. They show officers what is wrong; please show no faces."),
    )
    happened_on = ThaiDateField(label=_("When did it happen?"), required=False)
    manner = forms.ChoiceField(
        label=_("Who may know who you are?"),
        choices=[
            ("anonymous", _("Nobody: I give no name")),
            ("confidential", _("Only the centre; agencies do not learn it")),
            ("named", _("The centre and the agency that helps")),
        ],
        initial="anonymous",
        widget=forms.RadioSelect,
    )
    name = CleanTextField(
        label=_("Your name"),
        max_length=200,
        required=False,
        help_text=_("This and how to reach you is kept only where somebody may know who you are."),
    )
    phone = CleanTextField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    form_key = FormKeyField()

    field_order: tuple[str, ...] = ("words", "area", "kind", "point", "pictures")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", kinds_offered())
        self.fields["happened_on"].last = today()  # type: ignore[attr-defined]
        self.fields["point"].show(THAILAND, reverse("places:country-outlines"))  # type: ignore[attr-defined]

    @property
    def told(self) -> ComplaintWords:
        """What was told, as the action takes it."""
        given = self.cleaned_data
        point: Point | None = given["point"]
        return ComplaintWords(
            words=given["words"],
            area=given["area"],
            kind=given["kind"],
            latitude=point.latitude if point else None,
            longitude=point.longitude if point else None,
            happened_at=_moment(given["happened_on"]),
        )

    @property
    def photographs(self) -> list[Sent]:
        """The files that came along, as the action takes them."""
        return [Sent(*each) for each in self.files_kept]

    @property
    def sender(self) -> SenderFields:
        """Who tells it, as far as he says."""
        given = self.cleaned_data
        return SenderFields(name=given["name"], phone=given["phone"], email=given["email"])


class TakingInForm(TellingForm):
    """A complaint as an officer writes it down for somebody; a letter may come as a scan."""

    allowed_files = (File.Kind.IMAGE, File.Kind.PDF)

    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[
            (channel.value, channel.label)
            for channel in (Complaint.Channel.COUNTER, Complaint.Channel.PHONE, Complaint.Channel.LETTER)
        ],
    )

    pictures = SeveralFilesField(
        label=_("Photographs or scan"),
        required=False,
        widget=SeveralFilesInput(attrs={"accept": "image/*,application/pdf"}),
        help_text=_("Up to five pictures or PDF files."),
    )

    field_order: tuple[str, ...] = ("channel", "words", "area", "kind", "point", "pictures")


class TrackingForm(forms.Form):
    """The number on the receipt and the secret beside it."""

    receipt = forms.CharField(
        label=_("Number of the complaint"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )
    secret = forms.CharField(
        label=_("Secret"),
        max_length=40,
        help_text=_("The twelve digits that were shown beside the number."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )


class NoteForm(forms.Form):
    """An act to which a word may be added."""

    note = CleanTextField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sender can read it; please give no personal details."),
    )

    def __init__(self, *args: Any, case: Any = None, by: User | None = None, **options: Any) -> None:
        super().__init__(*args, **options)


class ReasonForm(NoteForm):
    """An act that needs a reason which the sender can read."""

    note = CleanTextField(
        label=_("Reason"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sender reads it; please give no personal details."),
    )


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

    def __init__(self, *args: Any, case: Complaint, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case = case

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


class AcknowledgeForm(forms.Form):
    """The number under which the agency keeps it."""

    own_number = CleanTextField(
        label=_("Number at the agency"),
        required=False,
        max_length=80,
        help_text=_("If you keep it under a number of your own."),
    )

    def __init__(self, *args: Any, case: Referral, **options: Any) -> None:
        super().__init__(*args, **options)


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


class RateForm(forms.Form):
    """How well it was settled."""

    score = forms.TypedChoiceField(
        label=_("How well was it settled?"),
        choices=[(5, _("5 very well")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 not at all"))],
        coerce=int,
        widget=forms.RadioSelect,
    )


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


def _moment(day: Any) -> datetime | None:
    """A day as a moment on it that is not in the future."""
    if day is None:
        return None
    return min(datetime.combine(day, time(12), tzinfo=BANGKOK), timezone.now())
