"""The list of proposals, as signed-in officers ask for it, with many proposals."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import connection, transaction
from django.test import Client

from bench.figure import Figure
from bench.installation import Installation
from bench.percentiles import percentile
from bench.sizes import Sizes
from bench.villages import ensure_full_tree
from prasan.accounts.models import User
from prasan.agencies.models import Posting
from prasan.kernel.words import search_key
from prasan.places.models import COUNTRY, Area, Level
from prasan.planning.actions import fold_tally
from prasan.planning.models import Proposal, Sector
from prasan.planning.queries import proposals_for, searched
from prasan.planning.queries.similar import SoFar, similar_to
from prasan.planning.states import PROPOSAL

ADDRESS = "/proposals/"
ORDERS = ("", "budget", "area")
FILTERS = ("state", "sector", "area", "q")
WORK = ("ก่อสร้าง", "ปรับปรุง", "ขุดลอก", "ซ่อมแซม", "ขยายเขต", "ส่งเสริม", "ติดตั้ง", "ฝึกอบรม")
THINGS = ("ถนนคอนกรีต", "ระบบประปา", "คลองส่งน้ำ", "ไฟฟ้าส่องสว่าง", "กลุ่มอาชีพ", "ตลาดชุมชน", "ฝายน้ำล้น", "สะพาน")
RARE = "กังหันลม"
EVERY = 50_000
"""Proposals inserted at a time; one in a thousand is of a rare thing."""

# Activities are not looked at by lists, so the triggers rest meanwhile, and the tally is told at the end.
FILL = """
INSERT INTO planning_proposal (
    area_id, state, sector_id, name, rationale, objective, main_programme, programme, target_words, operator,
    output, outcome, households, budget_asked, fiscal_year, doer, refer_level, serves, search_key, created_at,
    state_since
)
SELECT areas[1 + number %% cardinality(areas)], states[1 + (number * 7 + number / 13) %% cardinality(states)],
       sectors[1 + number / 7 %% cardinality(sectors)], titles[title], repeat(titles[title] || ' ', 4), '',
       '', '', '', '', '', '', number %% 400 + 1, 10000 * (1 + hashint8(number) & 1023), 2571, '', '', '',
       keys[title] || places[1 + number %% cardinality(areas)], now(),
       now() - (hashint8(number) & 511) * interval '1 day'
