"""Which form each step that needs its own act asks, and which act answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO, cast

from prasan.accounts.models import User
from prasan.awards import actions
from prasan.awards.models import Edition
from prasan.web.agencies.views.stepping import Asking, with_note
from prasan.web.awards.forms import (
    AnnounceForm,
    BeginJudgingForm,
    DecisionForm,
    ExtendForm,
    NoteForm,
    ReasonForm,
    RefuseForm,
    ReturnForm,
)


def _decide(case: Edition, form: DecisionForm, by: User) -> Edition:
    told = form.cleaned_data
    file = told["file"]
    return actions.decide_edition(
        case,
        told["decided_on"],
        told["minutes"],
        settled=form.settled,
        stream=cast(BinaryIO, file) if file else None,
        name=file.name if file else "",
        by=by,
    )


OF_EDITIONS: Mapping[str, Asking] = {
    "open": Asking(NoteForm, with_note(actions.open_edition)),
    "redraft": Asking(ReasonForm, with_note(actions.redraft_edition)),
    "extend": Asking(
        ExtendForm,
        lambda case, form, by: actions.extend_window(
            case, form.cleaned_data["closes"], by=by, note=form.cleaned_data["note"]
        ),
    ),
    "screen": Asking(NoteForm, with_note(actions.begin_screening)),
    "judge": Asking(
        BeginJudgingForm,
        lambda case, form, by: actions.begin_judging(
            case, by=by, note=form.cleaned_data["note"], without=form.without
        ),
    ),
    "deliberate": Asking(NoteForm, with_note(actions.end_scoring)),
    "resume": Asking(ReasonForm, with_note(actions.resume_judging)),
    "decide": Asking(DecisionForm, _decide),
    "reconsider": Asking(ReasonForm, with_note(actions.take_back_decision)),
    "announce": Asking(
        AnnounceForm,
        lambda case, form, by: actions.announce_results(
            case, form.cleaned_data["announced_on"], by=by, note=form.cleaned_data["note"]
        ),
    ),
}

OF_ENTRIES: Mapping[str, Asking] = {
    "submit": Asking(NoteForm, with_note(actions.submit_entry)),
    "take_back": Asking(NoteForm, with_note(actions.take_back_entry)),
    "return": Asking(
        ReturnForm,
        lambda case, form, by: actions.return_entry(
            case, form.cleaned_data["mend_by"], by=by, note=form.cleaned_data["note"]
        ),
    ),
    "admit": Asking(NoteForm, with_note(actions.admit_entry)),
    "refuse": Asking(
        RefuseForm,
        lambda case, form, by: actions.refuse_entry(
            case, by=by, note=form.cleaned_data["note"], rule=form.cleaned_data["rule"]
        ),
    ),
    "reconsider": Asking(ReasonForm, with_note(actions.reconsider_entry)),
    "withdraw": Asking(ReasonForm, with_note(actions.withdraw_entry), danger=True),
}

OF_SHEETS: Mapping[str, Asking] = {
    "reopen": Asking(ReasonForm, with_note(actions.reopen_sheet)),
    "withdraw": Asking(ReasonForm, with_note(actions.withdraw_sheet), danger=True),
    "restore": Asking(ReasonForm, with_note(actions.restore_sheet)),
}
