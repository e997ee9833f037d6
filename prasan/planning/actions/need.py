"""Telling of a need, changing it, and showing its point."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.actions import made_before, wait_for_turn
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move_in_act
from prasan.cases.points import sound_point
from prasan.cases.words import cleaned, findable
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.places.models import Area, Level
from prasan.planning import events, rules
from prasan.planning.actions.call import take_into_call
from prasan.planning.models import Need, Sector


@dataclass(frozen=True, slots=True)
class NeedWords:
    """What a person tells of a need; a point has both coordinates or neither."""

    title: str
    sector: Sector
    description: str = ""
    households: int = 0
    latitude: float | None = None
    longitude: float | None = None


@transaction.atomic
def draft_need(area: Area, words: NeedWords, *, by: User | None, form_key: UUID | None = None) -> Need:
    """Begin a need of a village, once for each form: a form sent again gives the need as it stands now."""
    wait_for_turn(form_key)
    need = Need(area=area, created_by=by, form_key=form_key)
    posting = require(by, rules.ENTER_NEED, need)
    if (made := made_before(form_key, Need.objects.filter(created_by=by))) is not None:
        return made
    if area.level != Level.VILLAGE or area.is_abolished:
        raise Refused(_("A need belongs to a village. Please choose the village."))
    _write(need, words)
    return begin(need, by=by, posting=posting, after={"area": area.code, "sector": words.sector.code})


@transaction.atomic
def edit_need(need: Need, words: NeedWords, *, by: User | None) -> Need:
    """Change a need that is still a draft."""
    need = Need.objects.select_for_update(of=("self",)).select_related("area").get(pk=need.pk)
    posting = require(by, rules.ENTER_NEED, need)
    if need.state != "draft":
        raise Refused(_("The need is entered already. Please take it back to draft before changing it."))
    before = _facts(need)
    if (need.latitude, need.longitude) != (words.latitude, words.longitude):
        need.is_point_public = False  # what an officer released was another point
    _write(need, words)
    need.save()
    record(
        events.NEED_EDITED,
        need,
        by=by,
        posting=posting,
        before=before,
        after=_facts(need),
    )
    return need


@transaction.atomic
def enter_need(need: Need, *, by: User | None, note: str = "") -> Need:
    """Hand a need in; it answers the call that is open for its place, and is refused where it comes late."""
    moved = move_in_act(need, "enter", by=by, note=note)
    take_into_call(moved, by=by)
    return moved


@transaction.atomic
def show_point(need: Need, *, by: User | None, public: bool) -> Need:
    """Make the point of a need public, or hide it again behind its village."""
    need = Need.objects.select_for_update(of=("self",)).select_related("area").get(pk=need.pk)
    posting = require(by, rules.RELEASE, need)
    if not need.has_point:
        raise Refused(_("This need has no point."))
    if need.state == "draft":
        raise Refused(_("A draft shows nothing to the public."))
    if need.is_point_public != public:
        need.is_point_public = public
        need.save(update_fields=["is_point_public"])
        record(events.POINT_RELEASED if public else events.POINT_HIDDEN, need, by=by, posting=posting)
    return need


def _facts(need: Need) -> dict[str, str | int | bool]:
    return {"sector": need.sector_id, "households": need.households, "has_point": need.has_point}


def _write(need: Need, words: NeedWords) -> None:
    need.title = cleaned(words.title, 200)
    if not need.title:
        raise Refused(_("Please say in a few words what is needed."))
    need.description = cleaned(words.description)
    if not 0 <= words.households <= 100_000:
        raise Refused(_("Please check the number of households."))
    need.households = words.households
    if not words.sector.is_open and words.sector.code != need.sector_id:
        raise Refused(_("This sector is no longer offered. Please choose another."))
    need.sector = words.sector
    need.latitude, need.longitude = sound_point(words.latitude, words.longitude)
    need.search_key = findable(need.area, need.title, need.description)
