"""Which files a call asks for with each kind of project, and which of them a proposal has brought."""

from __future__ import annotations

from dataclasses import dataclass

from prasan.agencies.models import Call
from prasan.planning.models import Attachment, CallKind, ProjectKind, Proposal


@dataclass(frozen=True, slots=True)
class FileAsked:
    """A kind of file that must be brought, and whether it is there."""

    label: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class KindAsked:
    """A kind of project that a call takes, with its files; `is_chosen` is that of the proposal."""

    kind: ProjectKind
    files: tuple[FileAsked, ...]
    is_chosen: bool

    @property
    def missing(self) -> list[str]:
        """What the files that are still missing are called."""
        return [each.label for each in self.files if not each.is_there]


def kinds_asked(call: Call, proposal: Proposal | None = None, *, kind: str | None = None) -> list[KindAsked]:
    """The kinds of project that a call takes, the chosen one first; none where it takes every kind.

    The chosen kind is the proposal's own unless another is given.
    """
    chosen = kind if kind is not None or proposal is None else proposal.kind_id
    rows = CallKind.objects.filter(terms=call.pk).select_related("kind").order_by("kind__sort_key")
    given: set[str] = set()
    if proposal is not None and proposal.pk is not None:
        given = set(proposal.attachments.values_list("kind", flat=True))
    found = [
        KindAsked(
            row.kind,
            tuple(FileAsked(str(Attachment.Kind(code).label), code in given) for code in row.required),
            row.kind_id == chosen,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: not each.is_chosen)
