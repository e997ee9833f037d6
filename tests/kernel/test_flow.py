import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.flow import FlowFault, State, Step, Workflow
from prasan.kernel.rights import ANYBODY, SUBMITTER, Grant, Reach, Right

MOVE = Right("test.move", "Only the chief moves this.", (Grant("chief", Reach.AREA),))
DRAFT, SENT, DONE = State("draft", "Draft"), State("sent", "Sent"), State("done", "Done", closed=True)


def step(code, start, end, **more):
    return Step(code, code, start, end, MOVE, **more)


def test_workflow_tells_steps_states_and_events():
    flow = Workflow(
        "test.letter",
        states=[DRAFT, SENT, DONE],
        steps=[step("send", ("draft",), "sent"), step("finish", ("sent",), "done")],
    )

    assert flow.first is DRAFT
    assert [s.code for s in flow.steps_from("sent")] == ["finish"]
    assert flow.event(flow.step("send")) == "test.letter.send"
    assert flow.state("done").closed is True


@pytest.mark.parametrize(
    ("states", "steps", "fault"),
    [
        ([], [], "no states"),
        ([DRAFT, DRAFT], [step("send", ("draft",), "draft")], "stands twice"),
        ([DRAFT, DONE], [step("a", ("draft",), "done"), step("a", ("draft",), "done")], "stands twice"),
        ([DRAFT, DONE], [step("a", ("draft",), "gone")], "unknown state gone"),
        ([DRAFT, DONE], [step("a", (), "done")], "starts nowhere"),
        ([DRAFT, SENT, DONE], [step("a", ("draft",), "done"), step("b", ("sent",), "done")], "reach sent"),
        ([DRAFT, SENT], [step("a", ("draft",), "sent")], "no way out of sent"),
        (
            [DRAFT, DONE],
            [step("a", ("draft",), "done"), step("back", ("done",), "draft")],
            "leaves a closed state",
        ),
        (
            [DRAFT, DONE],
            [step("a", ("draft",), "done"), step("back", ("done",), "draft", reopens=True)],
            "leaves a closed state",
        ),
        (
            [DRAFT, DONE],
            [step("a", ("draft",), "done", reopens=True, needs_note=True)],
            "reopens what is not closed",
        ),
    ],
)
def test_contradicting_workflow_is_refused_when_read(states, steps, fault):
    with pytest.raises(FlowFault, match=fault):
        Workflow("test.bad", states=states, steps=steps)


def test_closed_state_is_left_by_a_reopening_step_with_a_note():
    flow = Workflow(
        "test.letter",
        states=[DRAFT, DONE],
        steps=[
            step("finish", ("draft",), "done"),
            step("reopen", ("done",), "draft", reopens=True, needs_note=True),
        ],
    )

    assert [s.code for s in flow.steps_from("done")] == ["reopen"]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_accepted_workflow_reaches_every_state_from_its_first(arrows):
    states = [State(str(n), str(n), closed=n == 5) for n in range(6)]
    steps = [step(f"s{i}", (str(a),), str(b)) for i, (a, b) in enumerate(arrows)]
    reached, grown = {0}, True
    while grown:
        more = {b for a, b in arrows if a in reached} - reached
        reached, grown = reached | more, bool(more)
    leavers = {a for a, _ in arrows}
    sound = reached == set(range(6)) and {0, 1, 2, 3, 4} <= leavers and 5 not in leavers

    try:
        Workflow("test.any", states=states, steps=steps)
        accepted = True
    except FlowFault:
        accepted = False

    assert accepted is sound


def test_right_that_bars_people_must_say_why():
    with pytest.raises(ValueError, match="without saying why"):
        Right("test.decide", "No.", (Grant("chief", Reach.AREA),), unless=(SUBMITTER,))


def test_right_holding_one_grant_twice_is_refused():
    with pytest.raises(ValueError, match="same grant twice"):
        Right("test.view", "No.", (Grant("chief", Reach.AREA), Grant("chief", Reach.AREA)))


@pytest.mark.parametrize("reach", [Reach.AREA, Reach.AGENCY, Reach.EVERYWHERE, Reach.COMMITTEE, Reach.ROUTED])
def test_grant_to_anybody_reaches_only_the_public_and_ones_own(reach):
    with pytest.raises(ValueError, match="anybody"):
        Grant(ANYBODY, reach)


def test_public_grant_names_no_role():
    with pytest.raises(ValueError, match="public grant"):
        Grant("chief", Reach.PUBLIC)
