"""Opening a call, its terms and end, and who is let in late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency, Call
from prasan.agencies.queries import Person
from prasan.kernel.calendar import FiscalYear, today
from prasan.places.models import Area
from prasan.planning.actions import TermsWords
from prasan.planning.models import Attachment, CallTerms, Plan, ProjectKind, StrategicIssue
from prasan.planning.queries import agencies_to_ask, provinces_to_call
from prasan.web.agencies.fields import AreaField, offer
from prasan.web.shell.fields import CleanTextField, FormKeyField, MoneyField, ThaiDateField

TAKEN = "taken"

_ASKED = (("villages", _("villages")), ("tambon", _("tambon")), ("agencies", _("offices of the province")))


class TermsForm(forms.Form):
    """What a call asks for."""

    note = CleanTextField(
        label=_("What is asked"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody reads this, on the page of the call."),
    )
    ceiling = MoneyField(
        label=_("Budget ceiling (baht)"),
        required=False,
        help_text=_("Going above it is told, not refused: the governor decides."),
    )
    plan = forms.ModelChoiceField(
        Plan.objects.none(), label=_("For which plan"), required=False, empty_label=_("no plan yet")
    )
    issues = forms.ModelMultipleChoiceField(
        StrategicIssue.objects.none(),
        label=_("Strategic issues served"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, provinces: list[Area], terms: CallTerms | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "plan", Plan.objects.filter(area__in=provinces).order_by("-first_year", "kind"))
        offer(self, "issues", StrategicIssue.objects.filter(area__in=provinces))
        asked = {each.kind_id: each.required for each in terms.kinds.all()} if terms else {}
        for kind in ProjectKind.objects.filter(is_open=True).order_by("sort_key"):
            self.fields[f"kind_{kind.pk}"] = forms.MultipleChoiceField(
                label=_("Projects of the kind “%(kind)s”") % {"kind": kind},
                choices=[(TAKEN, _("taken in this call")), *Attachment.Kind.choices],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[TAKEN, *asked[kind.pk]] if kind.pk in asked else [],
            )
        if terms is not None:
            self.initial = {
                **self.initial,
                "note": terms.note,
                "ceiling": terms.ceiling,
                "plan": terms.plan_id,
                "issues": list(terms.issues.all()),
            }

    @property
    def words(self) -> TermsWords:
        """The terms, as the action takes them; a kind counts as taken with any of its boxes."""
        told = self.cleaned_data
        return TermsWords(
            note=told["note"],
            ceiling=told["ceiling"],
            plan=told["plan"],
            issues=list(told["issues"]),
            kinds={
                kind: [code for code in chosen if code != TAKEN]
                for kind, chosen in self._chosen_kinds()
                if chosen
            },
        )

    def _chosen_kinds(self) -> Iterator[tuple[ProjectKind, list[str]]]:
        for kind in ProjectKind.objects.filter(is_open=True).order_by("sort_key"):
            yield kind, self.cleaned_data.get(f"kind_{kind.pk}", [])


class CallForm(TermsForm):
    """A new call: of which province and year, from when to when, who is asked, and for what."""

    title = CleanTextField(label=_("Title of the call"), max_length=200)
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Province"), empty_label=None)
    fiscal_year = forms.TypedChoiceField(label=_("For the fiscal year"), coerce=int)
    opens = ThaiDateField(label=_("First day"))
    closes = ThaiDateField(label=_("Last day"), help_text=_("Entries are taken up to midnight of this day."))
    asked = forms.MultipleChoiceField(
        label=_("Who must answer"),
        choices=_ASKED,
        initial=[code for code, _label in _ASKED],
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("title", "area", "fiscal_year", "opens", "closes", "asked")

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        provinces = provinces_to_call(by)
        super().__init__(*args, provinces=list(provinces), **options)
        offer(self, "area", provinces)
        this = FiscalYear.of(today()).be
        self.fields["fiscal_year"].choices = [(year, str(year)) for year in range(this, this + 6)]  # type: ignore[attr-defined]
        self.fields["fiscal_year"].initial = this + 1
        self.fields["opens"].initial = today()


class ExtendForm(forms.Form):
    """The new last day of a call."""

    closes = ThaiDateField(label=_("New last day"))

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["closes"].initial = call.closes


class ExceptionForm(forms.Form):
    """Who is let in late, until when and why; a place or an agency."""

    area = AreaField(
        label=_("Place"),
        required=False,
        help_text=_(
            "A village, tambon or amphoe; all inside it are let in. Or leave empty and choose an agency."
        ),
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Agency"), required=False, empty_label=_("no agency")
    )
    until = ThaiDateField(label=_("Up to and with"))
    reason = CleanTextField(label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    form_key = FormKeyField()

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "agency", agencies_to_ask(call.area, call.agency))


class NothingForm(forms.Form):
    """Why there is nothing to report this year."""

    reason = CleanTextField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The provincial office reads this. Please give no names of residents."),
    )
