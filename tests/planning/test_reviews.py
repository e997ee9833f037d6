from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.agencies.queries import forget_standing
from prasan.cases.actions import move
from prasan.cases.queries import timeline
from prasan.kernel.calendar import BANGKOK
from prasan.kernel.refusals import Refused
from prasan.ledger.queries import entries_about
from prasan.planning import actions
from prasan.planning.models import Proposal, ProposalVersion, Review
from prasan.planning.queries import (
    not_reviewed,
    proposals_to_review,
    revised_since_classified,
    stale_among,
)
from prasan.planning.rules import LIVE
from tests.factories.agencies import make_posting
from tests.factories.planning import TAMBON, YEAR, World, past_rewritten, proposal_words

pytestmark = pytest.mark.django_db

DECIDED = (
    "draft",
    "agency_draft",
    "taken_up",
    "declined",
    "included",
    "refused",
    "withdrawn",
    "merged",
    "split",
)


def words(**fields: object) -> actions.ProposalWords:
    return replace(proposal_words(), name="โครงการที่ปรับแล้ว", **fields)


@pytest.mark.parametrize("state", LIVE)
def test_author_revises_on_the_way_and_it_stays_where_it_is(world: World, state: str) -> None:
    proposal = world.proposal(state)

    revised = actions.revise_proposal(proposal, words(), by=world.person("village_head"))

    assert (revised.state, revised.name) == (state, "โครงการที่ปรับแล้ว")
    assert [version.why for version in revised.versions.all()] == ["submitted", "revised"]
    assert revised.versions.last().content["name"] == "โครงการที่ปรับแล้ว"


@pytest.mark.parametrize("state", DECIDED)
def test_nothing_is_revised_or_reviewed_once_decided_or_before_it_is_sent(world: World, state: str) -> None:
    proposal = world.proposal(state)
    kept = proposal.versions.count()

    with pytest.raises(Refused):
        actions.revise_proposal(proposal, words(), by=world.person("village_head"))
    with pytest.raises(Refused):
        actions.review_proposal(proposal, by=world.person("village_head"))

    assert (proposal.versions.count(), proposal.reviews.count()) == (kept, 0)


@pytest.mark.parametrize("role", ["tambon_secretary", "amphoe_secretary", "agency_officer", "governor"])
def test_who_judges_a_proposal_does_not_revise_it(world: World, role: str) -> None:
    proposal = world.proposal("forwarded")

    with pytest.raises(Refused):
        actions.revise_proposal(proposal, words(), by=world.person(role))
    with pytest.raises(Refused):
        actions.review_proposal(proposal, by=world.person(role))

    assert proposal.versions.count() == 1


def test_ledger_keeps_sums_and_codes_of_a_revision_and_no_words(world: World) -> None:
    proposal = world.proposal("submitted")
    secret = "ถ้อยคำที่ไม่อยู่ในสมุด"

    actions.revise_proposal(
        proposal,
        words(rationale=secret, budget_asked=Decimal(900_000), activities=()),
        by=world.person("village_head"),
    )

    entry = entries_about(proposal).last()
    assert entry.kind == "planning.proposal.revised"
    assert (entry.before["budget_asked"], entry.after["budget_asked"]) == ("1250000.00", "900000.00")
    assert secret not in str(entry.after) + str(entry.before)
    assert [each.kind for each in timeline(proposal)][-1] == "planning.proposal.revised"


def test_revision_that_changes_nothing_is_refused(world: World) -> None:
    told = proposal_words()
    need = world.need()
    head = world.person("village_head")
    proposal = actions.submit_proposal(actions.propose_from_needs([need], told, by=head), by=head)

    with pytest.raises(Refused, match=r"ไม่มีอะไรเปลี่ยน|Nothing was changed"):
        actions.revise_proposal(proposal, told, by=head)

    assert proposal.versions.count() == 1


@pytest.mark.parametrize("gap", [{"objective": " "}, {"budget_asked": Decimal(0), "activities": ()}])
def test_revision_leaves_no_proposal_incomplete(world: World, gap: dict[str, object]) -> None:
    proposal = world.proposal("submitted")

    with pytest.raises(Refused):
        actions.revise_proposal(proposal, words(**gap), by=world.person("village_head"))

    proposal.refresh_from_db()
    assert (proposal.objective, proposal.budget_asked) == ("ให้มีน้ำใช้ตลอดปี", Decimal(1_250_000))


def test_revision_of_sums_that_differ_names_both(world: World) -> None:
    proposal = world.proposal("submitted")

    with pytest.raises(Refused) as refusal:
        actions.revise_proposal(
            proposal, words(budget_asked=Decimal(1_300_000)), by=world.person("village_head")
        )

    assert "1,250,000" in str(refusal.value)
    assert "1,300,000" in str(refusal.value)


