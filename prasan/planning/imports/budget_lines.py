"""Lines of a budget bill, each an item of the plan version of its province or cluster for that year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.db import transaction

from prasan.accounts.models import User
from prasan.kernel.money import format_baht
from prasan.kernel.sentence import Sentence
from prasan.places.imports.report import RowFault, digest_of
from prasan.places.models import Area, ProvinceCluster
from prasan.planning.actions.bill import (
    BillLine,
    LabelledPages,
    SentFile,
    confirm_cluster_run,
    ensure_aliases,
    sums_in_bill,
    take_in_bill,
)
from prasan.planning.actions.turns import wait_for_turn_to_import
from prasan.planning.imports.placing import Placed, place_line
from prasan.planning.imports.report import BudgetReport
from prasan.planning.imports.units import Run, Units, faults_of, runs_of
from prasan.planning.imports.written import WrittenLine, read_budget_lines
from prasan.planning.models import ClusterRun, PlanItem

Owner = Area | ProvinceCluster


@transaction.atomic
def import_budget_lines(
    path: Path, *, confirm_clusters: bool = False, apply: bool = False, by: User | None = None
) -> BudgetReport:
    """Check a file of budget lines and take it over, all or nothing, its sums proved unit by unit.

    Pages whose label fits several clusters wait to be confirmed, here by `confirm_clusters` or by a person on
    the page. Lines of the same documents that are there already are not repeated; where they differ the
    differences are told, and taken over with `apply`.
    """
    wait_for_turn_to_import()
    ensure_aliases()
    written = read_budget_lines(path)
    report = BudgetReport(rows=written.rows, faults=list(written.faults), remarks=list(written.remarks))
    if report.faults:
        return report
    units = Units.known()
    report.fiscal_year = written.lines[0].fiscal_year
    report.amount = sum((line.amount for line in written.lines), Decimal(0))
    report.runs = runs_of(written.lines, units)
    report.faults = faults_of(report.runs, units)
    if report.faults:
        return report
    report.provinces_without = units.provinces_without(report.runs)
    report.doubtful = [line for line in written.lines if line.amount_written]
    _compare_and_take_in(path, report, apply=apply, by=by)
    if confirm_clusters and not report.faults:
        _confirm(report, by=by)
    return report


def _confirm(report: BudgetReport, *, by: User | None) -> None:
    documents = {run.document for run in report.runs}
    for run in ClusterRun.objects.filter(document__in=documents, confirmed_at=None).select_related("cluster"):
        confirm_cluster_run(run, run.cluster, by=by)
    report.runs = [replace(run, is_confirmed=True) for run in report.runs]


def _compare_and_take_in(path: Path, report: BudgetReport, *, apply: bool, by: User | None) -> None:
    documents = {run.document for run in report.runs}
    there = {
        (item.source_document, item.source_line): item
        for item in PlanItem.objects.filter(source_document__in=documents).select_related(
            "version__plan__area", "version__plan__cluster"
        )
    }
    report.is_first = not there
    numbers = {
        id(run): number for number, run in enumerate(run for run in report.runs if run.lost_its_number)
    }
    new: list[tuple[WrittenLine, Run]] = []
    changed: dict[int, tuple[WrittenLine, Run]] = {}
    for run in report.runs:
        for line in run.lines:
            item = there.pop((line.document, line.code), None)
            if item is None:
                new.append((line, run))
            elif not _is_same(item, line, run):
                changed[item.pk] = (line, run)
    report.new, report.changed = len(new), [line for line, _run in changed.values()]
    report.gone = sorted(code for _document, code in there)
    if not (report.differs and (report.is_first or apply)):
        return
    place = _placer()
    take_in_bill(
        SentFile(path.name, digest_of(path), report.fiscal_year),
        [_bill_line(line, run, numbers, place) for line, run in new],
        {pk: _bill_line(line, run, numbers, place) for pk, (line, run) in changed.items()},
        [item.pk for item in there.values()],
        [_pages(run) for run in report.runs if run.lost_its_number],
        by=by,
    )
    report.faults = _sums_that_differ(report, documents)
    if report.faults:
        transaction.set_rollback(True)
        return
    report.is_applied = True
    items = PlanItem.objects.filter(source_document__in=documents)
    report.placings = Counter(items.values_list("placing", flat=True))
    report.unplaced = list(
        items.filter(placing=PlanItem.Placing.UNPLACED).order_by("source_document", "source_page", "pk")
    )


def _is_same(item: PlanItem, line: WrittenLine, run: Run) -> bool:
    return (
        item.version.plan.owner == run.owner
        and item.version.plan.first_year == line.fiscal_year
        and item.source_page == line.page
        and item.source_unit == line.unit
        and item.source_project == line.project
        and item.source_category == line.category
        and item.title == line.title
        and (item.amount, item.amount_written) == (line.amount, line.amount_written)
    )


def _placer() -> Callable[[WrittenLine, Owner], Placed]:
    """A function that places lines; the same words of the same unit are read once."""

    @cache
    def provinces_of(owner: Owner) -> tuple[Area, ...]:
        return (owner,) if isinstance(owner, Area) else tuple(owner.provinces.order_by("code"))

    @cache
    def placed(title: str, owner: Owner) -> Placed:
        return place_line(title, owner, provinces_of(owner))

    return lambda line, owner: placed(line.title, owner)


def _bill_line(
    line: WrittenLine,
    run: Run,
    numbers: Mapping[int, int],
    place: Callable[[WrittenLine, Owner], Placed],
) -> BillLine:
    owner = _owner(run)
    placed = place(line, owner)
    return BillLine(
        document=line.document,
        page=line.page,
        code=line.code,
        unit=line.unit,
        project=line.project,
        category=line.category,
        title=line.title,
        amount=line.amount,
        amount_written=line.amount_written,
        owner=owner,
        run=numbers.get(id(run)),
        area=placed.area,
        placing=placed.placing,
        doubt=placed.doubt,
        score=placed.score,
    )


def _pages(run: Run) -> LabelledPages:
    owner = _owner(run)
    if isinstance(owner, Area):
        raise TypeError("a label that lost its number is that of a cluster")
    return LabelledPages(
        label=run.label,
        document=run.document,
        first_page=run.first_page,
        last_page=run.last_page,
        cluster=owner,
        followed_by=" ".join(area.code for area in run.followed_by),
    )


def _owner(run: Run) -> Owner:
    if run.owner is None:
        raise TypeError("lines are taken in once every unit is understood")
    return run.owner


def _sums_that_differ(report: BudgetReport, documents: Iterable[str]) -> list[RowFault]:
    """A sentence for each unit whose lines in the database do not add up to those of the file."""
    wanted: dict[Owner, Decimal] = defaultdict(Decimal)
    for run in report.runs:
        wanted[_owner(run)] += run.amount
    held = sums_in_bill(report.fiscal_year, documents)
    return [
        RowFault(
            0,
            Sentence(
                f"{owner}: ยอดในไฟล์ {format_baht(wanted.get(owner, Decimal(0)))} "
                f"ไม่ตรงกับยอดในระบบ {format_baht(held.get(owner, Decimal(0)))}",
                f"{owner}: the file holds {format_baht(wanted.get(owner, Decimal(0)), 'en')}, "
                f"Prasan {format_baht(held.get(owner, Decimal(0)), 'en')}.",
            ),
        )
        for owner in {*wanted, *held}
        if wanted.get(owner, Decimal(0)) != held.get(owner, Decimal(0))
    ]
