"""What is asked of programmes, editions, entries, panels, score sheets and decisions."""

from prasan.web.awards.forms.acts import (
    AnnounceForm,
    BeginJudgingForm,
    CeremonyForm,
    DecisionForm,
    ExtendForm,
    MendSignerForm,
    NoteForm,
    ReasonForm,
    RefuseForm,
    ReturnForm,
    SignersForm,
)
from prasan.web.awards.forms.edition import EditionForm
from prasan.web.awards.forms.entry import ChangeEntryForm, EntryForm
from prasan.web.awards.forms.judging import (
    AssignForm,
    JudgeForm,
    PanelForm,
    PresentationForm,
    SheetForm,
    TieForm,
)
from prasan.web.awards.forms.programme import ProgrammeForm, RulesForm

__all__ = [
    "AnnounceForm",
    "AssignForm",
    "BeginJudgingForm",
    "CeremonyForm",
    "ChangeEntryForm",
    "DecisionForm",
    "EditionForm",
    "EntryForm",
    "ExtendForm",
    "JudgeForm",
    "MendSignerForm",
    "NoteForm",
    "PanelForm",
    "PresentationForm",
    "ProgrammeForm",
    "ReasonForm",
    "RefuseForm",
    "ReturnForm",
    "RulesForm",
    "SheetForm",
    "SignersForm",
    "TieForm",
]
