"""What waits for a person in planning, as shown on “my work”."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.cases.models import Case
from prasan.planning.models import Need, PlanVersion, Proposal, Routing
from prasan.planning.queries import (
    answers_owed_by,
    oversees,
    proposals_to_review,
    sheets_to_mark,
    villages_to_enter_for,
    work_pieces,
)
from prasan.planning.queries.reviews import quarter_began
from prasan.planning.queries.work import CONFIRM_CLUSTERS, MOST_OF_A_KIND, PLACE_LINES
from prasan.web.shell.work import Beginning, WorkItem


def work_for(user: User) -> Iterator[WorkItem]:
    """Needs, proposals, routings and plans that wait for the person, what has waited longest first."""
    for piece in work_pieces(user):
        title, area, address = _shown(piece.case)
        if (page := _DONE_ELSEWHERE.get(piece.waiting)) is not None:
            address = reverse(page)
        yield WorkItem(
            title=title,
            kind=piece.waiting.to_do,
            since=piece.since,
            address=address,
            area=area,
            icon=piece.waiting.icon,
        )
    for answer in answers_owed_by(user):
        yield WorkItem(
            title=answer.call.title,
            kind=_("Answer the call with a need or proposal, or say that there is nothing"),
            since=answer.call.window.opens_at,
            address=reverse("planning:call", args=[answer.call_id]),
            area=answer.area.full_name if answer.area else str(answer.agency),
            icon="megaphone",
        )
    for proposal in proposals_to_review(user)[:MOST_OF_A_KIND]:
        yield WorkItem(
            title=proposal.name,
            kind=_("Say whether the proposal still holds"),
            since=quarter_began(),
            address=reverse("planning:proposal", args=[proposal.pk]),
            area=proposal.area.full_name,
            icon="calendar-check",
        )
    for sheet, since in sheets_to_mark(user):
        yield WorkItem(
            title=sheet.title,
            kind=_("Give marks to the proposals that wait for yours"),
            since=since,
            address=reverse("planning:sheet", args=[sheet.pk]),
            area=sheet.area.title,
            icon="pencil",
        )


def beginnings_for(user: User) -> Iterator[Beginning]:
    """What the person may begin in planning without being asked."""
    if villages_to_enter_for(user).exists():
        yield Beginning(_("Tell of a need"), reverse("planning:need-new"), icon="plus-lg")
    if oversees(user):
        overview = reverse("planning:own-overview")
        yield Beginning(_("Overview of my area"), overview, icon="graph-up", is_act=False)


_DONE_ELSEWHERE = {CONFIRM_CLUSTERS: "planning:runs", PLACE_LINES: "planning:unplaced"}
"""What is not done on the page of the case itself, and where it is."""


def _shown(case: Case) -> tuple[str, str, str]:
    match case:
        case Need():
            return case.title, case.area.full_name, reverse("planning:need", args=[case.pk])
        case Proposal():
            return case.name, case.area.full_name, reverse("planning:proposal", args=[case.pk])
        case Routing():
            proposal = case.proposal
            return proposal.name, proposal.area.full_name, reverse("planning:routing", args=[case.pk])
        case PlanVersion():
            return str(case.plan), "", reverse("planning:version", args=[case.pk])
    raise TypeError(type(case).__name__)
