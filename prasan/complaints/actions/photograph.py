"""Photographs that come with a complaint, with its answer and with its closing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.cases.actions import remark
from prasan.cases.words import cleaned
from prasan.complaints import events
from prasan.complaints.models import Complaint, Photograph, Print
from prasan.complaints.prints import prints_of
from prasan.complaints.queries import right_to_reveal
from prasan.documents.actions import release
from prasan.documents.models import File
from prasan.documents.queries import content
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record

MOST_AT_ONCE = 5
"""Files that come with one act."""


class Sent(NamedTuple):
    """A stored file, and how its sender called it."""

    file: File
    name: str


@transaction.atomic
def read_letter(letter: Photograph, *, by: User | None) -> Photograph:
    """The scan of a letter, which tells who wrote it; that it was looked at is recorded."""
    complaint = Complaint.objects.select_related("area").get(pk=letter.complaint_id)
    posting = require(by, right_to_reveal(complaint), complaint)
    record(events.LETTER_READ, complaint, by=by, posting=posting, after={"photograph": letter.pk})
    return letter


def drop_letters(complaint: Complaint) -> int:
    """Remove the scans of a letter, as part of an act that is permitted and has a transaction; how many."""
    letters = list(complaint.photographs.filter(shows=Photograph.Shows.LETTER).select_related("file"))
    for letter in letters:
        letter.delete()
        release(letter.file)
    return len(letters)


def add_photographs(
    complaint: Complaint, sent: Sequence[Sent], *, shows: Photograph.Shows, by: User | None
) -> None:
    """Link stored files to a complaint, as part of an act that is permitted and has a transaction.

    A paper is always a letter. A file that was stored too long ago to be there still is asked for again.
    """
    if not sent:
        return
    if len(sent) > MOST_AT_ONCE:
        raise Refused(_("Please choose %(most)d photographs or fewer.") % {"most": MOST_AT_ONCE})
    files = File.objects.select_for_update().in_bulk([each.file.pk for each in sent])
    if len(files) < len({each.file.pk for each in sent}):
        raise Refused(_("The photographs were sent too long ago. Please choose them again."))
    added = []
    for file, name in sent:
        is_picture = file.kind == File.Kind.IMAGE
        row, is_new = Photograph.objects.get_or_create(
            complaint=complaint,
            file=files[file.pk],
            shows=shows if is_picture else Photograph.Shows.LETTER,
            defaults={
                "name": cleaned(name, 200) or str(_("photograph")),
                "added_by": by,
            },
        )
        if is_new:
            added.append(row.pk)
            _keep_prints(row)
    if added:
        remark(complaint, events.PHOTOGRAPHS_ADDED, by=by, after={"photographs": added, "shows": str(shows)})


def _keep_prints(photograph: Photograph) -> None:
    """Keep what a photograph looks like; letters look like one another, and are never held against others."""
    if photograph.shows == Photograph.Shows.LETTER:
        return
    with content(photograph.file, thumbnail=True).stream as small:
        prints = prints_of(small)
    Print.objects.bulk_create(
        Print(photograph=photograph, is_whole=place == 0, bits=bits) for place, bits in enumerate(prints)
    )
