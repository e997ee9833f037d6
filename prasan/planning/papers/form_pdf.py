"""Form จ.1-1 as PDF: A4, Thai digits, a page for a short project and two for a long one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from prasan.documents.face import fonts
from prasan.kernel.dates import format_date
from prasan.kernel.digits import format_number, to_thai
from prasan.kernel.money import baht_text, format_baht
from prasan.planning.papers.brief import Brief, Form
from prasan.planning.papers.labels import ACTIVITY, AMOUNT, BODY, HEAD, INDICATOR, TITLE
from prasan.sheets.pdf import in_thai_digits, render_pdf

_SOURCE: Final = """
#set page(margin: (left: 2.5cm, right: 2cm, top: 1.8cm, bottom: 1.8cm), footer: PAGE-NUMBER)
#set text(size: 11pt)
#set par(leading: 0.62em, spacing: 0.62em)
#set table(stroke: 0.4pt + luma(110), inset: (x: 4pt, y: 3.5pt), align: left + horizon)
#show table.cell.where(y: 0): set text(weight: 600)
#show heading: it => text(size: 11pt, weight: 600, it.body)
#let nothing = text(fill: luma(90))[–]
#let written(words) = if words == "" { nothing } else { for (i, line) in words.split("\\n").enumerate() {
  if i > 0 { linebreak() }
  line
} }
#let row(label, body) = block(spacing: 0.75em, grid(columns: (4.4cm, 1fr), column-gutter: 0.3cm,
  text(weight: 600, label), body))
#let item(label, words) = block(spacing: 0.8em)[#text(weight: 600, label)\\
  #pad(left: 0.6cm, written(words))]
#let money(cells) = cells.map(cell => table.cell(align: right, text(size: 9pt, cell)))
#let form(form) = {
  align(center, context [#metadata(here().page()) <told>] + text(size: 13pt, weight: 600, data.title))
  v(0.2em)
  for (label, words) in form.head { row(label, written(words)) }
  line(length: 100%, stroke: 0.6pt)
  row(form.labels.at(0), heading(form.name))
  item(form.labels.at(1), form.rationale)
  item(form.labels.at(2), form.objective)
  block(spacing: 0.8em, text(weight: 600, form.labels.at(3)))
  if form.indicators.len() == 0 { pad(left: 0.6cm, nothing) } else {
    table(columns: (1fr, 1fr), table.header(..data.indicator), ..form.indicators.flatten())
  }
  row(form.labels.at(4), written(form.target))
  block(spacing: 0.8em, text(weight: 600, form.labels.at(5)))
  if form.activities.len() > 0 {
    table(columns: (3.2fr, 2fr, 2fr, auto), table.header(..data.activity),
      ..form.activities.map(cells => (..cells.slice(0, 3), ..money(cells.slice(3)))).flatten())
  }
  for part in form.years {
    table(columns: (1fr, ..part.headers.slice(1).map(year => 3.4fr)), table.header(..part.headers),
      ..part.rows.map(cells => (cells.at(0), ..money(cells.slice(1)))).flatten())
  }
  if form.activities.len() == 0 { pad(left: 0.6cm, nothing) }
  row(form.labels.at(6), written(form.operator))
  row(form.labels.at(7), written(form.duration))
  row(form.labels.at(8), written(form.budget))
  item(form.labels.at(9), form.output)
  item(form.labels.at(10), form.outcome)
}
#context [#metadata(counter(page).final().first()) <told>]
#for (index, one) in data.forms.enumerate() {
  if index > 0 { pagebreak() }
  form(one)
}
"""
_NUMBERED: Final = """context align(center, data.digits-of.at(str(counter(page).get().first())))"""
_YEARS_IN_A_TABLE: Final = 5


def form_pdf(forms: Iterable[Form], *, with_numbers: bool = True) -> bytes:
    """Each form on pages of its own, under the bookmark of its name.

    Without numbers the foot of every page is left free for whoever binds them into a book.
    """
    return render_pdf(*order_of(forms, with_numbers=with_numbers))


def order_of(forms: Iterable[Form], *, with_numbers: bool = False) -> tuple[str, Path, dict[str, Any]]:
    """Source, typeface and words of the forms, as Typst takes them; it tells how many pages
    there are and on which each form begins."""
    told = [_told(form) for form in forms]
    pages = {str(number): to_thai(str(number)) for number in range(1, 400)} if with_numbers else {}
    source = _SOURCE.replace("PAGE-NUMBER", _NUMBERED if with_numbers else "none")
    words = {"title": TITLE, "indicator": list(INDICATOR), "activity": [*ACTIVITY, AMOUNT], "forms": told}
    return source, fonts(), {**in_thai_digits(words), "digits-of": pages}


def baht(amount: Decimal) -> str:
    """The sum as a cell of a table shows it: without its unit, satang where there are any."""
    return format_number(amount, places=0 if amount == int(amount) else 2)


def _told(form: Form) -> dict[str, Any]:
    brief = form.brief
    measures = "\n".join(measure.words for measure in form.measures)
    head = {**{key: getattr(brief, key, "") for key in HEAD}, "measures": measures}
    return {
        "head": [[label, head[key]] for key, label in HEAD.items()],
        "labels": [f"{number}. {label}" for number, label in enumerate(BODY.values(), start=1)],
        "name": brief.name,
        "rationale": brief.rationale,
        "objective": brief.objective,
        "indicators": [[line.name, line.target] for line in brief.indicators],
        "target": "\n".join(filter(None, (brief.target_words, brief.area_name))),
        "activities": _activities(brief),
        "years": _years(brief),
        "operator": brief.operator,
        "duration": _duration(brief),
        "budget": f"{format_baht(brief.budget_asked)} ({baht_text(brief.budget_asked)})",
        "output": brief.output,
        "outcome": brief.outcome,
    }


def _activities(brief: Brief) -> list[list[str]]:
    if not brief.activities:
        return []
    rows = [
        [f"{number}) {line.name}", line.responsible, line.helpers, baht(line.cost)]
        for number, line in enumerate(brief.activities, start=1)
    ]
    return [*rows, ["รวม", "", "", baht(sum((line.cost for line in brief.activities), Decimal(0)))]]


def _years(brief: Brief) -> list[dict[str, Any]]:
    """What each activity costs by year, where that is more than one: tables with few enough years to fit."""
    years = brief.years
    if len(years) < 2:
        return []
    parts = [years[start : start + _YEARS_IN_A_TABLE] for start in range(0, len(years), _YEARS_IN_A_TABLE)]
    return [_part(brief, part) for part in parts]


def _part(brief: Brief, years: list[int]) -> dict[str, Any]:
    rows = [
        [f"{number})", *(baht(line.budgets[year]) if year in line.budgets else "–" for year in years)]
        for number, line in enumerate(brief.activities, start=1)
    ]
    sums = [
        baht(sum((line.budgets.get(year, Decimal(0)) for line in brief.activities), Decimal(0)))
        for year in years
    ]
    return {
        "headers": ["ที่", *(f"ปี {year} (บาท)" for year in years)],
        "rows": [*rows, ["รวม", *sums]],
    }


def _duration(brief: Brief) -> str:
    days = [format_date(day) if day else "" for day in (brief.starts, brief.ends)]
    if any(days):
        return " ถึง ".join(day or "ไม่ระบุ" for day in days)
    return f"ปีงบประมาณ พ.ศ. {brief.fiscal_year}" if brief.fiscal_year else ""