def test_whoever_revised_does_not_decide(world: World) -> None:
    proposal, governor = world.proposal("accepted"), world.person("governor")
    make_posting("kamnan", TAMBON, person=governor)
    forget_standing(governor)
    actions.revise_proposal(proposal, words(), by=governor)

    with pytest.raises(Refused):
        actions.refuse_proposal(proposal, by=governor, note="ไม่เห็นชอบ")

    assert Proposal.objects.get(pk=proposal.pk).state == "accepted"


def test_decider_is_told_what_changed_since_the_classification(world: World) -> None:
    proposal = world.proposal("submitted")
    head = world.person("village_head")
    actions.revise_proposal(proposal, words(), by=head)
    proposal = world._classify(world._review(proposal))
    unchanged = revised_since_classified(proposal)

    actions.revise_proposal(proposal, words(households=60), by=head)

    before, after = revised_since_classified(proposal)
    assert unchanged is None
    assert (before.number, after.number) == (2, 3)


def test_review_is_once_a_quarter_and_a_revision_is_one_too(world: World) -> None:
    head = world.person("village_head")
    proposal = world.proposal("submitted")

    review = actions.review_proposal(proposal, by=head)
    with pytest.raises(Refused):
        actions.review_proposal(proposal, by=head)
    actions.revise_proposal(proposal, words(), by=head)

    review.refresh_from_db()
    assert (Review.objects.count(), review.version.why, review.reviewed_by) == (1, "revised", head)
    assert [each.kind for each in timeline(proposal)][-2:] == [
        "planning.proposal.reviewed",
        "planning.proposal.revised",
    ]


def test_last_quarter_is_not_this_one(world: World) -> None:
    head = world.person("village_head")
    with time_machine.travel(datetime(2026, 12, 31, 16, 59, tzinfo=UTC), tick=False):
        proposal = world.proposal("submitted")
        still_fresh = stale_among([proposal])

    with time_machine.travel(datetime(2026, 12, 31, 17, 0, tzinfo=UTC), tick=False):
        stale = stale_among([proposal])
        waiting = [list(proposals_to_review(person)) for person in (head, world.person("amphoe_secretary"))]
        review = actions.review_proposal(proposal, by=head)
        after = stale_among([proposal])

    assert (still_fresh, stale, after) == (set(), {proposal.pk}, set())
    assert waiting == [[proposal], []]
    assert (review.fiscal_year, review.quarter) == (2570, 2)


def quarter_started_on(day: date) -> date:
    """Day by day back to the first of January, April, July or October."""
    while not (day.day == 1 and day.month in (1, 4, 7, 10)):
        day -= timedelta(days=1)
    return day


DAYS = st.dates(date(2026, 9, 1), date(2028, 1, 31))
MOMENTS = st.builds(datetime.combine, DAYS, st.times(), st.just(BANGKOK))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    now=MOMENTS,
    versions=st.lists(MOMENTS, max_size=3),
    reviewed=st.lists(DAYS, max_size=2, unique_by=quarter_started_on),
    state=st.sampled_from((*LIVE, *DECIDED)),
)
def test_stale_is_what_a_slow_reading_of_the_rule_says(
    proposal_of_no_version: Proposal,
    now: datetime,
    versions: list[datetime],
    reviewed: list[date],
    state: str,
) -> None:
    proposal = proposal_of_no_version
    with past_rewritten():
        ProposalVersion.objects.filter(proposal=proposal).delete()
    Review.objects.filter(proposal=proposal).delete()
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    for number, moment in enumerate(versions, start=1):
        version = ProposalVersion.objects.create(proposal=proposal, number=number, why="revised", content={})
        with past_rewritten():
            ProposalVersion.objects.filter(pk=version.pk).update(made_at=moment)
    for day in reviewed:
        began = quarter_started_on(day)
        Review.objects.create(
            proposal=proposal,
            fiscal_year=began.year + 543 + (began.month == 10),
            quarter={10: 1, 1: 2, 4: 3, 7: 4}[began.month],
        )
    began = quarter_started_on(now.date())

    with time_machine.travel(now, tick=False):
        is_stale = not_reviewed(Proposal.objects.filter(pk=proposal.pk)).exists()

    looked_at = any(moment >= datetime.combine(began, time(), BANGKOK) for moment in versions) or any(
        quarter_started_on(day) == began for day in reviewed
    )
    assert is_stale == (state in LIVE and not looked_at)


@pytest.fixture
def proposal_of_no_version(world: World) -> Proposal:
    return world.proposal("draft")


def test_states_are_either_live_or_decided() -> None:
    assert {*LIVE, *DECIDED} == {state.code for state in Proposal.workflow.states}
    assert not {*LIVE} & {*DECIDED}


def test_numbers_of_versions_run_on(world: World) -> None:
    head = world.person("village_head")
    proposal = world.proposal("submitted")
    for households in (50, 60, 70):
        actions.revise_proposal(proposal, words(households=households), by=head)
    returned = move(proposal, "return_to_author", by=world.person("tambon_secretary"), note="ขอแบบ")

    actions.submit_proposal(returned, by=head)

    numbers = list(proposal.versions.values_list("number", flat=True))
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))
    assert (len(numbers), YEAR) == (5, proposal.fiscal_year)
