"""Likeness of text by pg_trgm in the embedded PostgreSQL, whose locale must know Thai letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection

from bench.match_reference.tuning import Variant, fixed
from bench.match_rows import Row

FUNCTIONS = (
    "similarity(one, other)",
    "greatest(word_similarity(one, other), word_similarity(other, one))",
    "greatest(strict_word_similarity(one, other), strict_word_similarity(other, one))",
    "(word_similarity(one, other) + word_similarity(other, one)) / 2",
)


def variants(rows: Mapping[str, Row], pairs: Sequence[tuple[str, str]]) -> dict[str, Variant]:
    """Each way in which pg_trgm compares two texts; the database of the bench must be running."""
    texts = [[rows[pair[side]].text.replace("\x00", "") for pair in pairs] for side in (0, 1)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT show_trgm('น้ำท่วม')")
        if not cursor.fetchone()[0]:
            raise RuntimeError("pg_trgm finds nothing in Thai here; the cluster needs the locale C.UTF-8")
        cursor.execute(
            f"SELECT ARRAY[{', '.join(FUNCTIONS)}]::float8[] FROM unnest(%s::text[], %s::text[]) "  # noqa: S608 - ours
            "WITH ORDINALITY AS pair(one, other, place) ORDER BY place",
            texts,
        )
        scores = [row[0] for row in cursor.fetchall()]
    return {function: fixed([row[place] for row in scores]) for place, function in enumerate(FUNCTIONS)}
