"""Form จ.1-1 as XLSX: one form a sheet, or many projects as lists; both are read back whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO, Final

from prasan.planning.papers.brief import Brief, Form
from prasan.planning.papers.labels import (
    ACTIVITY,
    ACTIVITY_SHEET,
    AMOUNT,
    BESIDE,
    BODY,
    ENDS,
    HEAD,
    IN_LIST,
    INDICATOR,
    INDICATOR_SHEET,
    LIST_SHEET,
    STARTS,
    TITLE,
    YEAR,
    numbered,
)
from prasan.sheets.table import CellValue, FormSheet, Table
from prasan.sheets.xlsx import write_forms, write_xlsx

MOST_FORMS: Final = 200
"""Sheets that a person can still find a project in; more are written as lists."""

_WIDTHS: Final = (34, 40, 28, 28, *([18] * 10))

LIST_FIELDS: Final[dict[str, tuple[str, Callable[[Brief], CellValue]]]] = {
    "number": (BESIDE["number"], lambda brief: brief.number),
    "name": (BODY["name"], lambda brief: brief.name),
    "issue": (HEAD["issue"], lambda brief: brief.issue),
    "approach": (HEAD["approach"], lambda brief: brief.approach),
    "main_programme": (HEAD["main_programme"], lambda brief: brief.main_programme),
    "programme": (HEAD["programme"], lambda brief: brief.programme),
    "rationale": (BODY["rationale"], lambda brief: brief.rationale),
    "objective": (BODY["objective"], lambda brief: brief.objective),
    "target_words": (BODY["target_words"], lambda brief: brief.target_words),
    "operator": (BODY["operator"], lambda brief: brief.operator),
    "starts": (STARTS, lambda brief: brief.starts),
    "ends": (ENDS, lambda brief: brief.ends),
    "budget_asked": (AMOUNT, lambda brief: brief.budget_asked),
    "output": (BODY["output"], lambda brief: brief.output),
    "outcome": (BODY["outcome"], lambda brief: brief.outcome),
    "area": (BESIDE["area"], lambda brief: brief.area),
    "area_name": (BESIDE["area_name"], lambda brief: brief.area_name),
    "fiscal_year": (BESIDE["fiscal_year"], lambda brief: brief.fiscal_year),
    "sector": (BESIDE["sector"], lambda brief: brief.sector),
    "kind": (BESIDE["kind"], lambda brief: brief.kind),
    "households": (BESIDE["households"], lambda brief: brief.households),
    "beneficiaries": (BESIDE["beneficiaries"], lambda brief: brief.beneficiaries),
}
"""The columns of the list, each with its heading."""

LISTS: Final = {
    LIST_SHEET: (IN_LIST, *(head for head, _ in LIST_FIELDS.values())),
    ACTIVITY_SHEET: (IN_LIST, "ที่", *ACTIVITY, YEAR, AMOUNT),
    INDICATOR_SHEET: (IN_LIST, "ที่", *INDICATOR),
}
"""The lists of a workbook with many projects, each with its headings."""


def write_form_sheets(stream: BinaryIO, forms: Iterable[Form]) -> None:
    """Each form on a sheet of its own, its items in the order of the form."""
    write_forms(
        stream,
        (
            FormSheet(f"จ.1-1 ({number})", _WIDTHS, list(_rows(form)))
            for number, form in enumerate(forms, start=1)
        ),
    )


def write_form_list(stream: BinaryIO, briefs: Callable[[], Iterable[Brief]]) -> None:
    """Many projects in three lists: their words, their activities by year, their indicators.

    `briefs` is asked once for each list, so that no more than one project is held at a time.
    """
    write_xlsx(stream, (Table(title, list(LISTS[title]), rows(briefs())) for title, rows in _ROWS.items()))


def rows_of_lists(briefs: Iterable[Brief], *, first: int) -> dict[str, Iterator[list[CellValue]]]:
    """The rows of each list for some of its projects, the first of which stands there in that place."""
    told = list(briefs)
    return {title: rows(told, first) for title, rows in _ROWS.items()}


def _rows(form: Form) -> Iterator[tuple[str, Sequence[CellValue]]]:
    brief = form.brief
    years = brief.years
    yield TITLE, ()
    for key, label in HEAD.items():
        told = "\n".join(measure.words for measure in form.measures)
        yield label, (told if key == "measures" else getattr(brief, key),)
    for key in ("name", "rationale", "objective"):
        yield numbered(key), (getattr(brief, key),)
    yield numbered("indicators"), INDICATOR
    for number, indicator in enumerate(brief.indicators, start=1):
        yield f"4.{number}", (indicator.name, indicator.target)
    yield numbered("target_words"), (brief.target_words,)
    yield numbered("activities"), (*ACTIVITY, *years)
    for number, line in enumerate(brief.activities, start=1):
        costs = [line.budgets.get(year) for year in years]
        yield f"6.{number}", (line.name, line.responsible, line.helpers, *costs)
    yield numbered("operator"), (brief.operator,)
    yield numbered("duration"), (brief.starts, brief.ends)
    yield numbered("budget_asked"), (brief.budget_asked,)
    yield numbered("output"), (brief.output,)
    yield numbered("outcome"), (brief.outcome,)
    for key, label in BESIDE.items():
        yield label, (getattr(brief, key),)


def _list_rows(briefs: Iterable[Brief], first: int = 1) -> Iterator[list[CellValue]]:
    for place, brief in enumerate(briefs, start=first):
        yield [place, *(value(brief) for _, value in LIST_FIELDS.values())]


def _activity_rows(briefs: Iterable[Brief], first: int = 1) -> Iterator[list[CellValue]]:
    """One row for each year of an activity, and one for an activity that costs nothing yet."""
    for place, brief in enumerate(briefs, start=first):
        for number, line in enumerate(brief.activities, start=1):
            words: list[CellValue] = [place, number, line.name, line.responsible, line.helpers]
            if not line.budgets:
                yield words
            for year, amount in sorted(line.budgets.items()):
                yield [*words, year, amount]


def _indicator_rows(briefs: Iterable[Brief], first: int = 1) -> Iterator[list[CellValue]]:
    for place, brief in enumerate(briefs, start=first):
        for number, line in enumerate(brief.indicators, start=1):
            yield [place, number, line.name, line.target]


_ROWS: Final = {LIST_SHEET: _list_rows, ACTIVITY_SHEET: _activity_rows, INDICATOR_SHEET: _indicator_rows}
