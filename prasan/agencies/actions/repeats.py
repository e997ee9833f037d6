"""A form that is sent twice is one act: whoever sends it again is answered with the row that it made.

Twice is a double click, the way back and sending anew, or a browser that repeats what a lost signal left
unanswered. The form gets its key when it is shown; the row keeps the key of the form that made it.
"""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from prasan.kernel.refusals import Refused

M = TypeVar("M", bound=Model)

_LOCKS = 0x464B  # first half of the advisory locks on forms; the second is taken from the key


def wait_for_turn(form_key: UUID | None) -> None:
    """Of one form sent several times at once, all but the first wait here until its transaction has ended."""
    if form_key is not None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, (form_key.int & 0xFFFF_FFFF) - 2**31]
            )


def made_before(form_key: UUID | None, own: QuerySet[M]) -> M | None:
    """The row that this form made when it was sent before, its turn having come.

    `own` are the rows that the person can have made. Refused where the key is that of another row, in words
    that tell nothing of it.
    """
    if form_key is None or not (made := own.model._base_manager.filter(form_key=form_key)).exists():
        return None
    if (row := own.filter(pk__in=made).first()) is None:
        raise Refused(_("This form cannot be sent any more. Please open it anew."))
    return row
