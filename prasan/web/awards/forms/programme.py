"""A programme of awards, and its rules of eligibility."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.awards import eligibility
from prasan.awards.actions import RuleWords
from prasan.kernel.calendar import buddhist_year, today
from prasan.places.models import LocalGovernmentKind
from prasan.web.awards.forms.fields import BodyField
from prasan.web.shell.fields import CleanTextField, ThaiDateField, WholeNumberField


class ProgrammeForm(forms.Form):
    """A programme and the agency that organises it."""

    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Small Latin letters, digits and hyphens: good-water")
    )
    name_th = CleanTextField(label=_("Name in Thai"), max_length=300)
    name_en = CleanTextField(label=_("Name in English"), max_length=300, required=False)
    organiser = BodyField(
        label=_("Agency that organises it"), max_length=200, help_text=_("Its code or its exact name.")
    )


class RulesForm(forms.Form):
    """A version of the rules of eligibility; what is left empty is no rule."""

    year_from = WholeNumberField(label=_("From which Buddhist year?"), least=2400, most=2700)
    source = CleanTextField(
        label=_("What are the rules based on?"),
        max_length=300,
        help_text=_("For example: announcement of the committee of 1 June 2569"),
    )
    levels = forms.MultipleChoiceField(
        label=_("Bodies of which level may enter?"),
        choices=Agency.Level.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Which kinds of local government may enter?"),
        choices=[(kind.value, f"{kind.value} {kind.label}") for kind in LocalGovernmentKind.Kind],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    years = WholeNumberField(label=_("Years in operation at least"), least=1, most=50, required=False)
    on = ThaiDateField(
        label=_("On which day must these years be full?"),
        required=False,
        help_text=_("Empty is the last day of the window."),
    )
    finished_in = WholeNumberField(
        label=_("Finished inside which fiscal year?"), least=2400, most=2700, required=False
    )
    in_window = forms.BooleanField(label=_("Entered inside the window"), required=False, initial=True)
    not_before = forms.BooleanField(label=_("Not awarded in this programme before"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year_from"].initial = str(buddhist_year(today()))

    @property
    def words(self) -> list[RuleWords]:
        """The rules, as an action takes them."""
        told = self.cleaned_data
        rules = []
        if told["levels"]:
            rules.append(RuleWords(eligibility.OWNER_LEVEL, {"codes": list(told["levels"])}))
        if told["kinds"]:
            rules.append(RuleWords(eligibility.OWNER_KIND, {"codes": list(told["kinds"])}))
        if told["years"]:
            on = {"on": told["on"].isoformat()} if told["on"] else {}
            rules.append(RuleWords(eligibility.YEARS_IN_OPERATION, {"years": told["years"], **on}))
        if told["finished_in"]:
            rules.append(RuleWords(eligibility.FINISHED_INSIDE_YEAR, {"year": told["finished_in"]}))
        if told["in_window"]:
            rules.append(RuleWords(eligibility.WINDOW))
        if told["not_before"]:
            rules.append(RuleWords(eligibility.NOT_AWARDED_BEFORE))
        return rules
