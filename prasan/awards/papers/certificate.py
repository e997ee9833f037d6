"""A certificate as PDF: A4 across, Sarabun, Thai digits, and a square that says the same, signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import segno

from prasan.kernel.digits import to_thai
from prasan.sheets.pdf import render_pdf

_SOURCE: Final = """
#set page(flipped: true, margin: (x: 1.8cm, top: 1.6cm, bottom: 1.4cm), background: {
  place(center + horizon, rect(width: 27.7cm, height: 19cm, stroke: 2.4pt + rgb("#0f6b6b")))
  place(center + horizon, rect(width: 27.1cm, height: 18.4cm, stroke: 0.7pt + rgb("#b8892b")))
})
#set par(leading: 0.7em, spacing: 0.85em)
#let line-of(size, words, ..style) = if words != "" { block(text(size: size, ..style, words)) }
#let signer(one) = align(center + top, block(width: 7cm)[
  #v(1.1cm)
  #line(length: 5.5cm, stroke: 0.5pt)
  #block(text(size: 12pt, one.name))
  #block(text(size: 12pt, one.post))
])
#place(bottom + right, image(bytes(data.square), format: "svg", width: data.square-width * 1mm))
#place(bottom + left, dx: 2mm, dy: -2mm)[
  #block(width: 5cm, spacing: 0.4em, text(size: 8pt, data.number))
  #block(width: 5cm, spacing: 0.4em, text(size: 8pt, data.checked-at))
]
#align(center + horizon, block(width: 21cm)[
  #line-of(15pt, data.organiser)
  #line-of(32pt, data.heading, weight: 700, fill: rgb("#0f6b6b"))
  #line-of(14pt, data.opening)
  #line-of(23pt, data.owner, weight: 600)
  #line-of(14pt, data.what)
  #line-of(data.title-size * 1pt, data.title, weight: 600)
  #line-of(17pt, data.award)
  #line-of(13pt, data.edition)
  #line-of(13pt, data.day)
  #if data.signers.len() > 0 {
    grid(columns: data.signers.len() * (7cm,), column-gutter: 0.4cm, ..data.signers.map(signer))
  }
])
"""
_LONG_TITLE = 90
"""Letters from which on a title is set smaller, so that three lines and two signers stay on the page."""

_MODULE: Final = 0.42
"""Millimetres of a point of the square as printed: below 0.4 cameras of telephones begin to fail."""
_WIDEST: Final = 56
"""Millimetres beside two signers. Only a code of more than 1,500 letters has smaller points for that."""
_QUIET: Final = 4
"""Points around the square that stay white, as its standard asks."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the name in brackets under the line, and the post."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Paper:
    """All words of a certificate, in Thai; its digits become Thai ones, not those of the square."""

    number: str
    organiser: str
    heading: str
    opening: str
    owner: str
    what: str
    title: str
    award: str
    edition: str
    day: str
    signers: Sequence[Signer]
    address: str
    checked_at: str


def certificate_pdf(paper: Paper, fonts: Path) -> bytes:
    """One certificate, on one page; the text copied out of it is the text that was given."""
    words = {
        name: to_thai(getattr(paper, name))
        for name in ("number", "organiser", "heading", "opening", "owner", "what", "title", "award")
    }
    drawn, width = square(paper.address)
    return render_pdf(
        _SOURCE,
        fonts,
        {
            **words,
            "edition": to_thai(paper.edition),
            "day": to_thai(paper.day),
            "title-size": 19 if len(paper.title) <= _LONG_TITLE else 15,
            "signers": [{"name": to_thai(each.name), "post": to_thai(each.post)} for each in paper.signers],
            "square": drawn,
            "square-width": width,
            "checked-at": paper.checked_at,
        },
    )


def square(address: str) -> tuple[str, float]:
    """The address as a QR code: drawn as SVG, and how wide it is printed, in millimetres.

    The code stands in it, so that no server need be asked.
    """
    drawn, made = BytesIO(), segno.make(address, error="l", micro=False)
    made.save(drawn, kind="svg", border=_QUIET, dark="#000", light="#fff")
    width, _height = made.symbol_size(border=_QUIET)
    return drawn.getvalue().decode(), min(width * _MODULE, _WIDEST)
