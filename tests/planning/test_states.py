from __future__ import annotations

import pytest

from prasan.planning.states import PROPOSAL
from tests.factories.planning import World


@pytest.mark.parametrize("state", [state.code for state in PROPOSAL.states])
def test_every_state_of_a_proposal_is_reached_by_the_people_whose_part_it_is(
    world: World, state: str
) -> None:
    proposal = world.proposal(state)

    assert proposal.state == state
