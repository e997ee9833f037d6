"""What must hold of every proposal, and where each clause is tried.

nobody submits and decides the same proposal    here, by the data and by walks
every return has a reason                       here, by the data of every workflow, its act and its page
money adds up after any merges and splits       test_must_hold_composing
no original entry is ever lost                  test_must_hold_composing
any state as of any date                        test_must_hold_dates
of two at once one wins, the other is told      test_must_hold_at_once

Walks over single proposals, and what the database refuses, stand in test_invariants, test_composing,
test_tally and test_assessments.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.accounts.models import User
from prasan.agencies.queries import decide, within_reach
from prasan.cases.actions import move
from prasan.cases.models import Case, Note
from prasan.kernel.refusals import Refused
from prasan.kernel.rights import SUBMITTER
from prasan.kernel.text import clean, says_something
from prasan.ledger.queries import entries_about
from prasan.planning import actions, rules
from prasan.planning.imports.lists import take_right_rows
from prasan.planning.models import Assessment, Proposal, Routing
from prasan.planning.states import ASSESSMENT, PROPOSAL, ROUTING
from tests.factories.agencies import make_area, make_holder, make_posting
from tests.factories.any_row import make_any
from tests.factories.planning import TAMBON, World, assessment_words, proposal_words
from tests.made_once import made_once
from tests.planning.test_invariants import ACTS, FORWARD, try_to
from tests.planning.test_lists import make_list

WORKFLOWS = sorted(
    (model for model in apps.get_models() if issubclass(model, Case)),
    key=lambda model: model.workflow.code,
)

BRINGING = {rules.PROPOSE, rules.PROPOSE_OWN, rules.IMPORT_PROPOSALS}
"""Rights by which a proposal is written and submitted."""

OF_COMMITTEES = {rules.CLASSIFY, rules.ROUTE, rules.RECALL, rules.RANK}
"""Rights that carry out what a committee resolved or close a count; whom they bar is told in decision 10."""

JUDGING = {rules.ANSWER, rules.ASSESS, rules.DECIDE}
"""Rights by which one person's judgement settles a proposal, or says what he thinks of it for his agency."""

SETTLED = {"accepted", "declined", "taken_up", "reserve", "included", "refused"}
"""States into which somebody's judgement brings a proposal."""

NO_JUDGEMENT = {"list_accepted", "submit_own", "unrank"}
"""Steps into such a state that are none: as a list or an agency brings it along, or back from a ranking."""


def test_every_step_of_a_proposal_brings_carries_out_or_judges() -> None:
    rights = {step.right for workflow in (PROPOSAL, ROUTING, ASSESSMENT) for step in workflow.steps}

    assert rights == BRINGING | OF_COMMITTEES | JUDGING


def test_whoever_brought_a_proposal_is_barred_from_every_right_that_judges() -> None:
    assert {right for right in JUDGING if SUBMITTER not in right.unless} == set()
    for model in (Proposal, Routing, Assessment):
        declared = {lookup.split("proposal__")[-1] for lookup in model.belonging.submitter}
        assert declared == {"created_by_id", "submitters"}


def test_proposals_are_settled_by_judgement_alone() -> None:
    settling = {step for step in PROPOSAL.steps if step.end in SETTLED} - {
        PROPOSAL.step(code) for code in NO_JUDGEMENT
    }

    assert {step.code for step in settling if step.right not in JUDGING} == set()
    assert {step.right for step in settling} == {rules.ANSWER, rules.DECIDE}


def test_no_right_both_brings_and_judges_by_the_same_role_without_a_bar() -> None:
    bringing = {grant.role for right in BRINGING for grant in right.grants}
    judging = {(right, grant.role) for right in JUDGING for grant in right.grants if grant.role in bringing}

    assert judging
    assert {right for right, _role in judging if SUBMITTER not in right.unless} == set()


_numbers = count(1)

# Walks: one person holds every post that could bring and every post that could judge.


def everybody_at_once(world: World) -> User:
    """Somebody who is kamnan, officer of the agency and of the local government, and acting governor."""
    person = make_holder("governor", "32")
    make_posting("kamnan", TAMBON, person=person)
    make_posting("agency_officer", "32", person=person, agency=world.agency)
    make_posting("local_officer", "32", person=person, agency=world.local)
    make_posting("provincial_head", "32", person=person)
    return person


