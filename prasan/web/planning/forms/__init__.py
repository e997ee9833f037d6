"""Forms of this room; every one ends in the words that an action takes."""

from prasan.web.planning.forms.need import FilesForm, NeedForm, ReleaseForm
from prasan.web.planning.forms.proposal import FileForm, ProposalForm, ProposeForm
from prasan.web.planning.forms.steps import (
    AgencyAnswerForm,
    ClassifyForm,
    ConfirmForm,
    DeclineForm,
    EndorseForm,
    ForwardForm,
    HandOverForm,
    IncludeForm,
    ReasonForm,
    ReturnForm,
)

__all__ = [
    "AgencyAnswerForm",
    "ClassifyForm",
    "ConfirmForm",
    "DeclineForm",
    "EndorseForm",
    "FileForm",
    "FilesForm",
    "ForwardForm",
    "HandOverForm",
    "IncludeForm",
    "NeedForm",
    "ProposalForm",
    "ProposeForm",
    "ReasonForm",
    "ReleaseForm",
    "ReturnForm",
]
