"""What is asked beside the steps of a complaint: notes, pauses, hurrying, limits, texts for answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.complaints.actions.templates import LONGEST
from prasan.complaints.models import Complaint, Referral, ReplyTemplate, TimeLimit
from prasan.complaints.queries import colleagues_of, kinds_offered
from prasan.kernel.calendar import today
from prasan.places.models import Area
from prasan.web.agencies.fields import offer
from prasan.web.complaints.forms import NOTE_LIMIT
from prasan.web.shell.fields import CleanTextField, ThaiDateField


class InsideForm(forms.Form):
    """Words for those who handle the complaint."""

    note = CleanTextField(
        label=_("Internal note"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only officers who handle the complaint read this. The sender never does."),
    )

    def __init__(self, *args: Any, case: Complaint, **options: Any) -> None:
        super().__init__(*args, **options)


class PauseForm(InsideForm):
    """Why nobody can go on just now."""

    waits_for = forms.ChoiceField(
        label=_("What is waited for?"),
        choices=[
            ("sender", _("An answer of the sender to what you ask below")),
            ("other", _("Something else")),
        ],
        initial="sender",
        widget=forms.RadioSelect,
    )
    note = CleanTextField(
        label=_("Question or reason"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sender reads it; please give no personal details."),
    )

    field_order = ("waits_for", "note")


class ResumeForm(forms.Form):
    """That it goes on."""

    note = CleanTextField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The sender can read it; please give no personal details."),
    )

    def __init__(self, *args: Any, case: Complaint, **options: Any) -> None:
        super().__init__(*args, **options)


class AssignForm(forms.Form):
    """Who in the agency looks after it."""

    officer = forms.ModelChoiceField(User.objects.none(), label=_("Officer"), empty_label=_("Please choose"))

    def __init__(self, *args: Any, case: Referral, **options: Any) -> None:
        options.setdefault("initial", {"officer": case.officer_id})
        super().__init__(*args, **options)
        offer(self, "officer", colleagues_of(case))


class AnswerForm(forms.Form):
    """What the sender answers to what he was asked."""

    words = CleanTextField(
        label=_("Your answer"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the officers who handle it read this."),
    )


class LimitForm(forms.Form):
    """How long a clock may take in a province."""

    clock = forms.ChoiceField(label=_("Which clock?"), choices=TimeLimit.Clock.choices)
    kind = forms.ModelChoiceField(
        kinds_offered(), label=_("Kind"), required=False, empty_label=_("Every kind")
    )
    days = forms.IntegerField(
        label=_("Working days"),
        min_value=1,
        max_value=365,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Province"), empty_label=None)
    valid_from = ThaiDateField(
        label=_("In force from"),
        help_text=_("Clocks that run already keep the limit with which they began."),
    )

    def __init__(self, *args: Any, provinces: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "area", provinces)
        offer(self, "kind", kinds_offered())
        self.fields["valid_from"].initial = today()


class TemplateForm(forms.Form):
    """A text that an agency uses again and again."""

    name = CleanTextField(label=_("Name"), max_length=100)
    text = CleanTextField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "{number}, {kind} and {place} are filled in from the complaint. Please give no personal details."
        ),
    )

    def __init__(self, *args: Any, template: ReplyTemplate | None = None, **options: Any) -> None:
        if template is not None:
            options["initial"] = {"name": template.name, "text": template.text}
        super().__init__(*args, **options)
