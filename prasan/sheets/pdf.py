"""Typesetting PDF with Typst, in the Thai official face, broken at words and whole when copied out."""

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from prasan.kernel.digits import to_thai

FACE: Final = "Sarabun"

_OPENING: Final = """
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: (left: 3cm, right: 2cm, top: 2.5cm, bottom: 2cm))
#set text(font: "Sarabun", size: 12pt, lang: sys.inputs.lang, hyphenate: false)
// Sarabun has raised and lowered marks as glyphs of their own. The tables that would shift them a hair more
// make Typst write the letters beneath them twice into the text that is copied out.
#set text(features: (mark: 0, mkmk: 0))
// Justified Thai is torn apart, on paper and in the text copied from it.
#set par(justify: false, leading: 0.8em)
"""
_THAI_DIGITS: Final = """
#let thai-digits = ("๐", "๑", "๒", "๓", "๔", "๕", "๖", "๗", "๘", "๙")
#show regex("[0-9]"): digit => thai-digits.at(int(digit.text))
"""


class PdfNotMade(Exception):
    """The source, which is ours, has a mistake, or the typeface is not where it was said to be."""


def render_pdf(
    source: str,
    fonts: str | os.PathLike[str],
    data: Mapping[str, object],
    *,
    lang: str = "th",
    thai_digits: bool = False,
) -> bytes:
    """The PDF of a Typst source in which `data` is at hand, on A4 in Sarabun.

    `fonts` is the folder that holds the typeface, at any depth. What stands in `data` is never read as
    markup when the source places it as text (`#data.name`). With `thai_digits` every digit is printed ๐–๙.
    """
    opening = _OPENING + (_THAI_DIGITS if thai_digits else "")
    try:
        return typst.compile(
            (opening + source).encode(), font_paths=_typefaces(fonts), sys_inputs=_inputs(data, lang)
        )
    except typst.TypstError as error:
        raise PdfNotMade(error.message) from error


def set_pages(
    source: str, fonts: str | os.PathLike[str], data: Mapping[str, object], target: str | os.PathLike[str]
) -> list[float]:
    """Write the PDF of a source to a file, as `render_pdf` makes it in Thai; the numbers that the source told
    by `metadata` under the label `<told>`, in their order."""
    path = Path(target)
    written = path.with_suffix(".typ")
    written.write_text(_OPENING + source, encoding="utf-8")
    try:
        compiler = typst.Compiler(str(written), font_paths=_typefaces(fonts), sys_inputs=_inputs(data, "th"))
        compiler.compile(output=str(path), format="pdf")
        told: list[float] = json.loads(compiler.query("<told>", field="value"))
    except typst.TypstError as error:
        raise PdfNotMade(error.message) from error
    finally:
        written.unlink(missing_ok=True)
    return told


def in_thai_digits(value: Any) -> Any:
    """The same values with every digit of every text as ๐–๙; done here, as Typst would take far longer."""
    if isinstance(value, str):
        return to_thai(value)
    if isinstance(value, dict):
        return {key: in_thai_digits(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [in_thai_digits(inner) for inner in value]
    return value


def _inputs(data: Mapping[str, object], lang: str) -> dict[str, str]:
    return {"data": json.dumps(data, ensure_ascii=False, default=str), "lang": lang}


def _typefaces(folder: str | os.PathLike[str]) -> typst.Fonts:
    typefaces = _fonts(os.fspath(folder))
    if FACE not in typefaces.families():
        raise PdfNotMade(f"the typeface {FACE} is not in {os.fspath(folder)}")
    return typefaces


@cache
def _fonts(folder: str) -> typst.Fonts:
    """The typefaces of a folder, looked through once; those of the machine are never used."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
