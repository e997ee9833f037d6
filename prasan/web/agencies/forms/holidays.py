"""What is asked of a public holiday."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.web.shell.fields import CleanTextField, ThaiDateField


class HolidayForm(forms.Form):
    """A holiday that the cabinet resolved."""

    day = ThaiDateField(label=_("Day"))
    name_th = CleanTextField(label=_("Name in Thai"), max_length=200)
    name_en = CleanTextField(label=_("Name in English"), max_length=200)
