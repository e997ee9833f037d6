"""The letters of a box → acts, one by one, with a report of what became of them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable

from django.db import InterfaceError, OperationalError

from prasan.linkage.actions import set_aside, take_in_letter
from prasan.linkage.mailboxes import Found
from prasan.linkage.models import IncomingLetter
from prasan.places.models import Area

_log = logging.getLogger("prasan.linkage")


def take_in_letters(letters: Iterable[Found], *, area: Area, own: tuple[str, ...] = ()) -> Counter[str]:
    """Do with each letter what is to be done, and how many came to which outcome.

    A letter is marked as read in its box once what became of it is kept; cut off in between, it is read again
    and known again. One on which we fail stops no other.
    """
    outcomes: Counter[str] = Counter()
    for found in letters:
        outcomes[_take_in(found, area, own).outcome] += 1
        found.mark_read()
    return outcomes


def _take_in(found: Found, area: Area, own: tuple[str, ...]) -> IncomingLetter:
    if not found.is_whole:
        return set_aside(found.content, area=area, reason=IncomingLetter.Reason.TOO_LARGE)
    try:
        return take_in_letter(found.content, area=area, own=own)
    except (OperationalError, InterfaceError):
        raise  # the database is away: the letter waits in its box
    except Exception as error:
        _log.error("a letter was set aside: %s", type(error).__name__)  # no word of it
        return set_aside(found.content, area=area, reason=IncomingLetter.Reason.BROKEN)
