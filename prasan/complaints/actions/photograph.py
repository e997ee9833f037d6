"""Photographs that come with a complaint, with its answer and with its closing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.cases.actions import remark
from prasan.cases.words import cleaned
from prasan.complaints import events
from prasan.complaints.models import Complaint, Photograph
from prasan.complaints.prints import bands_of, print_of
from prasan.documents.models import File
from prasan.documents.queries import path_of
from prasan.kernel.refusals import Refused

MOST_AT_ONCE = 5
"""Files that come with one act."""


class Sent(NamedTuple):
    """A stored file, and how its sender called it."""

    file: File
    name: str


def add_photographs(
    complaint: Complaint, sent: Sequence[Sent], *, shows: Photograph.Shows, by: User | None
) -> None:
    """Link stored files to a complaint, as part of an act that is permitted and has a transaction.

    A file that was stored too long ago to be there still is asked for again.
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
        number = print_of(path_of(file)) if file.kind == File.Kind.IMAGE else None
        row, is_new = Photograph.objects.get_or_create(
            complaint=complaint,
            file=files[file.pk],
            shows=shows,
            defaults={
                "name": cleaned(name, 200) or str(_("photograph")),
                "print": number,
                "bands": bands_of(number) if number is not None else [],
                "added_by": by,
            },
        )
        if is_new:
            added.append(row.pk)
    if added:
        remark(complaint, events.PHOTOGRAPHS_ADDED, by=by, after={"photographs": added, "shows": str(shows)})
