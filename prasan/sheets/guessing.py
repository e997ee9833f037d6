"""What the columns of somebody's own table most likely mean, for a person to confirm."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from rapidfuzz import fuzz

from prasan.kernel.text import clean
from prasan.kernel.words import search_key
from prasan.sheets.columns import Column, match_columns
from prasan.sheets.reading import open_sheet

_ALIKE: Final = 84
"""How alike, of 100, a heading and a known name must be to be proposed."""
_LOOKED_THROUGH: Final = 50
"""Rows in which samples are sought."""
_BRACKETED = re.compile(r"\([^)]*\)")


def samples_of(content: bytes, number: int = 3) -> dict[str, list[str]]:
    """The first values under each heading, for whoever confirms what they mean."""
    found: dict[str, list[str]] = {}
    with open_sheet(io.BytesIO(content)) as sheet:
        for row, _count in zip(sheet.rows(), range(_LOOKED_THROUGH), strict=False):
            for header, written in row.cells.items():
                values = found.setdefault(header, [])
                if (value := clean(written).strip()[:80]) and value not in values and len(values) < number:
                    values.append(value)
    return found


def fingerprint_of(headers: Sequence[str]) -> str:
    """What knows a file of the same headings again, whatever its rows."""
    return hashlib.sha256("\n".join(headers).encode()).hexdigest()


def guessed_columns(
    headers: Sequence[str], fields: tuple[Column, ...], named: Callable[[str], str] = lambda header: ""
) -> dict[str, str]:
    """What each heading most likely means, each meaning once; what is like nothing known is left out.

    `named` gives the meaning of headings that no list of names can hold, such as the budget of a year.
    """
    outright = match_columns(tuple(headers), fields).headers
    columns = {header: code for code, header in outright.items()}
    for header in headers:
        if header not in columns and (code := named(header)):
            columns[header] = code
    taken = set(columns.values())
    likely = sorted(
        (
            (_likeness(header, column), header, column.code)
            for header in headers
            if header not in columns
            for column in fields
            if column.code not in taken
        ),
        reverse=True,
    )
    for likeness, header, code in likely:
        if likeness >= _ALIKE and header not in columns and code not in columns.values():
            columns[header] = code
    return columns


def _likeness(header: str, column: Column) -> float:
    return max(fuzz.ratio(_key(header), name) for name in _keys(column))


@cache
def _keys(column: Column) -> tuple[str, ...]:
    return tuple(_key(name) for name in (column.th, column.en, *column.aliases))


def _key(name: str) -> str:
    return search_key(_BRACKETED.sub("", name))
