"""What is asked of programmes, editions, entries, panels, score sheets and decisions."""

from prasan.web.awards.forms.acts import (
    AnnounceForm,
    CeremonyForm,
    DecisionForm,
    ExtendForm,
    NoteForm,
    ReasonForm,
    RefuseForm,
    SignersForm,
)
from prasan.web.awards.forms.edition import EditionForm, ProgrammeForm, RulesForm
from prasan.web.awards.forms.entry import ChangeEntryForm, EntryForm
from prasan.web.awards.forms.judging import (
    AssignForm,
    JudgeForm,
    PanelForm,
    PresentationForm,
    SheetForm,
    TieForm,
)

__all__ = [
    "AnnounceForm",
    "AssignForm",
    "CeremonyForm",
    "ChangeEntryForm",
    "DecisionForm",
    "EditionForm",
    "EntryForm",
    "ExtendForm",
    "JudgeForm",
    "NoteForm",
    "PanelForm",
    "PresentationForm",
    "ProgrammeForm",
    "ReasonForm",
    "RefuseForm",
    "RulesForm",
    "SheetForm",
    "SignersForm",
    "TieForm",
]
