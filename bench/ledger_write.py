"""Steps of cases a second, against the bare inserts that each of them cannot do without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import cycle
from typing import TYPE_CHECKING

from bench.clients import OURS, REFERENCE, Act, Clients
from bench.figure import Figure
from bench.installation import Installation, set_up_django
from bench.sizes import Sizes

if TYPE_CHECKING:
    from django.db.models import Model

    from prasan.planning.models import Need

JOB = "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES (%s, %s, %s)"


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Let several people, each at his own case, take steps; in turns let the same clients only insert."""
    installation.database()
    arguments = [{"need": pk} for pk in _needs(sizes.clients)]
    with Clients("bench.ledger_write:acts", arguments) as clients:
        ours, reference = clients.compare(sizes.rounds, sizes.round_seconds)
    yield Figure("ledger-write", ours, reference, remark=f"{sizes.clients} clients, fsync on")


def acts(need: int) -> Mapping[str, Act]:
    """What one client does, in a process of its own."""
    set_up_django()
    from prasan.cases.actions import move
    from prasan.planning.models import Need

    case = Need.objects.select_related("created_by").get(pk=need)
    steps = cycle(("enter", "take_back"))

    def step() -> None:
        move(case, next(steps), by=case.created_by)

    step()
    return {OURS: step, REFERENCE: _inserts(case)}


def _needs(count: int) -> list[int]:
    """A draft for each client, of as many village heads as the demonstration has."""
    from prasan.agencies.models import Posting
    from prasan.planning.actions import NeedWords, draft_need
    from prasan.planning.models import Sector

    heads = Posting.objects.filter(
        role_id="village_head", ends=None, area__is_abolished=False
    ).select_related("person", "area")
    words = NeedWords(title="ขุดลอกหนองน้ำ", sector=Sector.objects.all()[0], households=40)
    people = cycle(list(heads))
    return [
        draft_need(post.area, words, by=post.person).pk for post in (next(people) for _one in range(count))
    ]


def _inserts(case: Need) -> Act:
    """One transaction of plain inserts: the row of the case, the entry of its last step, the job for it."""
    import psycopg
    from psycopg.types.json import Jsonb

    from prasan.config import postgres
    from prasan.config.folder import DataFolder
    from prasan.ledger.queries import entries_about

    connection = psycopg.connect(postgres.database_url(DataFolder.chosen().path))
    case_sql, case_values = insert_of(case)
    entry_sql, entry_values = insert_of(entries_about(case).get(kind="planning.need.enter"))

    def insert() -> None:
        with connection.transaction():
            connection.execute(case_sql, case_values)
            written = connection.execute(f"{entry_sql} RETURNING id", entry_values).fetchone()
            arguments = Jsonb({"entry_id": written and written[0]})
            connection.execute(JOB, ["ledger", "prasan.ledger.tell", arguments])

    return insert


def insert_of(row: Model) -> tuple[str, list[object]]:
    """The statement that writes this very row once more, under a new key."""
    from django.db import connection

    fields = [field for field in row._meta.concrete_fields if not field.primary_key and not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join("%s" for _field in fields)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    return f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({marks})", values  # noqa: S608 - our names
