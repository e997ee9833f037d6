"""Reading proposals and their ways through the agencies, starting from what the person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from prasan.agencies.models import Agency, Committee, Mandate, Resolution
from prasan.agencies.queries import Person, within_reach
from prasan.cases import queries as cases
from prasan.kernel.calendar import today
from prasan.places.models import PARENTS, Area
from prasan.planning import rules
from prasan.planning.models import Need, PlanItem, PlanVersion, Proposal, Routing, StrategicIssue


@dataclass(frozen=True, slots=True)
class Chapter:
    """What happened to one case on the way from a need to the plan."""

    case: Need | Proposal | Routing
    happenings: list[cases.Happening]


def proposals_for(user: Person, *, state: str = "") -> QuerySet[Proposal]:
    """The proposals the person may see, in one state where it is given, newest first."""
    return within_reach(user, rules.VIEW_PROPOSAL, _whole(), state=state).order_by("-pk")


def proposals_inside(user: Person, *, state: str = "") -> QuerySet[Proposal]:
    """Those of them that the person's posts are about: not what everybody may see of other areas."""
    return within_reach(user, rules.VIEW_INSIDE_PROPOSAL, _whole(), state=state).order_by("-pk")


def _whole() -> QuerySet[Proposal]:
    return Proposal.objects.select_related(
        f"area__{PARENTS}",
        "sector",
        "issue",
        "kind",
        "approach__issue",
        "own_by",
        "lead_agency",
        "created_by",
        "classified_in__meeting__committee",
    )


def routings_for(user: Person) -> QuerySet[Routing]:
    """The ways through agencies that the person may see, newest first."""
    rows = Routing.objects.select_related(f"proposal__area__{PARENTS}", "proposal__sector", "agency")
    return within_reach(user, rules.VIEW_ROUTING, rows).order_by("-pk")


def routings_of(proposal: Proposal) -> QuerySet[Routing]:
    """Every way the proposal went, the lead agency of each round first."""
    return proposal.routings.select_related("agency").order_by("-is_lead", "pk")


def agencies_to_lead(proposal: Proposal) -> QuerySet[Agency]:
    """Agencies with power in the area, those whose mandate names the sector first."""
    in_sector = Mandate.objects.filter(agency=OuterRef("pk"), sector=proposal.sector_id)
    rows = _with_power(proposal).exclude(level=Agency.Level.LOCAL)
    if proposal.doer == Proposal.Doer.REFER:
        rows = rows.filter(level=proposal.refer_level)
    return rows.annotate(has_mandate=Exists(in_sector)).order_by("-has_mandate", "sort_key")


def agencies_to_help(proposal: Proposal) -> QuerySet[Agency]:
    """Agencies that can be sent a proposal as co-agencies."""
    return _with_power(proposal).order_by("sort_key")


def agencies_for_all(proposals: Sequence[Proposal], area: Area) -> QuerySet[Agency]:
    """Agencies with power over the whole area, those first whose mandate names a sector of the proposals.

    Where all proposals are referred to one level, only agencies of that level; local governments never lead.
    """
    levels = {each.refer_level for each in proposals if each.doer == Proposal.Doer.REFER}
    sectors = {each.sector_id for each in proposals}
    rows = _with_power_over(area).exclude(level=Agency.Level.LOCAL)
    if len(levels) == 1:
        rows = rows.filter(level=levels.pop())
    in_sectors = Mandate.objects.filter(agency=OuterRef("pk"), sector__in=sectors)
    return rows.annotate(has_mandate=Exists(in_sectors)).order_by("-has_mandate", "sort_key")


def agencies_to_help_all(area: Area) -> QuerySet[Agency]:
    """Agencies with power over the whole area."""
    return _with_power_over(area).order_by("sort_key")


def local_governments_of(proposal: Proposal) -> QuerySet[Agency]:
    """Local governments to which a proposal of the area can be handed."""
    return _with_power(proposal).filter(level=Agency.Level.LOCAL).order_by("-area__path", "sort_key")


def resolutions_for(kind: Committee.Kind, area: Area) -> QuerySet[Resolution]:
    """Resolutions of the committee of that kind over the area, newest first."""
    rows = Resolution.objects.filter(
        meeting__committee__kind=kind, meeting__committee__area__in=_around(area)
    )
    return rows.select_related("meeting__committee").order_by("-meeting__held_on", "-number")


def issues_for(area: Area, fiscal_year: int) -> QuerySet[StrategicIssue]:
    """The strategic issues in force for the area in that year."""
    return StrategicIssue.objects.filter(
        area__in=_around(area), first_year__lte=fiscal_year, last_year__gte=fiscal_year
    )


def versions_to_include(proposal: Proposal) -> QuerySet[PlanVersion]:
    """Draft versions of plans that the proposal can be entered into."""
    return PlanVersion.objects.filter(
        state="draft",
        source=PlanVersion.Source.OWN,
        plan__area__in=_around(proposal.area),
        plan__first_year__lte=proposal.fiscal_year,
        plan__last_year__gte=proposal.fiscal_year,
    ).select_related("plan__area")


def whole_history(proposal: Proposal, *, viewer: Person = None) -> list[Chapter]:
    """What happened from the needs to the plan, in order: public acts only for whoever is not inside.

    The act, day, body and post; a person's name only for those inside, words only as far as they are public.
    """
    told: list[Need | Proposal | Routing] = [
        *proposal.needs.order_by("pk"),
        proposal,
        *routings_of(proposal),
    ]
    chapters = map(Chapter, told, cases.timelines(told, viewer=viewer))
    return sorted((chapter for chapter in chapters if chapter.happenings), key=_begun)


def item_of(proposal: Proposal) -> PlanItem | None:
    """Where the proposal stands in a plan, in the latest version that holds it."""
    rows = proposal.plan_items.select_related("version__plan__area")
    return rows.order_by("-version_id").first()


def _begun(chapter: Chapter) -> datetime:
    return chapter.happenings[0].when


def _with_power(proposal: Proposal) -> QuerySet[Agency]:
    """Agencies whose area holds the proposal's, or lies inside it, and that have not been closed."""
    return _still_there(Q(area__path__startswith=proposal.area.path) | Q(area__in=_around(proposal.area)))


def _with_power_over(area: Area) -> QuerySet[Agency]:
    """Agencies whose area holds the whole of this one, and that have not been closed."""
    return _still_there(Q(area__in=_around(area)))


def _still_there(where: Q) -> QuerySet[Agency]:
    open_now = Q(valid_to=None) | Q(valid_to__gte=today())
    return Agency.objects.filter(where, open_now).select_related("area")


def _around(area: Area) -> QuerySet[Area]:
    """The area and every area that holds it, the country too."""
    codes = area.path.split("/")[:-1]
    return Area.objects.filter(Q(code__in=codes) | Q(path=""))
