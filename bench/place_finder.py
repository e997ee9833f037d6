"""How well the place finder reads the budget bill: its answers against places labelled by hand."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from prasan.places.finder import find_place
from prasan.places.models import Area, Level

BUDGET = "budget_fy2565_provinces_clusters.csv"
LABELS = Path(__file__).resolve().parent.parent / "tests" / "places"
SAMPLE = LABELS / "budget_places_200.csv"
"""Drawn at random from the 602 lines with any word of place; the finder was tuned on other lines."""
HELD_OUT = LABELS / "budget_places_100.csv"
"""A second draw, labelled before the finder was written and looked at only to measure."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the bill: its text, where it comes from, and the codes a person read in it."""

    item: str
    text: str
    unit: str
    right: frozenset[str]
    acceptable: frozenset[str]


@dataclass(slots=True)
class Evaluation:
    """How many places that the lines name came out right, too coarse, or not at all; and what was wrong."""

    lines: int = 0
    lines_naming: int = 0
    lines_right: int = 0
    named: int = 0
    right: int = 0
    coarse: int = 0
    missed: int = 0
    wrong: int = 0
    seconds: float = 0.0
    remarks: list[str] = field(default_factory=list)

    @property
    def right_rate(self) -> float:
        return self.right / self.named

    @property
    def wrong_rate(self) -> float:
        return self.wrong / self.named


def evaluate(shared: Path, labels: Path = SAMPLE) -> Evaluation:
    """Run the finder over the labelled lines; needs the villages and the bill of the folder of real data."""
    result = Evaluation()
    units: dict[str, list[Area]] = {}
    for line in labelled_lines(shared, labels):
        within = units.setdefault(line.unit, provinces_of(line.unit))
        started = perf_counter()
        finding = find_place(line.text, within=within)
        result.seconds += perf_counter() - started
        own = {area.code for area in within}
        found = {code for code in finding.codes if code not in own or code in line.right}
        _compare(result, line, found)
    return result


def _compare(result: Evaluation, line: Line, found: set[str]) -> None:
    right = line.right & found
    lost = line.right - found
    coarse = {code for code in lost if any(code.startswith(other) for other in found)}
    wrong = {
        code
        for code in found - line.right - line.acceptable
        if not any(other.startswith(code) for other in line.right)
    }
    result.lines += 1
    result.lines_naming += bool(line.right)
    result.lines_right += bool(line.right) and found - line.acceptable == line.right
    result.named += len(line.right)
    result.right += len(right)
    result.coarse += len(coarse)
    result.missed += len(lost - coarse)
    result.wrong += len(wrong)
    if lost or wrong:
        result.remarks.append(f"{line.item}: right {_listed(line.right)}, found {_listed(found)}")


def _listed(codes: Collection[str]) -> str:
    return " ".join(sorted(codes)) or "–"


def labelled_lines(shared: Path, labels: Path) -> Iterator[Line]:
    """The labelled lines with their texts, in the order of the labels."""
    with (shared / BUDGET).open(encoding="utf-8-sig", newline="") as stream:
        bill = {row["ITEM_ID"]: row for row in csv.DictReader(stream)}
    with labels.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            item = bill[row["ITEM_ID"]]
            yield Line(
                row["ITEM_ID"],
                item["ITEM_DESCRIPTION"],
                item["BUDGETARY_UNIT"],
                frozenset(row["codes"].split()),
                frozenset(row["acceptable"].split()),
            )


def provinces_of(unit: str) -> list[Area]:
    """The provinces a budget unit may spend in; one label can stand for several clusters."""
    if unit.startswith("กลุ่มจังหวัด"):
        name = unit.removeprefix("กลุ่มจังหวัด")
        return list(Area.objects.filter(level=Level.PROVINCE, cluster__name_th__regex=rf"^{name}( \d)?$"))
    return [place.area for place in find_place(unit).places]
