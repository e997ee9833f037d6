"""Fields that name agencies, and rows that are typed one a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.kernel.calendar import BANGKOK
from prasan.kernel.digits import to_arabic
from prasan.kernel.text import clean
from prasan.web.shell.fields import CleanTextField

MOST_LINES = 40


class BodyField(CleanTextField):
    """An agency, typed as its code or its exact name."""

    def clean(self, value: object) -> Any:
        """The agency; None for nothing typed."""
        typed = super().clean(value)
        return body_called(typed) if typed else None

    def prepare_value(self, value: object) -> object:
        """An agency as its name."""
        return str(value) if isinstance(value, Agency) else value


class BodiesField(CleanTextField):
    """Agencies, one a line, each typed as its code or its exact name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(required=False, max_length=4000, **options)

    def clean(self, value: object) -> Any:
        """The agencies."""
        return [body_called(line) for line in lines_of(super().clean(value))]


class RowsField(CleanTextField):
    """Rows of several parts, one a line, the parts set apart by a bar."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        options.setdefault("max_length", 8000)
        super().__init__(**options)

    def clean(self, value: object) -> Any:
        """The parts of every line."""
        return [[part.strip() for part in line.split("|")] for line in lines_of(super().clean(value))]


class TimeOfDayField(forms.CharField):
    """A time of day, typed as 9.30 or 09:30."""

    def clean(self, value: object) -> Any:
        """The time."""
        typed = to_arabic(super().clean(value)).replace(".", ":").removesuffix("น:").strip()
        hour, _colon, minute = typed.partition(":")
        try:
            return time(int(hour), int(minute or 0))
        except ValueError as error:
            raise ValidationError(_("Please give a time of day, for example 9.30.")) from error


def body_called(typed: str) -> Agency:
    """The one agency with this code or name; a sentence where there is none, or several."""
    found = list(Agency.objects.filter(Q(code=typed.lower()) | Q(name_th=typed) | Q(name_en=typed))[:2])
    if len(found) != 1:
        sentence = _(
            "“%(typed)s” is not the name or code of one agency. Please check it in the list of agencies."
        )
        raise ValidationError(sentence, params={"typed": typed})
    return found[0]


def lines_of(text: str) -> Iterator[str]:
    """The lines in which something stands."""
    lines = [line for each in clean(text).split("\n") if (line := each.strip())]
    if len(lines) > MOST_LINES:
        raise ValidationError(_("Please give no more than %(most)d lines."), params={"most": MOST_LINES})
    yield from lines


def moment(day: Any, at: Any) -> datetime:
    """A day and a time of day in Bangkok."""
    return datetime.combine(day, at, tzinfo=BANGKOK)
