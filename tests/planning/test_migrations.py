"""What migrations do with rows that were there before, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import now

from tests.factories.documents import make_file
from tests.factories.planning import World

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

Table = Callable[[str], Any]


def migrate(name: str) -> Table:
    """The tables of planning as they are after the migration of that name."""
    executor = MigrationExecutor(connection)
    state = executor.migrate([("planning", name)])
    return lambda model: state.apps.get_model("planning", model).objects


@contextmanager
def standing_at(name: str) -> Iterator[Table]:
    """The tables as they were at an earlier migration; afterwards they are as they should be."""
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes("planning")[0][1]
    try:
        yield migrate(name)
    finally:
        migrate(latest)


def test_of_files_that_stand_twice_the_released_one_stays_or_else_the_first() -> None:
    world = World()
    needs = [world.need().pk, world.need().pk]
    files = [make_file().pk, make_file().pk]
    with standing_at("0006_scoring") as table:
        make = table("Attachment").create
        first = make(need_id=needs[0], file_id=files[0], name="1")
        make(need_id=needs[0], file_id=files[0], name="2")
        make(need_id=needs[0], file_id=files[1], name="3")
        released = make(need_id=needs[0], file_id=files[1], name="4", released_at=now())
        elsewhere = make(need_id=needs[1], file_id=files[0], name="5")
        other_kind = make(need_id=needs[0], file_id=files[0], name="6", kind="other")

        kept = set(migrate("0007_attachment_once")("Attachment").values_list("pk", flat=True))

    assert kept == {first.pk, released.pk, elsewhere.pk, other_kind.pk}
