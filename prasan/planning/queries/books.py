"""Books of plans: which there are, and what goes into one."""

from __future__ import annotations

import hashlib

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, Func, JSONField, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from prasan.agencies.queries import Person, within_reach
from prasan.documents.making import Works, works_of
from prasan.planning import rules
from prasan.planning.models import PlanBook, PlanVersion, ProposalVersion

LAYOUT = "1"
"""Raised when books come to look different, so that they are made again."""

_OF_AN_ITEM = (
    "pk",
    "priority",
    "title",
    "amount",
    "area_id",
    "proposal_id",
    "proposal__state",
    "proposal__issue_id",
    "proposal__approach_id",
    "proposal__budget_asked",
)


def books_for(user: Person) -> QuerySet[PlanBook]:
    """The books of versions that the person may see, newest first."""
    rows = PlanBook.objects.select_related("version__plan__area", "version__plan__cluster")
    return within_reach(user, rules.VIEW_PLAN, rows).order_by("-pk")


def books_of(version: PlanVersion, user: Person) -> Works[PlanBook]:
    """The books of one version."""
    return works_of(books_for(user).filter(version=version), content_of_version(version))


def content_of_version(version: PlanVersion) -> str:
    """Short for all that a book of this version would hold: it differs when any of that has changed.

    Each change to the words of a proposal that has been submitted leaves a version of it, so the newest one
    stands for them.
    """
    newest = ProposalVersion.objects.filter(proposal=OuterRef("proposal")).order_by("-number")
    line = Func(
        *(F(name) for name in _OF_AN_ITEM),
        Subquery(newest.values("pk")[:1]),
        function="jsonb_build_array",
        output_field=JSONField(),
    )
    rows = version.items.order_by()
    lines = StringAgg(Cast(line, TextField()), "\n", order_by=("priority", "pk"))
    told = rows.aggregate(told=lines)["told"] or ""
    plan = version.plan
    head = (LAYOUT, version.pk, version.state, plan.kind, plan.area_id, plan.first_year, plan.last_year)
    return hashlib.sha256(f"{head}\n{told}".encode()).hexdigest()
