"""Ways in which the lists of this room are narrowed and sorted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from prasan.kernel.calendar import today
from prasan.places.models import Area, Level
from prasan.planning.models import Sector
from prasan.planning.queries import (
    ASKING,
    COUNTED,
    COUNTED_NEEDS,
    Progress,
    not_reviewed,
    sectors_offered,
)
from prasan.planning.states import HANDS, STAGES
from prasan.web.shell.lists import Filter

Rows = QuerySet[Any]


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


def _of_sector(rows: Rows, sector: str) -> Rows:
    return rows.filter(sector=sector)
