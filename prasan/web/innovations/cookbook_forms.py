"""What is asked of a cookbook: its sections one by one, and its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.cases.words import LONG_LIMIT
from prasan.innovations.models import CookbookSection
from prasan.web.shell.fields import CleanTextField, needed_at_times, needed_to_send

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Code = CookbookSection.Code

HINTS: Mapping[CookbookSection.Code, StrPromise] = {
    Code.HURT: _("Whom it hurt, how much, and how it was before."),
    Code.BENEFIT: _("What those concerned have from it today."),
    Code.STEPS: _(
        "One step on a line, in the order in which they are taken; they are numbered by themselves."
    ),
    Code.WHO: _("Which posts and bodies do it, and who decides."),
    Code.DURATION: _("From the decision to the first use, and how long each part takes."),
    Code.COST: _("In baht, once and each year; say so if it needs no budget of its own."),
    Code.PARTNERS: _("Who must take part, and what each gives."),
    Code.CYCLE: _("For example: corrected every 3 months."),
    Code.PITFALLS: _("What went wrong, and what you would do otherwise."),
    Code.SUCCESS_FACTORS: _("Without what it would not have worked."),
}


class SectionForm(forms.Form):
    """One section, with the number of edits that was read."""

    text = CleanTextField(required=False, max_length=LONG_LIMIT, widget=forms.Textarea)
    edits = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, section: CookbookSection, **options: Any) -> None:
        options.setdefault("auto_id", f"{section.code}-%s")
        options.setdefault("initial", {"text": section.text, "edits": section.edits})
        super().__init__(*args, **options)
        code = Code(section.code)
        self.fields["text"].label = code.label
        self.fields["text"].help_text = HINTS[code]
        (needed_to_send if code == Code.STEPS else needed_at_times)(self.fields["text"])
        rows = min(24, max(4, section.text.count("\n") + len(section.text) // 80 + 2))
        self.fields["text"].widget.attrs["rows"] = rows


class CookbookFileForm(forms.Form):
    """A form, picture or document that goes with a cookbook."""

    title = CleanTextField(
        label=_("What is this file?"), max_length=300, help_text=_("For example: request form for the queue")
    )
    file = forms.FileField(
        label=_("File"), help_text=_("A picture, PDF, Word or Excel file. Please give no personal details.")
    )
