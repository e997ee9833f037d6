"""Ways in which lists of cases are narrowed, whatever the cases are."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from prasan.agencies.queries import Person, postings_of
from prasan.cases.searching import inside_area
from prasan.kernel.flow import Workflow
from prasan.places.models import COUNTRY, PARENTS, Area
from prasan.places.queries import area_of
from prasan.web.shell.lists import Filter

Rows = QuerySet[Any]


def by_state(workflow: Workflow) -> Filter:
    """Cases in a state of their workflow."""
    return Filter("state", _("State"), [(state.code, state.label) for state in workflow.states], _in_state)


def state_asked(request: HttpRequest, workflow: Workflow) -> str:
    """The state that the address narrows a list to; empty where it names none."""
    asked = request.GET.get("state", "")
    return asked if asked in {state.code for state in workflow.states} else ""


def by_area(request: HttpRequest) -> list[Filter]:
    """Cases of one of the areas inside the person's own, or of whatever area the address names, if any."""
    areas = _areas_inside(request.user)
    asked = request.GET.get("area", "")
    if asked and asked not in {area.code for area in areas} and (named := area_of(asked)) is not None:
        areas = [*areas, named]
    named_areas = [(area.code, area.title) for area in areas]
    return [Filter("area", _("Area"), named_areas, inside_area)] if areas else []


def _in_state(rows: Rows, state: str) -> Rows:
    return rows.filter(state=state)


def _areas_inside(user: Person) -> list[Area]:
    """The areas one level below the person's own; none where that would be the whole country."""
    own = {posting.area_id for posting in postings_of(user)} - {COUNTRY}
    if len(own) != 1:
        return []
    rows = Area.objects.filter(parent__in=own, is_abolished=False)
    return list(rows.select_related(PARENTS).order_by("moo", "sort_key"))
