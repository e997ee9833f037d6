"""What residents tell, how they follow it, and what they say of its end."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prasan.complaints.actions import ComplaintWords, SenderFields
from prasan.complaints.actions.photograph import Sent
from prasan.complaints.actions.taking_in import MOST_LETTERS
from prasan.complaints.models import Complaint, Kind
from prasan.complaints.queries import kinds_offered
from prasan.documents.models import File
from prasan.kernel.calendar import BANGKOK, today
from prasan.web.agencies.fields import AreaField, offer
from prasan.web.complaints.forms.words import NOTE_LIMIT
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


class AnswerForm(forms.Form):
    """What the sender answers to what he was asked."""

    words = CleanTextField(
        label=_("Your answer"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the officers who handle it read this."),
    )


class RateForm(forms.Form):
    """How well it was settled."""

    score = forms.TypedChoiceField(
        label=_("How well was it settled?"),
        choices=[(5, _("5 very well")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 not at all"))],
        coerce=int,
        widget=forms.RadioSelect,
    )


def _moment(day: Any) -> datetime | None:
    """A day as a moment on it that is not in the future."""
    if day is None:
        return None
    return min(datetime.combine(day, time(12), tzinfo=BANGKOK), timezone.now())
