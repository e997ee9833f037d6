"""A million complaints in the database: open ones of a dense city and of judged pairs, and closed ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

from django.db import connection, transaction

from bench.dense_city import write_city
from bench.match_rows import PAIRS, REPORTS, Row, is_at_hand, read_pairs, read_rows
from prasan.complaints.models import Complaint
from prasan.complaints.states import OPEN
from prasan.matching import VERSION, packed_reading
from prasan.places.models import Area, Level

CLOSED_FOR_EACH = 4
"""So many closed complaints stand beside each open one."""
PROVINCE, SQUARE = "10/", 0.03
NAME = "bench:"
"""Begins the key by which a complaint is known again."""

KINDS = {
    "ทางเท้า": "pavement",
    "จราจร": "traffic",
    "ถนน": "road",
    "น้ำท่วม": "flood",
    "ท่อระบายน้ำ": "flood",
    "ขยะ": "garbage",
    "ความสะอาด": "garbage",
    "กีดขวาง": "obstruction",
    "แสงสว่าง": "lighting",
    "สายไฟ": "electricity",
    "เสียงรบกวน": "noise",
    "คลอง": "wastewater",
    "ต้นไม้": "tree",
    "สัตว์จรจัด": "animal",
    "ความปลอดภัย": "safety",
}
"""Of the kinds that citizens chose, those that say something, and what an officer would call them."""

COLUMNS = (
    *("id", "state", "state_since", "created_at", "receipt", "secret_digest", "words", "title", "kind_id"),
    *("is_restricted", "area_id", "latitude", "longitude", "channel", "manner", "source_key", "search_key"),
    *("closing_reason", "was_late", "escalated", "times_reopened", "is_across"),
)
CLOSE = """
INSERT INTO complaints_complaint ({columns})
SELECT id + %(above)s, 'closed', state_since - %(earlier)s, created_at - %(earlier)s, 'C' || (id + %(above)s),
       secret_digest, words, title, kind_id, is_restricted, area_id, latitude, longitude, channel, manner,
       source_key || '/' || %(above)s, search_key, 'solved', was_late, escalated,
       times_reopened, is_across
FROM complaints_complaint WHERE source_key LIKE 'bench:%%' AND state <> 'closed'
"""
CLOSE_READINGS = """
INSERT INTO complaints_reading (complaint_id, version, packed)
SELECT complaint_id + %(above)s, version, packed
FROM complaints_reading JOIN complaints_complaint ON id = complaint_id
WHERE source_key LIKE 'bench:%%' AND state <> 'closed'
"""


def fill(folder: Path, shared: Path, complaints: int) -> None:
    """Have so many complaints, one in five of them open."""
    write(list(open_rows(folder, shared, complaints // (1 + CLOSED_FOR_EACH))))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE complaints_complaint")
        cursor.execute("VACUUM ANALYZE complaints_reading")


def write(rows: Sequence[Row]) -> None:
    """Reports as open complaints with their readings, at the time they bear, and closed ones beside them."""
    last = Complaint.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        _copy(rows, last + 1)
        for number in range(1, CLOSED_FOR_EACH + 1):
            given = {"above": number * len(rows) + last, "earlier": timedelta(days=365 * number)}
            cursor.execute(CLOSE.format(columns=", ".join(COLUMNS)), given)
            cursor.execute(CLOSE_READINGS, given)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('complaints_complaint', 'id'), max(id)) "
            "FROM complaints_complaint"
        )


def keys_of(row_ids: Sequence[str]) -> dict[str, int]:
    """The numbers that the complaints of these reports have in the database."""
    names = {f"{NAME}{row_id}": row_id for row_id in row_ids}
    found = Complaint.objects.filter(source_key__in=names).values_list("source_key", "pk")
    return {names[source_key]: key for source_key, key in found}


def open_rows(folder: Path, shared: Path, count: int) -> Iterator[Row]:
    """The reports that people judged, where they are at hand, and a city's; the last of either comes now."""
    now = datetime.now(UTC)
    judged = _judged(shared)[:count] if is_at_hand(shared) else []
    yield from _until(now, judged)
    reports, _truth = write_city(folder / "city", max(count - len(judged), 1))
    yield from _until(now, list(read_rows(reports)))


def _until(now: datetime, rows: Sequence[Row]) -> Iterator[Row]:
    """The rows moved in time together, so that the last comes now."""
    latest = max((row.at for row in rows if row.at), default=now)
    return (row._replace(at=row.at and row.at + (now - latest)) for row in rows)


def kind_of(row: Row) -> str:
    """The kind that an officer would give it."""
    return next((KINDS[kind] for kind in row.kinds if kind in KINDS), "other")


def _judged(shared: Path) -> list[Row]:
    wanted = {row_id for pair in read_pairs(shared / PAIRS) for row_id in pair[:2]}
    return [row for row in read_rows(shared / REPORTS) if row.row_id in wanted]


def _copy(rows: Sequence[Row], first: int) -> None:
    areas = tambon_of(rows)
    with connection.cursor() as cursor:
        statement = f"COPY complaints_complaint ({', '.join(COLUMNS)}) FROM STDIN"
        with cursor.copy(statement) as copy:
            for number, (row, area, state) in enumerate(zip(rows, areas, cycle(OPEN)), start=first):
                copy.write_row(_as_columns(number, row, area, state))
        with cursor.copy("COPY complaints_reading (complaint_id, version, packed) FROM STDIN") as copy:
            for number, row in enumerate(rows, start=first):
                copy.write_row((number, VERSION, packed_reading(_words(row))))


def _as_columns(number: int, row: Row, area: str, state: str) -> tuple[object, ...]:
    kind, words = kind_of(row), _words(row)
    return (
        *(number, state, row.at, row.at, f"B{number}", "0" * 64, words, f"{kind} {number}", kind),
        *(False, area, row.latitude, row.longitude, "web", "anonymous", f"{NAME}{row.row_id}", ""),
        *("", False, 0, 0, False),
    )


def _words(row: Row) -> str:
    return row.text.replace("\x00", "")


def tambon_of(rows: Sequence[Row]) -> list[str]:
    """A tambon for each square of some three kilometres; those without a point are dealt out over all."""
    codes = list(
        Area.objects.filter(level=Level.TAMBON, is_abolished=False, path__startswith=PROVINCE)
        .order_by("code")
        .values_list("code", flat=True)
    )
    spare = cycle(codes)
    return [
        next(spare)
        if row.latitude is None or row.longitude is None
        else codes[(int(row.latitude / SQUARE) * 31 + int(row.longitude / SQUARE)) % len(codes)]
        for row in rows
    ]
