"""A file of projects, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.agencies.queries import Person, within_reach
from prasan.kernel.calendar import FiscalYear, today
from prasan.places.models import Area, Level
from prasan.planning import rules
from prasan.planning.imports.listed import FIELDS
from prasan.planning.models import ProposalList
from prasan.web.agencies.columns import ColumnsForm, SheetField, meanings_of
from prasan.web.agencies.fields import offer
from prasan.web.shell.fields import FormKeyField


def provinces_bringing_lists(user: Person) -> QuerySet[Area]:
    """The provinces for which the person takes in lists of projects."""
    rows = Area.objects.filter(level=Level.PROVINCE, is_abolished=False)
    return within_reach(user, rules.IMPORT_PROPOSALS, rows).order_by("sort_key")


class ListForm(forms.Form):
    """A file with one project a row."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("Province"), empty_label=None)
    file = SheetField(
        label=_("File"),
        help_text=_("CSV or Excel (XLSX), one project a row, headings on top. At most 20 MB."),
    )
    form_key = FormKeyField()

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "area", provinces_bringing_lists(by))


class ProjectColumnsForm(ColumnsForm):
    """What stands under each heading, for which year, and where the projects stand."""

    fiscal_year = forms.TypedChoiceField(
        label=_("For the fiscal year"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Where the file itself names no year."),
    )
    standing = forms.ChoiceField(
        label=_("Where do the projects stand?"),
        choices=ProposalList.Standing.choices,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, listing: ProposalList, samples: Mapping[str, Sequence[str]], **options: Any
    ) -> None:
        options["initial"] = {
            "standing": listing.standing,
            "fiscal_year": listing.fiscal_year or FiscalYear.of(today()).be + 1,
        }
        super().__init__(*args, **options)
        this = FiscalYear.of(today()).be
        years = range(this, this + 6)
        self.fields["fiscal_year"].choices = [("", _("not given")), *((y, str(y)) for y in years)]  # type: ignore[attr-defined]
        self.ask_columns(listing.headers, listing.columns, samples, _meanings(listing))


def _meanings(listing: ProposalList) -> Iterator[tuple[str, str]]:
    yield from meanings_of(FIELDS)
    this = FiscalYear.of(today()).be
    known = {int(code[7:]) for code in listing.columns.values() if code.startswith("budget_")}
    for year in sorted(known | set(range(this - 1, this + 7))):
        yield f"budget_{year}", str(_("budget of %(year)d") % {"year": year})
