"""Evidence of an innovation: files and addresses that others can look at."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.cases.words import cleaned
from prasan.documents.actions import release, store
from prasan.documents.models import File
from prasan.innovations import events, rules
from prasan.innovations.actions.innovation import locked_innovation, refuse_unless_open
from prasan.innovations.models import Evidence, Innovation
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record

MOST = 20
"""Pieces of evidence of one innovation."""
_ALLOWED = (File.Kind.IMAGE, File.Kind.PDF, File.Kind.DOCX, File.Kind.XLSX)


@transaction.atomic
def add_evidence(
    innovation: Innovation,
    *,
    title: str,
    address: str = "",
    stream: BinaryIO | None = None,
    name: str = "",
    by: User | None,
) -> Evidence:
    """Add a file, an address, or a document that is only named; the same one once."""
    innovation = locked_innovation(innovation)
    posting = require(by, rules.WRITE, innovation)
    refuse_unless_open(innovation)
    title = cleaned(title, 300)
    if not title:
        raise Refused(_("Please say what it is, for example: report of the hospital, 2568."))
    file = store(stream, name=name, allowed=_ALLOWED) if stream is not None else None
    same = {"file": file} if file is not None else {"file": None, "title": title, "address": address}
    if (known := innovation.evidence.filter(**same).first()) is not None:
        return known
    if innovation.evidence.count() >= MOST:
        raise Refused(_("There are %(most)d pieces of evidence already.") % {"most": MOST})
    evidence = Evidence.objects.create(
        innovation=innovation, title=title, address=address, file=file, added_by=by
    )
    record(events.EVIDENCE_ADDED, innovation, by=by, posting=posting, after={"evidence": evidence.pk})
    return evidence


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User | None) -> None:
    """Take evidence away while the innovation can be changed; a file goes with its last link."""
    innovation = locked_innovation(evidence.innovation)
    posting = require(by, rules.WRITE, innovation)
    if innovation.state != "draft":
        raise Refused(_("What was sent once keeps its evidence. You can add more."))
    kept = Evidence.objects.filter(pk=evidence.pk).select_related("file").first()
    if kept is None:
        raise Refused(_("This was taken away already."))
    record(events.EVIDENCE_REMOVED, innovation, by=by, posting=posting, before={"evidence": kept.pk})
    kept.delete()
    if kept.file is not None:
        release(kept.file)
