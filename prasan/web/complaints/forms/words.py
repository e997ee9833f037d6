"""Acts to which words are added: for the sender, or for those who handle the complaint."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.web.shell.fields import CleanTextField

NOTE_LIMIT = 4000


class ActForm(forms.Form):
    """An act on a case; alone it asks nothing but whether it is meant."""

    def __init__(self, *args: Any, case: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case = case


class NoteForm(ActForm):
    """An act to which a word may be added."""

    note = CleanTextField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sender can read it; please give no personal details."),
    )


class ReasonForm(NoteForm):
    """An act that needs a reason which the sender can read."""

    note = CleanTextField(
        label=_("Reason"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sender reads it; please give no personal details."),
    )


class InsideForm(ActForm):
    """Words for those who handle the complaint."""

    note = CleanTextField(
        label=_("Internal note"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only officers who handle the complaint read this. The sender never does."),
    )
