"""Cover and contents of the plan book; pages are numbered (๑), (๒), those of the forms ๑, ๒."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from prasan.kernel.digits import to_thai
from prasan.planning.papers.form_pdf import baht
from prasan.sheets.pdf import in_thai_digits

LINK: Final = "page:"
"""Before the number of a page, in links that lead to it once the book is bound."""

TITLE: Final = "เล่มแผน"
CONTENTS: Final = "สารบัญ"
HEADERS: Final = ("ลำดับ", "โครงการ", "งบประมาณ (บาท)", "หน้า")
NOT_PRINTED: Final = "–"
NOTE: Final = "หน้า – คือโครงการที่ไม่มีแบบ จ.1-1 ในเล่มนี้ เพราะข้อเสนอโครงการอยู่ระหว่างทบทวน"
_MOST_PAGES: Final = 3000

FRONT: Final = """
#set page(margin: (left: 2.5cm, right: 2cm, top: 2cm, bottom: 1.8cm), footer: none)
#set text(size: 11pt)
#set par(leading: 0.62em, spacing: 0.62em)
#page(align(center + horizon)[
  #text(size: 22pt, weight: 600, data.title)
  #v(1cm)
  #text(size: 17pt, weight: 600, data.plan)
  #v(1cm)
  #for line in data.cover { block(spacing: 1em, text(size: 13pt, line)) }
])
#set page(footer: context align(center, "(" + data.digits-of.at(str(counter(page).get().first())) + ")"))
#align(center, text(size: 14pt, weight: 600, data.contents))
#let row(number, name, sum, page) = grid(columns: (1.4cm, 1fr, 3.4cm, 1.4cm), column-gutter: 0.2cm,
  number, name, align(right, sum), align(right, page))
#text(weight: 600, row(..data.headers))
#line(length: 100%, stroke: 0.6pt)
#for chapter in data.chapters {
  block(above: 1.2em, below: 0.7em, sticky: true, text(weight: 600, chapter.title))
  for line in chapter.lines {
    let told = row(line.number, {
      line.name
      if line.place != "" { linebreak(); text(size: 9pt, fill: luma(70), line.place) }
    }, text(size: 10pt, line.sum), line.page)
    block(breakable: false, spacing: 0.75em, if line.goal == none { told } else { link(line.goal, told) })
  }
}
#if data.note != "" { block(above: 1.5em, text(size: 9.5pt, data.note)) }
"""
DIGITS: Final = """
#set page(numbering: none)
#for digit in data.digits {
  context [#metadata(measure(text(size: 100pt, digit)).width.pt() / 100) <told>]
  block(text(digit))
}
"""
"""The ten digits one by one, and how wide each is."""


def front_of(plan: Mapping[str, Any]) -> dict[str, Any]:
    """The words of cover and contents; each line that has a page leads to it."""
    chapters = [
        {"title": chapter["title"], "lines": [_line(line) for line in chapter["lines"]]}
        for chapter in plan["chapters"]
    ]
    number = 0
    for chapter in chapters:
        for line in chapter["lines"]:
            number += 1
            line["number"] = f"{number}."
    is_whole = all(line["page"] for chapter in plan["chapters"] for line in chapter["lines"])
    words: dict[str, Any] = in_thai_digits(
        {
            "title": TITLE,
            "contents": CONTENTS,
            "headers": list(HEADERS),
            "plan": plan["plan"],
            "cover": list(plan["cover"]),
            "chapters": chapters,
            "note": "" if is_whole else NOTE,
        }
    )
    for told, chapter in zip(words["chapters"], plan["chapters"], strict=True):
        for entry, line in zip(told["lines"], chapter["lines"], strict=True):
            entry["goal"] = f"{LINK}{line['page']}" if line["page"] else None
    return {**words, "digits-of": {str(page): to_thai(str(page)) for page in range(1, _MOST_PAGES)}}


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    page = str(line["page"]) if line["page"] else NOT_PRINTED
    return {"name": line["name"], "place": line["place"], "sum": baht(Decimal(line["amount"])), "page": page}
