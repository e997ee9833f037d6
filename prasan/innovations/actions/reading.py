"""Keeping what matching reads in titles beside the innovations."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from prasan.innovations.models import Innovation, TitleReading
from prasan.matching.title_index import pack_title
from prasan.matching.title_likeness import VERSION
from prasan.matching.title_reading import read_title

AT_ONCE = 500
"""Titles read in one transaction: a fifth of a second."""
MOST = 20_000
"""Titles read in one go, some seconds of work: whoever stops the worker does not wait for long."""


def keep_title_reading(innovation: Innovation) -> None:
    """Keep the reading of the title as it now stands; part of the act that wrote it."""
    TitleReading.objects.update_or_create(
        innovation=innovation,
        defaults={"version": VERSION, "packed": pack_title(read_title(innovation.title))},
    )


def keep_missing_title_readings(most: int = MOST) -> int:
    """Read the titles that lack a reading, or have one of another version; how many, up to most."""
    made = 0
    while made < most and (number := _keep_some()):
        made += number
    return made


@transaction.atomic
def _keep_some() -> int:
    of_now = TitleReading.objects.filter(innovation=OuterRef("pk"), version=VERSION)
    lacking = Innovation.objects.filter(~Exists(of_now)).select_for_update(
        skip_locked=True, of=("self",), no_key=True
    )
    rows = [
        TitleReading(
            innovation_id=pk, version=VERSION, packed=pack_title(read_title(title)), kept_at=timezone.now()
        )
        for pk, title in lacking.order_by("pk").values_list("pk", "title")[:AT_ONCE]
    ]
    TitleReading.objects.bulk_create(
        rows,
        update_conflicts=True,
        update_fields=["version", "packed", "kept_at"],
        unique_fields=["innovation"],
    )
    return len(rows)
