"""The versions of a proposal, and what differs between two of them, field by field and row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.cases.queries import facts_as_of
from prasan.kernel.calendar import BANGKOK
from prasan.kernel.changes import Run, changed_words, paired_rows
from prasan.kernel.flow import State
from prasan.planning.models import (
    Activity,
    Approach,
    Indicator,
    ProjectKind,
    Proposal,
    ProposalVersion,
    Sector,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    Label = str | StrPromise

Content = Mapping[str, Any]

FIELDS = (
    "name",
    "kind_id",
    "sector_id",
    "approach_id",
    "main_programme",
    "programme",
    "rationale",
    "objective",
    "target_words",
    "operator",
    "starts",
    "ends",
    "fiscal_year",
    "budget_asked",
    "households",
    "beneficiaries",
    "output",
    "outcome",
)
"""The fields of form จ.1-1 in its order; activities and indicators are rows."""

_NAMED_BY_CODE: Mapping[str, type[Sector | ProjectKind | Approach]] = {
    "sector_id": Sector,
    "kind_id": ProjectKind,
    "approach_id": Approach,
}
Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs: as words with what came and went, or as the value before and after.

    `shown_as` tells the page how to write the values: `words`, `sum`, `day`, `number`, `year` or `name`.
    """

    label: Label
    shown_as: Literal["words", "sum", "day", "number", "year", "name"]
    words: Sequence[Run] = ()
    before: Value = None
    after: Value = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a proposal stood at the end of a day; nothing of it is known before it began."""

    day: date
    state: State | None
    version: ProposalVersion | None
    asked: Decimal | None


@dataclass(frozen=True, slots=True)
class RowChange:
    """One activity or indicator that came, went or reads differently."""

    how: Literal["added", "removed", "changed"]
    name: str
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs between two versions."""

    fields: Sequence[Change]
    activities: Sequence[RowChange]
    indicators: Sequence[RowChange]

    def __bool__(self) -> bool:
        return bool(self.fields or self.activities or self.indicators)


def standing_on(proposal: Proposal, day: date) -> Standing:
    """State, version and sum asked when that day ended in Thailand, told by the record alone."""
    ended = datetime.combine(day, time.max, BANGKOK)
    facts = facts_as_of(proposal, ended)
    state, asked = facts.get("state"), facts.get("budget_asked")
    return Standing(
        day=day,
        state=proposal.workflow.state(str(state)) if state else None,
        version=proposal.versions.filter(made_at__lte=ended).last(),
        asked=Decimal(str(asked)) if asked is not None else None,
    )


def versions_of(proposal: Proposal) -> QuerySet[ProposalVersion]:
    """How a proposal read each time it went its way, the newest first."""
    return proposal.versions.select_related("made_by", "posting__agency").order_by("-number")


def differences(before: Content, after: Content) -> Differences:
    """What differs between the contents of two versions, in the order of the form."""
    names = _names(before, after)
    return Differences(
        fields=[
            change
            for field in FIELDS
            if (change := _change(field, before.get(field), after.get(field), names)) is not None
        ],
        activities=list(_rows(before, after, "activities", _activity_changes)),
        indicators=list(_rows(before, after, "indicators", _indicator_changes)),
    )


def _change(field: str, before: Any, after: Any, names: Mapping[tuple[str, Any], str]) -> Change | None:
    if before == after:
        return None
    label = _label(Proposal, field.removesuffix("_id"))
    match field:
        case "budget_asked":
            return _sums(label, before, after)
        case "starts" | "ends":
            days = [date.fromisoformat(day) if day else None for day in (before, after)]
            return Change(label, "day", before=days[0], after=days[1])
        case "households" | "beneficiaries":
            return Change(label, "number", before=before, after=after)
        case "fiscal_year":
            return Change(label, "year", before=before, after=after)
        case "sector_id" | "kind_id" | "approach_id":
            old, new = (names.get((field, code), str(code)) if code else None for code in (before, after))
            return Change(label, "name", before=old, after=new)
    return Change(label, "words", words=changed_words(before or "", after or ""))


def _sums(label: Label, before: str | None, after: str | None) -> Change | None:
    old, new = (Decimal(amount) if amount else None for amount in (before, after))
    return None if old == new else Change(label, "sum", before=old, after=new)


def _rows(before: Content, after: Content, kind: str, changes_of: Any) -> Iterator[RowChange]:
    for old, new in paired_rows(before.get(kind, ()), after.get(kind, ()), lambda row: str(row["name"])):
        row = new or old
        if changes := list(changes_of(old or {}, new or {})):
            how: Literal["added", "removed", "changed"] = (
                "added" if old is None else "removed" if new is None else "changed"
            )
            yield RowChange(how, row["name"] if row else "", changes)


def _activity_changes(old: Content, new: Content) -> Iterator[Change]:
    yield from _worded(Activity, ("name", "responsible", "helpers"), old, new)
    budgets = old.get("budgets", {}), new.get("budgets", {})
    for year in sorted({*budgets[0], *budgets[1]}):
        label = _("Fiscal year %(year)s") % {"year": year}
        if (change := _sums(label, budgets[0].get(year), budgets[1].get(year))) is not None:
            yield change


def _indicator_changes(old: Content, new: Content) -> Iterator[Change]:
    yield from _worded(Indicator, ("name", "target"), old, new)


def _worded(
    model: type[Activity | Indicator], fields: Sequence[str], old: Content, new: Content
) -> Iterator[Change]:
    for field in fields:
        if (before := old.get(field) or "") != (after := new.get(field) or ""):
            yield Change(_label(model, field), "words", words=changed_words(before, after))


def _label(model: type[Model], field: str) -> Label:
    return next(each.verbose_name for each in model._meta.concrete_fields if each.name == field)


def _names(*contents: Content) -> dict[tuple[str, Any], str]:
    """What codes in the contents stand for, as they are called today."""
    names = {}
    for field, model in _NAMED_BY_CODE.items():
        codes = [content[field] for content in contents if content.get(field)]
        names.update({(field, row.pk): str(row) for row in model._base_manager.filter(pk__in=codes)})
    return names
