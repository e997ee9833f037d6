"""Reading plans: public, every figure with what it does and does not contain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from prasan.agencies.queries import Person, within_reach
from prasan.places.models import PARENTS, Area, Level, ProvinceCluster
from prasan.planning import rules
from prasan.planning.models import (
    BudgetUnitAlias,
    ClusterRun,
    Plan,
    PlanItem,
    PlanVersion,
    Proposal,
    StrategicIssue,
)


@dataclass(slots=True)
class Group:
    """Items of a plan that belong together, and their sum. `title` is empty where nothing joins them."""

    key: str
    title: str
    items: list[PlanItem] = field(default_factory=list)

    @property
    def amount(self) -> Decimal:
        """What the items cost together."""
        return sum((item.amount for item in self.items), Decimal(0))


@dataclass(frozen=True, slots=True)
class VersionTotals:
    """How many items a version holds and what they cost."""

    items: int
    amount: Decimal
    unplaced: int


def plans_for(user: Person, area: Area) -> QuerySet[Plan]:
    """The plans of an area and, for a province, of its cluster, newest years first."""
    owned = Q(area=area) | Q(cluster__isnull=False, cluster=area.cluster_id)
    rows = Plan.objects.filter(owned).select_related("area", "cluster").prefetch_related("versions")
    return within_reach(user, rules.VIEW_PLAN, rows).order_by("-first_year", "kind", "pk")


def plans_of_cluster(user: Person, cluster: ProvinceCluster) -> QuerySet[Plan]:
    """The plans of a cluster of provinces, newest years first."""
    rows = Plan.objects.filter(cluster=cluster).select_related("cluster").prefetch_related("versions")
    return within_reach(user, rules.VIEW_PLAN, rows).order_by("-first_year", "kind", "pk")


def versions_for(user: Person) -> QuerySet[PlanVersion]:
    """The versions of plans that the person may see, newest first."""
    rows = PlanVersion.objects.select_related(
        "plan__area", "plan__cluster", "endorsed_in__meeting__committee"
    )
    return within_reach(user, rules.VIEW_PLAN, rows).order_by("-plan__first_year", "-pk")


def versions_listed_for(user: Person) -> QuerySet[PlanVersion]:
    """As `versions_for`, but a draft that holds nothing yet is listed only for those who keep or adopt it."""
    drafts = PlanVersion.objects.filter(state="draft")
    held = Exists(PlanItem.objects.filter(version=OuterRef("pk")))
    listed = ~Q(state="draft") | Q(held)
    for right in (rules.KEEP_PLAN, rules.ADOPT):
        listed |= Q(pk__in=within_reach(user, right, drafts).values("pk"))
    return versions_for(user).filter(listed)


def items_for(user: Person) -> QuerySet[PlanItem]:
    """The items of plans that the person may see, in the order of the plan."""
    rows = PlanItem.objects.select_related(
        f"area__{PARENTS}",
        "version__plan__area",
        "version__plan__cluster",
        "sector",
        "proposal__issue",
        "run",
    )
    return within_reach(user, rules.VIEW_PLAN, rows).order_by("version_id", "priority", "pk")


def items_below(area: Area, user: Person = None) -> QuerySet[PlanItem]:
    """Items of the newest versions that are placed in the area, without those of clusters."""
    rows = items_for(user).filter(version__plan__cluster=None, area__path__startswith=area.path)
    return rows.exclude(version__state="replaced")


def cluster_items_below(area: Area, user: Person = None) -> QuerySet[PlanItem]:
    """Items of clusters placed in the area: shown beside the area's own, never added to them."""
    rows = items_for(user).filter(version__plan__cluster__isnull=False, area__path__startswith=area.path)
    return rows.exclude(version__state="replaced")


def totals_of(version: PlanVersion) -> VersionTotals:
    """Number of items, their sum, and how many wait for an officer to place them."""
    found = version.items.aggregate(
        items=Count("pk"), amount=Sum("amount"), unplaced=Count("pk", filter=Q(placing="unplaced"))
    )
    return VersionTotals(found["items"], found["amount"] or Decimal(0), found["unplaced"])


