"""The main ways through the site, as far as the person may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prasan.agencies.queries import holds_anywhere, may_manage_people
from prasan.complaints.queries import may_see_complaints
from prasan.complaints.rules import HANDLE
from prasan.planning import queries as planning
from prasan.planning.rules import KEEP_INBOX, WORK_ON_BOARD

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def anybody(request: HttpRequest) -> bool:
    """For those who have not signed in too."""
    return True


def signed_in(request: HttpRequest) -> bool:
    """For people with an account."""
    return request.user.is_authenticated


def keeps_people(request: HttpRequest) -> bool:
    """For those who look after people and postings."""
    return may_manage_people(request.user)


def has_inbox(request: HttpRequest) -> bool:
    """For those whose agency is sent proposals."""
    return holds_anywhere(request.user, KEEP_INBOX)


def sees_boards(request: HttpRequest) -> bool:
    """For those who work with the committees of amphoe and tambon."""
    return holds_anywhere(request.user, WORK_ON_BOARD)


def sees_complaints(request: HttpRequest) -> bool:
    """For the centres and all who see the complaints of an area."""
    return may_see_complaints(request.user)


def handles_complaints(request: HttpRequest) -> bool:
    """For those whose agency is sent complaints."""
    return holds_anywhere(request.user, HANDLE)


def oversees_an_area(request: HttpRequest) -> bool:
    """For the secretaries of committees, the officers of the province and the governor."""
    return planning.oversees(request.user)


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of the navigation; it marks pages whose addresses begin with its own or `also`.

    One with `ending` marks pages whose addresses end so, and no other entry does.
    """

    label: str | StrPromise
    page: str
    icon: str
    shown: Callable[[HttpRequest], bool] = anybody
    also: tuple[str, ...] = ()
    ending: str = ""


WAYS = (
    Way(_("My work"), "shell:my", icon="inbox", shown=signed_in),
    Way(_("Overview"), "planning:own-overview", icon="graph-up", shown=oversees_an_area, ending="/overview/"),
    Way(_("Places"), "places:country", icon="geo-alt"),
    Way(_("Needs"), "planning:need-list", icon="chat-square-text", shown=signed_in),
    Way(
        _("Proposals"),
        "planning:proposal-list",
        icon="file-earmark-text",
        shown=signed_in,
    ),
    Way(_("Inbox of the agency"), "planning:routing-list", icon="building", shown=has_inbox),
    Way(_("Complaints"), "complaints:list", icon="megaphone", shown=sees_complaints),
    Way(_("Complaints for your agency"), "complaints:referral-list", icon="tools", shown=handles_complaints),
    Way(_("Boards"), "planning:board-list", icon="kanban", shown=sees_boards),
    Way(_("Plan"), "planning:plan-list", icon="journal-check", also=("/scoring/", "/calls/")),
    Way(_("Innovations"), "innovations:gallery", icon="lightbulb"),
    Way(_("Awards"), "awards:list", icon="trophy"),
    Way(
        _("People and posts"),
        "agencies:people",
        icon="people",
        shown=keeps_people,
        also=("/postings/", "/agencies/", "/committees/", "/seats/", "/meetings/"),
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A way as shown on one page."""

    label: str | StrPromise
    address: str
    icon: str
    is_here: bool


def navigation_for(request: HttpRequest) -> list[Link]:
    """The ways open to the person, in order; the one that the page belongs to is marked."""
    ways = [way for way in WAYS if way.shown(request)]
    ended = next((way for way in ways if way.ending and request.path.endswith(way.ending)), None)
    links = []
    for way in ways:
        address = reverse(way.page)
        is_here = way is ended if ended else request.path.startswith((address, *way.also))
        links.append(Link(way.label, address, way.icon, is_here))
    return links
