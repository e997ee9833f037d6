"""Lists and figures of complaints, as signed-in officers ask for them, with many complaints."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from urllib.parse import urlencode

from django.db import connection, transaction
from django.test import Client

from bench.figure import Figure
from bench.installation import Installation
from bench.percentiles import percentile
from bench.proposals_list import officer
from bench.sizes import Sizes
from bench.villages import ensure_full_tree
from prasan.accounts.models import User
from prasan.agencies.models import Posting
from prasan.complaints.models import Complaint, Kind
from prasan.complaints.states import HELD
from prasan.kernel.words import search_key
from prasan.places.models import Area, Level

EVERY = 100_000
OPEN_SHARE = 25
"""One of so many is still open: 200,000 of five million."""
MONTHS = 60
WORDS = ("ไฟทางดับ", "ถนนเป็นหลุม", "น้ำท่วมขัง", "ขยะล้น", "เสียงดัง", "น้ำประปาไม่ไหล", "กิ่งไม้พาดสายไฟ")

# The triggers rest meanwhile, and the tally is counted from the rows at the end, as a repair does it.
FILL = """
INSERT INTO complaints_complaint (
    receipt, secret_digest, words, title, kind_id, is_restricted, area_id, channel, manner, state,
    state_since, created_at, closing_reason, satisfaction, search_key, due_on, end_by,
    was_late, days_used, escalated, times_reopened, is_across
)
SELECT 'F' || number, repeat('0', 64), words[w], words[w], kinds[1 + hash %% cardinality(kinds)], false, area,
       'web', 'anonymous', state, told_at + interval '1 day', told_at,
       CASE state WHEN 'closed' THEN 'solved' ELSE '' END,
       CASE WHEN state = 'closed' AND hash %% 3 = 0 THEN 1 + hash %% 5 END, keys[w] || places[p],
       CASE WHEN is_open THEN current_date + (hash %% 30)::integer - 10 END, told_at::date + 42,
       hash %% 11 = 0, CASE WHEN state = 'closed' THEN hash %% 45 END, 0, (hash %% 29 = 0)::integer,
       hash %% 97 = 0
FROM (
    SELECT number, hash, is_open, areas[p] AS area, p, 1 + hash %% cardinality(words) AS w,
           CASE WHEN is_open THEN states[1 + hash %% cardinality(states)]
                WHEN hash %% 9 = 0 THEN 'repeated' ELSE 'closed' END AS state,
           now() - (CASE WHEN is_open THEN hash %% 60 ELSE hash %% {days} END) * interval '1 day' AS told_at,
           given.*
    FROM (
        SELECT number, abs(hashint8(number)::bigint) AS hash, number %% {open} = 0 AS is_open
        FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS number
    ) AS numbered,
    (SELECT %(areas)s::text[] AS areas, %(places)s::text[] AS places, %(kinds)s::text[] AS kinds,
            %(states)s::text[] AS states, %(words)s::text[] AS words, %(keys)s::text[] AS keys) AS given,
    LATERAL (
        SELECT 1 + numbered.hash %% CASE WHEN numbered.number %% 4 = 0 THEN %(crowded)s
                                         ELSE cardinality(areas) END AS p
    ) AS placed
) AS drawn
"""
SEND = """
INSERT INTO complaints_referral (
    complaint_id, agency_id, is_lead, is_latest, own_number, state, state_since, created_at, due_on, end_by,
    was_late, days_used, days_to_acknowledge
)
SELECT complaints_complaint.id, agencies[1 + complaints_complaint.id %% cardinality(agencies)], true, true,
       '', CASE WHEN state = 'closed' THEN 'answered' WHEN state IN ('referred') THEN 'sent'
            WHEN state IN ('acknowledged', 'working') THEN state ELSE 'returned' END,
       state_since, created_at, CASE WHEN state IN ('referred', 'acknowledged', 'working') THEN due_on END,
       created_at::date + 21, was_late, CASE WHEN state = 'closed' THEN days_used END,
       complaints_complaint.id %% 4
FROM complaints_complaint
JOIN (
    SELECT area_id, array_agg(id ORDER BY id) AS agencies FROM agencies_agency
    WHERE length(area_id) = 2 AND area_id <> 'TH' GROUP BY area_id
) AS own ON own.area_id = province
WHERE complaints_complaint.id > %s AND complaints_complaint.id <= %s
  AND state NOT IN ('received', 'screened', 'repeated') AND complaints_complaint.id %% 4 <> 3
"""
TELL = """
INSERT INTO complaints_tally (area_code, above, kind, month, agency_id, what, days, number)
SELECT area_code, above, kind, month, agency_id, what, days, number FROM complaints_recount
"""
GROUPED = """
SELECT kind_id, month, area, count(*), count(*) FILTER (WHERE state <> 'repeated'),
       count(*) FILTER (WHERE was_late), percentile_disc(0.5) WITHIN GROUP (ORDER BY days_used),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY days_used)