def by_issue(items: Iterable[PlanItem]) -> list[Group]:
    """The items under the strategic issue they serve; those that serve none, or it is unknown, apart.

    Keys are the issue's id, `none` and `unknown`; titles of the last two are left to the page.
    """
    groups: dict[str, Group] = {}
    for item in items:
        key, title = _issue_of(item)
        groups.setdefault(key, Group(key, title)).items.append(item)
    return sorted(groups.values(), key=_issue_order)


def by_area(items: Iterable[PlanItem], level: Level = Level.AMPHOE) -> list[Group]:
    """The items under the area of that level in which they lie; `whole` for what is not placed so finely."""
    listed = list(items)
    codes = {_code_at(item, level) for item in listed}
    areas = {area.code: area for area in Area.objects.filter(code__in=codes)}
    groups: dict[str, Group] = {}
    for item in listed:
        code = _code_at(item, level)
        title = areas[code].title if code in areas else ""
        groups.setdefault(code, Group(code, title)).items.append(item)
    return sorted(groups.values(), key=lambda group: _area_order(group, areas))


def unplaced_items(user: Person) -> QuerySet[PlanItem]:
    """Lines whose place an officer must decide, in the order of the document, for whoever may decide it."""
    rows = PlanItem.objects.filter(placing=PlanItem.Placing.UNPLACED).select_related(
        f"area__{PARENTS}", "version__plan__area", "version__plan__cluster"
    )
    return within_reach(user, rules.PLACE, rows).order_by("source_document", "source_page", "pk")


def items_to_place(user: Person) -> QuerySet[PlanItem]:
    """Imported lines whose place the person may change."""
    rows = PlanItem.objects.exclude(source_line="").select_related(
        f"area__{PARENTS}", "version__plan__area", "version__plan__cluster"
    )
    return within_reach(user, rules.PLACE, rows).order_by("source_document", "source_page", "pk")


def cluster_runs_for(user: Person) -> QuerySet[ClusterRun]:
    """Pages under a cluster label, for whoever may confirm which cluster is meant."""
    rows = ClusterRun.objects.select_related("cluster", "batch", "confirmed_by").annotate(
        lines=Count("items"), amount=Sum("items__amount")
    )
    return within_reach(user, rules.PLACE, rows).order_by("document", "first_page")


def clusters_for_label(label: str) -> list[ProvinceCluster]:
    """The clusters that a label without its number can stand for."""
    written = label.removeprefix("กลุ่มจังหวัด").strip()
    found = ProvinceCluster.objects.filter(name_th__startswith=written).order_by("code")
    return [cluster for cluster in found if cluster.name_th.rstrip("0123456789 ") == written]


def aliases() -> QuerySet[BudgetUnitAlias]:
    """The other names of budget units."""
    return BudgetUnitAlias.objects.select_related("area", "cluster").order_by("label")


def _issue_of(item: PlanItem) -> tuple[str, str]:
    if item.proposal is None:
        return "unknown", ""
    if item.proposal.serves == Proposal.Serves.ISSUE and isinstance(item.proposal.issue, StrategicIssue):
        return str(item.proposal.issue.pk), str(item.proposal.issue)
    return "none", ""


def _issue_order(group: Group) -> tuple[int, int, str]:
    first = group.items[0].proposal
    number = first.issue.number if first is not None and first.issue is not None else 0
    return ({"none": 1, "unknown": 2}.get(group.key, 0), number, group.key)


def _code_at(item: PlanItem, level: Level) -> str:
    digits = 2 * int(level)
    if item.area is None or len(item.area.code) < digits or item.area.level == Level.COUNTRY:
        return "whole"
    return item.area.code[:digits]


def _area_order(group: Group, areas: dict[str, Area]) -> tuple[int, str]:
    area = areas.get(group.key)
    return (0, area.sort_key) if area is not None else (1, "")
