"""Boxes for a table that somebody sends, and for what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.cases.listing import LARGEST_FILE
from prasan.sheets.columns import Column


class SheetField(forms.FileField):
    """A table as a file, no larger than one can be that is taken in at once."""

    def clean(self, value: Any, initial: Any = None) -> Any:
        """The file, unless it is too large."""
        file = super().clean(value, initial)
        if file is not None and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 20 MB. Please divide it."))
        return file


class ColumnsForm(forms.Form):
    """What stands under each heading of a file; a form of its own adds what else is asked of it."""

    def ask_columns(
        self,
        headers: Sequence[str],
        columns: Mapping[str, str],
        samples: Mapping[str, Sequence[str]],
        meanings: Iterable[tuple[str, str]],
    ) -> None:
        """Put a box for each heading, with what it most likely means."""
        self._headers, self._samples = tuple(headers), samples
        self._asked_besides = [name for name in self.fields if name != "form_key"]
        choices = [("", _("not used")), *meanings]
        for number, header in enumerate(headers):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=header, required=False, choices=choices, initial=columns.get(header, "")
            )

    @property
    def columns(self) -> dict[str, str]:
        """The meaning of each heading that has one."""
        given = {header: self.cleaned_data[f"column_{number}"] for number, header in enumerate(self._headers)}
        return {header: code for header, code in given.items() if code}

    @property
    def lines(self) -> Iterator[tuple[BoundField, Sequence[str]]]:
        """Each heading's box with the first values under it."""
        for number, header in enumerate(self._headers):
            yield self[f"column_{number}"], self._samples.get(header, ())

    @property
    def ending(self) -> list[BoundField]:
        """The boxes below the columns."""
        return [self[name] for name in self._asked_besides]


def meanings_of(fields: Iterable[Column]) -> Iterator[tuple[str, str]]:
    """What a column may mean, to choose from."""
    english = get_language() == "en"
    for column in fields:
        yield column.code, column.en if english else column.th
