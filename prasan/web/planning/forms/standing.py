"""For which day somebody wants to know how a proposal stood."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.kernel.calendar import today
from prasan.web.shell.fields import ThaiDateField


class StandingForm(forms.Form):
    """A day that is not yet to come."""

    as_of = ThaiDateField(label=_("On which day?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["as_of"].last = today()  # type: ignore[attr-defined] # the field of this form
