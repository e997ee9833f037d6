from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from prasan.places.actions import ensure_places
from prasan.planning.imports import import_budget_lines
from prasan.planning.models import PlanItem, PlanVersion


@pytest.mark.slow
@pytest.mark.django_db
def test_the_bill_of_2565_comes_in_to_the_baht(shared_data: Path) -> None:
    ensure_places()

    report = import_budget_lines(shared_data / "budget_fy2565_provinces_clusters.csv")

    assert (report.is_applied, report.rows, report.amount) == (True, 1951, Decimal("16999993823"))
    assert sum(PlanItem.objects.values_list("amount", flat=True)) == Decimal("16999993823")
    assert PlanVersion.objects.filter(plan__area__isnull=False).count() == 74
    assert PlanVersion.objects.filter(plan__cluster__isnull=False).count() == 18
    assert [area.name_th for area in report.provinces_without] == ["จันทบุรี", "ตราด"]
    assert len(report.to_confirm) == 12
    assert {run.owner.name_th for run in report.runs if run.is_alias} == {"สิงห์บุรี", "สุราษฎร์ธานี"}
    assert [(line.number, line.amount_written) for line in report.doubtful] == [(481, "300,0")]
    assert report.placings["unplaced"] + report.placings["text"] + report.placings["whole"] == 1951
    assert not import_budget_lines(shared_data / "budget_fy2565_provinces_clusters.csv").differs
