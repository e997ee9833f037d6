"""What is asked of panels, judges, ties, score sheets and the timetable."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from prasan.awards.counting import plain
from prasan.awards.models import Category, Criterion, Edition, Entry, Judge, Round, ScoreSheet
from prasan.kernel.digits import format_number, without_noughts
from prasan.web.agencies.fields import PersonField, offer
from prasan.web.awards.forms.fields import BodyField, TimeOfDayField, moment
from prasan.web.shell.fields import (
    CleanTextField,
    QuantityField,
    ThaiDateField,
    WholeNumberField,
    needed_to_send,
)
from prasan.web.shell.preferences import digits_now

PASSED, FAILED = "1", "0"


class PanelForm(forms.Form):
    """A panel for one category, or for all."""

    name = CleanTextField(label=_("Name of the panel"), max_length=200)
    category = forms.ModelChoiceField(
        Category.objects.none(), label=_("For which category?"), required=False, empty_label=_("for all")
    )

    def __init__(self, *args: Any, edition: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "category", edition.categories.all())


class JudgeForm(forms.Form):
    """A person who holds the post of judge, and for which body he sits."""

    person = PersonField(
        label=_("User name of the judge"), help_text=_("The person must hold the post of judge.")
    )
    body = BodyField(
        label=_("For which agency does the judge sit?"),
        required=False,
        max_length=200,
        help_text=_("Its code or its exact name. Conflicts are found from it."),
    )
    outside_body = CleanTextField(
        label=_("Or for which body outside the system?"), required=False, max_length=200
    )
    least = WholeNumberField(label=_("Entries at least"), least=0, most=9999, initial=0)
    most = WholeNumberField(label=_("Entries at most"), least=0, most=9999, initial=100)


class TieForm(forms.Form):
    """What ties a judge to a body, in his own words."""

    body = BodyField(label=_("To which agency?"), max_length=200, help_text=_("Its code or its exact name."))
    why = CleanTextField(
        label=_("What ties the judge to it?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: worked there until 2566. The organiser reads it, nobody else."),
    )

    def __init__(self, *args: Any, entry: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if entry:
            del self.fields["body"]


class AssignForm(forms.Form):
    """One entry for one judge."""

    entry = forms.ModelChoiceField(Entry.objects.none(), label=_("Entry"), empty_label=None)
    judge = forms.ModelChoiceField(Judge.objects.none(), label=_("Judge"), empty_label=None)

    def __init__(self, *args: Any, edition: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        present = edition.rounds.filter(began_at__isnull=False).last()
        rows = Entry.objects.filter(rounds__round=present, state="eligible").select_related("innovation")
        offer(self, "entry", rows.order_by("number"))
        judges = Judge.objects.filter(panel__edition=edition, left_at=None)
        offer(self, "judge", judges.select_related("person", "body").order_by("pk"))
        self.fields["judge"].label_from_instance = (  # type: ignore[attr-defined]
            lambda judge: f"{judge.person.name} · {judge.body_name}"
        )


class SheetForm(forms.Form):
    """Marks on every criterion, large enough for a thumb, and a remark for the jury."""

    remark = CleanTextField(
        label=_("Remark for the jury"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, sheet: ScoreSheet, criteria: list[Criterion], **options: Any) -> None:
        self.criteria = criteria
        given = dict(sheet.scores.values_list("criterion__code", "value"))
        options["initial"] = {
            "remark": sheet.remark,
            **{f"mark_{each.code}": plain(given[each.code]) for each in criteria if each.code in given},
        }
        super().__init__(*args, **options)
        for each in criteria:
            self.fields[f"mark_{each.code}"] = _field(each)
        self.order_fields([*(f"mark_{each.code}" for each in criteria), "remark"])

    @property
    def marks(self) -> dict[str, Decimal]:
        """The marks that were given, by criterion."""
        return {
            each.code: Decimal(value)
            for each in self.criteria
            if (value := self.cleaned_data[f"mark_{each.code}"]) not in (None, "")
        }

    @property
    def rows(self) -> Iterator[tuple[Criterion, BoundField]]:
        """Each criterion with its box."""
        for each in self.criteria:
            yield each, self[f"mark_{each.code}"]


def _field(criterion: Criterion) -> forms.Field:
    field: forms.Field
    if criterion.is_gate:
        field = forms.ChoiceField(
            label=str(criterion),
            choices=[(PASSED, _("passes")), (FAILED, _("does not pass"))],
            widget=forms.RadioSelect,
            help_text=criterion.meaning,
        )
    else:
        scale = _("From 0 to %(most)s.") % {
            "most": format_number(without_noughts(criterion.most), digits_now())
        }
        field = QuantityField(
            label=str(criterion), most=criterion.most, help_text=f"{scale} {criterion.meaning}".strip()
        )
    needed_to_send(field)
    return field


class PresentationForm(forms.Form):
    """When and where an entry is presented."""

    entry = forms.ModelChoiceField(Entry.objects.none(), label=_("Entry"), empty_label=None)
    day = ThaiDateField(label=_("Day"))
    begins = TimeOfDayField(label=_("Begins at"), max_length=10, help_text=_("For example 9.30"))
    ends = TimeOfDayField(label=_("Ends at"), max_length=10)
    place = CleanTextField(label=_("Room, or address of the online meeting"), max_length=300)

    def __init__(self, *args: Any, told: Round, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Entry.objects.filter(rounds__round=told, state="eligible").select_related("innovation")
        offer(self, "entry", rows.order_by("number"))

    @property
    def times(self) -> dict[str, Any]:
        """Beginning and end in Bangkok."""
        told = self.cleaned_data
        return {
            "starts": moment(told["day"], told["begins"]),
            "ends": moment(told["day"], told["ends"]),
        }
