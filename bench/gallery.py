"""The gallery of innovations as anybody asks for it, with many innovations."""

from __future__ import annotations

import random
from collections.abc import Iterator
from time import perf_counter
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import connection, transaction
from django.test import Client

from bench.figure import Figure
from bench.installation import Installation
from bench.percentiles import percentile
from bench.sizes import Sizes
from prasan.innovations.models import Innovation, Register
from prasan.innovations.queries import registers
from prasan.kernel.order import thai_sort_key
from prasan.kernel.words import search_key
from prasan.places.models import Area, Level

ADDRESS = "/innovations/"
DOES = (
    "ระบบจองคิว",
    "แผนที่ภาษี",
    "ศูนย์บริการเบ็ดเสร็จ",
    "เตือนภัยน้ำท่วม",
    "ธนาคารขยะ",
    "ส่งยาถึงบ้าน",
    "สารบรรณอิเล็กทรอนิกส์",
)
FOR = ("ผู้สูงอายุ", "ผู้ป่วยนอก", "เกษตรกร", "ผู้ประกอบการ", "นักเรียน", "ประชาชนทั่วไป")
BY = ("ผ่าน LINE", "ด้วย QR Code", "ด้วยแอปพลิเคชัน", "แบบเคลื่อนที่", "ด้วยระบบสารสนเทศภูมิศาสตร์")

FILL = """
INSERT INTO innovations_innovation (
    owner_id, area_id, title, title_en, kind, aspects, ways, fiscal_year, rationale, objective, work_done,
    expected_result, actual_result, problem_fit, difference, pain_point, solution, impact, sort_key,
    search_key, state, state_since, created_at
)
SELECT owners[1 + h %% cardinality(owners)], areas[1 + h %% cardinality(areas)],
       titles[t] || ' ' || places[1 + h %% cardinality(areas)], '',
       (ARRAY['policy', 'service', 'administrative', 'unknown'])[1 + h %% 4], '{}',
       ARRAY[(ARRAY['process', 'e_service', 'research', 'data', 'networking'])[1 + h / 7 %% 5]],
       2555 + h / 3 %% 15, repeat(titles[t], 5), '', '', '', '', '', '', repeat(titles[t], 2), '', '',
       sorts[t] || number, keys[t] || placekeys[1 + h %% cardinality(areas)], 'registered', now(), now()
FROM (
    SELECT number, abs(hashint8(number)::bigint) AS h,
           1 + abs(hashint8(number * 3)::bigint) %% cardinality(titles) AS t, given.*
    FROM generate_series(1, %(number)s) AS number,
         (SELECT %(owners)s::bigint[] AS owners, %(areas)s::text[] AS areas, %(places)s::text[] AS places,
                 %(placekeys)s::text[] AS placekeys, %(titles)s::text[] AS titles, %(keys)s::text[] AS keys,
                 %(sorts)s::text[] AS sorts) AS given
) AS drawn
"""
CARRY_OUT = """
INSERT INTO innovations_innovationarea (innovation_id, area_id)
SELECT id, area_id FROM innovations_innovation
WHERE area_id <> 'TH' AND NOT EXISTS (
    SELECT FROM innovations_innovationarea AS known WHERE known.innovation_id = innovations_innovation.id
)
"""
ENTER = """
INSERT INTO innovations_registerentry (
    register_id, innovation_id, number, score, level, branch, remark_th, remark_en
)
SELECT %s, id, row_number() OVER (ORDER BY id), 90 + id %% 11,
       (ARRAY['unknown', 'distinguished', 'excellent', 'unknown'])[1 + id %% 4], '', '', ''
FROM (SELECT id FROM innovations_innovation ORDER BY id DESC LIMIT 30000) AS newest
"""


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Ask for whole pages through the handler, and for the first page as Django's paginator does it."""
    installation.database()
    fill(sizes.innovations)
    dice = random.Random(1)
    client = Client(headers={"host": "localhost"})  # the site, too, sets up its handler once
    _page(client, {})  # what a process reads once
    taken = [_page(client, _question(dice)) for _each in range(sizes.list_questions // 2)]
    reference = [_paginated(dice) for _each in range(max(sizes.list_questions // 20, 3))]
    held = Innovation.objects.count()
    yield Figure(
        "gallery",
        percentile(taken, 0.95),
        percentile(reference, 0.95),
        remark=f"{held:,} innovations; median {percentile(taken, 0.5):.0f} ms, slowest {max(taken):.0f} ms",
    )


def fill(number: int) -> None:
    """Bring the number of innovations to this, a third of them in a register with scores and awards."""
    missing = number - Innovation.objects.count()
    if missing <= 0:
        return
    provinces = list(Area.objects.filter(level=Level.PROVINCE, is_abolished=False))
    titles = [f"{does}{whom}{means}" for does in DOES for whom in FOR for means in BY]
    given = {
        "number": missing,
        "owners": list(Innovation.objects.values_list("owner", flat=True).distinct()),
        "areas": [area.code for area in provinces],
        "places": [area.name_th for area in provinces],
        "placekeys": [search_key(area.name_th) for area in provinces],
        "titles": titles,
        "keys": [search_key(title) for title in titles],
        "sorts": [thai_sort_key(title) for title in titles],
    }
    register = Register.objects.create(
        code="bench", name_th="ทะเบียนทดสอบ", name_en="Bench", year=2569, order="number", digest="-"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FILL, given)
        cursor.execute(CARRY_OUT)
        cursor.execute(ENTER, [register.pk])
    with connection.cursor() as cursor:
        for table in ("innovation", "innovationarea", "registerentry"):
            cursor.execute(f"VACUUM ANALYZE innovations_{table}")


def _question(dice: random.Random) -> dict[str, str]:
    return dice.choice(
        (
            {},
            {"q": dice.choice(DOES)},
            {"q": dice.choice(FOR), "kind": "service"},
            {"province": dice.choice(("32", "40", "57", "90"))},
            {"cluster": "C13", "way": "e_service"},
            {"year": "2562"},
            {"award": "distinguished", "order": "title"},
            {"score": "95"},
            {"register": registers()[0].code, "order": "title"},
        )
    )


def _page(client: Client, asked: dict[str, str]) -> float:
    """Milliseconds of one page, as somebody without an account gets it."""
    began = perf_counter()
    answer = client.get(f"{ADDRESS}?{urlencode(asked)}")
    took = 1000 * (perf_counter() - began)
    if answer.status_code != 200:
        raise RuntimeError(f"{ADDRESS}?{urlencode(asked)} answered {answer.status_code}")
    return took


def _paginated(dice: random.Random) -> float:
    """Milliseconds of a page's rows and count by Django's paginator, words found by icontains."""
    began = perf_counter()
    rows = Innovation.objects.filter(state="registered", title__icontains=dice.choice(DOES)).order_by("-pk")
    page = Paginator(rows.select_related("owner", "area"), 30).page(1)
    list(page.object_list)
    return 1000 * (perf_counter() - began)
