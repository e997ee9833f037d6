"""Imported budget lines: taking them in, saying where they belong, which cluster a label stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move
from prasan.cases.words import cleaned, findable, names_around
from prasan.kernel.refusals import Refused
from prasan.kernel.words import search_key
from prasan.ledger.actions import record
from prasan.places.models import Area, ProvinceCluster
from prasan.planning import events, rules
from prasan.planning.actions.turns import wait_for_turn_at
from prasan.planning.models import BudgetUnitAlias, ClusterRun, ImportBatch, Plan, PlanItem, PlanVersion

KNOWN_ALIASES: Mapping[str, str] = {
    "จังหวัดสิงค์บุรี": "17",
    "จังหวัดสุราษฎ์ธานี": "84",
}
"""Misspelt provinces met in the bill of 2565; rows of the alias table from the first import on."""


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line of a budget document as read: `place` is set where its words name one."""

    document: str
    page: int
    code: str
    unit: str
    project: str
    category: str
    title: str
    amount: Decimal
    amount_written: str
    owner: Area | ProvinceCluster
    run: int | None
    area: Area | None
    placing: str
    doubt: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class LabelledPages:
    """Pages under a cluster label that lost its number, and the cluster found for them."""

    label: str
    document: str
    first_page: int
    last_page: int
    cluster: ProvinceCluster
    followed_by: str


@dataclass(frozen=True, slots=True)
class SentFile:
    """The file the lines came from."""

    name: str
    sha256: str
    fiscal_year: int


def ensure_aliases() -> None:
    """Have the known misspellings in the alias table; rows that people changed stay as they are."""
    for label, code in KNOWN_ALIASES.items():
        BudgetUnitAlias.objects.get_or_create(label=label, defaults={"area_id": code})


@transaction.atomic
def explain_unit(label: str, meaning: Area | ProvinceCluster, *, by: User | None) -> BudgetUnitAlias:
    """Say which province or cluster a budget unit is, however it is spelt."""
    label = cleaned(label, 200)
    posting = require(by, rules.IMPORT_LINES, _plan_of(meaning, year=0))
    column = {"area": None, "cluster": None} | _owned_by(meaning)
    alias, _made = BudgetUnitAlias.objects.update_or_create(label=label, defaults=column)
    record(events.ALIAS_SET, alias, by=by, posting=posting, after={"meaning": meaning.pk})
    return alias


@transaction.atomic
def take_in_bill(
    file: SentFile,
    new: Sequence[BillLine],
    changed: Mapping[int, BillLine],
    gone: Iterable[int],
    runs: Sequence[LabelledPages],
    *,
    by: User | None,
) -> ImportBatch:
    """Enter the lines of a budget bill, each as an item of its unit's plan version of that year.

    `changed` and `gone` name items of an earlier import. What an officer decided about a place stays.
    """
    owners = {line.owner for line in (*new, *changed.values())}
    posting = require(by, rules.IMPORT_LINES, *(_plan_of(owner, file.fiscal_year) for owner in owners))
    amount = sum((line.amount for line in new), Decimal(0))
    batch = ImportBatch.objects.create(
        file_name=file.name[:200],
        sha256=file.sha256,
        fiscal_year=file.fiscal_year,
        lines=len(new),
        amount=amount,
        imported_by=by,
    )
    versions = {owner: _bill_version(owner, file.fiscal_year, by=by) for owner in owners}
    pages = _runs(batch, runs)
    names = cache(names_around)
    PlanItem.objects.bulk_create(
        [
            _item(line, names(line.area), batch=batch, version=versions[line.owner], pages=pages)
            for line in new
        ]
    )
    for pk, line in changed.items():
        _rewrite(pk, line, version=versions[line.owner], pages=pages)
    gone_ids = sorted(gone)
    PlanItem.objects.filter(pk__in=gone_ids, proposal=None).delete()
    record(
        events.LINES_IMPORTED,
        batch,
        by=by,
        posting=posting,
        after={
            "sha256": file.sha256,
            "fiscal_year": file.fiscal_year,
            "new": len(new),
            "changed": len(changed),
            "gone": gone_ids,
            "amount": str(amount),
        },
    )
    return batch


