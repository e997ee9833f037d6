"""The photographs of a complaint, and which of them were used before, also resized or written anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import Q, QuerySet

from prasan.agencies.queries import Person, decide
from prasan.complaints.models import Complaint, Photograph
from prasan.complaints.prints import ALIKE, BAND_BITS, BANDS, bands_near
from prasan.complaints.queries.complaints import right_to_reveal

MOST_SHOWN = 5
_MOST_COMPARED = 50

_ALIKE = f"""
SELECT photograph_id, min(bit_count((bits # %(bits)s::bigint)::bit(64))) AS differing
FROM ({
    " UNION ALL ".join(
        f"SELECT photograph_id, bits FROM complaints_print "
        f"WHERE ((bits >> {BAND_BITS * band}) & {2**BAND_BITS - 1}) = ANY(%(band_{band})s::bigint[])"
        for band in range(BANDS)
    )
}) AS near
WHERE photograph_id < %(own)s AND bit_count((bits # %(bits)s::bigint)::bit(64)) <= %(alike)s
GROUP BY photograph_id ORDER BY differing, photograph_id LIMIT %(most)s
"""  # noqa: S608 - only numbers of our own are set in
"""Reads the four indexes of prints alone, some thousand entries of those of a million photographs."""


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

    What of them a reader may open is said by that complaint. A proof that the agency showed may be shown once
    more when the same complaint is closed.
    """
    whole = photograph.prints.filter(is_whole=True).first()
    if whole is None:
        return []
    asked: dict[str, int | list[int]] = {
        f"band_{band}": near for band, near in enumerate(bands_near(whole.bits))
    }
    asked.update(bits=whole.bits, alike=ALIKE, own=photograph.pk, most=_MOST_COMPARED)
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, asked)
        keys = [key for key, _differing in cursor.fetchall()]
    same = Q(complaint=photograph.complaint_id, shows=Photograph.Shows.PROOF)
    found = Photograph.objects.exclude(same).select_related("complaint").in_bulk(keys)
    return [found[key] for key in keys if key in found][:MOST_SHOWN]


def proofs_used_before(photographs: Iterable[Photograph]) -> Mapping[int, list[Photograph]]:
    """Of each proof among them, by its id, the earlier photographs that look the same, if there are any."""
    proofs = (each for each in photographs if each.shows == Photograph.Shows.PROOF)
    return {each.pk: earlier for each in proofs if (earlier := used_before(each))}
