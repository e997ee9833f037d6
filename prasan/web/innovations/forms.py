"""What is asked of an innovation, of its figures and of its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.agencies.queries import Person
from prasan.cases.models import Case
from prasan.innovations.actions import (
    InnovationWords,
    MeasureWords,
    area_codes,
    mark_of_measure,
    mark_of_words,
    words_of_measure,
)
from prasan.innovations.models import ImpactMeasure, Innovation
from prasan.innovations.models.innovation import TEXTS
from prasan.innovations.queries import owners_to_write_for
from prasan.kernel.calendar import FiscalYear, today
from prasan.places.models import COUNTRY, Area
from prasan.web.agencies.fields import PlacesField, look_near, offer
from prasan.web.shell.fields import (
    CleanTextField,
    FormKeyField,
    QuantityField,
    ThaiDateField,
    WholeNumberField,
)

NOTE_LIMIT = 4000
YEARS_BACK = 5
_EARLIEST, _LATEST = 2400, 2700
"""Buddhist years that a figure can be of."""

KINDS = [
    (
        Innovation.Kind.SERVICE,
        _("Service: a public service made better or new, for example a mobile unit or registering online"),
    ),
    (
        Innovation.Kind.ADMINISTRATIVE,
        _("Administrative: a new process, organisation or system inside government, for example PMQA 4.0"),
    ),
    (
        Innovation.Kind.POLICY,
        _("Policy: a new policy, law or rule that fits the times, for example a town plan for innovation"),
    ),
    (Innovation.Kind.UNKNOWN, _("Not known")),
]
"""With the definitions and examples of the register's source."""


