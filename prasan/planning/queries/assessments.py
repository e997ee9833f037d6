"""Reading what agencies think of proposals, and what waits in the inbox of an agency."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from prasan.agencies.queries import Person, within_reach
from prasan.cases.queries import Happening, timelines
from prasan.places.models import PARENTS, Area
from prasan.planning import rules
from prasan.planning.models import Assessment, AssessmentVersion, Proposal, ProposalVersion, Routing
from prasan.planning.models.proposal import UNANSWERED
from prasan.planning.queries.proposals import proposals_for

_NO_LIST = ("draft", "agency_draft", "withdrawn", "declined", "merged", "split")
"""States in which a proposal is not on anybody's list of projects."""

_TO_AMPHOE = len("32/3207/")


@dataclass(frozen=True, slots=True)
class Written:
    """One version of an assessment with who wrote it when, and those of its words that the viewer may read.

    `duplicates` are those that he may see; `others` is how many there are besides.
    """

    version: AssessmentVersion
    told: Happening | None
    duplicates: list[Proposal]
    others: int


@dataclass(frozen=True, slots=True)
class Assessed:
    """What one agency thinks of a proposal: as it reads now, and as it read before, the latest first.

    `is_of_older_words` tells that the proposal was revised since.
    """

    assessment: Assessment
    now: Written
    earlier: list[Written] = field(default_factory=list)
    is_of_older_words: bool = False

    @property
    def routing(self) -> Routing:
        """The way to the agency that wrote it."""
        return self.assessment.routing


def assessments_of(user: Person, routings: QuerySet[Routing]) -> list[Assessed]:
    """What the agencies of these routings wrote, as far as the person may see it; the latest first."""
    rows = Assessment.objects.filter(routing__in=routings, state="written")
    found = list(
        within_reach(user, rules.VIEW_ASSESSMENT, rows)
        .select_related("routing__agency")
        .prefetch_related("versions__read", "versions__duplicates")
        .order_by("-routing_id")
    )
    if not found:
        return []
    named = {each.pk for row in found for version in row.versions.all() for each in version.duplicates.all()}
    seen = set(proposals_for(user).filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    latest = _latest_versions(row.routing.proposal_id for row in found)
    lines = timelines(found, viewer=user)
    return [_assessed(row, line, seen, latest) for row, line in zip(found, lines, strict=True)]


def own_list_of(routing: Routing) -> QuerySet[Proposal]:
    """The projects of the agency: those it proposed itself and those it took on, but not this one."""
    own = Q(own_by=routing.agency_id) | Q(
        lead_agency=routing.agency_id, state__in=("accepted", "ranked", "reserve", "included", "taken_up")
    )
    rows = Proposal.objects.filter(own).exclude(state__in=_NO_LIST).exclude(pk=routing.proposal_id)
    return rows.select_related("area").order_by("-pk")


def projects_to_compare(routing: Routing, *, most: int = 50) -> QuerySet[Proposal]:
    """Those of the agency's projects in the province that are most likely doubled: near, or of the sector."""
    proposal = routing.proposal
    nearness = Case(
        When(area__path__startswith=proposal.area.path[:_TO_AMPHOE], then=Value(2)), default=Value(0)
    ) + Case(When(sector=proposal.sector_id, then=Value(1)), default=Value(0))
    rows = own_list_of(routing).filter(province=proposal.province)
    nearest = rows.order_by(nearness.desc(), "-pk").values_list("pk", flat=True)[:most]
    return rows.filter(pk__in=list(nearest))


def inbox_for(user: Person) -> QuerySet[Routing]:
    """What was sent to the agencies of the person, with whether each is assessed and what is recommended."""
    versions = AssessmentVersion.objects.filter(assessment__routing=OuterRef("pk")).order_by("-number")
    rows = Routing.objects.select_related(
        f"proposal__area__{PARENTS}", "proposal__sector", "agency"
    ).annotate(recommended=Subquery(versions.values("recommendation")[:1]))
    return within_reach(user, rules.KEEP_INBOX, rows).order_by("pk")


def assessed(rows: QuerySet[Routing], *, are: bool) -> QuerySet[Routing]:
    """Those that the agency has assessed, or has not."""
    written = Exists(Assessment.objects.filter(routing=OuterRef("pk"), state="written"))
    return rows.filter(written if are else ~written)


def waiting_for(rows: QuerySet[Routing], days: int) -> QuerySet[Routing]:
    """Those that have waited for an answer of the agency for so many days and longer."""
    return rows.filter(state__in=UNANSWERED, created_at__lte=timezone.now() - timedelta(days=days))


def provinces_of_inbox(user: Person) -> QuerySet[Area]:
    """The provinces from which something was sent to the agencies of the person."""
    sent = within_reach(user, rules.KEEP_INBOX, Routing.objects.all()).order_by()
    return Area.objects.filter(code__in=sent.values("proposal__province")).order_by("sort_key")


def _latest_versions(proposals: Iterable[int]) -> dict[int, int]:
    rows = ProposalVersion.objects.filter(proposal__in=set(proposals)).order_by("proposal", "number")
    return dict(rows.values_list("proposal", "number"))


def _assessed(row: Assessment, line: list[Happening], seen: set[int], latest: dict[int, int]) -> Assessed:
    step = row.workflow.event(row.workflow.step("write"))
    acts = [happening for happening in line if happening.kind == step]
    written = [
        _written(version, acts[place] if place < len(acts) else None, seen)
        for place, version in enumerate(row.versions.all())
    ]
    read = written[-1].version.read
    is_older = read is not None and read.number < latest.get(row.routing.proposal_id, 0)
    return Assessed(row, written[-1], written[-2::-1], is_older)


def _written(version: AssessmentVersion, told: Happening | None, seen: set[int]) -> Written:
    duplicates = list(version.duplicates.all())
    shown = [each for each in duplicates if each.pk in seen]
    return Written(version, told, shown, len(duplicates) - len(shown))
