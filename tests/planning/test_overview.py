"""The overview of any area: stages that sum to the total, parts that sum to the whole, and who is late."""

from collections import Counter
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.kernel.calendar import today
from prasan.places.models import Area
from prasan.planning import actions
from prasan.planning.actions import fold_tally
from prasan.planning.models import Need, Proposal
from prasan.planning.queries import (
    ASKING,
    COUNTED,
    COUNTED_NEEDS,
    figures_of,
    oversees,
    owed_in,
    stale_in,
    together,
)
from prasan.planning.queries.overview import DRAFTS, PUT_TOGETHER
from prasan.planning.states import NEED, PROPOSAL, STAGES
from tests.factories.accounts import make_person
from tests.factories.agencies import make_area, make_holder
from tests.factories.planning import AMPHOE, PROVINCE, TAMBON, VILLAGE, YEAR, make_call, make_sector

pytestmark = pytest.mark.django_db

PLACES = ("TH", "32", "3207", "320704", "32070401", "320705", "3208", "40")

rows = st.lists(
    st.tuples(
        st.sampled_from(PLACES),
        st.sampled_from([state.code for state in PROPOSAL.states]),
        st.integers(0, 10**9),
        st.sampled_from([state.code for state in NEED.states]),
    ),
    max_size=25,
)


@contextmanager
def filled(drawn):
    """Rows without activities, gone again before the database adds those up."""
    with transaction.atomic():
        fill(drawn)
        yield
        transaction.set_rollback(True)


def fill(drawn) -> None:
    sector = make_sector()
    for code in PLACES:
        make_area(code)
    Proposal.objects.bulk_create(
        Proposal(
            area_id=code,
            state=state,
            name="โครงการ",
            sector=sector,
            fiscal_year=YEAR,
            budget_asked=Decimal(satang) / 100,
        )
        for code, state, satang, _need in drawn
    )
    Need.objects.bulk_create(
        Need(area_id=code, state=state, title="น้ำ", sector=sector) for code, _state, _satang, state in drawn
    )


def test_every_state_that_counts_stands_in_exactly_one_stage():
    states = [state for stage in STAGES for state in stage.states]

    assert Counter(states) == Counter(COUNTED)
    assert {*states, *DRAFTS, *PUT_TOGETHER} == {state.code for state in PROPOSAL.states}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows, st.booleans())
def test_stages_sum_to_the_total_and_parts_to_the_whole_at_every_level(drawn, is_folded):
    with filled(drawn):
        if is_folded:
            fold_tally()
        for code in PLACES:
            whole, parts = figures_of(make_area(code))
            itself = whole.without(parts.values())
            here = [row for row in drawn if row[0] == code]

            assert sum(share.number for share in whole.stages) == whole.all_proposals
            assert sum(share.money for share in whole.stages) == whole.asked
            for share in whole.stages:
                assert sum(part.number for part in share.parts) == share.number
                assert sum(part.money for part in share.parts) == share.money
            assert sum(share.number for share in whole.states_of_needs) == whole.all_needs
            assert itself.proposals == Counter(state for _, state, _, _ in here if state in COUNTED)
            assert itself.asked == sum(Decimal(sum_) / 100 for _, state, sum_, _ in here if state in ASKING)
            assert itself.all_needs == sum(state in COUNTED_NEEDS for *_, state in here)
            assert together([itself, *parts.values()]) == whole


def test_parts_are_taken_away_without_changing_the_whole():
    with filled([("32", "included", 100, "entered"), ("3207", "included", 250, "entered")]):
        whole, parts = figures_of(make_area("32"))

    whole.without(parts.values())

    assert (whole.all_proposals, whole.included) == (2, Decimal("3.50"))


@pytest.fixture
def call(world):
    for code in ("32070402", "32070501", "32080101"):
        make_area(code)
    return make_call(world)


def owed(person, code: str) -> list[tuple[dict, int]]:
    found, _below = owed_in(person, make_area(code))
    return [({kind: each.missing for kind, each in one.kinds.items()}, one.missing) for one in found]


def test_officers_see_what_is_owed_at_every_level(world, call):
    world.need()  # the village has answered
    agencies = call.answers.filter(area=None).count()
    analyst = world.person("analyst")

    assert owed(analyst, PROVINCE) == [({"village": 3, "tambon": 3, "agency": agencies}, 6 + agencies)]
    assert owed(analyst, AMPHOE) == [({"village": 2, "tambon": 2}, 4)]
    assert owed(analyst, TAMBON) == [({"village": 1, "tambon": 1}, 2)]
    assert owed(analyst, VILLAGE) == [({"village": 0}, 0)]