FROM (
    SELECT number, CASE WHEN number %% 1000 = 7 THEN cardinality(titles)
                   ELSE 1 + (number * 31 + number / 17) %% (cardinality(titles) - 1) END AS title, given.*
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS number,
         (SELECT %(areas)s::text[] AS areas, %(places)s::text[] AS places, %(states)s::text[] AS states,
                 %(sectors)s::text[] AS sectors, %(titles)s::text[] AS titles,
                 %(keys)s::text[] AS keys) AS given
) AS drawn
"""
TELL_TALLY = """
INSERT INTO planning_tallychange (area_code, kind, state, number, money)
SELECT area_id, 'proposal', state, count(*), sum(budget_asked) FROM planning_proposal
WHERE id > %s GROUP BY area_id, state
"""


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Ask for whole pages through the handler, and for the rows of the first page as Django does it."""
    ensure_full_tree(installation, sizes)
    fill(sizes.proposals)
    dice = random.Random(1)
    province, country = officer("provincial_head"), officer("ministry_officer", "governor")
    inside = [_page(province, _question(dice, province)) for _each in range(sizes.list_questions)]
    anywhere = [
        _page(country, {"area": dice.choice(_codes(Level.PROVINCE)), **_question(dice, None)})
        for _each in range(sizes.list_questions)
    ]
    reference = [_paginated(province, dice) for _each in range(max(sizes.list_questions // 30, 3))]
    held = Proposal.objects.count()
    yield Figure(
        "proposals-list",
        percentile([*inside, *anywhere], 0.95),
        percentile(reference, 0.95),
        remark=f"{held:,} proposals; p95 in the own province {percentile(inside, 0.95):.0f} ms, "
        f"of the ministry in any province {percentile(anywhere, 0.95):.0f} ms",
    )
    words = [_page(country, {"q": _words(dice), "order": ""}) for _each in range(sizes.list_questions // 4)]
    yield Figure("proposals-words", percentile(words, 0.95), remark=f"slowest {max(words):.0f} ms")
    alike = [
        _similar(person, dice) for person in (province, country) for _each in range(sizes.list_questions // 4)
    ]
    yield Figure(
        "similar", percentile(alike, 0.95), remark=f"{held:,} proposals; slowest {max(alike):.0f} ms"
    )


def fill(proposals: int) -> None:
    """Bring the number of proposals to this, evenly over all tambon, states and sectors."""
    missing = proposals - Proposal.objects.count()
    if missing <= 0:
        return
    last = Proposal.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    areas = list(Area.objects.filter(level=Level.TAMBON, is_abolished=False).order_by("code"))
    titles = [f"{work}{thing}" for work in WORK for thing in THINGS] + [f"ติดตั้ง{RARE}"]
    given = {
        "areas": [area.code for area in areas],
        "places": [search_key(area.name_th) for area in areas],
        "states": [state.code for state in PROPOSAL.states],
        "sectors": list(Sector.objects.values_list("pk", flat=True)),
        "titles": titles,
        "keys": [search_key(title) for title in titles],
    }
    for first in range(1, missing + 1, EVERY):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(FILL, {**given, "first": first, "last": min(first + EVERY - 1, missing)})
    with connection.cursor() as cursor:
        cursor.execute(TELL_TALLY, [last])
    fold_tally()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE planning_proposal")
        cursor.execute("VACUUM ANALYZE planning_tally")


def officer(*roles: str) -> User:
    """Whoever of the demonstration holds one of the roles."""
    posting = Posting.objects.filter(role_id__in=roles, ends=None).select_related("person", "area").first()
    if posting is None:
        raise RuntimeError(f"nobody of the demonstration is {' or '.join(roles)}")
    return posting.person


def _codes(level: Level) -> Sequence[str]:
    return list(Area.objects.filter(level=level, is_abolished=False).values_list("code", flat=True))


def _question(dice: random.Random, person: User | None) -> dict[str, str]:
    """One to three filters and an order; with a person an area of his province."""
    asked = {"order": dice.choice(ORDERS)}
    for name in dice.sample(FILTERS, dice.randint(1, 3)):
        if name == "state":
            asked["state"] = dice.choice(PROPOSAL.states).code
        elif name == "sector":
            asked["sector"] = dice.choice(list(Sector.objects.values_list("pk", flat=True)))
        elif name == "q":
            asked["q"] = _words(dice)
        elif person is not None:
            asked["area"] = dice.choice(_inside(person))
    if person is not None:
        asked.setdefault("area", _inside(person)[0])
    return asked


def _inside(person: User) -> list[str]:
    code = Posting.objects.filter(person=person, ends=None).values_list("area_id", flat=True)[0]
    return list(
        Area.objects.filter(code__startswith=code, level__lte=Level.TAMBON)
        .order_by("code")
        .values_list("code", flat=True)
    )


def _words(dice: random.Random) -> str:
    return dice.choice(
        [RARE, dice.choice(THINGS), dice.choice(WORK), f"{dice.choice(WORK)}{dice.choice(THINGS)}"]
    )


def _page(person: User, asked: dict[str, str]) -> float:
    browser = Client(headers={"host": "localhost"})
    browser.force_login(person)
    address = f"{ADDRESS}?{urlencode({name: value for name, value in asked.items() if value})}"

    def ask() -> None:
        answer = browser.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    return timed(ask)


def _similar(person: User, dice: random.Random) -> float:
    """Of any tambon where the person works, every other time with a point somewhere in the country."""
    held = Posting.objects.filter(person=person, ends=None).values_list("area_id", flat=True)[0]
    codes = [code for code in _codes(Level.TAMBON) if held == COUNTRY or code.startswith(held)]
    written = SoFar(
        text=_words(dice),
        area=Area.objects.get(pk=dice.choice(codes)),
        sector=dice.choice(list(Sector.objects.values_list("pk", flat=True))),
        point=(dice.uniform(6, 20), dice.uniform(98, 105)) if dice.random() < 0.5 else None,
    )
    return timed(lambda: similar_to(person, written))


def _paginated(person: User, dice: random.Random) -> float:
    """The same questions with the path of the area joined, a whole count and an offset, without a page."""
    asked = _question(dice, person)

    def ask() -> None:
        rows = proposals_for(person)
        path = Area.objects.values_list("path", flat=True).get(code=asked["area"])
        rows = rows.filter(area__path__startswith=path)
        for name in {"state", "sector"} & set(asked):
            rows = rows.filter(**{name: asked[name]})
        rows = searched(rows, asked["q"]) if "q" in asked else rows
        pages = Paginator(rows.order_by("-pk"), 30)
        list(pages.get_page(pages.num_pages // 2 or 1))

    return timed(ask)


def timed(ask: Callable[[], Any]) -> float:
    """Milliseconds that it takes."""
    began = perf_counter()
    ask()
    return (perf_counter() - began) * 1000
