"""Form fields for areas, by name or code, for local governments, and for a person, by user name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.queries import Person, postings_of
from prasan.kernel.digits import to_arabic
from prasan.kernel.text import clean
from prasan.places.finder import find_local_governments, find_place, speaks_of_local_government
from prasan.places.models import COUNTRY, Area, LocalGovernment
from prasan.places.queries import area_of

_SHOWN = 5


class AreaField(forms.CharField):
    """An area, typed as its official code or its name; a name that several areas bear asks for the code.

    `near` are the areas of the person who types: they settle what the name leaves open.
    """

    near: tuple[Area, ...] = ()

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 200)
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**options)

    def clean(self, value: object) -> Any:
        """The area; None for nothing typed."""
        typed = clean(super().clean(value)).strip()
        if not typed:
            return None
        found = _areas_called(typed, self.near)
        if not found:
            raise ValidationError(
                _("No place is called “%(typed)s”. Please write its official code or its full name."),
                params={"typed": typed},
            )
        if len(found) > 1:
            places = "; ".join(f"{area.full_name} = {area.code}" for area in found[:_SHOWN])
            raise ValidationError(
                _("Several places are called so. Please write the code of one: %(places)s"),
                params={"places": places},
            )
        return found[0]

    def prepare_value(self, value: object) -> object:
        """An area as its code."""
        return value.pk if isinstance(value, Area) else value


class PlacesField(AreaField):
    """Areas and local governments, one a line, each typed as its name; areas also as their codes."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}))
        super().__init__(max_length=8000, **options)

    def clean(self, value: object) -> Any:
        """The places in the order typed; every line that names none, or several, is told."""
        found: list[Area | LocalGovernment] = []
        faults: list[str] = []
        for line in (typed.strip() for typed in str(value or "").splitlines()):
            if not line:
                continue
            try:
                found.append(self._place(line))
            except ValidationError as fault:
                faults += [_with_line(line, said) for said in fault.messages]
        if faults:
            raise ValidationError(faults)
        return found

    def prepare_value(self, value: object) -> object:
        """Places as the lines that name them."""
        return "\n".join(area.full_name for area in value) if isinstance(value, list) else value

    def _place(self, line: str) -> Area | LocalGovernment:
        bodies = find_local_governments(line)
        if len(bodies) == 1:
            return bodies[0].local_government
        if bodies:
            seats = (each.local_government.amphoe or each.local_government.province for each in bodies)
            places = "; ".join(seat.full_name for seat in seats)
            raise ValidationError(
                _("Several local governments are called so. Please add where it sits: %(places)s"),
                params={"places": places},
            )
        if speaks_of_local_government(line):
            raise ValidationError(
                _("No local government is called so. Please write its full name, or its amphoe or tambon.")
            )
        area: Area = super().clean(line)
        return area


class PersonField(forms.CharField):
    """A person who may sign in, typed as the exact user name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 60)
        options.setdefault(
            "widget",
            forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        )
        super().__init__(**options)

    def clean(self, value: object) -> Any:
        """The person; None for nothing typed."""
        typed = super().clean(value).lower()
        if not typed:
            return None
        person = User.objects.filter(username=typed, is_active=True).first()
        if person is None:
            raise ValidationError(
                _("There is no open account with the user name “%(typed)s”. Please check each letter."),
                params={"typed": typed},
            )
        return person


def look_near(form: forms.Form, name: str, person: Person) -> None:
    """Let a field of the form take the names of areas as those around the person's own posts."""
    field = form.fields[name]
    if not isinstance(field, AreaField):
        raise TypeError(f"{name} is no area")
    codes = [posting.area_id for posting in postings_of(person)]
    field.near = tuple(Area.objects.filter(pk__in=codes).exclude(pk=COUNTRY))


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of the form choose among these rows."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} does not choose among rows")
    field.queryset = rows


def _with_line(line: str, said: str) -> str:
    """What was said of a line, with the line before it where the sentence does not name it."""
    return said if line in said else _("“%(line)s”: %(said)s") % {"line": line, "said": said}


def _areas_called(typed: str, near: tuple[Area, ...]) -> list[Area]:
    code = to_arabic(typed).replace(" ", "").upper()
    if code.isdigit() or code == COUNTRY:
        area = area_of(code)
        return [area] if area and not area.is_abolished else []
    finding = find_place(typed, within=near)
    if len(finding.places) == 1 and not finding.doubts:
        return [finding.places[0].area]
    return [candidate.area for candidate in finding.candidates]
