"""The overview of any area as a whole page, with many proposals and a call open in every province."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection, transaction
from django.test import Client

from bench.figure import Figure
from bench.installation import Installation
from bench.percentiles import percentile
from bench.proposals_list import fill, officer, timed
from bench.sizes import Sizes
from bench.villages import ensure_full_tree
from prasan.accounts.models import User
from prasan.agencies.models import Agency, Call
from prasan.kernel.calendar import FiscalYear, today
from prasan.places.models import COUNTRY, Area, Level
from prasan.planning.models import CallTerms, Proposal
from prasan.planning.queries import figures_of

# Every proposal was submitted before the quarter began, and one in ten looked at in it.
VERSIONS = """
INSERT INTO planning_proposalversion (proposal_id, number, why, content, made_at)
SELECT id, number, 'submitted', '{}', now() - (2 - number) * interval '200 days'
FROM planning_proposal, generate_series(1, 2) AS number
WHERE (number = 1 OR id % 10 = 0)
  AND NOT EXISTS (SELECT FROM planning_proposalversion WHERE proposal_id = planning_proposal.id)
"""
ASKED = """
INSERT INTO agencies_callanswer (call_id, area_id, answered_at)
SELECT call.id, area.code, CASE WHEN hashtext(area.code) %% 2 = 0 THEN now() END
FROM agencies_call AS call JOIN places_area AS area ON left(area.code, 2) = call.area_id
WHERE area.level IN (3, 4) AND NOT area.is_abolished AND call.id = ANY(%s)
"""


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Ask as the ministry does, which sees all lists and all who are late, and as anybody does."""
    ensure_full_tree(installation, sizes)
    fill(sizes.proposals)
    call_everybody()
    dice = random.Random(2)
    areas = {level: list(Area.objects.filter(level=level, is_abolished=False)) for level in Level}
    levels = [list(Level)[number % len(Level)] for number in range(sizes.list_questions)]
    asked = [(level, dice.choice(areas[level])) for level in levels]
    ministry = officer("ministry_officer")
    _page(areas[Level.COUNTRY][0], ministry)  # what a process reads once
    inside = [(level, _page(area, ministry)) for level, area in asked]
    public = [_page(area, None) for _level, area in asked]
    figures = [timed(lambda area=area: figures_of(area)) for _level, area in asked]
    pages = [page for _level, page in inside]
    by_level = {level: [page for each, page in inside if each == level] for level in Level}
    yield Figure(
        "overview",
        percentile(pages, 0.95),
        remark=f"{Proposal.objects.count():,} proposals; p95 of a "
        + ", ".join(f"{level.name.lower()} {percentile(each, 0.95):.0f}" for level, each in by_level.items())
        + f" ms; of the public p95 {percentile(public, 0.95):.0f} ms; "
        f"the figures alone {percentile(figures, 0.95):.1f} ms",
    )


def call_everybody() -> None:
    """A call open in every province that has none, asking every village and tambon; half have answered."""
    year, day = FiscalYear.of(today()).next.be, today()
    called = Call.objects.values("area")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        calls = Call.objects.bulk_create(
            Call(
                agency=Agency.objects.all()[0],
                area=province,
                title="รอบเสนอโครงการ",
                fiscal_year=year,
                opens=day - timedelta(days=7),
                closes=day + timedelta(days=7),
            )
            for province in Area.objects.filter(level=Level.PROVINCE, is_abolished=False).exclude(
                code__in=called
            )
        )
        CallTerms.objects.bulk_create(CallTerms(call=call) for call in calls)
        cursor.execute(ASKED, [[call.pk for call in calls]])
        cursor.execute(VERSIONS)
    with connection.cursor() as cursor:
        for table in ("agencies_callanswer", "planning_proposalversion"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def _page(area: Area, person: User | None) -> float:
    browser = Client(headers={"host": "localhost"})
    if person is not None:
        browser.force_login(person)
    address = "/places/overview/" if area.code == COUNTRY else f"/places/{area.code}/overview/"

    def ask() -> None:
        answer = browser.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    return timed(ask)
