"""What every page of a case does with its steps: the bare ones at once, the others through their form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.cases.actions import move
from prasan.cases.models import Case
from prasan.cases.queries import open_steps
from prasan.kernel.refusals import Refused
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

Doing = Callable[[Callable[[], Case]], Case]
"""How an act is done: a room may first look whether things stand as the page showed them."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a step asks, and what is done with the answer. `danger` marks what people may regret.

    The form is made with the `case`.
    """

    form: Callable[..., Form]
    act: Callable[[Any, Any, User], Case]
    danger: bool = False


def with_note(act: Callable[..., Case]) -> Callable[[Any, Any, User], Case]:
    """An act that takes nothing but a note."""
    return lambda case, form, by: act(case, by=by, note=form.cleaned_data["note"])


def plainly(act: Callable[[], Case]) -> Case:
    """Do the act."""
    return act()


def bare_step(
    request: SignedInRequest,
    case: Case,
    code: str,
    *,
    back: str,
    show: Callable[[Mapping[str, object], int], HttpResponse],
    act: Callable[[str], Case] | None = None,
    doing: Doing = plainly,
) -> HttpResponse:
    """Take a step that needs no more than a note; when refused, the page comes back with what was typed.

    Where the step is more than a move, `act` takes it with the note.
    """
    step = case.workflow.step(code) if case.workflow.has_step(code) else None
    if step is None or step.by_action:
        raise Http404
    note = request.POST.get("note", "")
    try:
        take = act or (lambda note: move(case, code, by=request.user, note=note))
        moved = doing(lambda: take(note))
    except Refused as refusal:
        return show({"refusal": refusal, "tried": code, "typed": note}, 422)
    messages.success(request, said_of(moved))
    return redirect(back)


def asking_step(
    request: SignedInRequest,
    case: Case,
    code: str,
    *,
    asked: Mapping[str, Asking],
    back: str,
    trail: Iterable[Crumb],
    template: str = "agencies/act_form.html",
    about: Mapping[str, object] | None = None,
    doing: Doing = plainly,
) -> HttpResponse:
    """Show the form of a step that asks for more, and take the step when it is answered.

    Somebody who cannot take the step now is sent back to the page, which tells how things stand.
    """
    if code not in asked:
        raise Http404
    step, asking = case.workflow.step(code), asked[code]
    if request.method != "POST" and code not in {each.step.code for each in open_steps(case, request.user)}:
        messages.warning(request, _("“%(step)s” is not open to you at this stage.") % {"step": step.label})
        return redirect(back)
    form = asking.form(sent(request), request.FILES or None, case=case)

    def act() -> HttpResponse:
        messages.success(request, said_of(doing(partial(asking.act, case, form, request.user))))
        return redirect(back)

    return act_form(
        request,
        form,
        act,
        title=step.label,
        button=step.label,
        back=back,
        trail=trail,
        effect=step.effect,
        danger=asking.danger,
        template=template,
        about={"case": case, **(about or {})},
    )


def said_of(case: Case) -> str:
    """One sentence after an act: how the case now stands."""
    return _("Saved. It now stands at: %(state)s.") % {"state": case.state_now.label}
