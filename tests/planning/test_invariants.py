"""Whatever is tried, in whatever order: nothing is lost, money adds up, the record tells the state."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.accounts.models import User
from prasan.agencies.queries import decide, within_reach
from prasan.cases.actions import move
from prasan.cases.queries import open_steps, state_as_of
from prasan.kernel.refusals import Refused
from prasan.kernel.rights import SUBMITTER
from prasan.ledger.models import Entry
from prasan.planning import actions, rules
from prasan.planning.models import Need, PlanItem, Proposal
from prasan.planning.queries import totals_below
from prasan.planning.states import PROPOSAL
from tests.factories.agencies import make_area, make_holder, make_posting
from tests.factories.planning import TAMBON, World, make_resolution

NOTE = "เหตุผลที่บอกได้"
Act = Callable[[World, Proposal], object]


def by(role: str, step: str) -> Act:
    return lambda world, proposal: move(proposal, step, by=world.person(role), note=NOTE)


def reopened(role: str, step: str) -> Act:
    return lambda world, proposal: actions.reopen_proposal(proposal, step, by=world.person(role), note=NOTE)


def classified(doer: str) -> Act:
    return lambda world, proposal: actions.classify_proposal(
        proposal, doer=doer, resolution=make_resolution(TAMBON), by=world.person("tambon_secretary")
    )


def on_lead(act: Callable[..., object], role: str, **more: object) -> Act:
    return lambda world, proposal: act(world.lead(proposal), by=world.person(role), note=NOTE, **more)


def receive(role: str) -> Act:
    return lambda world, proposal: move(world.lead(proposal), "receive", by=world.person(role))


ACTS: dict[str, Act] = {
    "submit": lambda w, p: actions.submit_proposal(p, by=w.person("village_head")),
    "withdraw": lambda w, p: actions.withdraw_proposal(p, by=w.person("village_head"), note=NOTE),
    "review": by("tambon_secretary", "review"),
    "return_to_author": by("tambon_secretary", "return_to_author"),
    "classify_joint": classified("joint"),
    "classify_self": classified("self"),
    "reconsider": by("tambon_secretary", "reconsider"),
    "hand_over": lambda w, p: actions.hand_over_proposal(p, agency=w.local, by=w.person("tambon_secretary")),
    "pass_on": by("tambon_secretary", "pass_on"),
    "take_back": lambda w, p: actions.recall_proposal(p, by=w.person("tambon_secretary"), note=NOTE),
    "forward": lambda w, p: actions.forward_proposal(
        p, lead=w.agency, co_agencies=[w.local], by=w.person("amphoe_secretary")
    ),
    "return_to_tambon": by("amphoe_secretary", "return_to_tambon"),
    "recall": lambda w, p: actions.recall_proposal(p, by=w.person("amphoe_secretary"), note=NOTE),
    "reroute": reopened("amphoe_secretary", "reroute"),
    "reclassify": reopened("tambon_secretary", "reclassify"),
    "receive": receive("agency_officer"),
    "local_receive": receive("local_officer"),
    "accept": on_lead(actions.accept_routing, "agency_officer"),
    "local_accept": on_lead(actions.accept_routing, "local_officer"),
    "decline": on_lead(actions.decline_routing, "agency_officer"),
    "return": on_lead(actions.return_routing, "agency_officer"),
    "return_far": on_lead(actions.return_routing, "agency_officer", to="author"),
    "local_decline": on_lead(actions.decline_routing, "local_officer"),
    "take_back_answer": on_lead(actions.take_back_answer, "agency_officer"),
    "local_take_back_answer": on_lead(actions.take_back_answer, "local_officer"),
    "include": lambda w, p: actions.include_in_plan(p, w.version(), by=w.person("governor")),
    "reserve": by("governor", "reserve"),
    "refuse": lambda w, p: actions.refuse_proposal(p, by=w.person("governor"), note=NOTE),
    "governor_return": lambda w, p: actions.return_to_agency(p, by=w.person("governor"), note=NOTE),
    "governor_return_far": lambda w, p: actions.return_to_author(p, by=w.person("governor"), note=NOTE),
    "take_out": lambda w, p: actions.take_out_of_plan(p, by=w.person("governor"), note=NOTE),
    "reconsider_refusal": reopened("governor", "reconsider_refusal"),
}
FORWARD = (
    *("submit", "review", "classify_joint", "pass_on", "forward", "receive", "accept", "include"),
    *("classify_self", "hand_over", "local_receive", "local_accept"),
)


def try_to(act: str, world: World, proposal: Proposal) -> None:
    proposal.refresh_from_db()
    before = (proposal.state, Entry.objects.count(), list(proposal.routings.values_list("pk", "state")))
    try:
        ACTS[act](world, proposal)
    except (Refused, proposal.routings.model.DoesNotExist):
        proposal.refresh_from_db()
        after = (proposal.state, Entry.objects.count(), list(proposal.routings.values_list("pk", "state")))
        assert after == before, f"{act} was refused and yet left something behind"


def check(proposal: Proposal, needs: set[int]) -> None:
    proposal.refresh_from_db()
    assert {need.pk for need in proposal.needs.all()} == needs
    waits_again = proposal.state in ("withdrawn", "declined", "refused")
    for need in Need.objects.filter(pk__in=needs):
        if proposal.state != "draft":
            assert need.state == ("entered" if waits_again else "answered")
        assert state_as_of(need, timezone.now()).code == need.state
    assert state_as_of(proposal, timezone.now()).code == proposal.state
    items = PlanItem.objects.filter(proposal=proposal)
    assert [item.amount for item in items] == (
        [proposal.budget_asked] if proposal.state == "included" else []
    )
    open_leads = proposal.routings.filter(is_lead=True, state__in=("sent", "received", "accepted"))
    is_at_an_agency = proposal.state in (
        *("forwarded", "accepted", "reserve", "included", "refused", "handed_over", "taken_up"),
    )
    assert [routing.agency_id for routing in open_leads] == (
        [proposal.lead_agency_id] if is_at_an_agency else []
    )


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(
        st.one_of(st.sampled_from(FORWARD), st.sampled_from(sorted(ACTS))), min_size=4, max_size=14
    ),
    budget=st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999999.99"), places=2),
)
def test_no_order_of_acts_loses_a_need_or_money(world: World, acts: list[str], budget: Decimal) -> None:
    world.version()
    proposal = world.proposal("draft", budget_asked=budget)
    needs = {need.pk for need in proposal.needs.all()}

    for act in acts:
        try_to(act, world, proposal)
        check(proposal, needs)

    included = Proposal.objects.filter(state="included").aggregate(sum=Sum("budget_asked"))["sum"]
    assert totals_below(make_area("32")).included == (included or 0)
    assert PlanItem.objects.aggregate(sum=Sum("amount"))["sum"] == included


DECIDING = (rules.ANSWER, rules.DECIDE)
SEVERAL_POSTS = ("governor", "agency_officer", "local_officer")


def with_two_posts(world: World, role: str) -> User:
    """Somebody who holds the role beside whoever else does, and writes proposals as the kamnan."""
    agency = {"agency_officer": world.agency, "local_officer": world.local}.get(role)
    person = make_holder(role, "32", agency=agency)
    make_posting("kamnan", TAMBON, person=person)
    return person


def check_bar(proposal: Proposal, people: dict[str, User]) -> None:
    """Whoever the ledger knows to have submitted the proposal can take no step that answers or decides it."""
    submits = Entry.objects.filter(kind="planning.proposal.submit", subject_id=str(proposal.pk))
    submitted = set(submits.values_list("actor_id", flat=True))
    proposal.refresh_from_db()
    for person in people.values():
        for case in (proposal, *proposal.routings.all()):
            rows = type(case).objects.filter(pk=case.pk)
            for right in DECIDING:
                may = bool(decide(person, right, case))
                assert within_reach(person, right, rows).exists() == may
                assert not (may and person.pk in submitted)
            offered = {each.step.code for each in open_steps(case, person)}
            for step in case.workflow.steps_from(case.state):
                if person.pk in submitted and step.right in DECIDING:
                    assert step.code not in offered
                    with pytest.raises(Refused):
                        move(case, step.code, by=person, note=NOTE)
    governor = people["governor"]
    assert bool(decide(governor, rules.DECIDE, proposal)) == (governor.pk not in submitted)


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rounds=st.lists(st.sampled_from((*SEVERAL_POSTS, "village_head")), min_size=1, max_size=4),
    acts=st.lists(st.one_of(st.sampled_from(FORWARD), st.sampled_from(sorted(ACTS))), max_size=8),
)
def test_nobody_who_ever_submitted_answers_or_decides(
    world: World, rounds: list[str], acts: list[str]
) -> None:
    world.version()
    people = {role: with_two_posts(world, role) for role in SEVERAL_POSTS}
    proposal = world.proposal("draft")
    for role in rounds:
        try_to("return_to_author", world, proposal)
        actions.submit_proposal(proposal, by=people.get(role) or world.person("village_head"))
    check_bar(proposal, people)

    for act in acts:
        try_to(act, world, proposal)
        check_bar(proposal, people)


@pytest.mark.django_db
def test_plain_way_goes_from_the_village_to_the_plan(world: World) -> None:
    proposal = world.proposal("draft")

    for act in ("submit", "review", "classify_joint", "pass_on", "forward", "receive", "accept", "include"):
        ACTS[act](world, proposal)
        proposal.refresh_from_db()

    assert proposal.state == "included"


def test_every_return_and_every_way_back_needs_a_public_reason() -> None:
    order = [state.code for state in PROPOSAL.states]
    backwards = {
        step.code
        for step in PROPOSAL.steps
        for start in step.start
        if order.index(step.end) < order.index(start) and step.end not in ("declined", "included")
    }

    assert {code for code in backwards if not PROPOSAL.step(code).needs_note} == set()
    assert len(backwards) > 10


def test_whoever_submitted_neither_answers_nor_decides() -> None:
    assert [right.code for right in (rules.ANSWER, rules.DECIDE) if SUBMITTER not in right.unless] == []
    deciding = {step.right for step in PROPOSAL.steps if step.end in ("included", "reserve", "refused")}
    assert deciding == {rules.DECIDE}


def test_auditors_and_ministries_take_no_step_of_a_proposal() -> None:
    holders = {grant.role for step in PROPOSAL.steps for grant in step.right.grants}

    assert holders == {
        *("village_head", "kamnan", "tambon_secretary", "amphoe_secretary"),
        *("agency_officer", "local_officer", "analyst", "provincial_head", "governor"),
    }


def test_analysts_move_a_proposal_only_by_bringing_it_in_from_a_list() -> None:
    by_analysts = {
        step.code for step in PROPOSAL.steps for grant in step.right.grants if grant.role == "analyst"
    }

    assert by_analysts == {"list_submitted", "list_accepted"}
