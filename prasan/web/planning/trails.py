"""The paths of pages above those of this room."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Call
from prasan.places.models import Area
from prasan.planning.models import Need, PlanVersion, Proposal, Routing, ScoreSheet
from prasan.web.shell.trail import Crumb


def under_needs(need: Need | None = None) -> list[Crumb]:
    """The list of needs and, where one is given, its page."""
    crumbs = [Crumb(_("Needs"), reverse("planning:need-list"))]
    if need is not None:
        crumbs.append(Crumb(need.title, reverse("planning:need", args=[need.pk])))
    return crumbs


def under_proposals(proposal: Proposal | None = None) -> list[Crumb]:
    """The list of proposals and, where one is given, its page."""
    crumbs = [Crumb(_("Proposals"), reverse("planning:proposal-list"))]
    if proposal is not None:
        crumbs.append(Crumb(proposal.name, reverse("planning:proposal", args=[proposal.pk])))
    return crumbs


def under_routing(routing: Routing) -> list[Crumb]:
    """The list of proposals and what was sent to an agency."""
    return [*under_proposals(), Crumb(str(routing.agency), reverse("planning:routing", args=[routing.pk]))]


def under_plans(version: PlanVersion | None = None) -> list[Crumb]:
    """The list of plans and, where one is given, the page of a version."""
    crumbs = [Crumb(_("Plans"), reverse("planning:plan-list"))]
    if version is not None:
        crumbs.append(Crumb(str(version.plan), reverse("planning:version", args=[version.pk])))
    return crumbs


def under_bill() -> list[Crumb]:
    """The list of plans and the page of what waits in imported bills."""
    return [*under_plans(), Crumb(_("Lines to place"), reverse("planning:unplaced"))]


def under_sheets(sheet: ScoreSheet | None = None) -> list[Crumb]:
    """The list of scoring sheets and, where one is given, its page."""
    crumbs = [Crumb(_("Scoring sheets"), reverse("planning:sheet-list"))]
    if sheet is not None:
        crumbs.append(Crumb(sheet.title, reverse("planning:sheet", args=[sheet.pk])))
    return crumbs


def under_board(area: Area | None = None) -> list[Crumb]:
    """The boards of the committees and, where one is given, that of an area."""
    crumbs = [Crumb(_("Boards of the committees"), reverse("planning:board-list"))]
    if area is not None:
        crumbs.append(Crumb(area.title, reverse("planning:board", args=[area.pk])))
    return crumbs


def under_calls(call: Call | None = None) -> list[Crumb]:
    """The list of calls and, where one is given, its page."""
    crumbs = [Crumb(_("Calls"), reverse("planning:call-list"))]
    if call is not None:
        crumbs.append(Crumb(call.title, reverse("planning:call", args=[call.pk])))
    return crumbs
