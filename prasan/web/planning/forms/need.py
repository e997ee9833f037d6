"""What a village tells, and the photographs that go with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prasan.agencies.queries import Person
from prasan.places.models import PARENTS, Area
from prasan.places.queries import area_of
from prasan.planning.actions import NeedWords
from prasan.planning.actions.attachment import MOST_FILES
from prasan.planning.models import Need, Sector
from prasan.planning.queries import sectors_offered, villages_to_enter_for
from prasan.planning.queries.similar import SoFar
from prasan.web.agencies.fields import offer
from prasan.web.documents.fields import SeveralFilesField
from prasan.web.places.outlines import bounds_of, is_far_from
from prasan.web.shell.fields import (
    CleanTextField,
    FormKeyField,
    Point,
    PointField,
    WholeNumberField,
    needed_to_send,
)


class _VillageField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker alone
    known: Area | None = None
    """One of those on offer, which is not asked for again when it is chosen."""

    def to_python(self, value: Any) -> Any:
        return self.known if self.known and value == self.known.pk else super().to_python(value)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_name)


class FilesForm(forms.Form):
    """Photographs, taken now or taken before."""

    taken = forms.FileField(
        label=_("Take a photograph"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
        help_text=_("Opens the camera of a phone. Please show the place, not people's faces."),
    )
    chosen = SeveralFilesField(
        label=_("Or choose photographs"),
        required=False,
        help_text=_("The place is removed from the file. Only officers see it until it is released."),
    )

    @property
    def photographs(self) -> list[UploadedFile[bytes]]:
        """All of them, the one just taken first."""
        taken = [self.cleaned_data["taken"]] if self.cleaned_data["taken"] else []
        return [*taken, *self.cleaned_data["chosen"]]

    def clean_chosen(self) -> list[UploadedFile[bytes]]:
        """No more than one need may have."""
        chosen: list[UploadedFile[bytes]] = self.cleaned_data["chosen"]
        if len(chosen) > MOST_FILES:
            raise forms.ValidationError(
                _("Please choose %(most)d photographs or fewer."), params={"most": MOST_FILES}
            )
        return chosen


class NeedForm(FilesForm):
    """A need to be told or told better; what matters first comes first."""

    title = CleanTextField(
        label=_("What is needed?"),
        max_length=200,
        help_text=_("In a few words, for example: dredge the village pond, which runs dry in March"),
    )
    area = _VillageField(Area.objects.none(), label=_("Village"), empty_label=_("Please choose the village"))
    sector = forms.ModelChoiceField(
        Sector.objects.none(), label=_("What is it about?"), empty_label=_("Please choose")
    )
    households = needed_to_send(
        WholeNumberField(
            label=_("How many households does it touch?"),
            most=100_000,
            help_text=_("An estimate will do."),
        )
    )
    description = CleanTextField(
        label=_("Tell more"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Since when, how often, what was tried. Please give no names of residents."),
    )
    point = PointField(
        label=_("Where exactly?"),
        required=False,
        help_text=_("The public sees only the village until an officer releases the point."),
    )

    form_key = FormKeyField()

    field_order = ("title", "area", "sector", "households", "taken", "chosen", "description", "point")

    def __init__(self, *args: Any, by: Person, need: Need | None = None, **options: Any) -> None:
        on_offer = villages_to_enter_for(by)
        villages = list(on_offer.values_list("pk", flat=True)[:2])
        place = need.area if need else area_of(villages[0]) if villages else None
        options["initial"] = {**_told(need), **(options.get("initial") or {})}
        if need is None and len(villages) == 1:
            options["initial"]["area"] = place
        super().__init__(*args, **options)
        self.need = need
        self.offers_villages = bool(villages)
        offer(self, "sector", sectors_offered())
        if need is not None:
            for name in ("area", "taken", "chosen", "form_key"):
                del self.fields[name]
        else:
            offer(self, "area", on_offer.select_related(PARENTS))
            self.fields["area"].known = place  # type: ignore[attr-defined]
            if len(villages) == 1:
                self.fields["area"].empty_label = None  # type: ignore[attr-defined]
        if place is not None:
            neighbours = reverse("places:outlines", args=[place.code[:4]])
            self.fields["point"].show(bounds_of(place), neighbours)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A point that lies nowhere near the village was mistyped."""
        told = super().clean() or self.cleaned_data
        village = told.get("area") or (self.need.area if self.need else None)
        if village and (point := told.get("point")) and is_far_from(village, point):
            self.add_error(
                "point",
                _("This point lies far from %(village)s. Please check the numbers or touch the map.")
                % {"village": village.title},
            )
        return told

    @property
    def so_far(self) -> SoFar:
        """What of a form that was sent can be read already; the rest is missing."""
        told = self.cleaned_data
        point: Point | None = told.get("point")
        sector: Sector | None = told.get("sector")
        return SoFar(
            text=told.get("title", ""),
            area=told.get("area") or (self.need.area if self.need else None),
            sector=sector.pk if sector else "",
            point=(point.latitude, point.longitude) if point else None,
        )

    @property
    def words(self) -> NeedWords:
        """What was told, as the action takes it."""
        told = self.cleaned_data
        point: Point | None = told["point"]
        return NeedWords(
            title=told["title"],
            sector=told["sector"],
            description=told["description"],
            households=told["households"] or 0,
            latitude=point.latitude if point else None,
            longitude=point.longitude if point else None,
        )


class ReleaseForm(forms.Form):
    """Whether something becomes public or is hidden again."""

    public = forms.BooleanField(required=False)


def _told(need: Need | None) -> dict[str, Any]:
    if need is None:
        return {}
    point = Point(need.latitude, need.longitude) if need.latitude and need.longitude else None
    return {
        "title": need.title,
        "sector": need.sector_id,
        "households": need.households or None,
        "description": need.description,
        "point": point,
    }
