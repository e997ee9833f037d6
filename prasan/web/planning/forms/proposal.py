"""A project asked for, as its author writes it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.agencies.queries import Person
from prasan.kernel.calendar import FiscalYear, today
from prasan.planning.actions import ProposalWords
from prasan.planning.models import Attachment, Need, Proposal, Sector
from prasan.planning.queries import needs_to_propose, sectors_offered
from prasan.web.agencies.fields import offer
from prasan.web.shell.fields import (
    CleanTextField,
    FormKeyField,
    MoneyField,
    WholeNumberField,
    needed_to_send,
)

YEARS_AHEAD = 6


class _NeedsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for the checker alone
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} · {obj.area.title}"


class ProposalForm(forms.Form):
    """The words of a proposal. Reason, aim and budget may wait until it is submitted."""

    name = CleanTextField(label=_("Name of the project"), max_length=300)
    sector = forms.ModelChoiceField(Sector.objects.none(), label=_("Sector"), empty_label=_("Please choose"))
    fiscal_year = forms.TypedChoiceField(label=_("For the fiscal year"), coerce=int)
    rationale = needed_to_send(
        CleanTextField(
            label=_("Why is it needed?"),
            max_length=8000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("What happens today, to whom, and what follows if nothing is done."),
        )
    )
    objective = needed_to_send(
        CleanTextField(
            label=_("What will be better?"),
            max_length=8000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("For example: water for 40 households all year round"),
        )
    )
    budget_asked = needed_to_send(MoneyField(label=_("Budget asked")))
    households = WholeNumberField(label=_("Households that benefit"), most=10_000_000, required=False)
    beneficiaries = WholeNumberField(label=_("People who benefit"), most=100_000_000, required=False)

    def __init__(self, *args: Any, proposal: Proposal | None = None, **options: Any) -> None:
        next_year = {"fiscal_year": FiscalYear.of(today()).be + 1}
        options["initial"] = {**next_year, **_written(proposal), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        offer(self, "sector", sectors_offered())
        self.fields["fiscal_year"].choices = _years(proposal)  # type: ignore[attr-defined]

    @property
    def words(self) -> ProposalWords:
        """What was written, as the action takes it."""
        written = self.cleaned_data
        return ProposalWords(
            name=written["name"],
            sector=written["sector"],
            fiscal_year=written["fiscal_year"],
            rationale=written["rationale"],
            objective=written["objective"],
            households=written["households"] or 0,
            beneficiaries=written["beneficiaries"],
            budget_asked=written["budget_asked"] or Decimal(0),
        )


class ProposeForm(ProposalForm):
    """A new proposal: the needs it answers, then its words."""

    needs = _NeedsField(
        Need.objects.none(),
        label=_("Which needs does it answer?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Needs of several villages can be answered together."),
    )

    form_key = FormKeyField()

    field_order = ("needs", *ProposalForm.base_fields)

    def __init__(self, *args: Any, by: Person, chosen: Sequence[Need] = (), **options: Any) -> None:
        if chosen:
            options["initial"] = _from_needs(chosen)
        super().__init__(*args, **options)
        offer(self, "needs", _offered(by, chosen))


class FileForm(forms.Form):
    """A file that goes with a proposal."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Attachment.Kind.choices)
    file = forms.FileField(label=_("File"), help_text=_("Photograph, PDF, Word or Excel, as fits the kind."))


def _offered(by: Person, chosen: Sequence[Need]) -> QuerySet[Need]:
    """The needs to choose among; where some are chosen already, those of the same tambon."""
    rows = needs_to_propose(by)
    return rows.filter(area__parent=chosen[0].area.parent_id) if chosen else rows


def _from_needs(needs: Sequence[Need]) -> dict[str, Any]:
    return {
        "needs": [need.pk for need in needs],
        "name": needs[0].title if len(needs) == 1 else "",
        "sector": needs[0].sector_id,
        "rationale": "\n".join(need.description for need in needs if need.description),
        "households": sum(need.households for need in needs),
    }


def _written(proposal: Proposal | None) -> dict[str, Any]:
    if proposal is None:
        return {}
    names = (
        "name",
        "fiscal_year",
        "rationale",
        "objective",
        "households",
        "beneficiaries",
        "budget_asked",
    )
    return {name: getattr(proposal, name) for name in names} | {"sector": proposal.sector_id}


def _years(proposal: Proposal | None) -> list[tuple[int, str]]:
    """This fiscal year and those ahead, and the one that the proposal names already."""
    this = FiscalYear.of(today()).be
    years = set(range(this, this + YEARS_AHEAD)) | ({proposal.fiscal_year} if proposal else set())
    return [(year, str(year)) for year in sorted(years)]
