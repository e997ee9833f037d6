"""An agency's own texts beside the form of an act that gives a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from prasan.complaints.models import Complaint
from prasan.complaints.queries import filled_in, templates_for
from prasan.web.agencies.views.stepping import Asking
from prasan.web.shell.requests import SignedInRequest

WITH_TEXTS = ("answer", "return", "close", "send_back")
"""Acts whose reason may be filled from a text."""


def texts_beside(request: SignedInRequest, code: str) -> Mapping[str, object]:
    """The texts to choose from, where the act takes one."""
    return {"texts": templates_for(request.user)} if code in WITH_TEXTS else {}


def filled_from_template(
    request: SignedInRequest, asked: Mapping[str, Asking], complaint: Complaint
) -> Mapping[str, Asking]:
    """The same acts, their reason filled with the text that was chosen in the address."""
    chosen = request.GET.get("text", "")
    if not chosen.isascii() or not chosen.isdigit() or request.method == "POST":
        return asked
    template = templates_for(request.user).filter(pk=int(chosen[:18])).first()
    if template is None:
        return asked
    initial = {"note": filled_in(template, complaint)}
    return {
        code: replace(asking, form=partial(asking.form, initial=initial)) if code in WITH_TEXTS else asking
        for code, asking in asked.items()
    }
