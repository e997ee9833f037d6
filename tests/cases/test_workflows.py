"""For every workflow of every room: each step is tried from each state from which it does not start."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.utils import translation

from prasan.cases.actions import move
from prasan.cases.models import Case
from prasan.cases.queries import case_kinds
from prasan.kernel.events import event_of
from prasan.kernel.refusals import Refused
from prasan.ledger.queries import entries_about, kind_of
from tests.factories.agencies import make_area
from tests.factories.any_row import make_any

CASES = sorted((m for m in apps.get_models() if issubclass(m, Case)), key=lambda m: m.workflow.code)
STEPS = [
    pytest.param(model, step, id=model.workflow.event(step))
    for model in CASES
    for step in model.workflow.steps
]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "step"), STEPS)
def test_step_from_each_wrong_state_is_refused_and_says_how_things_stand(model, step):
    make_area("32070401")
    case = make_any(model, state=model.workflow.first.code)
    wrong = [state for state in model.workflow.states if state.code not in step.start]

    for state in wrong:
        model._base_manager.filter(pk=case.pk).update(state=state.code)
        with translation.override("en"), pytest.raises(Refused) as refusal:
            move(case, step.code, by=None, note="Reason")
        with translation.override("en"):
            assert f"“{state.label}”" in str(refusal.value)
        case.refresh_from_db()
        assert case.state == state.code

    assert entries_about(case).count() == 0
    # what was only written is taken back: rules that hold at the commit look at the row as it ends
    model._base_manager.filter(pk=case.pk).update(state=model.workflow.first.code)


@pytest.mark.parametrize("model", CASES, ids=lambda model: model.workflow.code)
def test_case_is_known_by_its_workflow_alone(model):
    assert case_kinds()[model.workflow.code] is model
    assert kind_of(model) == model.workflow.code
    assert model.belonging.state == "state"


@pytest.mark.parametrize("model", CASES, ids=lambda model: model.workflow.code)
def test_no_event_of_a_room_takes_the_code_of_a_step(model):
    assert [step.code for step in model.workflow.steps if event_of(model.workflow.event(step))] == []


def test_no_two_kinds_of_case_share_a_code():
    assert len({model.workflow.code for model in CASES}) == len(CASES)
