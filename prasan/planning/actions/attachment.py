"""Files of needs and proposals: adding, removing, and releasing to the public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.cases.words import cleaned
from prasan.documents.actions import release, store
from prasan.documents.models import File
from prasan.kernel.refusals import Refused
from prasan.kernel.rights import Right
from prasan.ledger.actions import record
from prasan.planning import events, rules
from prasan.planning.actions.proposal import writing_right
from prasan.planning.models import Attachment, Need, Proposal

MOST_FILES = 20
"""Files on one need or proposal."""

_OPEN_FOR_FILES: Mapping[type[Need | Proposal], tuple[str, ...]] = {
    Need: ("draft", "entered"),
    Proposal: ("draft", "agency_draft"),
}
_ALLOWED = {
    Attachment.Kind.PHOTOGRAPH: (File.Kind.IMAGE,),
    Attachment.Kind.DRAWING: (File.Kind.IMAGE, File.Kind.PDF),
    Attachment.Kind.LAND_PERMISSION: (File.Kind.IMAGE, File.Kind.PDF),
    Attachment.Kind.COST_ESTIMATE: (File.Kind.PDF, File.Kind.XLSX, File.Kind.IMAGE),
    Attachment.Kind.OTHER: (File.Kind.IMAGE, File.Kind.PDF, File.Kind.DOCX, File.Kind.XLSX),
}


@transaction.atomic
def attach(
    owner: Need | Proposal,
    stream: BinaryIO,
    *,
    name: str,
    kind: str = Attachment.Kind.PHOTOGRAPH,
    by: User | None,
) -> Attachment:
    """Add a file, where a picture was taken removed from it; the same file sent again is the one there is."""
    owner = _locked(owner)
    posting = require(by, _writing(owner), owner)
    file = store(stream, name=name, allowed=_ALLOWED[Attachment.Kind(kind)])
    if (kept := owner.attachments.filter(file=file, kind=kind).first()) is not None:
        return kept
    _refuse_unless_open(owner)
    if owner.attachments.count() >= MOST_FILES:
        raise Refused(_("There are %(most)d files already. Please remove one first.") % {"most": MOST_FILES})
    link = {"need": owner} if isinstance(owner, Need) else {"proposal": owner}
    attachment = Attachment.objects.create(
        file=file, kind=kind, name=cleaned(name, 200) or str(_("photograph")), added_by=by, **link
    )
    record(
        events.FILE_ATTACHED,
        owner,
        by=by,
        posting=posting,
        after={"attachment": attachment.pk, "kind": str(kind)},
    )
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: User | None) -> None:
    """Remove a file; its content goes with its last link."""
    owner = _locked(attachment.owner)
    posting = require(by, _writing(owner), owner)
    _refuse_unless_open(owner)
    kept = Attachment.objects.filter(pk=attachment.pk).first()
    if kept is None:
        raise Refused(_("This file was removed already."))
    record(
        events.FILE_REMOVED, owner, by=by, posting=posting, before={"attachment": kept.pk, "kind": kept.kind}
    )
    kept.delete()
    release(kept.file)


@transaction.atomic
def show_file(attachment: Attachment, *, by: User | None, public: bool) -> Attachment:
    """Release a file to the public, or hide it again."""
    owner = _locked(attachment.owner)
    posting = require(by, rules.RELEASE, owner)
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if owner.state in ("draft", "agency_draft"):
        raise Refused(_("A draft shows nothing to the public."))
    if attachment.is_public != public:
        attachment.released_at = timezone.now() if public else None
        attachment.save(update_fields=["released_at"])
        event = events.FILE_RELEASED if public else events.FILE_HIDDEN
        record(event, owner, by=by, posting=posting, after={"attachment": attachment.pk})
    return attachment


def _locked(owner: Need | Proposal) -> Need | Proposal:
    rows = type(owner)._base_manager.select_for_update(of=("self",)).select_related("area")
    return rows.get(pk=owner.pk)


def _writing(owner: Need | Proposal) -> Right:
    return rules.ENTER_NEED if isinstance(owner, Need) else writing_right(owner)


def _refuse_unless_open(owner: Need | Proposal) -> None:
    if owner.state not in _OPEN_FOR_FILES[type(owner)]:
        raise Refused(_("Files can no longer be changed: it has gone on its way."))
