"""A file of complaints of another system, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.agencies.queries import Person, within_reach
from prasan.complaints import rules
from prasan.complaints.imports.listed import FIELDS
from prasan.complaints.models import Complaint, ComplaintList
from prasan.kernel.calendar import today
from prasan.places.models import Area, Level
from prasan.web.agencies.columns import ColumnsForm, SheetField, meanings_of
from prasan.web.agencies.fields import offer
from prasan.web.shell.fields import FormKeyField


def provinces_bringing_complaints(user: Person) -> QuerySet[Area]:
    """The provinces for which the person takes in lists of complaints."""
    rows = Area.objects.filter(level=Level.PROVINCE, is_abolished=False)
    return within_reach(user, rules.IMPORT, rows).order_by("sort_key")


def lists_for(user: Person) -> QuerySet[ComplaintList]:
    """The lists that the person may take in, the latest first."""
    rows = ComplaintList.objects.select_related("area", "agency").defer("content")
    return within_reach(user, rules.IMPORT, rows).order_by("-pk")


class ComplaintListForm(forms.Form):
    """A file with one complaint a row, and whose numbers stand in it."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("Province"), empty_label=None)
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("From the system of"),
        empty_label=_("Please choose"),
        help_text=_("A complaint is known again by this agency and its own number, whatever file brings it."),
    )
    file = SheetField(
        label=_("File"),
        help_text=_(
            "CSV or Excel (XLSX), one complaint a row, headings on top. At most 10,000 rows and 20 MB."
        ),
    )
    form_key = FormKeyField()

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        provinces = provinces_bringing_complaints(by)
        offer(self, "area", provinces)
        offer(self, "agency", _agencies_with_power_in(provinces))


class ComplaintColumnsForm(ColumnsForm):
    """What stands under each heading, and who may know the senders."""

    manner = forms.ChoiceField(
        label=_("Who may know the senders?"),
        choices=[
            (Complaint.Manner.CONFIDENTIAL.value, _("Only the centre; agencies do not learn it")),
            (Complaint.Manner.NAMED.value, _("The centre and the agency that helps")),
        ],
        widget=forms.RadioSelect,
        help_text=_("A row that tells nothing of a sender is taken in without a name."),
    )

    def __init__(
        self, *args: Any, listing: ComplaintList, samples: Mapping[str, Sequence[str]], **options: Any
    ) -> None:
        options["initial"] = {"manner": listing.manner}
        super().__init__(*args, **options)
        self.ask_columns(listing.headers, listing.columns, samples, meanings_of(FIELDS))


def _agencies_with_power_in(provinces: QuerySet[Area]) -> QuerySet[Agency]:
    """Those of the provinces, of what lies in them, and of the whole country."""
    here = Q(area__level=Level.COUNTRY)
    for area in provinces:
        here |= Q(area__path__startswith=area.path)
    standing = Q(valid_to=None) | Q(valid_to__gte=today())
    return Agency.objects.filter(here, standing).order_by("sort_key")
