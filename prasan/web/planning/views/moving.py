"""What every page of a case does with its steps: the bare ones at once, the others through their form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from prasan.cases.models import Case
from prasan.kernel.refusals import Refused
from prasan.planning.actions import submit_own_project, submit_proposal
from prasan.planning.models import Proposal, Routing
from prasan.web.agencies.views import stepping
from prasan.web.agencies.views.stepping import Asking, said_of
from prasan.web.planning.reading import as_read, changed_since, mark_of, mark_of_words
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
    """Take a step that needs no more than a note; of a proposal, only if it stands as the page showed it."""
    return stepping.bare_step(
        request,
        case,
        code,
        back=back,
        show=show,
        act=act,
        doing=partial(as_read, request, _proposals_of(case)),
    )


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
    """Take a step through its form; of a proposal, only if it stands as the form showed it.

    The case comes `with_reading`.
    """
    return stepping.asking_step(
        request,
        case,
        code,
        asked=asked,
        back=back,
        trail=trail,
        template=template,
        about={
            "read_marks": marks_of(case),
            "changed": changed_since(request, _proposals_of(case)),
            **(about or {}),
        },
        doing=partial(as_read, request, _proposals_of(case)),
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
