"""Form fields that read what Thai officials type: Buddhist years, Thai digits, money, points on a map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.kernel.dates import format_date, parse_date
from prasan.kernel.digits import format_number, parse_number, parse_whole
from prasan.kernel.sentence import NotUnderstood
from prasan.kernel.text import clean


def needed_to_send(field: forms.Field) -> Any:
    """The field, which a draft may leave empty, marked as one to be filled before the draft is sent on."""
    field.required = False
    field.needed_to_send = True  # type: ignore[attr-defined]  # for parts/field.html
    return field


def needed_at_times(field: forms.Field) -> Any:
    """The field, which another answer may need, so that it is not called optional; its help says when."""
    field.required = False
    field.needed_at_times = True  # type: ignore[attr-defined]  # for parts/field.html
    return field


class CleanTextField(forms.CharField):
    """Words as typed, put right: composed characters, tone marks in order, no invisible ones."""

    def to_python(self, value: object) -> str:
        """The cleaned words."""
        return super().to_python(clean(str(value)) if value is not None else None) or ""


class FormKeyField(forms.UUIDField):
    """The key that a form gets when it is opened, and keeps when it comes back: sent twice it is one act."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        words = _("This form cannot be sent any more. Please open it anew.")
        super().__init__(required=False, error_messages={"invalid": words}, **options)


def form_key_of(given: QueryDict) -> UUID | None:
    """The key in the address of a form, or with which it was sent; None if there is none."""
    try:
        form_key: UUID | None = FormKeyField().clean(given.get("form_key"))
    except ValidationError:
        return None
    return form_key


class _Understood(forms.CharField):
    """A line of text that is read by a function of the kernel, whose sentence is shown when it cannot be."""

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def to_python(self, value: object) -> Any:
        if value is None or str(value).strip() == "":
            return None
        try:
            return self.read(str(value))
        except NotUnderstood as fault:
            raise ValidationError(
                fault.sentence.text(get_language() or "th"), code="not_understood"
            ) from fault


class ThaiDateField(_Understood):
    """A day, typed in any of the usual Thai and English ways."""

    def __init__(self, *, first: date | None = None, last: date | None = None, **options: Any) -> None:
        options.setdefault("help_text", _("For example 20 Aug 2024 or 20/8/2567"))
        options.setdefault("widget", forms.TextInput(attrs={"class": "short", "autocomplete": "off"}))
        super().__init__(**options)
        self.first, self.last = first, last

    def read(self, text: str) -> date:
        """The day; one outside the bounds is refused with the bound."""
        day = parse_date(text)
        language = get_language() or "th"
        if self.first and day < self.first:
            raise ValidationError(
                _("Please give a day not before %(day)s."), params={"day": format_date(self.first, language)}
            )
        if self.last and day > self.last:
            raise ValidationError(
                _("Please give a day not after %(day)s."), params={"day": format_date(self.last, language)}
            )
        return day

    def prepare_value(self, value: object) -> object:
        """A stored day as the person would type it."""
        return format_date(value, get_language() or "th", "short") if isinstance(value, date) else value


class NumberField(_Understood):
    """A number between bounds, read by a function of the kernel."""

    def __init__(
        self, *, least: Decimal | int | None = None, most: Decimal | int | None = None, **options: Any
    ) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"class": "short number", "autocomplete": "off"}))
        options["widget"].attrs.setdefault("inputmode", "decimal")
        super().__init__(**options)
        self.least, self.most = least, most

    def bounded(self, number: Any) -> Any:
        if self.least is not None and number < self.least:
            raise ValidationError(
                _("Please give %(least)s or more."), params={"least": format_number(self.least)}
            )
        if self.most is not None and number > self.most:
            raise ValidationError(
                _("Please give %(most)s or less."), params={"most": format_number(self.most)}
            )
        return number

    def prepare_value(self, value: object) -> object:
        """A stored number with its thousands set apart."""
        return format_number(value) if isinstance(value, int | Decimal) else value


class MoneyField(NumberField):
    """A sum in baht, not below zero, to the satang; Thai digits and separators are welcome."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("least", 0)
        options.setdefault("most", Decimal("99999999999999.99"))
        options.setdefault("help_text", _("In baht, for example 1,160,100"))
        super().__init__(**options)

    def read(self, text: str) -> Decimal:
        """The sum to the satang."""
        amount = parse_number(text.strip().removesuffix("บาท").removesuffix("baht"))
        if amount != round(amount, 2):
            raise ValidationError(_("Please give the sum with no more than two decimal places (satang)."))
        return Decimal(self.bounded(amount))


class QuantityField(NumberField):
    """A quantity in whatever unit, not below zero, with no more than four decimal places."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("least", 0)
        options.setdefault("most", Decimal("99999999999999"))
        super().__init__(**options)

    def read(self, text: str) -> Decimal:
        """The quantity."""
        amount = parse_number(text.strip())
        if amount != round(amount, 4):
            raise ValidationError(_("Please give the number with no more than four decimal places."))
        return Decimal(self.bounded(amount))


class WholeNumberField(NumberField):
    """A whole number; Thai digits and separators are welcome."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"class": "short number", "inputmode": "numeric"}))
        options.setdefault("least", 0)
        options.setdefault("most", 2_147_483_647)
        super().__init__(**options)

    def read(self, text: str) -> int:
        """The number."""
        return int(self.bounded(parse_whole(text)))


THAILAND = (97.3, 5.6, 105.7, 20.5)
"""West, south, east and north of the country, in degrees."""


class Point(NamedTuple):
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


class PointWidget(forms.MultiWidget):
    """Two boxes for latitude and longitude; a script puts a map above them that fills them in."""

    template_name = "parts/point_widget.html"
    around = outlines = ""

    def __init__(self) -> None:
        box = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__({"latitude": forms.TextInput(box), "longitude": forms.TextInput(box)})

    def decompress(self, value: Point | None) -> list[float | None]:
        """The two numbers of a point."""
        return list(value) if value else [None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template shows besides the two boxes: where the map opens and what it shows."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"around": self.around, "outlines": self.outlines, "tiles": settings.MAP_TILES}
        return context


class PointField(forms.MultiValueField):
    """A point in Thailand, or None; its map opens `around` (west, south, east, north) and shows the outlines.

    A form that knows the place sets both in its own `__init__`, through `show`.
    """

    widget = PointWidget

    def __init__(self, **options: Any) -> None:
        parts = (
            _Degrees(least=Decimal("5.5"), most=Decimal("20.6"), required=False, label=_("Latitude")),
            _Degrees(least=Decimal("97.2"), most=Decimal("105.8"), required=False, label=_("Longitude")),
        )
        super().__init__(parts, **options)
        self.show(THAILAND)

    def show(self, around: Sequence[float], outlines: str = "") -> None:
        """Open the map there, with the outlines that stand at this address."""
        self.widget.around, self.widget.outlines = ",".join(map(str, around)), outlines

    def compress(self, values: list[float | None]) -> Point | None:
        """The point; half a point is refused."""
        if not values or values == [None, None]:
            return None
        latitude, longitude = values
        if latitude is None or longitude is None:
            raise ValidationError(_("Please give both latitude and longitude, or leave both empty."))
        return Point(latitude, longitude)


class _Degrees(NumberField):
    def read(self, text: str) -> float:
        return float(self.bounded(parse_number(text)))

    def prepare_value(self, value: object) -> object:
        return value
