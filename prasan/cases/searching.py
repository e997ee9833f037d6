"""Finding rows by words, in Thai or English."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from prasan.kernel.words import search_key, words
from prasan.places.models import COUNTRY
from prasan.places.queries import last_code_inside

M = TypeVar("M", bound=Model)

LONGEST_QUERY = 200
"""Characters of a query that are read."""


def searched(rows: QuerySet[M], text: str) -> QuerySet[M]:
    """The rows whose key holds the text, or every word of it in any order; all rows for an empty text."""
    text = text[:LONGEST_QUERY]
    whole = search_key(text)
    if not whole:
        return rows
    every = Q()
    for key in {search_key(word) for word in words(text)} - {""}:
        every &= Q(search_key__contains=key)
    return rows.filter(Q(search_key__contains=whole) | every if every else Q(search_key__contains=whole))


def inside_area(rows: QuerySet[M], code: str) -> QuerySet[M]:
    """The needs or proposals in an area and all inside it."""
    if code == COUNTRY:
        return rows
    rows = rows.filter(province=code[:2])
    return rows.filter(area__code__range=(code, last_code_inside(code))) if len(code) > 2 else rows