def sums_in_bill(fiscal_year: int, documents: Iterable[str]) -> dict[Area | ProvinceCluster, Decimal]:
    """What the database holds of these documents for each unit of a year's bill."""
    versions = (
        PlanVersion.objects.filter(
            source=PlanVersion.Source.BILL,
            state="in_bill",
            plan__first_year=fiscal_year,
            items__source_document__in=list(documents),
        )
        .select_related("plan__area", "plan__cluster")
        .annotate(held=Sum("items__amount"))
    )
    return {version.plan.owner: version.held for version in versions}


@transaction.atomic
def place_item(item: PlanItem, area: Area | None, *, by: User | None) -> PlanItem:
    """Say, as an officer, at which place an imported line belongs; None for the whole province or cluster."""
    item = _locked_item(item)
    posting = require(by, rules.PLACE, item)
    if item.placing == PlanItem.Placing.PROPOSAL:
        raise Refused(_("The place of a proposal is changed on the proposal itself."))
    plan = item.version.plan
    if area is not None and not _is_inside(area, plan):
        raise Refused(_("This place lies outside the plan. Please choose one inside it."))
    return _put(item, area or plan.area, PlanItem.Placing.PERSON, by=by, posting=posting)


@transaction.atomic
def put_item_back(item: PlanItem, *, by: User | None) -> PlanItem:
    """Undo an officer's placing of a line whose words left a doubt: it waits again."""
    item = _locked_item(item)
    posting = require(by, rules.PLACE, item)
    if item.placing != PlanItem.Placing.PERSON or not item.doubt:
        raise Refused(_("There is nothing to undo: no officer placed this line, or its words left no doubt."))
    return _put(item, item.version.plan.area, PlanItem.Placing.UNPLACED, by=by, posting=posting)


@transaction.atomic
def confirm_cluster_run(run: ClusterRun, cluster: ProvinceCluster, *, by: User | None) -> ClusterRun:
    """Confirm which cluster these pages are about; if it is another than assumed, their lines go there."""
    run = ClusterRun.objects.select_for_update(of=("self",)).select_related("cluster", "batch").get(pk=run.pk)
    posting = require(by, rules.PLACE, run)
    if not fits_label(cluster, run.label):
        raise Refused(_("This label cannot stand for that cluster. Please choose another."))
    before = run.cluster
    if cluster != before:
        version = _bill_version(cluster, run.batch.fiscal_year, by=None)
        inside = set(cluster.provinces.values_list("code", flat=True))
        for item in run.items.select_for_update(of=("self",)).select_related("area"):
            item.version = version
            if item.area is not None and item.area.code[:2] not in inside:
                item.area, item.placing, item.place_score = None, PlanItem.Placing.UNPLACED, None
                item.doubt = item.doubt or PlanItem.Doubt.NOT_FOUND
                item.search_key = findable(None, item.title, item.source_project)
            item.save(update_fields=["version", "area", "placing", "place_score", "doubt", "search_key"])
    run.cluster, run.confirmed_by, run.confirmed_at = cluster, by, timezone.now()
    run.save(update_fields=["cluster", "confirmed_by", "confirmed_at"])
    record(
        events.RUN_CONFIRMED,
        run,
        by=by,
        posting=posting,
        before={"cluster": before.code},
        after={"cluster": cluster.code},
    )
    return run


def fits_label(cluster: ProvinceCluster, label: str) -> bool:
    """Is this cluster's name, with or without its number, the one on the label?"""
    written = label.removeprefix("กลุ่มจังหวัด").strip()
    return written in (cluster.name_th, cluster.name_th.rstrip("0123456789 "))


def _owned_by(owner: Area | ProvinceCluster) -> dict[str, Area | ProvinceCluster]:
    return {"area" if isinstance(owner, Area) else "cluster": owner}


