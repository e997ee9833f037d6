"""Which form each step of an innovation that needs its own act asks, and which act answers it."""

from __future__ import annotations

from collections.abc import Mapping

from prasan.innovations import actions
from prasan.web.agencies.views.stepping import Asking, with_note
from prasan.web.innovations.forms import NoteForm

OF_INNOVATIONS: Mapping[str, Asking] = {
    "propose": Asking(NoteForm, with_note(actions.propose_innovation)),
    "register": Asking(NoteForm, with_note(actions.register_innovation)),
}
