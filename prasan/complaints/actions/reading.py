"""Keeping what matching reads in the words of complaints beside them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef

from prasan.complaints.models import Complaint, Reading
from prasan.complaints.states import OPEN
from prasan.matching import VERSION, packed_reading

AT_ONCE = 200
"""Complaints whose readings are made in one transaction: a tenth of a second for which they are held."""


def keep_reading(complaint: Complaint) -> None:
    """Keep the reading of a complaint that is just being taken in; of a restricted one nothing is kept."""
    if not complaint.is_restricted:
        Reading.objects.create(complaint=complaint, version=VERSION, packed=packed_reading(complaint.words))


def drop_reading(complaint: Complaint) -> None:
    """Drop the reading of a complaint that turns out to be of a restricted kind."""
    Reading.objects.filter(complaint=complaint).delete()


MOST = 10_000
"""Readings made in one go, some seconds of work: whoever stops the worker does not wait for long."""


def keep_missing_readings(most: int = MOST) -> int:
    """Make the readings that open complaints lack, or have of another version; how many, up to most.

    Cut off, it has lost nothing: what is made is kept a few hundred at a time.
    """
    made, last = 0, 0
    while made < most and (rows := _keep_some(last)):
        made, last = made + len(rows), rows[-1].pk
    return made


@transaction.atomic
def _keep_some(after: int) -> list[Reading]:
    of_now = Reading.objects.filter(complaint=OuterRef("pk"), version=VERSION)
    lacking = Complaint.objects.filter(~Exists(of_now), state__in=OPEN, is_restricted=False, pk__gt=after)
    # held until they are kept, lest one is screened as restricted meanwhile; who is at work on one goes first
    held = lacking.select_for_update(skip_locked=True, of=("self",), no_key=True).order_by("pk")
    rows = [
        Reading(complaint_id=pk, version=VERSION, packed=packed_reading(words))
        for pk, words in held.values_list("pk", "words")[:AT_ONCE]
    ]
    Reading.objects.bulk_create(
        rows, update_conflicts=True, update_fields=["version", "packed"], unique_fields=["complaint"]
    )
    return rows
