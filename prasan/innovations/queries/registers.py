"""Registers as they are read: their order, and what their entries give beside what was printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet

from prasan.innovations.models import Innovation, PublishedFigure, Register, RegisterEntry


@dataclass(frozen=True, slots=True)
class TwoFigures:
    """A figure as it was printed and as the entries give it; None where they do not say."""

    printed: PublishedFigure
    computed: Decimal | None

    @property
    def differs(self) -> bool:
        """Whether the two are known and not the same."""
        return self.computed is not None and self.computed != self.printed.value


def registers() -> QuerySet[Register]:
    """All registers with the number of their entries, the latest first; anybody may read them."""
    return Register.objects.annotate(size=Count("entries")).order_by("-year", "code")


def entries_of(register: Register) -> QuerySet[RegisterEntry]:
    """The entries of a register in its order.

    By score that is: from high to low, then the cluster of the province, then Thai dictionary order.
    """
    rows = register.entries.select_related("innovation__owner", "innovation__area__parent", "register")
    if register.order == Register.Order.SCORE:
        return rows.order_by("-score", "innovation__area__cluster", "innovation__area__sort_key", "number")
    return rows.order_by("number")


def figures_of(register: Register) -> list[TwoFigures]:
    """Every printed figure of a register beside the same from its entries."""
    rows = list(register.entries.select_related("innovation"))
    computed = _computed(rows)
    return [TwoFigures(each, computed.get(each.code)) for each in register.figures.all()]


def _computed(rows: list[RegisterEntry]) -> dict[str, Decimal]:
    found = Counter[str]({"entries": len(rows), "owners": len({row.innovation.owner_id for row in rows})})
    for row in rows:
        if row.score is not None:
            found[f"score:{row.score.normalize():f}"] += 1
        if row.level != RegisterEntry.Level.UNKNOWN:
            found[f"level:{row.level}"] += 1
        found[f"province:{row.innovation.province}"] += 1
    if all(row.innovation.ways for row in rows):  # a kind that is unknown of one may be any of them
        found["kind:e-service"] = sum(Innovation.Way.E_SERVICE in row.innovation.ways for row in rows)
    return {code: Decimal(number) for code, number in found.items()}
