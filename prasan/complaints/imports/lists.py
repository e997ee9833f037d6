"""A list of complaints: received, its columns learned, its right rows taken in a few at a time."""

from __future__ import annotations

from itertools import islice
from uuid import UUID

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.cases.listing import headings_of
from prasan.complaints.actions.listing import (
    ListedComplaint,
    finish_list,
    receive_list,
    source_key_of,
    take_in_rows,
)
from prasan.complaints.imports.listed import FIELDS, ListReading, number_of_rows, read_list
from prasan.complaints.models import Complaint, ComplaintList
from prasan.places.models import Area
from prasan.sheets.guessing import fingerprint_of, guessed_columns

AT_ONCE = 50
"""Rows of one transaction: what a killed worker has to do again, and how often progress is told."""


def receive_file(
    area: Area,
    agency: Agency,
    content: bytes,
    *,
    name: str,
    by: User | None,
    form_key: UUID | None = None,
) -> ComplaintList:
    """Keep a file with what its columns most likely mean: as confirmed for such a file before, or guessed."""
    headers = headings_of(content)
    fingerprint = fingerprint_of(headers)
    like = ComplaintList.objects.filter(fingerprint=fingerprint, is_confirmed=True).defer("content")
    before = like.order_by("-pk").first()
    return receive_list(
        area,
        agency,
        content,
        name=name,
        headers=headers,
        rows=number_of_rows(content),
        fingerprint=fingerprint,
        columns=before.columns if before else guessed_columns(headers, FIELDS),
        by=by,
        form_key=form_key,
    )


def looked_at(listing: ComplaintList) -> tuple[ListReading, int]:
    """What the list holds, and how many of its right rows did not come in before."""
    reading = read_list(listing)
    keys = {source_key_of(listing, each.number) for each in reading.complaints}
    return reading, len(keys) - Complaint.objects.filter(source_key__in=keys).count()


def take_in_list(listing: ComplaintList, *, by: User | None) -> ComplaintList:
    """Take in every right row that is new, from where an earlier try was cut off; done, it does nothing."""
    if listing.content is None:
        return listing
    reading = read_list(listing)
    left = iter([each for each in reading.complaints if each.line > listing.last_line])
    while rows := list[ListedComplaint](islice(left, AT_ONCE)):
        listing = take_in_rows(listing, rows, upto=rows[-1].line, by=by)
    return finish_list(listing, wrong_lines=reading.wrong_lines, by=by)
