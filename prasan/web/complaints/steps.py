"""Which form each step that needs its own act asks, and which act answers it."""

from __future__ import annotations

from collections.abc import Mapping

from prasan.complaints import actions
from prasan.web.agencies.views.stepping import Asking, with_note
from prasan.web.complaints.forms.steps import (
    AcknowledgeForm,
    CloseForm,
    JoinForm,
    ProofForm,
    ReferForm,
    ReferOnForm,
    ScreenForm,
)
from prasan.web.complaints.forms.words import NoteForm, ReasonForm

OF_COMPLAINTS: Mapping[str, Asking] = {
    "screen": Asking(
        ScreenForm, lambda case, form, by: actions.screen_complaint(case, **form.cleaned_data, by=by)
    ),
    "refer": Asking(
        ReferForm, lambda case, form, by: actions.refer_complaint(case, **form.cleaned_data, by=by)
    ),
    "take_on": Asking(NoteForm, with_note(actions.take_on_complaint)),
    "send_back": Asking(ReasonForm, with_note(actions.send_back_complaint)),
    "recall": Asking(ReasonForm, with_note(actions.recall_complaint)),
    "join": Asking(
        JoinForm,
        lambda case, form, by: actions.join_complaint(
            case, form.cleaned_data["main"], by=by, note=form.cleaned_data["note"]
        ),
    ),
    "part": Asking(ReasonForm, with_note(actions.part_complaint)),
    "close": Asking(
        CloseForm,
        lambda case, form, by: actions.close_complaint(
            case,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            proof=form.proof,
            by=by,
        ),
    ),
    "reopen": Asking(ReasonForm, with_note(actions.reopen_complaint)),
}

OF_REFERRALS: Mapping[str, Asking] = {
    "acknowledge": Asking(
        AcknowledgeForm,
        lambda case, form, by: actions.acknowledge_referral(case, **form.cleaned_data, by=by),
    ),
    "work": Asking(NoteForm, with_note(actions.begin_work)),
    "answer": Asking(
        ProofForm,
        lambda case, form, by: actions.answer_referral(
            case, note=form.cleaned_data["note"], proof=form.proof, by=by
        ),
    ),
    "return": Asking(ReasonForm, with_note(actions.return_referral)),
    "refer_on": Asking(
        ReferOnForm,
        lambda case, form, by: actions.refer_on(
            case, form.cleaned_data["agency"], by=by, note=form.cleaned_data["note"]
        ),
    ),
}
