"""What stands for longer than a case: time limits of a province, texts of an agency."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.complaints.actions.templates import LONGEST
from prasan.complaints.models import ReplyTemplate, TimeLimit
from prasan.complaints.queries import kinds_offered
from prasan.kernel.calendar import today
from prasan.places.models import Area
from prasan.web.agencies.fields import offer
from prasan.web.shell.fields import CleanTextField, ThaiDateField


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
