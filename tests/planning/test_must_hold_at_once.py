"""Two officers act at once on one case: one wins and the other is told, for every pair of open steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations_with_replacement, pairwise, product

import pytest
from django.apps import apps
from django.db import transaction

from prasan.cases.actions import move
from prasan.cases.models import Case
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.ledger.queries import entries_about
from prasan.planning import actions
from prasan.planning.models import Proposal
from prasan.planning.states import PROPOSAL
from tests.at_once import at_once, meeting
from tests.factories.agencies import make_area
from tests.factories.any_row import make_any
from tests.factories.planning import VILLAGE, World
from tests.made_once import made_once
from tests.planning.test_invariants import ACTS, NOTE, Act, by, on_lead

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.slow]

WITH_OTHERS = {
    "merge": "of several",
    "compose": "what a merge or split makes",
    "dissolve": "what a merge or split made",
    "take_apart": "what was merged or split",
    "list_submitted": "lists: test_at_once",
    "list_accepted": "lists: test_at_once",
    "propose_own": "the agency's own project",
    "submit_own": "the agency's own project",
    "withdraw_own": "the agency's own project",
    "governor_return_own": "the agency's own project",
    "unrank": "a ranking as a whole",
    "take_out_ranked": "after a frozen ranking",
}
"""Steps that need more than one proposal of a village; what takes them is tried in the tests of its own."""


def _split(world: World, proposal: Proposal) -> object:
    parts = [actions.Part("ช่วงแรก", (1,)), actions.Part("ช่วงหลัง", (2,))]
    return actions.split_proposal(proposal, parts, by=world.person("tambon_secretary"), note=NOTE)


def _decide(verdict: actions.Verdict) -> Act:
    return lambda world, proposal: actions.decide_list(
        world.version(), [actions.Decided(proposal, verdict, NOTE)], by=world.person("governor")
    )


EVERY_ACT: dict[str, Act] = {
    **ACTS,
    "split": _split,
    "rank": lambda world, proposal: move(proposal, "rank", by=world.person("provincial_head")),
    "amphoe_return_to_author": by("amphoe_secretary", "amphoe_return_to_author"),
    "local_return": on_lead(actions.return_routing, "local_officer"),
    "local_return_far": on_lead(actions.return_routing, "local_officer", to="author"),
    "list_include": _decide(actions.Verdict.INCLUDE),
    "list_refuse": _decide(actions.Verdict.REFUSE),
}

STATES = [state.code for state in PROPOSAL.states if state.code not in ("agency_draft", "merged", "split")]


def sent(world: World, state: str) -> Proposal:
    """A proposal in the state; where it lies at an agency, that has not received it yet."""
    return world.proposal(state)


def received(world: World, state: str) -> Proposal:
    """A proposal in the state; where it lies at an agency, that has received it."""
    proposal = world.proposal(state)
    if state in ("forwarded", "handed_over"):
        world._receive(proposal)
    return proposal


Make = Callable[[World, str], Proposal]


def open_acts(world: World, state: str, make: Make) -> tuple[list[str], set[str]]:
    """The acts that can be done in the state, and the steps that they take on the proposal."""
    found, steps = [], set()
    proposal = make(world, state)
    for name, act in EVERY_ACT.items():
        last = Entry.objects.latest("pk").pk
        with transaction.atomic():
            try:
                _or_refused(act, world, Proposal.objects.get(pk=proposal.pk))
            except Refused:
                continue
            finally:
                kinds = entries_about(proposal).filter(pk__gt=last)
                steps |= {kind.rpartition(".")[2] for kind in kinds.values_list("kind", flat=True)}
                transaction.set_rollback(True)
            found.append(name)
    return found, steps


def ready() -> World:
    """Everybody and the draft of the plan, all there before two of them meet."""
    world = made_once(World.with_people)
    world.version()
    return world


def told_by_the_record(case: Case) -> list[tuple[str | None, str]]:
    entries = [entry for entry in entries_about(case) if "state" in entry.after]
    return [(entry.before.get("state"), entry.after["state"]) for entry in entries]


def is_one_way(moves: list[tuple[str | None, str]]) -> bool:
    """Whether each move begins where the one before ended: nobody acted on a state that was gone."""
    return all(now[0] == before[1] for before, now in pairwise(moves))


@pytest.mark.parametrize("state", STATES)
def test_of_two_acts_on_one_proposal_the_second_sees_what_the_first_did(state: str) -> None:
    world = ready()
    steps: set[str] = set()
    for make in (sent, received) if state in ("forwarded", "handed_over") else (sent,):
        acts, taken = open_acts(world, state, make)
        steps |= taken
        for first, second in combinations_with_replacement(acts, 2):
            check_pair(world, make(world, state), first, second)

    guarded = {step.code for step in PROPOSAL.steps_from(state) if step.guards and step.code not in steps}
    assert {step.code for step in PROPOSAL.steps_from(state)} - steps - guarded - set(WITH_OTHERS) == set()


def check_pair(world: World, proposal: Proposal, first: str, second: str) -> None:
    """The first goes through; the second is told, or does what can be done where the first led."""
    case = Proposal.objects.get(pk=proposal.pk)
    began = Entry.objects.latest("pk").pk

    _given, answer = meeting(
        lambda: EVERY_ACT[first](world, case), lambda: _or_refused(EVERY_ACT[second], world, case)
    )

    cases = [Proposal.objects.get(pk=proposal.pk), *proposal.routings.all(), *proposal.needs.all()]
    for each in cases:
        moves = told_by_the_record(each)
        assert is_one_way(moves), (first, second, each, moves)
        assert moves[-1][1] == each.state, (first, second, each)
    new = [entry for entry in entries_about(proposal).filter(pk__gt=began) if "state" in entry.after]
    if isinstance(answer, Refused):
        assert str(answer), (first, second)
        assert len(new) <= 1, (first, second, new)
    if first == second:
        assert isinstance(answer, Refused), (first, answer)


def _or_refused(act: Act, world: World, proposal: Proposal) -> object:
    try:
        return act(world, proposal)
    except proposal.routings.model.DoesNotExist as gone:
        raise Refused("there is no routing") from gone


@pytest.mark.parametrize("acts", [("list_include", "include"), ("include", "list_refuse")])
def test_one_decision_and_a_list_that_begin_together_do_not_wait_for_each_other_for_good(
    acts: tuple[str, str],
) -> None:
    world = ready()
    for _round in range(4):
        case = world.proposal("accepted")

        answers = at_once(*(partial(EVERY_ACT[act], world, case) for act in acts))

        assert [isinstance(answer, Refused) for answer in answers].count(True) == 1


OTHERS = sorted(
    (
        model
        for model in apps.get_models()
        if issubclass(model, Case) and model.workflow.code.startswith("planning.")
    ),
    key=lambda model: model.workflow.code,
)


def pairs(model: type[Case]) -> Iterator[tuple[str, str, str]]:
    for state in model.workflow.states:
        codes = [step.code for step in model.workflow.steps_from(state.code)]
        yield from ((state.code, first, second) for first, second in product(codes, codes))


@pytest.mark.parametrize("model", OTHERS, ids=lambda model: model.workflow.code)
def test_of_two_steps_from_one_state_the_second_is_taken_only_from_where_the_first_led(model) -> None:
    make_area(VILLAGE)
    tried = 0
    for state, first, second in pairs(model):
        case = make_any(model, state=state)
        with transaction.atomic():
            try:
                move(case, first, by=None, note=NOTE)
                is_open = True
            except Refused:
                is_open = False
            transaction.set_rollback(True)
        if is_open:
            _moved, answer = meeting(
                *(partial(move, case, code, by=None, note=NOTE) for code in (first, second))
            )
            case.refresh_from_db()
            led, then = model.workflow.step(first).end, model.workflow.step(second)
            goes_on = led in then.start and not isinstance(answer, Refused)
            assert isinstance(answer, Refused) or led in then.start
            assert case.state == (then.end if goes_on else led)
            assert len(told_by_the_record(case)) == 1 + goes_on
            tried += 1
        end = next((state for state in model.workflow.states if state.closed), model.workflow.first)
        model._base_manager.filter(pk=case.pk).update(state=end.code)  # out of the way of the next one
    assert tried
