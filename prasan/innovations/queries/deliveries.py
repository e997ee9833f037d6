"""To whom cookbooks were sent, and who opened them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from prasan.agencies.models import Agency
from prasan.agencies.queries import Person, within_reach
from prasan.innovations import rules
from prasan.innovations.models import Cookbook, CookbookDelivery
from prasan.kernel.calendar import today


def agencies_to_reach(cookbook: Cookbook, levels: Collection[str]) -> QuerySet[Agency]:
    """The agencies of these levels, valid today, that have the cookbook not yet; never its owner."""
    day = today()
    sent = CookbookDelivery.objects.filter(cookbook=cookbook, agency=OuterRef("pk"))
    return Agency.objects.filter(
        ~Exists(sent),
        Q(valid_from=None) | Q(valid_from__lte=day),
        Q(valid_to=None) | Q(valid_to__gte=day),
        level__in=levels,
    ).exclude(pk=cookbook.innovation.owner_id)


def numbers_to_reach(cookbook: Cookbook) -> dict[str, int]:
    """How many agencies of each level have the cookbook not yet."""
    rows = agencies_to_reach(cookbook, Agency.Level.values).order_by().values("level")
    found = {row["level"]: row["number"] for row in rows.annotate(number=Count("pk"))}
    return {level: found.get(level, 0) for level in Agency.Level.values}


def deliveries_of(cookbook: Cookbook) -> QuerySet[CookbookDelivery]:
    """To whom a cookbook was sent; whoever shows it has decided that the person may see it."""
    return cookbook.deliveries.select_related("agency", "version", "opened_posting")


def deliveries_to(user: Person) -> QuerySet[CookbookDelivery]:
    """What was sent to the person's agencies."""
    rows = CookbookDelivery.objects.select_related("agency", "cookbook__innovation__owner")
    return within_reach(user, rules.RECEIVE_COOKBOOK, rows)


def unopened_deliveries(user: Person) -> QuerySet[CookbookDelivery]:
    """What nobody of the person's agencies has opened yet and can be read."""
    return deliveries_to(user).filter(
        opened_at=None, cookbook__state="published", cookbook__innovation__state="registered"
    )


def opened_and_all(cookbook: Cookbook) -> tuple[int, int]:
    """How many of those to whom it was sent have opened it, and how many they are."""
    counted = cookbook.deliveries.aggregate(
        opened=Count("pk", filter=Q(opened_at__isnull=False)), everyone=Count("pk")
    )
    return counted["opened"], counted["everyone"]
