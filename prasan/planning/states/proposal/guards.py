"""What a proposal itself must say before a step is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from prasan.planning.models import Proposal

SELF = "self"
"""The doer of a proposal that the area carries out itself."""


def proposal_is_complete(proposal: Proposal) -> str | StrPromise | None:
    """A proposal names its reason, its aim and its budget before anybody is asked to judge it."""
    told = (
        (_("the name"), proposal.name.strip()),
        (_("the rationale"), proposal.rationale.strip()),
        (_("the objective"), proposal.objective.strip()),
        (_("the budget"), proposal.budget_asked > 0),
    )
    if missing := [str(what) for what, is_told in told if not is_told]:
        return _("Please fill in before submitting: %(missing)s.") % {"missing": ", ".join(missing)}
    return None


def area_does_it_itself(proposal: Proposal) -> str | StrPromise | None:
    """Only what the area does itself goes to its local government."""
    if proposal.doer != SELF:
        return _("This proposal was classified for an agency; please pass it to the amphoe committee.")
    return None


def somebody_asks(proposal: Proposal) -> str | StrPromise | None:
    """What a village asked for goes back to its author."""
    if proposal.own_by_id is not None:
        return _("This is the agency's own project; please return it to that agency.")
    return None


def an_agency_proposes(proposal: Proposal) -> str | StrPromise | None:
    """What an agency proposed by itself goes back to that agency."""
    if proposal.own_by_id is None:
        return _("A village asked for this; please return it to its author.")
    return None


def an_agency_is_needed(proposal: Proposal) -> str | StrPromise | None:
    """What the area does itself never reaches the governor."""
    if proposal.doer == SELF:
        return _("The area carries this proposal out itself; please hand it to the local government.")
    return None