def _submits(world: World, person: User) -> list[Proposal]:
    return [actions.submit_proposal(world.proposal("draft"), by=person)]


def _writes(world: World, person: User) -> list[Proposal]:
    proposal = actions.propose_from_needs([world.need()], proposal_words(), by=person)
    return [actions.submit_proposal(proposal, by=world.person("village_head"))]


def _submitted_before(world: World, person: User) -> list[Proposal]:
    (proposal,) = _submits(world, person)
    returned = move(proposal, "return_to_author", by=world.person("tambon_secretary"), note="ขอแบบ")
    return [actions.submit_proposal(returned, by=world.person("village_head"))]


def _revises(world: World, person: User) -> list[Proposal]:
    return [actions.revise_proposal(world.proposal("submitted"), proposal_words(households=77), by=person)]


def _is_merged(world: World, person: User) -> list[Proposal]:
    both = [*_submits(world, person), world.proposal("submitted")]
    secretary = world.person("tambon_secretary")
    return [actions.merge_proposals(both, name="รวม", by=secretary, note="เรื่องเดียวกัน")]


def _is_split(world: World, person: User) -> list[Proposal]:
    (parent,) = _writes(world, person)
    parts = [actions.Part("ช่วงแรก", (1,)), actions.Part("ช่วงหลัง", (2,))]
    return actions.split_proposal(parent, parts, by=world.person("tambon_secretary"), note="คนละปี")


def _is_split_of_merged(world: World, person: User) -> list[Proposal]:
    (child,) = _is_merged(world, person)
    parts = [actions.Part("ช่วงแรก", (1, 3)), actions.Part("ช่วงหลัง", (2, 4))]
    return actions.split_proposal(child, parts, by=world.person("tambon_secretary"), note="คนละปี")


def _proposes_for_the_agency(world: World, person: User) -> list[Proposal]:
    draft = actions.propose_as_agency(world.agency, world.village, proposal_words(), by=person)
    return [actions.submit_own_project(draft, by=person)]


def _brings_a_list(world: World, person: User) -> list[Proposal]:
    row = f"1;ขุดลอกหนองน้ำแห่งที่ {next(_numbers)};32070401;1000000;500000;ชลประทาน"
    return take_right_rows(make_list(world, row, standing="accepted"), by=person)


WAYS: dict[str, Callable[[World, User], list[Proposal]]] = {
    way.__name__[1:]: way
    for way in (
        *(_submits, _writes, _submitted_before, _revises, _is_merged, _is_split, _is_split_of_merged),
        *(_proposes_for_the_agency, _brings_a_list),
    )
}


def refused_everything_that_judges(person: User, proposal: Proposal) -> None:
    proposal.refresh_from_db()
    cases: list[Case] = [proposal, *proposal.routings.all()]
    for case in cases:
        rows = type(case).objects.filter(pk=case.pk)
        for right in JUDGING:
            assert not decide(person, right, case)
            assert not within_reach(person, right, rows).exists()
        for step in case.workflow.steps_from(case.state):
            if step.right in JUDGING:
                with pytest.raises(Refused):
                    move(case, step.code, by=person, note="เหตุผล")
    for routing in proposal.routings.all():
        with pytest.raises(Refused):
            actions.write_assessment(routing, assessment_words(), by=person)


@pytest.mark.django_db
@pytest.mark.parametrize("way", sorted(WAYS))
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.one_of(st.sampled_from(FORWARD), st.sampled_from(sorted(ACTS))), max_size=9))
def test_whoever_brought_a_proposal_in_any_way_judges_it_in_no_state(
    world: World, way: str, acts: list[str]
) -> None:
    world.version()
    person = everybody_at_once(world)
    proposals = WAYS[way](world, person)
    assert proposals

    for act in ("", *acts):
        for proposal in proposals:
            if act:
                try_to(act, world, proposal)
            refused_everything_that_judges(person, proposal)


