"""Proof photographs that were used before, as a page tells of them."""

from __future__ import annotations

from collections.abc import Iterable

from prasan.accounts.models import User
from prasan.complaints.models import Photograph
from prasan.complaints.queries import complaints_for, proofs_used_before

Reused = list[tuple[int, list[tuple[Photograph, bool]]]]
"""Of each such proof its id and the earlier ones, each with whether the reader may open its complaint."""


def reused_for(photographs: Iterable[Photograph], user: User) -> Reused:
    """Which proofs were used before, and where, as far as the reader may see that."""
    found = proofs_used_before(photographs)
    keys = {other.complaint_id for earlier in found.values() for other in earlier}
    open_to = set(complaints_for(user).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    return [
        (pk, [(other, other.complaint_id in open_to) for other in earlier]) for pk, earlier in found.items()
    ]
