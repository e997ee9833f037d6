"""Form จ.1 as PDF on A4 laid across, and as XLSX. Layout not checked against the regulation."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO, Final

from prasan.documents.face import fonts
from prasan.kernel.digits import to_thai
from prasan.planning.papers.brief import IssueMeasure
from prasan.planning.papers.form_pdf import baht
from prasan.planning.papers.summary import Summary, SummaryIssue, sums
from prasan.sheets.pdf import in_thai_digits, render_pdf
from prasan.sheets.table import CellValue, Table
from prasan.sheets.xlsx import write_xlsx

TITLE: Final = "แบบ จ.1 สรุปโครงการตามแผนพัฒนา"
PROJECTS: Final = "โครงการ"
MEASURES: Final = "ตัวชี้วัดและค่าเป้าหมาย"
REST: Final = "ไม่แยกปี"
TOTAL: Final = "รวม"

_SOURCE: Final = """
#set page(flipped: true, margin: (x: 1.5cm, y: 1.6cm), numbering: none,
  footer: context align(center, data.digits-of.at(str(counter(page).get().first()))))
#set text(size: 10pt)
#set par(leading: 0.55em)
#set table(stroke: 0.4pt + luma(110), inset: (x: 4pt, y: 3.5pt), align: left + horizon)
#show table.cell.where(y: 0): set text(weight: 600)
#show heading: it => block(above: 1.2em, below: 0.7em, text(size: 11pt, weight: 600, it.body))
#let sums(cells) = cells.map(cell => table.cell(align: right, text(size: 8.5pt, cell)))
#let named(cell) = table.cell(breakable: false, cell)
#let projects(headers, rows) = table(columns: (1fr, ..headers.slice(1).map(header => 2.4cm)),
  table.header(..headers), ..rows.map(cells => (named(cells.at(0)), ..sums(cells.slice(1)))).flatten())
#align(center, text(size: 13pt, weight: 600, data.title))
#align(center, text(size: 11pt, data.plan))
#for issue in data.issues {
  heading(issue.title)
  if issue.measures.len() > 0 {
    table(columns: (1fr, ..data.measure-headers.slice(1).map(header => 2.6cm)),
      table.header(..data.measure-headers), ..issue.measures.flatten())
  }
  projects(data.headers, issue.rows)
}
#heading(data.all)
#projects(data.headers, (data.total,))
"""
_MOST_PAGES: Final = 2000


def summary_pdf(summary: Summary) -> bytes:
    """The form with a table of measures and one of projects for each issue, then the sum of the plan."""
    years = [f"ปี {year}" for year in summary.years]
    words = in_thai_digits(
        {
            "title": TITLE,
            "plan": summary.title,
            "headers": [PROJECTS, *years, REST, TOTAL],
            "measure-headers": [MEASURES, *years],
            "issues": [_issue(issue, summary) for issue in summary.issues],
            "all": "รวมทั้งแผน (บาท)",
            "total": [TOTAL, *map(_cell, sums(summary.lines, summary.years))],
        }
    )
    pages = {str(number): to_thai(str(number)) for number in range(1, _MOST_PAGES)}
    return render_pdf(_SOURCE, fonts(), {**words, "digits-of": pages})


def write_summary(stream: BinaryIO, summary: Summary) -> None:
    """Two sheets: the projects with their issue on each row, and the measures of the issues."""
    years = [f"งบประมาณปี {year} (บาท)" for year in summary.years]
    targets = [f"ค่าเป้าหมายปี {year}" for year in summary.years]
    issue = "ประเด็นการพัฒนา"
    write_xlsx(
        stream,
        (
            Table("จ.1", [issue, PROJECTS, "พื้นที่", *years, REST, f"{TOTAL} (บาท)"], _rows(summary)),
            Table("ตัวชี้วัด", [issue, "ตัวชี้วัด", "หน่วย", *targets], _measure_rows(summary)),
        ),
    )


def _issue(issue: SummaryIssue, summary: Summary) -> dict[str, Any]:
    rows = [
        [f"{number}) {line.name}\n{line.place}".strip(), *map(_cell, sums([line], summary.years))]
        for number, line in enumerate(issue.lines, start=1)
    ]
    return {
        "title": issue.title,
        "measures": [_measure(measure, summary) for measure in issue.measures],
        "rows": [*rows, [TOTAL, *map(_cell, sums(issue.lines, summary.years))]],
    }


def _cell(amount: Decimal) -> str:
    return baht(amount) if amount else "–"


def _measure(measure: IssueMeasure, summary: Summary) -> list[str]:
    name = f"{measure.name} ({measure.unit})" if measure.unit else measure.name
    return [name, *(measure.targets.get(year, "–") for year in summary.years)]


def _rows(summary: Summary) -> Iterator[list[CellValue]]:
    for issue in summary.issues:
        for line in issue.lines:
            yield [issue.title, line.name, line.place, *sums([line], summary.years)]
        yield [issue.title, TOTAL, "", *sums(issue.lines, summary.years)]
    yield ["รวมทั้งแผน", TOTAL, "", *sums(summary.lines, summary.years)]


def _measure_rows(summary: Summary) -> Iterator[list[CellValue]]:
    for issue in summary.issues:
        for measure in issue.measures:
            targets = (measure.targets.get(year, "") for year in summary.years)
            yield [issue.title, measure.name, measure.unit, *targets]
