"""A case of a kind that only tests know, so that the rules of all cases are tried without any room above."""

from __future__ import annotations

from django.db import models

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.cases.actions import begin
from prasan.cases.models import Case
from prasan.kernel.flow import State, Step, Workflow
from prasan.kernel.rights import SUBMITTER, Belonging, Grant, Reach, Right
from prasan.places.models import Area
from tests.factories.agencies import make_area

SUBMIT = Right("cases.errand.submit", "Only the village head submits.", (Grant("village_head", Reach.AREA),))
DECIDE = Right(
    "cases.errand.decide",
    "Only the amphoe decides.",
    (Grant("amphoe_secretary", Reach.AREA),),
    unless=(SUBMITTER,),
    barred_reason="Nobody decides what he submitted.",
)
LATE = Right(
    "cases.errand.late", "Only the amphoe.", (Grant("amphoe_secretary", Reach.AREA),), phases=("submitted",)
)


def has_title(errand):
    return None if errand.title else "Please give it a title."


ERRAND = Workflow(
    "cases.errand",
    states=[
        State("draft", "Draft"),
        State("submitted", "Submitted", tone="waiting"),
        State("approved", "Approved", closed=True, tone="good"),
        State("declined", "Declined", closed=True, tone="bad"),
    ],
    steps=[
        Step("submit", "Submit", ("draft",), "submitted", SUBMIT, guards=(has_title,)),
        Step("return", "Return", ("submitted",), "draft", DECIDE, needs_note=True),
        Step("approve", "Approve", ("submitted",), "approved", DECIDE),
        Step("decline", "Decline", ("submitted",), "declined", LATE, needs_note=True),
        Step("reopen", "Reopen", ("approved",), "submitted", DECIDE, needs_note=True, reopens=True),
    ],
)


class Errand(Case):
    workflow = ERRAND
    belonging = Belonging(
        owner=("created_by",),
        area=("area__path",),
        agencies=("agency",),
        state="state",
        submitter=("created_by",),
    )

    title = models.CharField(max_length=80, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "cases"


def make_errand(area: Area | str = "32070401", *, by: User | None = None, **fields: object) -> Errand:
    """An errand in its first state."""
    place = area if isinstance(area, Area) else make_area(area)
    return begin(Errand(**{"area": place, "title": "Errand", **fields}), by=by)
