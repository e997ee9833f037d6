"""What follows from several awards together: computed with its proof, and kept in no table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from prasan.agencies.models import Agency
from prasan.awards.models import Award, EntitlementRule, Programme


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A body that is entitled in a year, by which rule, and the awards that prove it."""

    rule: EntitlementRule
    year: int
    owner: Agency
    proof: tuple[Award, ...]


def entitlements(programme: Programme, year: int | None = None) -> list[Entitlement]:
    """All entitlements of a programme, of one year where it is named, the latest year first.

    Only announced awards count.
    """
    awards = Award.objects.filter(
        edition__programme=programme, edition__state__in=("announced", "closed")
    ).select_related("entry__owner", "edition__programme", "entry__innovation")
    if year is not None:
        awards = awards.filter(edition__year=year)
    by_owner: dict[tuple[int, int], list[Award]] = defaultdict(list)
    for award in awards.order_by("branch", "pk"):
        by_owner[award.edition.year, award.entry.owner_id].append(award)
    found = [
        Entitlement(rule, won_in, proof[0].entry.owner, proof)
        for rule in programme.entitlement_rules.order_by("code")
        for (won_in, _owner), own in by_owner.items()
        if (proof := _proof(rule, own))
    ]
    return sorted(found, key=lambda each: (-each.year, each.rule.code, each.owner.sort_key, each.owner.pk))


def _proof(rule: EntitlementRule, awards: Iterable[Award]) -> tuple[Award, ...]:
    """The awards by which the rule holds; none where a branch is missing."""
    fitting = [each for each in awards if each.level in rule.levels and each.branch in rule.branches]
    if not rule.branches or {each.branch for each in fitting} != set(rule.branches):
        return ()
    return tuple(fitting)