def test_parts_of_what_is_owed_sum_to_the_whole_with_agencies_at_the_province(world, call):
    world.need()
    found, below = owed_in(world.person("governor"), make_area(PROVINCE))

    assert {code: (each.asked, each.answered) for code, each in below.items()} == {
        "3207": (5, 1),
        "3208": (2, 0),
        PROVINCE: (call.answers.filter(area=None).count(), 0),
    }
    assert sum(each.missing for each in below.values()) == found[0].missing


def test_first_who_owe_are_named_in_the_order_of_the_list(world, call):
    (found,), _below = owed_in(world.person("governor"), make_area(AMPHOE))

    assert [answer.area_id for answer in found.first] == [
        answer.area_id
        for answer in call.answers.filter(area__path__startswith="32/3207/").order_by("area__path")
    ]
    assert found.unnamed == 0


def test_no_more_than_a_few_are_named(world, call):
    for moo in range(10, 40):
        call.answers.create(area=make_area(f"320704{moo}"))

    (found,), _below = owed_in(world.person("governor"), make_area(TAMBON))

    assert (len(found.first), found.unnamed) == (12, found.missing - 12)


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
        ("finance_officer", []),
    ],
)
def test_what_is_owed_is_seen_only_where_the_post_reaches_the_whole_of_it(world, call, role, levels):
    person = world.person(role)

    seen = [code for code in (VILLAGE, TAMBON, AMPHOE, PROVINCE, "TH") if owed_in(person, make_area(code))[0]]

    assert seen == levels


def test_strangers_and_other_provinces_see_nothing_that_is_owed_and_no_stale_figure(world, call):
    for person in (None, make_person(), make_holder("governor", "45")):
        assert owed_in(person, make_area(PROVINCE)) == ([], {})
        assert stale_in(person, make_area(PROVINCE)) is None


def test_ministry_sees_provinces_beside_each_other(world, call):
    ministry = make_holder("ministry_officer")

    (found,), below = owed_in(ministry, make_area("TH"))

    assert {code: each.missing for code, each in below.items()} == {PROVINCE: found.missing}
    assert found.first == ()


def test_call_that_is_over_is_owed_until_its_year_begins(world):
    with time_machine.travel("2026-10-20T09:00:00+07:00", tick=False):
        make_call(world, opens=date(2026, 10, 20), closes=date(2026, 11, 5))
        person = world.person("analyst")
    seen = {}

    for day in ("2026-10-19", "2026-11-05", "2026-11-15", "2027-09-30", "2027-10-01"):
        with time_machine.travel(f"{day}T12:00:00+07:00", tick=False):
            found, _below = owed_in(person, make_area(PROVINCE))
            seen[day] = [(each.call.window.days_left, each.days_past) for each in found]

    assert seen == {
        "2026-10-19": [],
        "2026-11-05": [(1, 0)],
        "2026-11-15": [(0, 10)],
        "2027-09-30": [(0, 329)],
        "2027-10-01": [],
    }


def test_what_is_owed_takes_as_many_queries_for_three_calls_as_for_one(world, call):
    person, area = world.person("governor"), make_area(PROVINCE)
    owed_in(person, area)

    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            owed_in(person, area)
        return len(taken)

    one = queries()
    for year in (1, 2):
        make_call(world, fiscal_year=YEAR + year)

    assert (queries(), one) == (3, 3)


def test_stale_figure_is_that_of_the_area_and_none_for_the_country(world):
    with time_machine.travel(today() - timedelta(days=200)):
        proposal = world.proposal("submitted")
        world.proposal("included")
    world.proposal("submitted")
    governor = world.person("governor")

    assert stale_in(governor, make_area(PROVINCE)) == 1
    assert stale_in(governor, make_area(VILLAGE)) == 1
    assert stale_in(governor, make_area("3208")) == 0
    assert stale_in(make_holder("ministry_officer"), make_area("TH")) is None

    actions.review_proposal(proposal, by=world.person("village_head"))
    assert stale_in(governor, make_area(PROVINCE)) == 0


@pytest.mark.parametrize(
    ("role", "is_led"),
    [
        ("village_head", False),
        ("agency_officer", False),
        ("tambon_secretary", True),
        ("amphoe_secretary", True),
        ("analyst", True),
        ("governor", True),
    ],
)
def test_secretaries_and_officers_of_the_province_are_led_to_the_overview(world, role, is_led):
    assert oversees(world.person(role)) is is_led


def test_area_no_longer_in_use_is_part_of_the_whole():
    with filled([("3207", "submitted", 100, "entered"), ("3208", "submitted", 300, "entered")]):
        Area.objects.filter(code="3208").update(is_abolished=True)
        whole, parts = figures_of(make_area("32"))

    assert sorted(parts) == ["3207", "3208"]
    assert whole.asked == Decimal("4.00")
