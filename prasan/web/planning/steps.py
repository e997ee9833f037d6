"""Which form each step that needs its own act asks, and which act answers it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from prasan.accounts.models import User
from prasan.planning import actions
from prasan.planning.actions.proposal import REOPENINGS
from prasan.planning.models import Proposal
from prasan.web.agencies.views.stepping import Asking, with_note
from prasan.web.planning import forms
from prasan.web.planning.forms.board import SplitForm


def _classify(proposal: Proposal, form: forms.ClassifyForm, by: User) -> Proposal:
    """Record the new resolution, if there is one, and the classification: both or neither."""
    with transaction.atomic():
        return actions.classify_proposal(
            proposal,
            doer=form.cleaned_data["doer"],
            level=form.cleaned_data["level"],
            issue=form.issue,
            resolution=form.resolved(by=by),
            by=by,
            note=form.cleaned_data["note"],
        )


def _take_apart(proposal: Proposal, form: forms.ReasonForm, by: User) -> Proposal:
    """Undo a merge or split from either side; the proposal from which this was asked is what is shown."""
    actions.take_apart(proposal, by=by, note=form.cleaned_data["note"])
    return Proposal.objects.get(pk=proposal.pk)


def _reopening(step: str) -> Asking:
    return Asking(
        forms.ReasonForm,
        lambda case, form, by: actions.reopen_proposal(case, step, by=by, note=form.cleaned_data["note"]),
    )


OF_PROPOSALS: Mapping[str, Asking] = {
    "submit": Asking(forms.ConfirmForm, with_note(actions.submit_proposal)),
    "withdraw": Asking(forms.ReasonForm, with_note(actions.withdraw_proposal), danger=True),
    "submit_own": Asking(forms.ConfirmForm, with_note(actions.submit_own_project)),
    "withdraw_own": Asking(forms.ReasonForm, with_note(actions.withdraw_own_project), danger=True),
    "classify": Asking(forms.ClassifyForm, _classify),
    "split": Asking(
        SplitForm,
        lambda case, form, by: actions.split_proposal(
            case, form.parts, by=by, note=form.cleaned_data["note"]
        )[0],
    ),
    "take_apart": Asking(forms.ReasonForm, _take_apart, danger=True),
    "dissolve": Asking(forms.ReasonForm, _take_apart, danger=True),
    "hand_over": Asking(
        forms.HandOverForm,
        lambda case, form, by: actions.hand_over_proposal(case, **form.cleaned_data, by=by),
    ),
    "take_back": Asking(forms.ReasonForm, with_note(actions.recall_proposal)),
    "recall": Asking(forms.ReasonForm, with_note(actions.recall_proposal)),
    "forward": Asking(
        forms.ForwardForm, lambda case, form, by: actions.forward_proposal(case, **form.cleaned_data, by=by)
    ),
    "include": Asking(
        forms.IncludeForm,
        lambda case, form, by: actions.include_in_plan(
            case, form.cleaned_data["version"], by=by, note=form.cleaned_data["note"]
        ),
    ),
    "refuse": Asking(forms.ReasonForm, with_note(actions.refuse_proposal), danger=True),
    "governor_return": Asking(forms.ReasonForm, with_note(actions.return_to_agency)),
    "governor_return_to_author": Asking(forms.ReasonForm, with_note(actions.return_to_author)),
    "take_out": Asking(forms.ReasonForm, with_note(actions.take_out_of_plan), danger=True),
    **{step: _reopening(step) for step in REOPENINGS},
}

OF_ROUTINGS: Mapping[str, Asking] = {
    "accept": Asking(
        forms.AgencyAnswerForm,
        lambda case, form, by: actions.accept_routing(case, **form.cleaned_data, by=by),
    ),
    "decline": Asking(
        forms.DeclineForm,
        lambda case, form, by: actions.decline_routing(case, **form.cleaned_data, by=by),
        danger=True,
    ),
    "return": Asking(
        forms.ReturnForm, lambda case, form, by: actions.return_routing(case, **form.cleaned_data, by=by)
    ),
    "take_back": Asking(forms.ReasonForm, with_note(actions.take_back_answer)),
}

OF_VERSIONS: Mapping[str, Asking] = {
    "endorse": Asking(
        forms.EndorseForm, lambda case, form, by: actions.endorse_version(case, **form.cleaned_data, by=by)
    ),
    "adopt": Asking(forms.ConfirmForm, with_note(actions.adopt_version)),
}

OF_SHEETS: Mapping[str, Asking] = {
    "open": Asking(forms.ConfirmForm, with_note(actions.open_sheet)),
    "redraft": Asking(forms.ReasonForm, with_note(actions.redraft_sheet)),
    "freeze": Asking(forms.ConfirmForm, with_note(actions.freeze_ranking)),
    "thaw": Asking(forms.ReasonForm, with_note(actions.thaw_ranking)),
}

OF_NEEDS: Mapping[str, Asking] = {"part": Asking(forms.ReasonForm, with_note(actions.part_need))}
