"""A project asked for, as its author writes it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.agencies.queries import Person, postings_of
from prasan.kernel.calendar import FiscalYear, today
from prasan.places.models import Area
from prasan.planning.actions import ActivityWords, ProposalWords
from prasan.planning.actions.composing import activities_of, indicators_of
from prasan.planning.models import Approach, Attachment, Need, ProjectKind, Proposal, Sector
from prasan.planning.queries import (
    approaches_offered,
    areas_of_work,
    kinds_offered,
    needs_for_agency,
    needs_to_propose,
    sectors_offered,
)
from prasan.planning.queries.similar import SoFar
from prasan.web.agencies.fields import AreaField, offer
from prasan.web.planning.forms.proposal_rows import RowsForm
from prasan.web.shell.fields import (
    CleanTextField,
    FormKeyField,
    MoneyField,
    ThaiDateField,
    WholeNumberField,
    needed_to_send,
)

YEARS_AHEAD = 6


class _NeedsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for the checker alone
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} · {obj.area.title}"


class _ApproachField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker alone
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.issue.number}.{obj.number} {obj} ({obj.issue})"


def _words(label: Any, *, rows: int = 3, hint: Any = "") -> CleanTextField:
    return CleanTextField(
        label=label,
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=hint,
    )


class ProposalForm(RowsForm):
    """The words of a proposal: what everybody writes, then what form จ.1-1 asks besides, all of it optional.

    Reason, aim and budget may wait until it is submitted.
    """

    name = CleanTextField(label=_("Name of the project"), max_length=300)
    sector = forms.ModelChoiceField(Sector.objects.none(), label=_("Sector"), empty_label=_("Please choose"))
    fiscal_year = forms.TypedChoiceField(label=_("For the fiscal year"), coerce=int)
    rationale = needed_to_send(
        _words(
            _("Why is it needed?"),
            rows=4,
            hint=_("What happens today, to whom, and what follows if nothing is done."),
        )
    )
    objective = needed_to_send(
        _words(_("What will be better?"), hint=_("For example: water for 40 households all year round"))
    )
    budget_asked = needed_to_send(MoneyField(label=_("Budget asked")))
    households = WholeNumberField(label=_("Households that benefit"), most=10_000_000, required=False)
    beneficiaries = WholeNumberField(label=_("People who benefit"), most=100_000_000, required=False)

    target_words = _words(
        _("Target area in words"), rows=2, hint=_("For example: from the temple to the pond, 800 metres")
    )
    operator = CleanTextField(label=_("Operating agency"), max_length=300, required=False)
    starts = ThaiDateField(label=_("Begins on"), required=False)
    ends = ThaiDateField(label=_("Ends on"), required=False)
    output = _words(_("Output"), hint=_("What will be there, for example: a pond of 12,000 cubic metres"))
    outcome = _words(_("Outcome"), hint=_("What it will change for people"))
    kind = forms.ModelChoiceField(
        ProjectKind.objects.none(), label=_("Kind of project"), required=False, empty_label=_("not named")
    )
    approach = _ApproachField(
        Approach.objects.none(),
        label=_("Approach of a strategic issue"),
        required=False,
        empty_label=_("not named"),
    )
    main_programme = CleanTextField(label=_("Main programme"), max_length=300, required=False)
    programme = CleanTextField(label=_("Programme"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        by: Person = None,
        proposal: Proposal | None = None,
        words: ProposalWords | None = None,
        **options: Any,
    ) -> None:
        next_year = {"fiscal_year": FiscalYear.of(today()).be + 1}
        options["initial"] = {**next_year, **_written(proposal), **(options.get("initial") or {})}
        if proposal is not None:
            options["activities"], options["indicators"] = _rows(proposal), indicators_of(proposal)
        typed = options.get("typed")
        if words is not None and words.fiscal_year not in dict(_years(proposal)):
            options["file_faults"] = [
                _("The file is of the fiscal year %(year)d, for which nothing can be proposed any more.")
                % {"year": words.fiscal_year}
            ]
        elif words is not None:
            options["initial"] |= _written(words)
            options["activities"], options["indicators"] = _rows(words), words.indicators
            options["typed"] = None
        super().__init__(*args, **options)
        self.proposal = proposal
        if typed is not None and options.get("typed") is None:
            self._keep(typed, ("agency", "area", "needs", "form_key"))
        offer(self, "sector", sectors_offered())
        offer(self, "kind", kinds_offered())
        offer(self, "approach", approaches_offered([proposal.area] if proposal else areas_of_work(by)))
        self.fields["fiscal_year"].choices = _years(proposal)  # type: ignore[attr-defined]

    @property
    def years(self) -> list[tuple[int, str]]:
        """The fiscal years that are offered."""
        return list(self.fields["fiscal_year"].choices)  # type: ignore[attr-defined]

    @property
    def head(self) -> list[BoundField]:
        """What everybody fills in."""
        return self._boxes(
            "agency",
            "area",
            "needs",
            "name",
            "sector",
            "fiscal_year",
            "rationale",
            "objective",
            "budget_asked",
            "households",
            "beneficiaries",
        )

    @property
    def parts(self) -> list[tuple[Any, list[BoundField], bool]]:
        """The optional parts: title, boxes, and whether anything stands in them."""
        parts = (
            (_("Place, agency and time"), self._boxes("target_words", "operator", "starts", "ends")),
            (_("Output and outcome"), self._boxes("output", "outcome")),
            (
                _("Where it belongs in the plans"),
                self._boxes("kind", "approach", "main_programme", "programme"),
            ),
        )
        return [(title, boxes, any(box.value() or box.errors for box in boxes)) for title, boxes in parts]

    @property
    def so_far(self) -> SoFar:
        """What of a form that was sent can be read already; its place is that of the needs it answers."""
        written = self.cleaned_data
        sector: Sector | None = written.get("sector")
        area: Area | None = written.get("area") or (self.proposal.area if self.proposal else None)
        point = None
        for need in written.get("needs") or ():
            area = area or need.area
            if point is None and need.latitude is not None and need.longitude is not None:
                point = (need.latitude, need.longitude)
        return SoFar(text=written.get("name", ""), area=area, sector=sector.pk if sector else "", point=point)

    @property
    def answered(self) -> list[int]:
        """Keys of the needs it answers, as far as they can be read."""
        if self.proposal is not None:
            return list(self.proposal.needs.values_list("pk", flat=True))
        return [need.pk for need in self.cleaned_data.get("needs") or ()]

    @property
    def words(self) -> ProposalWords:
        """What was written, as the action takes it."""
        written = self.cleaned_data
        return ProposalWords(
            **{name: written[name] for name in _SAME},
            households=written["households"] or 0,
            budget_asked=written["budget_asked"] or Decimal(0),
            activities=self.activities,
            indicators=self.indicators,
        )

    def _boxes(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names if name in self.fields]


class ProposeForm(ProposalForm):
    """A new proposal: the needs it answers, then its words."""

    needs = _NeedsField(
        Need.objects.none(),
        label=_("Which needs does it answer?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Needs of several villages can be answered together."),
    )

    form_key = FormKeyField()

    def __init__(self, *args: Any, by: Person, chosen: Sequence[Need] = (), **options: Any) -> None:
        if chosen:
            options["initial"] = _from_needs(chosen)
        super().__init__(*args, by=by, **options)
        offer(self, "needs", _offered(by, chosen))


class OwnProjectForm(ProposalForm):
    """A project that an agency proposes by itself; it may answer needs of the area, and need not."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Proposing agency"), empty_label=None)
    area = AreaField(label=_("Target area"), help_text=_("A name or official code, for example: ตำบลท่าตูม"))
    needs = _NeedsField(
        Need.objects.none(),
        label=_("Which needs does it answer?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    form_key = FormKeyField()

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        super().__init__(*args, by=by, **options)
        offer(self, "agency", agencies_of(by))
        typed = self["area"].value()
        try:
            area = self.fields["area"].clean(typed) if typed else None
        except forms.ValidationError:
            area = None
        if area is not None:
            offer(self, "needs", needs_for_agency(by, area))


class FileForm(forms.Form):
    """A file that goes with a proposal."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Attachment.Kind.choices)
    file = forms.FileField(label=_("File"), help_text=_("Photograph, PDF, Word or Excel, as fits the kind."))


def agencies_of(by: Person) -> QuerySet[Agency]:
    """The agencies for which the person writes projects."""
    held = {posting.agency_id for posting in postings_of(by) if posting.role == "agency_officer"}
    return Agency.objects.filter(pk__in=held).order_by("sort_key")


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


_SAME = (
    "name",
    "sector",
    "fiscal_year",
    "rationale",
    "objective",
    "beneficiaries",
    "kind",
    "approach",
    "main_programme",
    "programme",
    "target_words",
    "operator",
    "starts",
    "ends",
    "output",
    "outcome",
)
"""Fields that a proposal, its words and this form call by one name and hold alike."""


def _written(words: Proposal | ProposalWords | None) -> dict[str, Any]:
    if words is None:
        return {}
    names = (*_SAME, "households", "budget_asked")
    return {name: getattr(words, name) for name in names}


def _rows(proposal: Proposal | ProposalWords) -> tuple[ActivityWords, ...]:
    """Its activities; none where the budget is not divided, which is kept as one of the project's name."""
    rows = proposal.activities if isinstance(proposal, ProposalWords) else activities_of(proposal)
    whole = len(rows) == 1 and (rows[0].name, list(rows[0].budgets)) == (
        proposal.name,
        [proposal.fiscal_year],
    )
    return () if whole and not rows[0].helpers else rows


def _years(proposal: Proposal | None) -> list[tuple[int, str]]:
    """This fiscal year and those ahead, and the one that the proposal names already."""
    this = FiscalYear.of(today()).be
    years = set(range(this, this + YEARS_AHEAD)) | ({proposal.fiscal_year} if proposal else set())
    return [(year, str(year)) for year in sorted(years)]
