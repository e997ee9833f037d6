"""Opening plans, naming strategic issues, and placing the lines of budget bills."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.agencies.queries import Person, within_reach
from prasan.kernel.calendar import FiscalYear, today
from prasan.places.finder import Candidate
from prasan.places.models import Area, Level, ProvinceCluster
from prasan.planning import rules
from prasan.planning.models import ClusterRun, Plan
from prasan.planning.queries import clusters_for_label
from prasan.web.agencies.fields import AreaField, offer
from prasan.web.shell.fields import CleanTextField, WholeNumberField

WHOLE, OTHER = "whole", "other"
OPENED_HERE = (Plan.Kind.YEARLY, Plan.Kind.FIVE_YEAR, Plan.Kind.SYSTEM)
"""Plans of a province."""


def areas_keeping(user: Person) -> QuerySet[Area]:
    """The provinces whose plans the person keeps."""
    rows = Area.objects.filter(level=Level.PROVINCE, is_abolished=False)
    return within_reach(user, rules.KEEP_PLAN, rows).order_by("sort_key")


class _YearField(WholeNumberField):
    def __init__(self, **options: Any) -> None:
        super().__init__(least=2500, most=2700, help_text=_("A Buddhist year, for example 2571."), **options)

    def prepare_value(self, value: object) -> object:
        return str(value) if isinstance(value, int) else value


class _KeptAreaForm(forms.Form):
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Province"), empty_label=None)
    first_year = _YearField(label=_("First fiscal year"))
    last_year = _YearField(label=_("Last fiscal year"))

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        year = FiscalYear.of(today()).be + 1
        options["initial"] = {"first_year": year, "last_year": year, **(options.get("initial") or {})}
        super().__init__(*args, **options)
        offer(self, "area", areas_keeping(by))


class PlanForm(_KeptAreaForm):
    """A plan to be opened with its first draft."""

    kind = forms.ChoiceField(
        label=_("Kind of plan"),
        choices=[(kind.value, kind.label) for kind in OPENED_HERE],
    )
    field_order = ("kind", "area", "first_year", "last_year")


class IssueForm(_KeptAreaForm):
    """A strategic issue to be declared."""

    number = WholeNumberField(label=_("Number"), least=1, most=99)
    name_th = CleanTextField(label=_("Name in Thai"), max_length=300)
    name_en = CleanTextField(label=_("Name in English"), max_length=300, required=False)
    field_order = ("number", "name_th", "name_en", "area", "first_year", "last_year")


class PlaceForm(forms.Form):
    """Where a line of a bill belongs: one of the places found, the whole of its unit, or a place typed."""

    place = forms.ChoiceField(label=_("Where does it belong?"), widget=forms.RadioSelect)
    other = AreaField(
        label=_("Another place"),
        required=False,
        help_text=_("Its official code, or its name with tambon and amphoe."),
    )

    def __init__(self, *args: Any, found: tuple[Candidate, ...], whole: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._areas = {candidate.area.code: candidate.area for candidate in found}
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            *((code, area.full_name) for code, area in self._areas.items()),
            (WHOLE, _("the whole of %(unit)s") % {"unit": whole}),
            (OTHER, _("another place, typed below")),
        ]

    def clean(self) -> dict[str, Any]:
        """A place typed goes with the choice of it."""
        given = super().clean() or {}
        if given.get("place") == OTHER and not given.get("other") and "other" not in self.errors:
            self.add_error("other", _("Please type the place."))
        return given

    @property
    def area(self) -> Area | None:
        """The place; None for the whole province or cluster."""
        place = self.cleaned_data["place"]
        if place == OTHER:
            typed: Area = self.cleaned_data["other"]
            return typed
        return self._areas.get(place)


class RunForm(forms.Form):
    """Which cluster the pages under a label without its number are about."""

    cluster = forms.ModelChoiceField(
        ProvinceCluster.objects.none(), label=_("Cluster"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, run: ClusterRun, **options: Any) -> None:
        options["initial"] = {"cluster": run.cluster_id}
        super().__init__(*args, **options)
        keys = [cluster.pk for cluster in clusters_for_label(run.label)]
        rows = ProvinceCluster.objects.filter(pk__in=keys).order_by("code")
        offer(self, "cluster", rows)