@pytest.mark.django_db
def test_the_same_person_judges_what_others_brought(world: World) -> None:
    person = everybody_at_once(world)

    assert decide(person, rules.DECIDE, world.proposal("accepted"))
    assert decide(person, rules.ANSWER, world.lead(world.proposal("forwarded")))


# Reasons.


def goes_back(model: type[Case], code: str) -> bool:
    """A step that undoes, returns or says no: to a state written before, to a bad end, or out of an end."""
    workflow = model.workflow
    step = workflow.step(code)
    order = [state.code for state in workflow.states]
    is_backwards = any(order.index(step.end) < order.index(start) for start in step.start)
    return is_backwards or step.reopens or workflow.state(step.end).tone == "bad"


NEEDS_NO_REASON = {
    "planning.need.take_back",
    "innovations.innovation.take_back",
    "awards.entry.take_back",
    "complaints.complaint.refer",
    "complaints.complaint.take_on",
    "innovations.order.report",
}
"""By which authors take their own words back to change them, and what was returned goes forward again."""

EMPTY = ("", " ", "\n\t ", "​", "⁠﻿", "\xad", "ㅤ", "⠀", "…", "-", "​.​", "͏")
"""Reasons in which nobody can read anything: nothing, spaces, marks of no width, fillers, dots."""

GIVING = [
    pytest.param(model, step, id=model.workflow.event(step))
    for model in WORKFLOWS
    for step in model.workflow.steps
    if step.needs_note
]


def test_every_return_refusal_and_undoing_needs_a_public_reason() -> None:
    without = {
        model.workflow.event(step)
        for model in WORKFLOWS
        for step in model.workflow.steps
        if goes_back(model, step.code) and not step.needs_note
    }

    assert without == NEEDS_NO_REASON
    assert len(GIVING) > 40


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "step"), GIVING)
def test_no_step_that_needs_a_reason_is_taken_without_one_that_can_be_read(model, step) -> None:
    make_area("32070401")
    case = make_any(model, state=step.start[0])

    for reason in EMPTY:
        for way in ({"note": reason}, {"note": reason, "internal_note": "เหตุผลภายใน"}):
            with pytest.raises(Refused):
                move(case, step.code, by=None, **way)

    case.refresh_from_db()
    assert (case.state, entries_about(case).count(), Note.objects.count()) == (step.start[0], 0, 0)
    # what was only written is taken back: rules that hold at the commit look at the row as it ends
    model._base_manager.filter(pk=case.pk).update(state=model.workflow.first.code)


def accepted_and_received(world: World) -> tuple[Proposal, Proposal]:
    world.version()
    return world.proposal("accepted"), world._receive(world.proposal("forwarded"))


@pytest.mark.django_db
@pytest.mark.parametrize("reason", EMPTY)
def test_no_act_and_no_list_returns_or_refuses_without_a_reason(world: World, reason: str) -> None:
    proposal, received = made_once(accepted_and_received, on=world)
    governor, officer = world.person("governor"), world.person("agency_officer")
    lead = world.lead(received)
    verdicts = (actions.Verdict.RESERVE, actions.Verdict.RETURN, actions.Verdict.REFUSE)
    acts: list[Callable[[], object]] = [
        lambda: actions.refuse_proposal(proposal, by=governor, note=reason),
        lambda: actions.return_to_agency(proposal, by=governor, note=reason),
        lambda: actions.return_to_author(proposal, by=governor, note=reason),
        lambda: actions.decline_routing(lead, by=officer, note=reason),
        lambda: actions.return_routing(lead, by=officer, note=reason),
        lambda: actions.return_routing(lead, by=officer, note=reason, to="author"),
        *(
            lambda verdict=verdict: actions.decide_list(
                world.version(), [actions.Decided(proposal, verdict, reason)], by=governor
            )
            for verdict in verdicts
        ),
    ]

    for act in acts:
        with pytest.raises(Refused):
            act()

    proposal.refresh_from_db()
    received.refresh_from_db()
    assert (proposal.state, received.state) == ("accepted", "forwarded")


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=12))
def test_what_says_something_keeps_a_letter_or_digit_when_it_is_cleaned(text: str) -> None:
    assert says_something(text) == says_something(clean(text))
    assert not says_something("".join(each for each in text if not each.isalnum()))
