"""What is laid down from what was made is the same, row for row and object for object."""

import pytest
from django.db import transaction

from prasan.planning.models import Proposal
from tests.factories.planning import World
from tests.made_once import made_once, rows_of_all_tables

pytestmark = pytest.mark.django_db


def village():
    return World.with_people()


def proposed(world):
    return world.proposal("included"), world.proposal("merged"), world.person("analyst")


def told():
    """All rows and what was given, once made or laid down and gone again."""
    with transaction.atomic():
        world = made_once(village)
        proposals = made_once(proposed, on=world)
        found = rows_of_all_tables(), proposals, dict(world._people)
        transaction.set_rollback(True)
    return found


def test_what_is_laid_down_is_what_was_made():
    made, laid, again = told(), told(), told()

    assert made == laid == again
    assert {table: len(rows) for (table, _columns), rows in made[0].items()}["planning_proposal"] == 4
    assert laid[1][0] is not again[1][0]


def test_a_test_changes_only_what_is_its_own():
    for _time in range(2):
        with transaction.atomic():
            world = made_once(village)
            proposal, _merged, analyst = made_once(proposed, on=world)
            assert proposal.name != "อื่น"
            assert world.person("analyst") == analyst
            proposal.name = "อื่น"
            proposal.save()
            world.person("auditor")
            transaction.set_rollback(True)

    assert "auditor" not in made_once(village)._people
    assert not Proposal.objects.exists()


def test_village_made_anew_is_no_ground_for_what_stood_on_another():
    with transaction.atomic():
        made_once(proposed, on=made_once(village))
        transaction.set_rollback(True)

    world = World.with_people()
    proposal, _merged, _analyst = made_once(proposed, on=world)

    assert proposal.lead_agency == world.agency
