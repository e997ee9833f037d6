"""What migrations do with rows that were there before, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import now
from time_machine import travel

from prasan.cases.actions import move
from prasan.kernel.calendar import BANGKOK
from prasan.planning import actions
from tests.factories.documents import make_file
from tests.factories.planning import World, proposal_words

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


def test_submitters_are_those_whom_the_ledger_knows_and_of_those_it_was_made_of() -> None:
    world = World()
    head, kamnan, secretary = (world.person(role) for role in ("village_head", "kamnan", "tambon_secretary"))
    twice = actions.submit_proposal(world.proposal("draft"), by=kamnan)
    move(twice, "return_to_author", by=secretary, note="ขาดแบบแปลน")
    actions.submit_proposal(twice, by=head)
    draft = world.proposal("draft")
    merged = actions.merge_proposals(
        [twice, actions.submit_proposal(world.proposal("draft"), by=secretary)],
        name="รวม",
        by=secretary,
        note="เรื่องเดียวกัน",
    )
    known = {row.pk: set(row.submitters.values_list("pk", flat=True)) for row in (twice, draft, merged)}

    with standing_at("0010_lists") as table:
        before = dict(table("Proposal").values_list("pk", "submitted_by"))
        rows = migrate("0011_submitters")("Proposal").filter(pk__in=known)
        after = {row.pk: set(row.submitters.values_list("pk", flat=True)) for row in rows}

    assert (before[twice.pk], before[draft.pk], before[merged.pk]) == (head.pk, None, None)
    assert after == known
    assert known[twice.pk] == {head.pk, kamnan.pk}
    assert known[merged.pk] == {head.pk, kamnan.pk, secretary.pk}


def test_cases_stand_in_their_state_since_the_step_that_brought_them_there() -> None:
    world = World()
    head, secretary = world.person("village_head"), world.person("tambon_secretary")
    with travel("2026-03-01T09:00:00+07:00", tick=False):
        need, draft, moved = world.need(), world.proposal("draft"), world.proposal("submitted")
        routing = world.lead(world.proposal("forwarded"))
    with travel("2026-04-01T09:00:00+07:00", tick=False):
        move(moved, "review", by=secretary)
        move(routing, "receive", by=world.person("agency_officer"))
    with travel("2026-05-01T09:00:00+07:00", tick=False):
        actions.revise_proposal(moved, proposal_words(name="ถนนสายใหม่"), by=head)
    cases = (("Need", need), ("Proposal", draft), ("Proposal", moved), ("Routing", routing))

    with standing_at("0019_plan_book"):
        table = migrate("0020_waiting")
        since = [table(model).get(pk=case.pk).state_since.astimezone(BANGKOK).month for model, case in cases]

    assert since == [3, 3, 4, 4]
