"""The totals of any area, with a need in every village, against walking down the tree."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from time import perf_counter

from django.db import connection, transaction

from bench.figure import Figure
from bench.installation import Installation
from bench.percentiles import percentile
from bench.sizes import Sizes
from bench.villages import ensure_full_tree
from prasan.places.models import Area, Level
from prasan.places.queries import counts_below
from prasan.planning.models import Activity, ActivityBudget, Need, Proposal, Sector
from prasan.planning.queries import totals_below
from prasan.planning.queries.overview import ASKING, COUNTED, COUNTED_NEEDS

STATES = ("submitted", "forwarded", "accepted", "included")
PREFIX = "bench"

# The same figures without an ancestry path and without anything counted beforehand
DOWN_THE_TREE = """
WITH RECURSIVE inside AS (
    SELECT code, level, is_abolished FROM places_area WHERE code = %(area)s
    UNION ALL
    SELECT area.code, area.level, area.is_abolished
    FROM places_area AS area JOIN inside ON area.parent_id = inside.code
), needs AS (
    SELECT state, count(*) AS number FROM planning_need JOIN inside ON code = area_id
    WHERE state = ANY(%(needs)s) GROUP BY state
), proposals AS (
    SELECT state, count(*) AS number, sum(budget_asked) AS asked FROM planning_proposal
    JOIN inside ON code = area_id WHERE state = ANY(%(proposals)s) GROUP BY state
), items AS (
    SELECT count(*) AS number, sum(amount) AS amount FROM planning_planitem JOIN inside ON code = area_id
    JOIN planning_planversion AS version ON version.id = version_id
    WHERE version.source = 'bill' AND version.state = 'in_bill'
)
SELECT (SELECT count(*) FROM inside WHERE level = 4 AND code <> %(area)s AND NOT is_abolished),
       (SELECT coalesce(sum(number), 0) FROM needs),
       (SELECT coalesce(sum(number), 0) FROM proposals),
       (SELECT coalesce(sum(asked), 0) FROM proposals WHERE state = ANY(%(asking)s)),
       (SELECT coalesce(sum(asked), 0) FROM proposals WHERE state = 'included'),
       (SELECT coalesce(sum(amount), 0) FROM items)
"""

Totals = tuple[int, int, int, Decimal, Decimal]


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Ask both ways for the same areas, as many of each level, and hold the answers to be equal.

    The whole country is a single area: its time is told beside the figure and is no part of it.
    """
    ensure_full_tree(installation, sizes)
    fill()
    dice = random.Random(1)
    areas = {level: list(Area.objects.filter(level=level, is_abolished=False)) for level in Level}
    ours: dict[Level, list[float]] = {level: [] for level in Level}
    reference: dict[Level, list[float]] = {level: [] for level in Level}
    for number in range(sizes.subtree_questions):
        level = list(Level)[number % len(Level)]
        area = dice.choice(areas[level])
        answer, seconds = _timed(lambda area=area: kept(area))
        ours[level].append(seconds * 1000)
        if number < sizes.subtree_questions // 4:
            other, seconds = _timed(lambda area=area: walked(area))
            reference[level].append(seconds * 1000)
            if answer != other:
                raise RuntimeError(f"{area.code}: {answer} is not {other}")
    medians = ", ".join(
        f"{level.name.lower()} {percentile(ours[level], 0.5):.1f}/{percentile(ours[level], 0.95):.1f}"
        for level in Level
    )
    total = sum(map(len, areas.values()))
    del ours[Level.COUNTRY], reference[Level.COUNTRY]
    yield Figure(
        "area-subtree",
        percentile([one for times in ours.values() for one in times], 0.95),
        percentile([one for times in reference.values() for one in times], 0.95),
        remark=f"{total:,} areas, {Need.objects.count():,} needs; p50/p95 of {medians} ms",
    )


def kept(area: Area) -> Totals:
    """As the area's page has them."""
    counts, totals = counts_below(area), totals_below(area)
    return counts.villages, totals.all_needs, totals.all_proposals, totals.asked, totals.included


def walked(area: Area) -> Totals:
    """By a recursive query."""
    with connection.cursor() as cursor:
        cursor.execute(
            DOWN_THE_TREE,
            {
                "area": area.code,
                "needs": list(COUNTED_NEEDS),
                "proposals": list(COUNTED),
                "asking": list(ASKING),
            },
        )
        villages, needs, proposals, asked, included, _bill = cursor.fetchone()
    return villages, int(needs), int(proposals), asked, included


def fill() -> None:
    """Give every village a need and every tambon a proposal, once."""
    if Need.objects.filter(title__startswith=PREFIX).exists():
        return
    sector = Sector.objects.first() or Sector.objects.create(code="bench", name_th="ด้าน", name_en="Sector")
    villages = Area.objects.filter(level=Level.VILLAGE, is_abolished=False).values_list("code", flat=True)
    Need.objects.bulk_create(
        (
            Need(
                area_id=code,
                state="entered" if number % 3 else "answered",
                title=f"{PREFIX} {code}",
                households=number % 90 + 1,
                sector=sector,
            )
            for number, code in enumerate(villages.iterator())
        ),
        batch_size=2000,
    )
    tambon = Area.objects.filter(level=Level.TAMBON, is_abolished=False).values_list("code", flat=True)
    with transaction.atomic():  # a proposal and its one activity add up only together
        proposals = Proposal.objects.bulk_create(
            (
                Proposal(
                    area_id=code,
                    state=STATES[number % len(STATES)],
                    name=f"{PREFIX} {code}",
                    fiscal_year=2571,
                    budget_asked=Decimal(100_000 + number),
                    sector=sector,
                )
                for number, code in enumerate(tambon.iterator())
            ),
            batch_size=2000,
        )
        activities = Activity.objects.bulk_create(
            (Activity(proposal=proposal, number=1, name=proposal.name) for proposal in proposals),
            batch_size=2000,
        )
        ActivityBudget.objects.bulk_create(
            (
                ActivityBudget(activity=activity, fiscal_year=2571, amount=activity.proposal.budget_asked)
                for activity in activities
            ),
            batch_size=2000,
        )
    with connection.cursor() as cursor:
        for table in ("planning_need", "planning_proposal", "places_area", "places_areacount"):
            cursor.execute(f"ANALYZE {table}")


def _timed(ask: Callable[[], Totals]) -> tuple[Totals, float]:
    began = perf_counter()
    answer = ask()
    return answer, perf_counter() - began
