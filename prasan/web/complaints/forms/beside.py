"""What is asked beside the steps: why nobody can go on, and who looks after it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.complaints.models import Referral
from prasan.complaints.queries import colleagues_of
from prasan.web.agencies.fields import offer
from prasan.web.complaints.forms.words import NOTE_LIMIT, ActForm, InsideForm
from prasan.web.shell.fields import CleanTextField


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


class AssignForm(ActForm):
    """Who in the agency looks after it."""

    officer = forms.ModelChoiceField(User.objects.none(), label=_("Officer"), empty_label=_("Please choose"))

    def __init__(self, *args: Any, case: Referral, **options: Any) -> None:
        options.setdefault("initial", {"officer": case.officer_id})
        super().__init__(*args, case=case, **options)
        offer(self, "officer", colleagues_of(case))
