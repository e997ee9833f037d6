"""What migrations do with databases that were there before: the first nineteen of them are three by now."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.timezone import now
from time_machine import travel

from prasan.cases.actions import move
from prasan.kernel.calendar import BANGKOK
from prasan.planning import actions
from tests.factories.planning import World, proposal_words

pytestmark = pytest.mark.django_db


def stand_as_of_old(*applied: str) -> None:
    """Let the database say that these made it, and none of the three."""
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app="planning").delete()
    for name in applied:
        recorder.record_applied("planning", name)


def plan() -> list[str]:
    executor = MigrationExecutor(connection)
    return [migration.name for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def test_whole_one_goes_on_from_there() -> None:
    stand_as_of_old("0001_initial", "0002_sectors", "0014_counting", "0019_plan_book")

    assert plan() == ["0004_waiting", "0005_areas_of_a_province"]


def test_one_in_between_is_refused_by_the_tables_that_are_there() -> None:
    stand_as_of_old("0001_initial", "0002_sectors", "0014_counting")

    made = ["0001_tables", "0002_first_rows", "0003_guards"]
    assert plan() == [*made, "0004_waiting", "0005_areas_of_a_province"]


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
    cases = (need, draft, moved, routing)
    for case in cases:
        type(case).objects.filter(pk=case.pk).update(state_since=now())

    waiting = import_module("prasan.planning.migrations.0004_waiting")
    with connection.cursor() as cursor:
        for table, kind in waiting.KINDS.items():
            cursor.execute(waiting.TELL.format(table=table, kind=kind))
    for case in cases:
        case.refresh_from_db()

    assert [case.state_since.astimezone(BANGKOK).month for case in cases] == [3, 3, 4, 4]
