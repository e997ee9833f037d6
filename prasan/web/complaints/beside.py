"""Acts beside the workflow of a complaint: which there are, who may do them, and what they ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.queries import decide
from prasan.complaints import actions, rules
from prasan.complaints.models import Complaint
from prasan.complaints.queries import is_paused
from prasan.complaints.states import OPEN
from prasan.kernel.rights import Right
from prasan.web.complaints.forms.beside import PauseForm
from prasan.web.complaints.forms.words import InsideForm, NoteForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Beside:
    """An act that changes no state; `fits` says whether it makes sense now."""

    label: StrPromise
    effect: StrPromise
    icon: str
    right: Right
    form: Callable[..., Form]
    act: Callable[[Complaint, Form, User], object]
    fits: Callable[[Complaint], bool]


def _is_open(complaint: Complaint) -> bool:
    return complaint.state in OPEN


BESIDE: Mapping[str, Beside] = {
    "note": Beside(
        _("Write an internal note"),
        _("Those who handle the complaint read it."),
        icon="pencil",
        right=rules.NOTE_INSIDE,
        form=InsideForm,
        act=lambda case, form, by: actions.note_inside(case, by=by, note=form.cleaned_data["note"]),
        fits=lambda complaint: True,
    ),
    "pause": Beside(
        _("Stop the clocks, or ask the sender"),
        _("No clock of the complaint runs until you let it, or the sender answers. He reads why."),
        icon="pause-circle",
        right=rules.PAUSE,
        form=PauseForm,
        act=lambda case, form, by: actions.pause_clocks(
            case,
            asks_sender=form.cleaned_data["waits_for"] == "sender",
            by=by,
            note=form.cleaned_data["note"],
        ),
        fits=lambda complaint: _is_open(complaint) and not is_paused(complaint),
    ),
    "resume": Beside(
        _("Let the clocks run again"),
        _("What is left of each time limit runs on from today."),
        icon="play-circle",
        right=rules.PAUSE,
        form=NoteForm,
        act=lambda case, form, by: actions.resume_clocks(case, by=by, note=form.cleaned_data["note"]),
        fits=lambda complaint: _is_open(complaint) and is_paused(complaint),
    ),
    "urge": Beside(
        _("Ask to hurry"),
        _("Whoever owes the next step gets a letter, and reads your words on this page."),
        icon="bell",
        right=rules.URGE,
        form=InsideForm,
        act=lambda case, form, by: actions.urge(case, by=by, note=form.cleaned_data["note"]),
        fits=_is_open,
    ),
}


def acts_beside(complaint: Complaint, user: User) -> list[tuple[str, Beside]]:
    """The acts beside the workflow that the person may do now."""
    allowed: dict[str, bool] = {}
    found: list[tuple[str, Any]] = []
    for code, act in BESIDE.items():
        if act.right.code not in allowed:
            allowed[act.right.code] = bool(decide(user, act.right, complaint))
        if allowed[act.right.code] and act.fits(complaint):
            found.append((code, act))
    return found
