"""A published cookbook to be read, printed or taken along: one content, as page, PDF and DOCX.

It takes a version that was chosen elsewhere, knows no rights and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prasan.documents.face import fonts
from prasan.innovations.models import CookbookSection, CookbookVersion
from prasan.kernel.dates import format_date, in_bangkok
from prasan.kernel.digits import format_number
from prasan.sheets.docx import Block, Heading, Paragraph, write_docx
from prasan.sheets.pdf import in_thai_digits, render_pdf
from prasan.sheets.table import Table

_NUMBERED: Final = (CookbookSection.Code.STEPS,)
"""Sections of which a line is a step."""
_OWN_NUMBER: Final = re.compile(r"^(?:[0-9๐-๙]{1,2}[.)](?![0-9๐-๙])|[-–•*])\s*")
"""What people type before a step themselves."""

SOURCE: Final = """
#let numeral(number) = str(number).clusters().map(digit => data.digits.at(int(digit))).join()
#set page(footer: context align(center, numeral(counter(page).get().first())))
#set text(size: 12pt)
#set par(leading: 0.7em, spacing: 0.7em)
#set table(stroke: 0.4pt + luma(110), inset: (x: 4pt, y: 3.5pt), align: left + horizon)
#show table.cell.where(y: 0): set text(weight: 600)
#show heading: it => block(above: 1.3em, below: 0.6em, text(size: 13pt, weight: 600, it.body))
#align(center, text(size: 16pt, weight: 600, data.kind))
#align(center, text(size: 14pt, weight: 600, data.title))
#align(center, data.owner)
#align(center, data.edition)
#for part in data.parts {
  heading(part.label)
  if part.is_numbered {
    for (place, line) in part.lines.enumerate() {
      block(spacing: 0.7em, grid(columns: (1cm, 1fr), numeral(place + 1) + ".", line))
    }
  } else {
    for line in part.lines { block(spacing: 0.7em, line) }
  }
}
#if data.figures.len() > 0 {
  heading(data.figures_label)
  table(columns: (2fr, 1.4fr, 1.4fr, 2fr), table.header(..data.figure_heads), ..data.figures.flatten())
}
#if data.attachments.len() > 0 {
  heading(data.attachments_label)
  for (place, line) in data.attachments.enumerate() {
    block(spacing: 0.7em, grid(columns: (1cm, 1fr), numeral(place + 1) + ".", line))
  }
}
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A section with something in it, line by line; numbered where a line is a step."""

    code: str
    label: str
    lines: Sequence[str]
    is_numbered: bool


@dataclass(frozen=True, slots=True)
class CookbookWords:
    """Everything that a reader of a cookbook sees, in his language where there are words in it."""

    kind: str
    title: str
    owner: str
    edition: str
    parts: Sequence[Part]
    figures_label: str
    figure_heads: Sequence[str]
    figures: Sequence[Sequence[str]]
    attachments_label: str
    attachments: Sequence[str]


def words_of_cookbook(version: CookbookVersion) -> CookbookWords:
    """What a version of a cookbook says; sections that were left empty are left out."""
    content, language = version.content, (get_language() or "th")[:2]
    is_english = language == "en"
    edition = _("Version %(number)d, %(day)s") % {
        "number": version.number,
        "day": format_date(_day_of(version), language),
    }
    return CookbookWords(
        kind=_("Cookbook"),
        title=(is_english and content["title_en"]) or content["title"],
        owner=(is_english and content["owner_en"]) or content["owner_th"],
        edition=edition,
        parts=[part for code in CookbookSection.Code if (part := _part(code, content["sections"])).lines],
        figures_label=_("Figures"),
        figure_heads=[_("What is measured"), _("Value before"), _("Value after"), _("Source")],
        figures=[
            [
                each["name"],
                _figure(each["base_value"], each["unit"], each["base_year"]),
                _figure(each["value"], each["unit"], each["year"]),
                each["source"],
            ]
            for each in content["measures"]
        ],
        attachments_label=_("Forms and documents"),
        attachments=[title for _key, title in content["files"]],
    )


def cookbook_pdf(words: CookbookWords) -> bytes:
    """The cookbook on A4, with Thai digits as official documents have them."""
    return render_pdf(SOURCE, fonts(), in_thai_digits({**asdict(words), "digits": list("0123456789")}))


def write_cookbook(stream: BinaryIO, words: CookbookWords) -> None:
    """Write the same words as a Word document, to be worked on."""
    blocks: list[Block] = [
        Heading(words.kind, 0),
        Heading(words.title, 0),
        Paragraph(words.owner),
        Paragraph(words.edition),
    ]
    for part in words.parts:
        blocks.append(Heading(part.label))
        blocks += [
            Paragraph(f"{number}. {line}" if part.is_numbered else line)
            for number, line in enumerate(part.lines, start=1)
        ]
    if words.figures:
        blocks += [Heading(words.figures_label), Table("", words.figure_heads, words.figures)]
    if words.attachments:
        blocks.append(Heading(words.attachments_label))
        blocks += [Paragraph(f"{number}. {title}") for number, title in enumerate(words.attachments, start=1)]
    write_docx(stream, blocks, thai_digits=True)


def _part(code: CookbookSection.Code, sections: dict[str, str]) -> Part:
    is_numbered = code in _NUMBERED
    lines = [line for line in sections.get(code.value, "").split("\n") if line.strip()]
    if is_numbered:
        lines = [_OWN_NUMBER.sub("", line) or line for line in lines]
    return Part(code.value, str(code.label), lines, is_numbered)


def _figure(value: str | None, unit: str, year: int | None) -> str:
    if value is None:
        return _("unknown")
    told = f"{format_number(Decimal(value))} {unit}"
    return f"{told} ({year})" if year is not None else told


def _day_of(version: CookbookVersion) -> date:
    return in_bangkok(version.made_at).date()
