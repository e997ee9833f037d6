"""What every page of a case does with its steps: the bare ones at once, the others through their form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from prasan.cases.actions import move
from prasan.cases.models import Case
from prasan.cases.queries import open_steps
from prasan.kernel.refusals import Refused
from prasan.planning.actions import submit_own_project, submit_proposal
from prasan.planning.models import Proposal, Routing
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.planning.reading import as_read, changed_since, mark_of, mark_of_words
from prasan.web.planning.steps import Asking
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


def bare_step(
    request: SignedInRequest,
    case: Case,
    code: str,
    *,
    back: str,
    show: Callable[[Mapping[str, object], int], HttpResponse],
    act: Callable[[str], Case] | None = None,
) -> HttpResponse:
    """Take a step that needs no more than a note; when refused, the page comes back with what was typed.

    Where the step is more than a move, `act` takes it with the note. What concerns a proposal is done only
    if that stands as the page showed it.
    """
    step = case.workflow.step(code) if case.workflow.has_step(code) else None
    if step is None or step.by_action:
        raise Http404
    note = request.POST.get("note", "")
    try:
        take = act or (lambda note: move(case, code, by=request.user, note=note))
        moved = as_read(request, _proposals_of(case), lambda: take(note))
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
    template: str,
    about: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Show the form of a step that asks for more, and take the step when it is answered.

    Somebody who cannot take the step now is sent back to the page, which tells how things stand. What
    concerns a proposal is done only if that stands as the form showed it; the case comes `with_reading`.
    """
    if code not in asked:
        raise Http404
    step, asking = case.workflow.step(code), asked[code]
    if request.method != "POST" and code not in {each.step.code for each in open_steps(case, request.user)}:
        messages.warning(request, _("“%(step)s” is not open to you at this stage.") % {"step": step.label})
        return redirect(back)
    form = asking.form(sent(request), case=case)

    def act() -> HttpResponse:
        take = partial(asking.act, case, form, request.user)
        messages.success(request, said_of(as_read(request, _proposals_of(case), take)))
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
        about={
            "case": case,
            "read_marks": marks_of(case),
            "changed": changed_since(request, _proposals_of(case)),
            **(about or {}),
        },
    )


def submit_unless_draft(request: SignedInRequest, proposal: Proposal) -> HttpResponse:
    """Send on what was just saved, unless it is to stay a draft; where that cannot be, say why."""
    submit = submit_own_project if proposal.own_by_id else submit_proposal
    try:
        if "draft" not in request.POST:
            proposal = submit(proposal, by=request.user)
    except Refused as refusal:
        messages.warning(request, _("The proposal is kept as a draft. %(reason)s") % {"reason": refusal})
    else:
        messages.success(request, said_of(proposal))
    return redirect("planning:proposal", proposal.pk)


def _proposals_of(case: Case) -> list[Proposal]:
    """The proposal that a step on the case is about, if it is about one."""
    match case:
        case Proposal():
            return [case]
        case Routing():
            case.proposal.read_version = case.read_version  # type: ignore[attr-defined] # read with the routing
            return [case.proposal]
    return []


def marks_of(case: Case) -> list[str]:
    """How the proposal stood that a step on the case is about, for the forms of its page."""
    mark = mark_of if isinstance(case, Proposal) else mark_of_words
    return [mark(proposal) for proposal in _proposals_of(case)]


def said_of(case: Case) -> str:
    """One sentence after an act: how the case now stands."""
    return _("Saved. It now stands at: %(state)s.") % {"state": case.state_now.label}