def _plan_of(owner: Area | ProvinceCluster, year: int) -> Plan:
    """The unit's yearly plan as kept, or one not yet saved."""
    known = Plan.objects.filter(kind=Plan.Kind.YEARLY, first_year=year, **_owned_by(owner)).first()
    return known or Plan(kind=Plan.Kind.YEARLY, first_year=year, last_year=year, **_owned_by(owner))


def _bill_version(owner: Area | ProvinceCluster, year: int, *, by: User | None) -> PlanVersion:
    wait_for_turn_at(owner)
    plan = _plan_of(owner, year)
    if plan.pk is None:
        plan.save()
    plan = Plan.objects.select_for_update().get(pk=plan.pk)  # its next version may be begun meanwhile
    version = plan.versions.filter(source=PlanVersion.Source.BILL, state="in_bill").first()
    if version is not None:
        return version
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    version = begin(PlanVersion(plan=plan, number=last + 1, source=PlanVersion.Source.BILL), by=by)
    return move(version, "publish_bill", by=by)


def _runs(batch: ImportBatch, runs: Sequence[LabelledPages]) -> list[ClusterRun]:
    kept = []
    for pages in runs:
        run, _made = ClusterRun.objects.get_or_create(
            document=pages.document,
            first_page=pages.first_page,
            defaults={
                "batch": batch,
                "label": pages.label,
                "last_page": pages.last_page,
                "cluster": pages.cluster,
                "followed_by": pages.followed_by,
            },
        )
        kept.append(run)
    return kept


def _item(
    line: BillLine, place_names: str, *, batch: ImportBatch, version: PlanVersion, pages: Sequence[ClusterRun]
) -> PlanItem:
    return PlanItem(
        version=version,
        batch=batch,
        run=None if line.run is None else pages[line.run],
        source_document=line.document,
        source_page=line.page,
        source_line=line.code,
        source_unit=line.unit,
        source_project=line.project,
        source_category=line.category,
        title=line.title,
        amount=line.amount,
        amount_written=line.amount_written,
        area=line.area,
        placing=line.placing,
        doubt=line.doubt,
        place_score=line.score,
        search_key=search_key(f"{line.title} {line.project} {place_names}"),
    )


def _rewrite(pk: int, line: BillLine, *, version: PlanVersion, pages: Sequence[ClusterRun]) -> None:
    item = PlanItem.objects.select_for_update(of=("self",)).select_related("area").get(pk=pk)
    item.version, item.run = version, None if line.run is None else pages[line.run]
    item.source_page, item.source_unit = line.page, line.unit
    item.source_project, item.source_category = line.project, line.category
    item.title, item.amount, item.amount_written = line.title, line.amount, line.amount_written
    if item.placing != PlanItem.Placing.PERSON:
        item.area, item.placing = line.area, line.placing
        item.doubt, item.place_score = line.doubt, line.score
    item.search_key = findable(item.area, item.title, item.source_project)
    item.save()


def _locked_item(item: PlanItem) -> PlanItem:
    rows = PlanItem.objects.select_for_update(of=("self",))
    return rows.select_related("area", "version__plan__area", "version__plan__cluster").get(pk=item.pk)


def _put(
    item: PlanItem, area: Area | None, placing: PlanItem.Placing, *, by: User | None, posting: int | None
) -> PlanItem:
    before = _place_of(item)
    item.area, item.placing, item.place_score = area, placing, None
    item.search_key = findable(item.area, item.title, item.source_project)
    item.save(update_fields=["area", "placing", "place_score", "search_key"])
    record(events.ITEM_PLACED, item, by=by, posting=posting, before=before, after=_place_of(item))
    return item


def _place_of(item: PlanItem) -> dict[str, str | None]:
    return {"area": item.area_id, "placing": str(item.placing)}


def _is_inside(area: Area, plan: Plan) -> bool:
    if plan.area is not None:
        return area.path.startswith(plan.area.path)
    return plan.cluster is not None and plan.cluster.provinces.filter(code=area.code[:2]).exists()
