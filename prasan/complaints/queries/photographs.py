"""The photographs of a complaint, and which of them were used before, also resized or written anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from prasan.agencies.queries import Person, decide
from prasan.complaints.models import Complaint, Photograph
from prasan.complaints.prints import ALIKE
from prasan.complaints.queries.complaints import right_to_reveal

MOST_SHOWN = 5

_USED_BEFORE = """
SELECT earlier.id FROM complaints_photograph AS earlier
WHERE earlier.bands && %s::integer[] AND earlier.id < %s
  AND bit_count((earlier.print # %s)::bit(64)) <= %s
ORDER BY bit_count((earlier.print # %s)::bit(64)), earlier.id LIMIT %s
"""


def photographs_of(complaint: Complaint) -> QuerySet[Photograph]:
    """All files of a complaint, for its sender."""
    return complaint.photographs.select_related("file").order_by("pk")


def photographs_for(user: Person, complaint: Complaint) -> QuerySet[Photograph]:
    """The files of a complaint, for somebody who may see it.

    A letter tells who wrote it: only those see that there is one who may know the sender.
    """
    rows = photographs_of(complaint)
    if decide(user, right_to_reveal(complaint), complaint):
        return rows
    return rows.exclude(shows=Photograph.Shows.LETTER)


def used_before(photograph: Photograph) -> list[Photograph]:
    """Earlier photographs that look the same, the likest first, of whatever complaint.

    What of them a reader may open is said by that complaint.
    """
    if photograph.print is None:
        return []
    asked: list[Any] = [
        photograph.bands,
        photograph.pk,
        photograph.print,
        ALIKE,
        photograph.print,
        MOST_SHOWN,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_USED_BEFORE, asked)
        keys = [key for (key,) in cursor.fetchall()]
    found = Photograph.objects.select_related("complaint").in_bulk(keys)
    return [found[key] for key in keys]


def proofs_used_before(photographs: Iterable[Photograph]) -> Mapping[int, list[Photograph]]:
    """Of each proof among them, by its id, the earlier photographs that look the same, if there are any."""
    proofs = (each for each in photographs if each.shows == Photograph.Shows.PROOF)
    return {each.pk: earlier for each in proofs if (earlier := used_before(each))}
