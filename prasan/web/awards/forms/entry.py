"""What is asked of an entry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.agencies.queries import Person
from prasan.awards.models import Category, Edition, Entry
from prasan.awards.queries import innovations_to_enter
from prasan.innovations.models import Innovation
from prasan.web.agencies.fields import offer
from prasan.web.awards.forms.fields import BodiesField
from prasan.web.shell.fields import FormKeyField


class ChangeEntryForm(forms.Form):
    """The category of an entry, and who supported the work."""

    category = forms.ModelChoiceField(Category.objects.none(), label=_("Category"), empty_label=None)
    supporters = BodiesField(
        label=_("Which bodies supported it?"),
        help_text=_("One a line, by code or exact name. Their people will not judge the entry."),
    )

    def __init__(self, *args: Any, edition: Edition, entry: Entry | None = None, **options: Any) -> None:
        if entry is not None:
            options["initial"] = {
                "category": entry.category_id,
                "supporters": "\n".join(str(each) for each in entry.supporters.all()),
            }
        super().__init__(*args, **options)
        offer(self, "category", edition.categories.all())


class EntryForm(ChangeEntryForm):
    """An innovation of the own agency, entered in a category."""

    innovation = forms.ModelChoiceField(
        Innovation.objects.none(), label=_("Which innovation?"), empty_label=None
    )
    form_key = FormKeyField()
    field_order = ["innovation", "category", "supporters", "form_key"]

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "innovation", innovations_to_enter(by))