def _long(label: Any, help_text: Any = "", rows: int = 4) -> CleanTextField:
    return CleanTextField(
        label=label,
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class _KeptAreasField(forms.MultipleChoiceField):
    """Ticks of areas; that of one which a colleague took away meanwhile keeps nothing, and is no fault."""

    def valid_value(self, value: str) -> bool:
        """Whether it may be the key of an area."""
        return value.isdecimal()


class InnovationForm(forms.Form):
    """An innovation told; what everybody reads first comes first, the rest can be filled in later."""

    owner = forms.ModelChoiceField(Agency.objects.none(), label=_("Whose is it?"), empty_label=None)
    title = CleanTextField(
        label=_("Name of the innovation"),
        max_length=300,
        help_text=_("What is done for whom, for example: booking a queue at the land office by LINE"),
    )
    title_en = CleanTextField(label=_("Its name in English"), max_length=300, required=False)
    kept_areas = _KeptAreasField(
        label=_("Where is it carried out?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Take the tick away where it is not carried out."),
    )
    areas = PlacesField(
        label=_("Where is it carried out?"),
        required=False,
        help_text=_(
            "Provinces, amphoe, tambon or municipalities, one a line, for example: amphoe Tha Tum, Surin. "
            "Leave it empty if it is not known."
        ),
    )
    kind = forms.ChoiceField(
        label=_("What kind of innovation is it?"),
        choices=KINDS,
        initial=Innovation.Kind.UNKNOWN,
        widget=forms.RadioSelect,
    )
    fiscal_year = forms.TypedChoiceField(
        label=_("For which fiscal year is it proposed?"), coerce=int, empty_value=None, required=False
    )
    pain_point = _long(_("What hurt? (pain point)"), rows=3)
    solution = _long(_("What was done about it? (solution)"), rows=3)
    impact = _long(_("What became better? (impact)"), rows=3)
    started_on = ThaiDateField(label=_("Began on"), required=False)
    finished_on = ThaiDateField(
        label=_("Finished on"),
        required=False,
        help_text=_(
            "Indicator 4.1 asks that it is finished inside the fiscal year (1 October – 30 September)."
        ),
    )
    aspects = forms.MultipleChoiceField(
        label=_("Which aspects of work does it renew?"),
        choices=Innovation.Aspect.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Indicator 4.1 asks for at least one."),
    )
    ways = forms.MultipleChoiceField(
        label=_("In which ways does it improve a service?"),
        choices=Innovation.Way.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rationale = _long(_("1. Principle, reason and need"))
    objective = _long(_("2. Objective"), rows=3)
    work_done = _long(_("3. What was done"))
    expected_result = _long(_("4. Expected result"), rows=3)
    actual_result = _long(_("5. Actual result"), _("Tangible, as it came out."))
    problem_fit = _long(_("How do problem and remedy fit the need of the people concerned?"), rows=3)
    difference = _long(_("How does it differ from routine work?"), rows=3)
    form_key = FormKeyField()
    read = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Person, innovation: Innovation | None = None, **options: Any) -> None:
        if innovation is not None:
            left_out = ("form_key", "owner", "kept_areas", "areas", "read")
            names = [name for name in self.base_fields if name not in left_out]
            options["initial"] = {
                **{name: getattr(innovation, name) for name in names},
                "read": mark_of_words(innovation, area_codes(innovation)),
            }
        super().__init__(*args, **options)
        look_near(self, "areas", by)
        self._offer_areas(innovation)
        this_year = FiscalYear.of(today()).be
        years = {this_year + 1 - back for back in range(YEARS_BACK)}
        if innovation is not None:
            del self.fields["owner"], self.fields["form_key"]
            if innovation.fiscal_year is not None:
                years.add(innovation.fiscal_year)
        else:
            del self.fields["read"]
            owners = owners_to_write_for(by)
            offer(self, "owner", owners)
            self.fields["areas"].initial = _areas_of(owners)
            self.fields["fiscal_year"].initial = this_year
        self.fields["fiscal_year"].choices = [  # type: ignore[attr-defined]
            ("", _("for none")),
            *((year, str(year)) for year in sorted(years, reverse=True)),
        ]

    @property
    def words(self) -> InnovationWords:
        """What was told, as an action takes it."""
        told = self.cleaned_data
        names = ("title", "title_en", "kind", "aspects", "ways", "fiscal_year", "started_on", "finished_on")
        kept = [self._kept[key] for key in told.get("kept_areas", ()) if key in self._kept]
        return InnovationWords(
            areas=[*kept, *told["areas"]], **{name: told[name] for name in (*names, *TEXTS)}
        )

    @property
    def keeps_what_is_gone(self) -> bool:
        """Whether an area is ticked that a colleague took away meanwhile."""
        ticked = self.data.getlist("kept_areas") if isinstance(self.data, QueryDict) else ()
        return any(key not in self._kept for key in ticked)

    def read_again(self, innovation: Innovation) -> None:
        """Let what was typed be kept when it is sent again: how the innovation stands now is shown beside."""
        self.data = _sent_again(self.data, mark_of_words(innovation, area_codes(innovation)))

    def _offer_areas(self, innovation: Innovation | None) -> None:
        """Let the areas of an innovation that has some be kept, each by a tick, and others be added."""
        rows = list(innovation.areas.all()) if innovation is not None else []
        self._kept = {str(each.pk): each.place for each in rows}
        if not rows:
            del self.fields["kept_areas"]
            return
        kept = self.fields["kept_areas"]
        kept.choices = [(str(each.pk), each.full_name) for each in rows]  # type: ignore[attr-defined]
        kept.initial = list(self._kept)
        self.fields["areas"].label = _("Where else is it carried out?")


def _sent_again(data: Mapping[str, Any], read: str) -> QueryDict:
    """What was sent, with another mark of what was read."""
    told = QueryDict(mutable=True)
    told.update(data)
    told["read"] = read
    return told


def _areas_of(agencies: Iterable[Agency]) -> list[Area]:
    """The areas of agencies, each once; that of the whole country tells nothing."""
    return list({each.area_id: each.area for each in agencies if each.area_id != COUNTRY}.values())


class MeasureForm(forms.Form):
    """A figure before and after, and where it comes from."""

    name = CleanTextField(
        label=_("What is measured?"), max_length=200, help_text=_("For example: waiting time at the counter")
    )
    unit = CleanTextField(
        label=_("Unit"), max_length=60, help_text=_("For example: minutes, households, baht")
    )
    base_value = QuantityField(label=_("Value before"), required=False)
    base_year = WholeNumberField(
        label=_("In which Buddhist year was that?"), least=_EARLIEST, most=_LATEST, required=False
    )
    value = QuantityField(label=_("Value after"))
    year = WholeNumberField(
        label=_("In which Buddhist year is that?"), least=_EARLIEST, most=_LATEST, required=False
    )
    whole = QuantityField(
        label=_("Of how many?"),
        required=False,
        help_text=_("Where the value is a part of something, for example 3,292 of 3,504 households."),
    )
    source = CleanTextField(
        label=_("Where do the figures come from?"),
        max_length=300,
        help_text=_("For example: report of the hospital, fiscal year 2568, page 12"),
    )
    remark = CleanTextField(label=_("Remark"), max_length=300, required=False)
    read = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, measure: ImpactMeasure | None = None, **options: Any) -> None:
        self._kept = words_of_measure(measure) if measure is not None else None
        if measure is not None:
            options["initial"] = {**asdict(words_of_measure(measure)), "read": mark_of_measure(measure)}
        super().__init__(*args, **options)

    @property
    def words(self) -> MeasureWords:
        """The figure, as an action takes it; what is not asked stays, English as long as the Thai does."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "read"}
        if self._kept is None:
            return MeasureWords(**told)
        english: dict[str, Any] = {
            f"{name}_en": getattr(self._kept, f"{name}_en") if told[name] == getattr(self._kept, name) else ""
            for name in ("name", "unit", "remark")
        }
        return replace(self._kept, **told, **english)

    def read_again(self, measure: ImpactMeasure) -> None:
        """Let what was typed be kept when it is sent again, now that its writer knows how it stands."""
        self.data = _sent_again(self.data, mark_of_measure(measure))


class EvidenceForm(forms.Form):
    """A file, an address, or a document that is named."""

    title = CleanTextField(
        label=_("What does it show?"),
        max_length=300,
        help_text=_("For example: report of the hospital, 2568"),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("A picture, PDF, Word or Excel file. Everybody can open it."),
    )
    address = forms.URLField(label=_("Address"), required=False, assume_scheme="https", max_length=500)


class NoteForm(forms.Form):
    """An act to which words may be added."""

    note = CleanTextField(
        label=_("Note"),
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the public history; please give no personal details."),
    )

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
