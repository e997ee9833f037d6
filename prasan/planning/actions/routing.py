"""Sending a proposal to agencies, their answers, and calling it back."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.planning import rules
from prasan.planning.actions.proposal import answer_needs, locked_proposal, reopen_needs
from prasan.planning.models import AssessmentVersion, Proposal, Routing

OPEN = ("sent", "received", "accepted")
"""States of a routing that still counts."""

COMMITTEE, AUTHOR = "committee", "author"
"""To whom an agency can return a proposal: the committee that sent it, or its author."""


@transaction.atomic
def forward_proposal(
    proposal: Proposal,
    *,
    lead: Agency,
    co_agencies: Collection[Agency] = (),
    by: User | None,
    note: str = "",
) -> Proposal:
    """Send a proposal to the agency that answers for it, and to those that help."""
    proposal = locked_proposal(proposal)
    posting = require(by, rules.ROUTE, proposal)
    if proposal.doer == Proposal.Doer.REFER and lead.level != proposal.refer_level:
        raise Refused(
            _("This was referred to an agency at %(level)s level. Please choose such an agency.")
            % {"level": Agency.Level(proposal.refer_level).label}
        )
    if lead in co_agencies or len({agency.pk for agency in co_agencies}) < len(co_agencies):
        raise Refused(_("Please name each agency once."))
    for agency in (lead, *co_agencies):
        refuse_without_power(agency, proposal)
    moved = _send(proposal, "forward", lead=lead, by=by, note=note)
    for agency in (lead, *co_agencies):
        _begin_routing(moved, agency, is_lead=agency == lead, by=by, posting=posting)
    return moved


@transaction.atomic
def hand_over_proposal(proposal: Proposal, *, agency: Agency, by: User | None, note: str = "") -> Proposal:
    """Hand what the area does itself to its local government."""
    proposal = locked_proposal(proposal)
    posting = require(by, rules.CLASSIFY, proposal)
    if agency.level != Agency.Level.LOCAL:
        raise Refused(_("Please choose the local government of the area."))
    refuse_without_power(agency, proposal)
    moved = _send(proposal, "hand_over", lead=agency, by=by, note=note)
    _begin_routing(moved, agency, is_lead=True, by=by, posting=posting)
    return moved


@transaction.atomic
def accept_routing(routing: Routing, *, by: User | None, note: str = "", internal_note: str = "") -> Routing:
    """Say that the agency takes the proposal on; the lead agency's word moves the proposal."""
    proposal, routing = locked_routing(routing)
    version = AssessmentVersion.objects.filter(assessment__routing=routing).last()
    moved = move(
        routing,
        "accept",
        by=by,
        note=note,
        internal_note=internal_note,
        after={"assessment": version.number if version else None},
    )
    if routing.is_lead:
        step = "local_accept" if proposal.state == "handed_over" else "accept"
        move(proposal, step, by=by, note=note, after={"agency": routing.agency_id})
    return moved


@transaction.atomic
def decline_routing(routing: Routing, *, by: User | None, note: str, internal_note: str = "") -> Routing:
    """Say that the agency does not take the proposal on, and why."""
    proposal, routing = locked_routing(routing)
    moved = move(routing, "decline", by=by, note=note, internal_note=internal_note)
    if routing.is_lead:
        move(proposal, "decline", by=by, note=note, after={"agency": routing.agency_id})
        _call_back(proposal, note=note)
        reopen_needs(proposal, by=None, note=note)
    return moved


@transaction.atomic
def return_routing(
    routing: Routing, *, by: User | None, note: str, internal_note: str = "", to: str = COMMITTEE
) -> Routing:
    """Send the proposal back for more, to the committee that sent it or to its author."""
    proposal, routing = locked_routing(routing)
    moved = move(routing, "return", by=by, note=note, internal_note=internal_note)
    if routing.is_lead:
        if to == AUTHOR:
            step = "agency_return_to_author"
        else:
            step = "local_return" if proposal.state == "handed_over" else "agency_return"
        move(proposal, step, by=by, note=note, after={"agency": routing.agency_id})
        _call_back(proposal, note=note)
    return moved


@transaction.atomic
def take_back_answer(routing: Routing, *, by: User | None, note: str) -> Routing:
    """Open an accepted or declined routing again, as long as nobody has built on the answer."""
    proposal, routing = locked_routing(routing)
    require(by, rules.ANSWER, routing)
    was = routing.state
    if was == "declined":
        _refuse_old_answer(proposal, routing)
    moved = move(routing, "take_back", by=by, note=note)
    if routing.is_lead and was == "declined":
        _take_back_decline(proposal, routing, by=by, note=note)
    elif routing.is_lead:
        move(proposal, "take_back_answer", by=by, note=note, after={"agency": routing.agency_id})
    return moved


