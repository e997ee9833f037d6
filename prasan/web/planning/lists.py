"""Ways in which the lists of this room are narrowed and sorted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from prasan.agencies.queries import Person, postings_of
from prasan.kernel.calendar import today
from prasan.kernel.flow import Workflow
from prasan.places.models import COUNTRY, PARENTS, Area, Level
from prasan.places.queries import area_of
from prasan.planning.models import Sector
from prasan.planning.queries import (
    ASKING,
    COUNTED,
    COUNTED_NEEDS,
    Progress,
    inside_area,
    not_reviewed,
    sectors_offered,
)
from prasan.planning.states import HANDS, STAGES
from prasan.web.shell.lists import Filter

Rows = QuerySet[Any]


def by_state(workflow: Workflow) -> Filter:
    """Cases in a state of their workflow."""
    return Filter("state", _("State"), [(state.code, state.label) for state in workflow.states], _in_state)


def state_asked(request: HttpRequest, workflow: Workflow) -> str:
    """The state that the address narrows a list to; empty where it names none."""
    asked = request.GET.get("state", "")
    return asked if asked in {state.code for state in workflow.states} else ""


def by_stage() -> Filter:
    """Proposals as the overview of an area counts them: all, those whose money is asked, and by stage."""
    states = {"counted": COUNTED, "asking": ASKING, **{stage.code: stage.states for stage in STAGES}}
    choices = [
        ("counted", _("all that are counted")),
        ("asking", _("all that ask for money")),
        *((stage.code, stage.label) for stage in STAGES),
    ]
    return Filter("stage", _("Stage"), choices, lambda rows, code: rows.filter(state__in=states[code]))


def by_hand() -> Filter:
    """Proposals by who has to take the next step on them."""
    states = {hand.code: hand.states for hand in HANDS}
    choices = [(hand.code, hand.label) for hand in HANDS]
    return Filter("at", _("Waits at"), choices, lambda rows, code: rows.filter(state__in=states[code]))


def by_counting() -> Filter:
    """Needs as the overview of an area counts them: each hardship once, and no drafts."""
    return Filter(
        "stage",
        _("Stage"),
        [("counted", _("all that are counted"))],
        lambda rows, _code: rows.filter(state__in=COUNTED_NEEDS),
    )


def by_sector() -> Filter:
    """Cases of a sector."""
    sectors: Iterable[Sector] = sectors_offered()
    return Filter("sector", _("Sector"), [(sector.pk, str(sector)) for sector in sectors], _of_sector)


def by_area(request: HttpRequest) -> list[Filter]:
    """Cases of one of the areas inside the person's own, or of whatever area the address names, if any."""
    areas = _areas_inside(request.user)
    asked = request.GET.get("area", "")
    if asked and asked not in {area.code for area in areas} and (named := area_of(asked)) is not None:
        areas = [*areas, named]
    named_areas = [(area.code, area.title) for area in areas]
    return [Filter("area", _("Area"), named_areas, inside_area)] if areas else []


def by_call_state() -> Filter:
    """Calls that are open today, yet to open or over."""
    day = today()
    states = {
        "open": {"opens__lte": day, "closes__gte": day},
        "coming": {"opens__gt": day},
        "over": {"closes__lt": day},
    }
    choices = [("open", _("open")), ("coming", _("not open yet")), ("over", _("over"))]
    return Filter("state", _("State"), choices, lambda rows, code: rows.filter(**states[code]))


def by_answer() -> Filter:
    """Those who were asked in a call, by how they answered; those who have not stand where none is chosen."""

    def answered(rows: Rows, code: str) -> Rows:
        return rows.filter(answered_at__isnull=False, has_nothing=code == "nothing")

    choices = [("given", _("answered")), ("nothing", _("nothing to report"))]
    return Filter("answer", _("Instead of those who have not answered"), choices, answered)


def by_kind_of_asked() -> Filter:
    """Villages, tambon or agencies that were asked in a call."""
    kinds = {
        "village": Q(area__level=Level.VILLAGE),
        "tambon": Q(area__level=Level.TAMBON),
        "agency": Q(area=None),
    }
    choices = [("village", _("villages")), ("tambon", _("tambon")), ("agency", _("offices of the province"))]
    return Filter("kind", _("Who"), choices, lambda rows, code: rows.filter(kinds[code]))


def inside_place(whole: Area, place: Area, below: Iterable[Progress]) -> list[Filter]:
    """Those asked in a place of a call, or in one of the places below it."""
    paths = {each.area.pk: each.area for each in below if each.area is not None}
    if place.pk != whole.pk:
        paths = {place.pk: place, **paths}

    def inside(rows: Rows, code: str) -> Rows:
        return rows.filter(area__path__startswith=paths[code].path)

    return [Filter("in", _("Area"), [(code, area.title) for code, area in paths.items()], inside)]


def by_review() -> Filter:
    """Proposals on their way that nobody has looked at in this quarter."""
    return Filter(
        "review",
        _("Quarterly review"),
        [("stale", _("not reviewed this quarter"))],
        lambda rows, _code: not_reviewed(rows),
    )


def by_proposer() -> Filter:
    """What villages asked for, or what agencies proposed by themselves."""
    return Filter(
        "from",
        _("Who asks"),
        [("villages", _("villages")), ("agencies", _("agencies, by themselves"))],
        lambda rows, code: rows.filter(own_by__isnull=code == "villages"),
    )


def by_author(request: HttpRequest) -> Filter:
    """Cases that the person began."""
    return Filter(
        "by", _("Begun by"), [("me", _("me"))], lambda rows, _code: rows.filter(created_by=request.user.pk)
    )


def _areas_inside(user: Person) -> list[Area]:
    """The areas one level below the person's own; none where that would be the whole country."""
    own = {posting.area_id for posting in postings_of(user)} - {COUNTRY}
    if len(own) != 1:
        return []
    rows = Area.objects.filter(parent__in=own, is_abolished=False)
    return list(rows.select_related(PARENTS).order_by("moo", "sort_key"))


def _in_state(rows: Rows, state: str) -> Rows:
    return rows.filter(state=state)


def _of_sector(rows: Rows, sector: str) -> Rows:
    return rows.filter(sector=sector)
