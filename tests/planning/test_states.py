from __future__ import annotations

import pytest

from prasan.cases.actions import move
from prasan.kernel.refusals import Refused
from prasan.planning.models import Proposal
from prasan.planning.states import PROPOSAL
from tests.factories.planning import World


@pytest.mark.parametrize("state", [state.code for state in PROPOSAL.states])
def test_every_state_of_a_proposal_is_reached_by_the_people_whose_part_it_is(
    world: World, state: str
) -> None:
    proposal = world.proposal(state)

    assert proposal.state == state


@pytest.mark.parametrize("step", PROPOSAL.steps, ids=lambda step: step.code)
def test_no_step_is_taken_from_a_wrong_state(world: World, step: object) -> None:
    proposal = world.proposal()
    for state in PROPOSAL.states:
        if state.code in step.start:
            continue
        Proposal.objects.filter(pk=proposal.pk).update(state=state.code)

        with pytest.raises(Refused):
            move(proposal, step.code, by=None, note="ทดสอบ")

        proposal.refresh_from_db()
        assert proposal.state == state.code