@transaction.atomic
def recall_proposal(proposal: Proposal, *, by: User | None, note: str) -> Proposal:
    """Call a proposal back from agencies, or from the local government, that have not received it yet."""
    proposal = locked_proposal(proposal)
    step = "take_back" if proposal.state == "handed_over" else "recall"
    moved = move(proposal, step, by=by, note=note)
    if proposal.routings.filter(is_lead=True, state__in=OPEN).exclude(state="sent").exists():
        raise Refused(_("The agency has received it already. Please ask the agency to return it."))
    _call_back(moved, note=note)
    return moved


@transaction.atomic
def return_to_agency(proposal: Proposal, *, by: User | None, note: str) -> Proposal:
    """Ask the lead agency, as the governor, to assess an accepted proposal again."""
    proposal = locked_proposal(proposal)
    moved = move(proposal, "governor_return", by=by, note=note)
    for routing in _open_routings(proposal).filter(is_lead=True):
        move(routing, "reopen", by=by, note=note)
    return moved


@transaction.atomic
def return_to_author(proposal: Proposal, *, by: User | None, note: str) -> Proposal:
    """Send an accepted proposal back to its author, as the governor; it will be routed anew."""
    proposal = locked_proposal(proposal)
    moved = move(proposal, "governor_return_to_author", by=by, note=note)
    _call_back(moved, note=note)
    return moved


def _send(proposal: Proposal, step: str, *, lead: Agency, by: User | None, note: str) -> Proposal:
    proposal.lead_agency = lead
    proposal.save(update_fields=["lead_agency"])
    return move(proposal, step, by=by, note=note, after={"lead_agency": lead.pk})


def _begin_routing(
    proposal: Proposal, agency: Agency, *, is_lead: bool, by: User | None, posting: int | None
) -> None:
    routing = Routing(proposal=proposal, agency=agency, is_lead=is_lead)
    begin(
        routing, by=by, posting=posting, after={"proposal": proposal.pk, "agency": agency.pk, "lead": is_lead}
    )


def _call_back(proposal: Proposal, *, note: str) -> None:
    """End every routing that still counts: what follows from the act on the proposal, done by the system."""
    for routing in _open_routings(proposal):
        move(routing, "recall", by=None, note=note)
    Proposal.objects.filter(pk=proposal.pk).update(lead_agency=None)
    proposal.lead_agency = None


def _refuse_old_answer(proposal: Proposal, routing: Routing) -> None:
    """A decline counts until the proposal is sent anew, and that of a helper while the lead still works."""
    latest = proposal.routings.filter(is_lead=True).latest("pk")
    if latest.pk > routing.pk or (not routing.is_lead and proposal.state not in ("forwarded", "accepted")):
        raise Refused(_("The proposal has gone on since this answer. Please ask the committee that sent it."))


def _take_back_decline(proposal: Proposal, routing: Routing, *, by: User | None, note: str) -> None:
    """Undo all that the decline of the lead agency brought about: for the helpers and for the needs too."""
    proposal.lead_agency = routing.agency
    proposal.save(update_fields=["lead_agency"])
    is_local = proposal.doer == Proposal.Doer.SELF
    step = "local_take_back_decline" if is_local else "take_back_decline"
    moved = move(proposal, step, by=by, note=note, after={"lead_agency": routing.agency_id})
    helping = {each.agency_id: each for each in _helpers(proposal, routing)}
    for helper in helping.values():
        if helper.state == "recalled":
            _begin_routing(moved, helper.agency, is_lead=False, by=None, posting=None)
    answer_needs(moved, by=None)


def _helpers(proposal: Proposal, lead: Routing) -> QuerySet[Routing]:
    """Who was sent the proposal together with this lead agency, the latest routing of each last."""
    rows = proposal.routings.filter(is_lead=False, pk__gt=lead.pk)
    return rows.select_related("agency").order_by("pk")


def _open_routings(proposal: Proposal) -> QuerySet[Routing]:
    return proposal.routings.filter(state__in=OPEN).order_by("pk")


def locked_routing(routing: Routing) -> tuple[Proposal, Routing]:
    """The routing as it now stands and its proposal, both held until the act ends."""
    proposal = locked_proposal(Proposal(pk=routing.proposal_id))
    fresh = Routing.objects.select_for_update(of=("self",)).select_related("agency").get(pk=routing.pk)
    return proposal, fresh


def refuse_without_power(agency: Agency, proposal: Proposal) -> None:
    """An agency acts only where its area holds the proposal's, or lies inside it, and while it exists."""
    is_over = agency.valid_to is not None and agency.valid_to < today()
    covers = proposal.area.path.startswith(agency.area.path) or agency.area.path.startswith(
        proposal.area.path
    )
    if is_over or not covers:
        raise Refused(_("%(agency)s has no power in this area. Please choose another.") % {"agency": agency})
