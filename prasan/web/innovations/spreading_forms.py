"""What is asked of spreading: to whom a cookbook goes, how far an adoption is, what is ordered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.agencies.queries import Person, naming_bodies
from prasan.cases.words import LONG_LIMIT
from prasan.innovations.actions.order import MOST_AT_ONCE
from prasan.innovations.models import Adoption, Cookbook, FollowUpOrder, Innovation
from prasan.innovations.queries import adopters_for, agencies_to_order, mark_of_lessons, numbers_to_reach
from prasan.innovations.states import ADOPTION
from prasan.kernel.calendar import today
from prasan.web.agencies.fields import offer
from prasan.web.innovations.forms import NOTE_LIMIT
from prasan.web.shell.fields import CleanTextField, FormKeyField, ThaiDateField

_LEVELS = {
    Agency.Level.CENTRAL: _("Departments and state enterprises (central)"),
    Agency.Level.PROVINCIAL: _("Provinces and their offices"),
    Agency.Level.AMPHOE: _("Amphoe"),
    Agency.Level.LOCAL: _("Local governments"),
}
_SHOWN = 5
_USUAL = [Agency.Level.CENTRAL, Agency.Level.PROVINCIAL]
"""Every department, state enterprise and province, as the order of 2567 has it."""


class SendForm(forms.Form):
    """The levels of agencies to which a cookbook is sent, each with how many have it not yet."""

    levels = forms.MultipleChoiceField(
        label=_("To whom is it sent?"), initial=_USUAL, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, cookbook: Cookbook, **options: Any) -> None:
        super().__init__(*args, **options)
        numbers = numbers_to_reach(cookbook)
        self.fields["levels"].choices = [  # type: ignore[attr-defined]
            (
                level.value,
                _("%(level)s: %(number)s that have it not yet")
                % {"level": label, "number": f"{numbers[level]:,}"},
            )
            for level, label in _LEVELS.items()
        ]


class AdoptionForm(forms.Form):
    """How far an agency is with an innovation that it tells of for the first time."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Which agency?"), empty_label=None)
    step = forms.ChoiceField(
        label=_("How far are you with it?"),
        required=False,
        initial="",
        choices=[
            ("", _("We know of it")),
            *((step.code, step.label) for step in ADOPTION.steps if step.code in ("plan", "pilot", "use")),
        ],
        widget=forms.RadioSelect,
    )
    since = ThaiDateField(label=_("Since when?"), required=False)

    def __init__(self, *args: Any, by: Person, innovation: Innovation, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "agency", adopters_for(by, innovation))


class SinceForm(forms.Form):
    """A step with an innovation, and the day on which it was taken."""

    since = ThaiDateField(label=_("Since when?"), required=False)

    def __init__(self, *args: Any, case: Adoption, **options: Any) -> None:
        super().__init__(*args, **options)


class SinceWithReasonForm(SinceForm):
    """A step that needs a reason, which everybody can read."""

    note = CleanTextField(
        label=_("Reason"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the history of the adoption; please give no personal details."),
    )


class LessonsForm(forms.Form):
    """What came of an innovation at another agency, for its owner to read."""

    result = CleanTextField(
        label=_("What came of it?"),
        required=False,
        max_length=LONG_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("With figures, if you have them."),
    )
    lessons = CleanTextField(
        label=_("What should the owner know?"),
        required=False,
        max_length=LONG_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What was different at your place, and what you changed."),
    )
    read = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, adoption: Adoption, **options: Any) -> None:
        options["initial"] = {
            "result": adoption.result,
            "lessons": adoption.lessons,
            "read": mark_of_lessons(adoption),
        }
        super().__init__(*args, **options)

    def read_again(self, adoption: Adoption) -> None:
        """Let what was typed be kept when it is sent again: how the adoption stands now is shown beside."""
        self.data = {**dict(self.data.items()), "read": mark_of_lessons(adoption)}


class _AgenciesField(CleanTextField):
    """Agencies typed by name or code, one on a line, among those that are offered."""

    offered: QuerySet[Agency]

    def clean(self, value: object) -> Any:
        """The agencies in the order typed; a name that none or several bear asks for another."""
        names = dict.fromkeys(line.strip() for line in super().clean(value).split("\n") if line.strip())
        if len(names) > MOST_AT_ONCE:
            raise ValidationError(
                _("Please name no more than %(most)d agencies at once."), params={"most": MOST_AT_ONCE}
            )
        return list({agency.pk: agency for agency in map(self._called, names)}.values())

    def _called(self, name: str) -> Agency:
        exact = list(self.offered.filter(Q(name_th=name) | Q(name_en=name) | Q(code=name))[:2])
        found = exact if len(exact) == 1 else list(naming_bodies(self.offered, name)[: _SHOWN + 1])
        if not found:
            raise ValidationError(
                _("No agency is called “%(name)s” among those to which you may give an order."),
                params={"name": name},
            )
        if len(found) > 1:
            raise ValidationError(
                _("Several agencies are called “%(name)s”. Please write the code of one: %(agencies)s"),
                params={
                    "name": name,
                    "agencies": "; ".join(f"{each} = {each.code}" for each in found[:_SHOWN]),
                },
            )
        return found[0]


class OrderForm(forms.Form):
    """What named agencies are to do about an innovation, and by when."""

    agencies = _AgenciesField(
        label=_("To which agencies?"),
        max_length=LONG_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One agency on a line, by its name or code."),
    )
    words = CleanTextField(
        label=_("What is to be done?"), max_length=LONG_LIMIT, widget=forms.Textarea(attrs={"rows": 5})
    )
    due_on = ThaiDateField(label=_("By when?"))
    form_key = FormKeyField()

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        due, agencies = self.fields["due_on"], self.fields["agencies"]
        due.first, agencies.offered = today(), agencies_to_order(by)  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """What was done about an order."""

    report = CleanTextField(
        label=_("What was done?"), max_length=LONG_LIMIT, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, case: FollowUpOrder, **options: Any) -> None:
        options["initial"] = {"report": case.report}
        super().__init__(*args, **options)
