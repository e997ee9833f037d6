"""Certificates: who signs them, and having them made as one file by the worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.awards import events, rules
from prasan.awards.actions.terms import locked_edition
from prasan.awards.models import CertificateSet, CertificateSigner, Edition
from prasan.awards.papers.packing import Leaf, pack
from prasan.awards.papers.shelf import CERTIFICATES
from prasan.awards.queries.certificates import (
    award_of,
    certificates_of,
    content_of,
    has_certificates,
)
from prasan.cases.actions import remark
from prasan.cases.words import cleaned
from prasan.documents.making import Tell, Withdrawn, cancel, is_under_way, make, remove
from prasan.kernel.refusals import Refused
from prasan.kernel.text import says_something
from prasan.ledger.actions import record
from prasan.ledger.seals import Facts

MAKE_CERTIFICATES = "prasan.awards.make_certificates"
"""Name of the job that makes a file of certificates."""

MOST_SIGNERS = 2
_GIVEN = ("announced", "closed")


@dataclass(frozen=True, slots=True)
class SignerWords:
    """Who signs, and in which post."""

    name_th: str
    post_th: str
    name_en: str = ""
    post_en: str = ""


@transaction.atomic
def set_signers(edition: Edition, signers: Sequence[SignerWords], *, by: User | None) -> Edition:
    """Say who signs the certificates, one or two people or nobody, until they are given.

    From the announcement on everybody can have his certificate, so that only slips are mended. The names
    stand in the table alone, not in the ledger.
    """
    edition = locked_edition(edition)
    posting = require(by, rules.ORGANISE, edition)
    if edition.state in _GIVEN:
        raise Refused(
            _("The certificates are given already: who signs them stays as it is. A slip can be mended.")
        )
    if len(signers) > MOST_SIGNERS:
        raise Refused(_("One or two people sign a certificate."))
    rows = [
        CertificateSigner(edition=edition, position=position, **_told(each))
        for position, each in enumerate(signers, start=1)
    ]
    edition.signers.all().delete()
    CertificateSigner.objects.bulk_create(rows)
    record(events.SIGNERS_SET, edition, by=by, posting=posting, after={"signers": len(rows)})
    return edition


@transaction.atomic
def mend_signer(signer: CertificateSigner, words: SignerWords, *, by: User | None, note: str) -> Edition:
    """Mend a slip in name or post of a signer after the announcement, with a reason that stands in public.

    Certificates made from then on say it rightly; those given before stay genuine, as what was signed then.
    The ledger keeps which parts were mended, not how they read.
    """
    edition = locked_edition(signer.edition)
    posting = require(by, rules.ORGANISE, edition)
    if edition.state not in _GIVEN:
        raise Refused(_("Until the results are announced, please change who signs instead."))
    row = edition.signers.select_for_update().get(pk=signer.pk)
    told = _told(words)
    if not (mended := [part for part in told if getattr(row, part) != told[part]]):
        raise Refused(_("Nothing is different. Please change what is wrong."))
    if not says_something(note):
        raise Refused(_("Please give a reason. Everybody can read it."))
    CertificateSigner.objects.filter(pk=row.pk).update(**told)
    facts: Facts = {"signer": row.position, "mended": mended}
    remark(edition, events.SIGNER_MENDED, by=by, posting=posting, note=note, after=facts)
    return edition


@transaction.atomic
def order_certificates(edition: Edition, *, winners_only: bool, by: User | None) -> CertificateSet:
    """Have the worker make the certificates of an edition as they now are; ordered twice they are made once.

    A finished file of the same content is given back. One of another content that is not finished is not
    made any more.
    """
    edition = locked_edition(edition)
    posting = require(by, rules.ORGANISE, edition)
    if not has_certificates(edition):
        raise Refused(_("Certificates are given once the results are announced."))
    found = certificates_of(edition, winners_only=winners_only)
    if not found:
        raise Refused(_("There is nobody to whom such a certificate could be given."))
    content = content_of(found)
    rows = edition.certificate_sets.filter(winners_only=winners_only)
    ordered = rows.filter(content=content).first()
    if ordered is not None and is_under_way(ordered, CERTIFICATES):
        return ordered
    for other in rows.filter(finished_at=None).exclude(content=content):
        remove(other, CERTIFICATES)
    if ordered is None:
        ordered = CertificateSet(edition=edition, winners_only=winners_only, content=content)
    ordered.order_again(by)
    ordered.whole = len(found)
    ordered.save()
    app.configure_task(MAKE_CERTIFICATES, queue="awards", lock=MAKE_CERTIFICATES, priority=-1).defer(
        set_id=ordered.pk
    )
    facts: Facts = {"set": ordered.pk, "winners_only": winners_only, "content": content}
    record(events.CERTIFICATES_ORDERED, edition, by=by, posting=posting, after=facts)
    return ordered


@transaction.atomic
def cancel_certificates(ordered: CertificateSet, *, by: User | None) -> None:
    """Give up a file that is not finished; what was made of it goes."""
    edition = locked_edition(ordered.edition)
    posting = require(by, rules.ORGANISE, edition)
    facts: Facts = {"set": ordered.pk, "winners_only": ordered.winners_only}
    cancel(ordered, CERTIFICATES)
    record(events.CERTIFICATES_CANCELLED, edition, by=by, posting=posting, before=facts)


def make_certificates(key: int, *, should_stop: Callable[[], bool]) -> None:
    """Make an ordered file, from where an earlier try was cut off; a second time does nothing."""
    make(CertificateSet, CERTIFICATES, key, _make, should_stop=should_stop)


def _make(ordered: CertificateSet, folder: Path, tell: Tell) -> None:
    edition = Edition.objects.select_related("programme__organiser").get(pk=ordered.edition_id)
    found = certificates_of(edition, winners_only=ordered.winners_only)
    content = content_of(found)
    if not _take_content(ordered, content):
        raise Withdrawn
    leaves = [
        Leaf(f"{'winners' if award_of(each.entry) else 'entrants'}/{each.name}", each.paper) for each in found
    ]
    pack(folder, content, leaves, tell)
    _finish(ordered.pk, folder, len(leaves))


def _told(words: SignerWords) -> dict[str, str]:
    """Name and post as they are kept; Refused where they are not given in Thai."""
    told = {
        "name_th": cleaned(words.name_th, 120),
        "post_th": cleaned(words.post_th, 160),
        "name_en": cleaned(words.name_en, 120),
        "post_en": cleaned(words.post_en, 160),
    }
    if not (says_something(told["name_th"]) and says_something(told["post_th"])):
        raise Refused(_("Please give name and post in Thai of everybody who signs."))
    return told


@transaction.atomic
def _take_content(ordered: CertificateSet, content: str) -> bool:
    """Let the file be of what certificates say by now; no, where another one of that is there already."""
    if content == ordered.content:
        return True
    locked_edition(ordered.edition)
    own = CertificateSet.objects.filter(pk=ordered.pk)
    twins = CertificateSet.objects.filter(edition=ordered.edition_id, winners_only=ordered.winners_only)
    if twins.filter(content=content).exists():
        own.delete()
        return False
    ordered.content = content
    return bool(own.update(content=content))


@transaction.atomic
def _finish(key: int, folder: Path, number: int) -> None:
    """Put the file where it can be fetched, in place of those before it."""
    rows = CertificateSet.objects.select_for_update(of=("self",)).select_related("edition")
    ordered = rows.filter(pk=key).first()
    if ordered is None:
        raise Withdrawn
    ordered.size = CERTIFICATES.shelve(key, folder)["zip"]
    ordered.finished_at, ordered.done, ordered.whole = timezone.now(), number, number
    ordered.save()
    older = CertificateSet.objects.filter(edition=ordered.edition_id, winners_only=ordered.winners_only)
    for each in older.filter(pk__lt=key):
        remove(each, CERTIFICATES)
    facts: Facts = {"set": key, "content": ordered.content, "certificates": number}
    record(events.CERTIFICATES_MADE, ordered.edition, by=None, after=facts)