FROM (
    SELECT *, date_trunc('month', created_at) AS month, left(area_id, 4) AS area
    FROM complaints_complaint WHERE province = %s
) AS told GROUP BY GROUPING SETS ((kind_id), (month), (area), ())
"""


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Ask for whole pages through the handler, and for the figures of a province as one query gives them."""
    ensure_full_tree(installation, sizes)
    fill(sizes.complaints)
    dice = random.Random(1)
    desk, agency = officer("complaint_officer"), _busiest()
    governor, ministry = officer("governor"), officer("ministry_officer")
    number = sizes.list_questions // 4
    for person, address in (
        (desk, "/complaints/"),
        (agency, "/referrals/"),
        (ministry, "/complaints/figures/TH/"),
    ):
        _page(person, address, {})  # what a process reads once
    lists = [_page(desk, "/complaints/", _asked_of_list(dice)) for _each in range(number)]
    inbox = [_page(agency, "/referrals/", _asked_of_inbox(dice)) for _each in range(number)]
    held = Complaint.objects.count()
    yield Figure(
        "complaint-inbox",
        percentile([*lists, *inbox], 0.95),
        remark=f"{held:,} complaints; p95 of the centre {percentile(lists, 0.95):.0f} ms, of an agency "
        f"{percentile(inbox, 0.95):.0f} ms, slowest {max(*lists, *inbox):.0f} ms",
    )
    own = Posting.objects.filter(person=governor).values_list("area", flat=True)[0]
    inside = [
        _page(governor, f"/complaints/figures/{own}/", _asked_of_figures(dice)) for _each in range(number)
    ]
    codes = list(
        Area.objects.filter(level__lte=Level.AMPHOE, is_abolished=False).values_list("pk", flat=True)
    )
    anywhere = [
        _page(ministry, f"/complaints/figures/{dice.choice(['TH', *codes])}/", _asked_of_figures(dice))
        for _each in range(number)
    ]
    country = [_page(ministry, "/complaints/figures/TH/", {}) for _each in range(3)]
    yield Figure(
        "complaint-statistics",
        percentile([*inside, *anywhere], 0.95),
        percentile([_grouped(own) for _each in range(3)], 0.95),
        remark=f"{held:,} complaints; p95 of the own province {percentile(inside, 0.95):.0f} ms, of any area "
        f"{percentile(anywhere, 0.95):.0f} ms, of the country {max(country):.0f} ms",
    )


def fill(complaints: int) -> None:
    """Bring the number of complaints to this: a quarter in one province, the rest evenly over all tambon."""
    missing = complaints - Complaint.objects.count()
    if missing <= 0:
        return
    last = Complaint.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    own = Posting.objects.filter(person=officer("complaint_officer")).values_list("area", flat=True)[0]
    areas = list(Area.objects.filter(level=Level.TAMBON, is_abolished=False).order_by("code"))
    areas.sort(key=lambda area: area.code[:2] != own)
    given = {
        "areas": [area.code for area in areas],
        "places": [search_key(area.name_th) for area in areas],
        "crowded": sum(area.code[:2] == own for area in areas),
        "kinds": list(Kind.objects.filter(is_restricted=False).values_list("pk", flat=True)),
        "states": ["received", "screened", "referred", "acknowledged", "working", "answered"],
        "words": list(WORDS),
        "keys": [search_key(words) for words in WORDS],
    }
    statement = FILL.format(days=MONTHS * 30, open=OPEN_SHARE)
    with _without_indexes("complaints_complaint", "complaints_referral"):
        for first in range(1, missing + 1, EVERY):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
                cursor.execute(statement, {**given, "first": first, "last": min(first + EVERY - 1, missing)})
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(SEND, [last, last + missing])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM complaints_tallychange")
        cursor.execute("DELETE FROM complaints_tally")
        cursor.execute(TELL)
    with connection.cursor() as cursor:
        for table in ("complaint", "referral", "tally", "tallychange"):
            cursor.execute(f"VACUUM ANALYZE complaints_{table}")


@contextmanager
def _without_indexes(*tables: str) -> Iterator[None]:
    """Take the indexes that hold up no constraint away meanwhile: making them at the end is far quicker."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN"
            " (SELECT conname FROM pg_constraint) AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
            [list(tables)],
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _name, definition in indexes:
            cursor.execute(definition)


def _busiest() -> User:
    """An officer of an agency in the province of the centre that holds many complaints."""
    own = Posting.objects.filter(person=officer("complaint_officer")).values_list("area", flat=True)[0]
    posting = (
        Posting.objects.filter(role_id="agency_officer", area=own, ends=None).select_related("person").first()
    )
    if posting is None:
        raise RuntimeError("no agency of the demonstration is sent complaints")
    return posting.person


def _asked_of_list(dice: random.Random) -> dict[str, str]:
    asked = dice.choice(
        (
            {},
            {"state": dice.choice(("received", "working", "closed"))},
            {"due": dice.choice(("late", "today", "week"))},
            {"kind": "road", "order": "new"},
            {"q": dice.choice(WORDS)},
            {"group": dice.choice(("late", "open", "once"))},
        )
    )
    return dict(asked)


def _asked_of_inbox(dice: random.Random) -> dict[str, str]:
    return dict(
        dice.choice(
            (
                {},
                {"state": dice.choice(HELD)},
                {"due": "late"},
                {"officer": "nobody"},
                {"order": "new"},
                {"q": "ไฟทางดับ"},
            )
        )
    )


def _asked_of_figures(dice: random.Random) -> dict[str, str]:
    year = dice.choice(("", "fy2569", "fy2568"))
    return dice.choice(
        ({}, {"period": year}, {"kind": "road"}, {"period": year, "kind": "flood"}, {"colour": "late"})
    )


def _page(person: User, address: str, asked: dict[str, str]) -> float:
    """Milliseconds of one page."""
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    began = perf_counter()
    answer = client.get(f"{address}?{urlencode(asked)}")
    took = 1000 * (perf_counter() - began)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}?{urlencode(asked)} answered {answer.status_code}")
    return took


def _grouped(province: str) -> float:
    """Milliseconds of the figures of a province by grouping its rows."""
    began = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(GROUPED, [province])
        cursor.fetchall()
    return 1000 * (perf_counter() - began)
