"""What happens to needs when their proposal comes to nothing, and back to life."""

import pytest

from prasan.cases.actions import move
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.planning import actions
from prasan.planning.models import Proposal
from tests.factories.agencies import make_agency, make_holder
from tests.factories.planning import TAMBON, World, make_resolution

NOTE = "เหตุผลที่บอกได้"


def state_of(case):
    return type(case).objects.get(pk=case.pk).state


def declined_by_local(world, needs):
    proposal = world.proposal("handed_over", needs=needs)
    lead = move(world.lead(proposal), "receive", by=world.person("local_officer"))
    actions.decline_routing(lead, by=world.person("local_officer"), note=NOTE)
    return Proposal.objects.get(pk=proposal.pk)


@pytest.mark.parametrize("state", ["declined", "refused"])
def test_needs_of_a_proposal_that_came_to_nothing_wait_again(world: World, state: str) -> None:
    need = world.need()

    world.proposal(state, needs=[need])

    assert state_of(need) == "entered"
    entry = Entry.objects.get(kind="planning.need.reopen")
    assert (entry.actor_id, entry.note_digest is not None) == (None, True)
    again = world.proposal("submitted", needs=[need])
    assert (again.state, state_of(need)) == ("submitted", "answered")


def test_needs_declined_by_the_local_government_wait_again(world: World) -> None:
    need = world.need()

    proposal = declined_by_local(world, [need])

    assert (proposal.state, state_of(need)) == ("declined", "entered")


def test_need_that_another_proposal_answers_stays_answered(world: World) -> None:
    need = world.need()
    other = world.proposal("draft", needs=[need])
    first = world.proposal("draft", needs=[need])
    for proposal in (other, first):
        actions.submit_proposal(proposal, by=world.person("village_head"))

    at_governor = bring_to_governor(world, first)
    actions.refuse_proposal(at_governor, by=world.person("governor"), note=NOTE)

    assert state_of(need) == "answered"


def bring_to_governor(world, proposal):
    secretary, officer = world.person("tambon_secretary"), world.person("agency_officer")
    proposal = move(proposal, "review", by=secretary)
    resolution = make_resolution(TAMBON)
    proposal = actions.classify_proposal(proposal, doer="joint", resolution=resolution, by=secretary)
    proposal = move(proposal, "pass_on", by=secretary)
    actions.forward_proposal(proposal, lead=world.agency, by=world.person("amphoe_secretary"))
    lead = move(world.lead(proposal), "receive", by=officer)
    actions.accept_routing(lead, by=officer)
    return proposal


@pytest.mark.parametrize(
    ("state", "step", "role", "end"),
    [
        ("declined", "reroute", "amphoe_secretary", "amphoe_review"),
        ("refused", "reconsider_refusal", "governor", "accepted"),
    ],
)
def test_proposal_brought_back_answers_its_needs_again(
    world: World, state: str, step: str, role: str, end: str
) -> None:
    waiting, gone = world.need(), world.need()
    proposal = world.proposal(state, needs=[waiting, gone])
    move(gone, "withdraw", by=world.person("village_head"), note=NOTE)

    moved = actions.reopen_proposal(proposal, step, by=world.person(role), note=NOTE)

    assert (moved.state, state_of(waiting), state_of(gone)) == (end, "answered", "withdrawn")


def test_proposal_classified_anew_answers_its_needs_again(world: World) -> None:
    need = world.need()
    proposal = declined_by_local(world, [need])

    secretary = world.person("tambon_secretary")
    moved = actions.reopen_proposal(proposal, "reclassify", by=secretary, note=NOTE)

    assert (moved.state, state_of(need)) == ("tambon_review", "answered")


def test_nobody_else_brings_a_refused_proposal_back(world: World) -> None:
    need = world.need()
    proposal = world.proposal("refused", needs=[need])

    with pytest.raises(Refused):
        actions.reopen_proposal(proposal, "reconsider_refusal", by=world.person("analyst"), note=NOTE)

    assert (state_of(proposal), state_of(need)) == ("refused", "entered")


def test_lead_agency_takes_back_a_decline_with_all_that_followed(world: World) -> None:
    need, helper = world.need(), make_agency("32")
    proposal = actions.forward_proposal(
        world.proposal("amphoe_review", needs=[need]),
        lead=world.agency,
        co_agencies=[helper],
        by=world.person("amphoe_secretary"),
    )
    officer = world.person("agency_officer")
    lead = move(world.lead(proposal), "receive", by=officer)
    declined = actions.decline_routing(lead, by=officer, note=NOTE)

    taken_back = actions.take_back_answer(declined, by=officer, note=NOTE)

    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (taken_back.state, fresh.state, fresh.lead_agency) == ("received", "forwarded", world.agency)
    assert state_of(need) == "answered"
    helping = fresh.routings.filter(agency=helper).order_by("pk")
    assert list(helping.values_list("state", flat=True)) == ["recalled", "sent"]
    actions.accept_routing(taken_back, by=officer)
    assert state_of(proposal) == "accepted"


def test_local_government_takes_back_a_decline(world: World) -> None:
    need = world.need()
    proposal = declined_by_local(world, [need])

    officer = world.person("local_officer")
    taken_back = actions.take_back_answer(world.lead(proposal), by=officer, note=NOTE)

    assert (taken_back.state, state_of(proposal), state_of(need)) == ("received", "handed_over", "answered")


def test_helper_takes_back_a_decline_while_the_lead_works(world: World) -> None:
    helper = make_agency("32")
    proposal = actions.forward_proposal(
        world.proposal("amphoe_review"),
        lead=world.agency,
        co_agencies=[helper],
        by=world.person("amphoe_secretary"),
    )
    helping = make_holder("agency_officer", "32", agency=helper)
    routing = move(proposal.routings.get(agency=helper), "receive", by=helping)
    actions.decline_routing(routing, by=helping, note=NOTE)

    taken_back = actions.take_back_answer(routing, by=helping, note=NOTE)

    assert (taken_back.state, state_of(proposal)) == ("received", "forwarded")
    actions.decline_routing(routing, by=helping, note=NOTE)
    lead = move(world.lead(proposal), "receive", by=world.person("agency_officer"))
    actions.decline_routing(lead, by=world.person("agency_officer"), note=NOTE)
    with pytest.raises(Refused):
        actions.take_back_answer(routing, by=helping, note=NOTE)


def test_decline_of_an_earlier_round_is_not_taken_back(world: World) -> None:
    proposal = world.proposal("declined")
    old, officer = world.lead(proposal), world.person("agency_officer")
    amphoe = world.person("amphoe_secretary")
    rerouted = actions.reopen_proposal(proposal, "reroute", by=amphoe, note=NOTE)
    with pytest.raises(Refused):
        actions.take_back_answer(old, by=officer, note=NOTE)
    actions.forward_proposal(rerouted, lead=world.agency, by=amphoe)
    again = move(world.lead(proposal), "receive", by=officer)
    actions.decline_routing(again, by=officer, note=NOTE)

    with pytest.raises(Refused):
        actions.take_back_answer(old, by=officer, note=NOTE)

    assert (state_of(old), state_of(proposal)) == ("declined", "declined")


def test_decline_is_taken_back_by_its_agency_alone(world: World) -> None:
    proposal = world.proposal("declined")

    for stranger in (make_holder("agency_officer", "32"), world.person("governor")):
        with pytest.raises(Refused):
            actions.take_back_answer(world.lead(proposal), by=stranger, note=NOTE)

    assert state_of(proposal) == "declined"
