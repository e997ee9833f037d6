"""Letters that came in, as officers see them."""

from __future__ import annotations

from django.db.models import QuerySet

from prasan.agencies.queries import Person, holds_anywhere, within_reach
from prasan.linkage import rules
from prasan.linkage.models import IncomingLetter


def letters_for(user: Person) -> QuerySet[IncomingLetter]:
    """The letters that the person may look through, newest first."""
    rows = IncomingLetter.objects.select_related("area", "complaint").defer("content")
    return within_reach(user, rules.READ_LETTERS, rows).order_by("-pk")


def may_read_letters(user: Person) -> bool:
    """Whether the person looks through letters of some province."""
    return holds_anywhere(user, rules.READ_LETTERS)
