"""Which form each step of an innovation that needs its own act asks, and which act answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from prasan.accounts.models import User
from prasan.cases.models import Case
from prasan.innovations import actions
from prasan.innovations.states import ADOPTION
from prasan.web.agencies.views.stepping import Asking, with_note
from prasan.web.innovations.forms import NoteForm
from prasan.web.innovations.spreading_forms import ReportForm, SinceForm, SinceWithReasonForm


def _taking(step: str) -> Callable[[Any, Any, User], Case]:
    """The act of an adoption that takes the step, with what its form was told."""
    return lambda adoption, form, by: actions.move_adoption(adoption, step, **form.cleaned_data, by=by)


OF_INNOVATIONS: Mapping[str, Asking] = {
    "propose": Asking(NoteForm, with_note(actions.propose_innovation)),
    "register": Asking(NoteForm, with_note(actions.register_innovation)),
}

OF_COOKBOOKS: Mapping[str, Asking] = {
    "publish": Asking(NoteForm, with_note(actions.publish_cookbook)),
}

OF_ADOPTIONS: Mapping[str, Asking] = {
    step.code: Asking(
        SinceWithReasonForm if step.needs_note else SinceForm, _taking(step.code), danger=step.code == "drop"
    )
    for step in ADOPTION.steps
}

OF_ORDERS: Mapping[str, Asking] = {
    "report": Asking(
        ReportForm,
        lambda order, form, by: actions.report_order(order, report=form.cleaned_data["report"], by=by),
    ),
}
