"""What waits in an area and in whose hands: as counted by hand, oldest first, and for nobody else to see."""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.cases.actions import move
from prasan.planning import actions, rules
from prasan.planning.models import Need, Proposal, Routing
from prasan.planning.queries import figures_of, needs_for, proposals_for, waits_in
from prasan.planning.queries.work import WAITING
from prasan.planning.states import ANSWERING, HANDS, HELD, NEED, PROPOSAL
from tests.factories.accounts import make_person
from tests.factories.agencies import make_area, make_holder
from tests.factories.planning import AMPHOE, PROVINCE, TAMBON, VILLAGE, YEAR, make_sector, proposal_words

pytestmark = pytest.mark.django_db

PLACES = ("TH", "32", "3207", "320704", "32070401", "320705", "3208", "40", "4001")
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)

rows = st.lists(
    st.tuples(
        st.sampled_from(PLACES),
        st.sampled_from([state.code for state in PROPOSAL.states]),
        st.sampled_from([state.code for state in NEED.states]),
        st.integers(0, 40),
    ),
    max_size=30,
)


@contextmanager
def filled(drawn):
    """A proposal and a need for each row, gone again before the database adds up activities."""
    with transaction.atomic():
        sector = make_sector()
        for code in PLACES:
            make_area(code)
        for code, state, need, days in drawn:
            since, title = BEGAN + timedelta(days=days), f"{state} {days}"
            Proposal.objects.create(
                area_id=code, state=state, state_since=since, name=title, sector=sector, fiscal_year=YEAR
            )
            Need.objects.create(area_id=code, state=need, state_since=since, title=title, sector=sector)
        yield
        transaction.set_rollback(True)


def waits(person, code):
    area = make_area(code)
    return waits_in(person, area, figures_of(area)[0])


def by_hand(code):
    """What waits in the area as told by going through every row of it, oldest first."""
    inside = "" if code == "TH" else code
    found = []
    for hand, model in ((ANSWERING, Need), *((hand, Proposal) for hand in HANDS)):
        cases = [case for case in model.objects.all() if case.area_id.startswith(inside)]
        waiting = sorted(
            (case for case in cases if case.state in hand.states),
            key=lambda case: (case.state_since, case.pk),
        )
        if waiting:
            found.append((hand.code, len(waiting), waiting[0].state_since, waiting[0].pk))
    return sorted(found, key=lambda each: each[2:])


def test_every_proposal_that_somebody_owes_a_step_lies_in_one_hand():
    on_desks = {each.state for each in WAITING if each.model is Proposal} - {"draft", "agency_draft"}

    assert Counter(HELD) == Counter(set(rules.LIVE) - {"reserve"})
    assert on_desks | {"handed_over", "forwarded"} == set(HELD)
    assert {each.state for each in WAITING if each.model is Need} - {"draft"} == set(ANSWERING.states)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows)
def test_what_waits_is_what_counting_by_hand_gives_at_every_level(drawn):
    with filled(drawn):
        ministry, governor = make_holder("ministry_officer"), make_holder("governor", "32")
        for code in PLACES:
            person = ministry if code in ("TH", "40", "4001") else governor

            found = waits(person, code)

            assert [(each.hand.code, each.number, each.since, each.longest.pk) for each in found] == by_hand(
                code
            )
            for each in found:
                seen = needs_for(person) if each.hand == ANSWERING else proposals_for(person)
                assert seen.filter(pk=each.longest.pk).exists()


@pytest.mark.parametrize(
    ("role", "levels"),
    [
        ("village_head", [VILLAGE]),
        ("kamnan", [VILLAGE, TAMBON]),
        ("tambon_secretary", [VILLAGE, TAMBON]),
        ("amphoe_secretary", [VILLAGE, TAMBON, AMPHOE]),
        ("analyst", [VILLAGE, TAMBON, AMPHOE, PROVINCE]),
        ("governor", [VILLAGE, TAMBON, AMPHOE, PROVINCE]),
        ("agency_officer", []),
    ],
)
def test_what_waits_is_told_only_where_the_post_reaches_the_whole_of_it(world, role, levels):
    world.proposal("submitted")
    world.proposal("forwarded")
    person = world.person(role)

    seen = [code for code in (VILLAGE, TAMBON, AMPHOE, PROVINCE, "TH") if waits(person, code)]

    assert seen == levels


def test_strangers_and_other_provinces_are_not_told_what_waits(world):
    world.proposal("submitted")

    assert waits(world.person("governor"), PROVINCE) != []
    for person in (None, make_person(), make_holder("governor", "45")):
        assert waits(person, PROVINCE) == []


def test_waiting_is_counted_in_days_of_bangkok_and_begins_anew_with_each_step(world):
    with time_machine.travel("2026-11-02T16:59:00+00:00", tick=False):  # a minute before midnight there
        proposal = world.proposal("submitted")
    governor, told = world.person("governor"), []

    for moment in ("2026-11-02T16:59:30", "2026-11-02T17:00:00", "2026-11-12T09:00:00"):
        with time_machine.travel(f"{moment}+00:00", tick=False):
            told += [each.days for each in waits(governor, TAMBON)]
    with time_machine.travel("2026-11-12T09:00:00+00:00", tick=False):
        move(proposal, "review", by=world.person("tambon_secretary"))
        told += [each.days for each in waits(governor, TAMBON)]

    assert told == [0, 1, 10, 0]


def test_revising_and_reviewing_a_proposal_do_not_make_it_wait_shorter(world):
    with time_machine.travel("2026-06-01T09:00:00+07:00", tick=False):
        proposal = world.proposal("submitted")
    head = world.person("village_head")

    with time_machine.travel("2026-06-20T09:00:00+07:00", tick=False):
        actions.revise_proposal(proposal, proposal_words(name="ถนนสายใหม่"), by=head)
    actions.review_proposal(proposal, by=head)

    (each,) = waits(world.person("governor"), PROVINCE)
    assert each.since == datetime(2026, 6, 1, 2, tzinfo=UTC)


def test_proposal_waits_at_its_agency_since_it_was_sent_whether_or_not_it_was_received(world):
    with time_machine.travel("2026-06-01T09:00:00+07:00", tick=False):
        proposal = world.proposal("forwarded")
    with time_machine.travel("2026-07-01T09:00:00+07:00", tick=False):
        world._receive(proposal)

    (each,) = waits(world.person("governor"), PROVINCE)

    assert (each.hand.code, each.number) == ("agency", Routing.objects.filter(state="received").count())
    assert (each.longest.lead_agency, each.since) == (world.agency, datetime(2026, 6, 1, 2, tzinfo=UTC))


def test_what_waits_takes_as_many_queries_for_much_as_for_little(world):
    world.need()
    world.proposal("submitted")
    person, area = world.person("governor"), make_area(PROVINCE)
    totals = figures_of(area)[0]
    waits_in(person, area, totals)

    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            waits_in(person, area, totals)
        return len(taken)

    one = queries()
    for state in HELD:
        world.proposal(state)
    world.need()
    totals = figures_of(area)[0]

    assert (queries(), one) == (3, 3)
