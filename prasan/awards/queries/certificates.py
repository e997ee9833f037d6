"""What the certificates of an announced edition say: of winners their award, of others that they entered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from prasan.agencies.queries import Person, decide, within_reach
from prasan.awards import rules
from prasan.awards.models import Award, CertificateSet, CertificateSigner, Edition, Entry
from prasan.awards.papers.certificate import Paper, Signer
from prasan.awards.papers.codes import Facts, code_of
from prasan.awards.queries.results import announced_entries
from prasan.documents.making import Works, works_of
from prasan.kernel.dates import format_date
from prasan.ledger.keys import public_key, signing_key, words_of

LAYOUT = "2"
"""Raised when certificates come to look different, so that they are made again."""

_TOLD = ("announced", "closed")
"""States of an edition whose results stand open to everybody."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate: whose entry, what is signed, who gives it, and who signs by hand."""

    entry: Entry
    facts: Facts
    day: date | None
    organiser: str
    signers: tuple[Signer, ...]

    @property
    def name(self) -> str:
        """What its file is called: its number, which names nobody."""
        return f"{self.facts.number}.pdf"

    @property
    def paper(self) -> Paper:
        """The words as they are set, in Thai, with the signed code."""
        facts = self.facts
        with override("th"):
            address = f"{settings.SITE_ADDRESS}{reverse('awards:check')}"
            return Paper(
                number=_("Number %(number)s") % {"number": facts.number},
                organiser=self.organiser,
                heading=_("Certificate of honour"),
                opening=_("This is to show that"),
                owner=facts.owner,
                what=_("is the owner of"),
                title=facts.title,
                award=facts.award,
                edition=facts.edition,
                day=_("Given on %(day)s") % {"day": format_date(self.day, "th")} if self.day else "",
                signers=self.signers or (Signer("(" + "." * 40 + ")", self.organiser),),
                address=f"{address}?code={code_of(facts, signing_key())}",
                checked_at=_("To be checked at %(address)s") % {"address": address},
            )


@dataclass(frozen=True, slots=True)
class SetOfCertificates:
    """A file of certificates that an edition can have: of all or of winners, how many, and what there is."""

    winners_only: bool
    number: int
    works: Works[CertificateSet]


def certificates_of(edition: Edition, *, winners_only: bool) -> list[Certificate]:
    """The certificates of an edition in the order of the announcement, if it has any."""
    if not has_certificates(edition):
        return []
    signers = list(edition.signers.all())
    return [
        _certificate(edition, entry, signers)
        for entry in announced_entries(edition)
        if not winners_only or award_of(entry) is not None
    ]


def certificate_of(edition: Edition, entry: Entry) -> Certificate:
    """The certificate of an announced entry, in Thai; it is the same as long as what it says is."""
    return _certificate(edition, entry, list(edition.signers.all()))


def has_certificates(edition: Edition) -> bool:
    """Whether they are given here: once it is announced, and none of an edition known from a source."""
    return edition.state in _TOLD and edition.register_id is None


def award_of(entry: Entry) -> Award | None:
    """The award that an entry won, if it won one."""
    return getattr(entry, "award", None)


def sets_for(user: Person) -> QuerySet[CertificateSet]:
    """The files of certificates of the editions that a person runs, newest first."""
    return within_reach(user, rules.ORGANISE, CertificateSet.objects.order_by("-pk"))


def sets_of(edition: Edition, user: Person) -> list[SetOfCertificates]:
    """The files that an edition can have, for whoever runs it; none of winners where nobody won."""
    if not has_certificates(edition) or not decide(user, rules.ORGANISE, edition):
        return []
    rows = list(sets_for(user).filter(edition=edition))
    whole = certificates_of(edition, winners_only=False)
    won = [each for each in whole if award_of(each.entry) is not None]
    return [
        SetOfCertificates(winners_only, len(found), works_of(made, content_of(found)))
        for winners_only, found in ((False, whole), (True, won))
        if found
        for made in [[row for row in rows if row.winners_only == winners_only]]
    ]


def content_of(certificates: Iterable[Certificate]) -> str:
    """Short for all that stands on these certificates: it differs when any of that has changed."""
    key = public_key()
    made = (LAYOUT, settings.SITE_ADDRESS, words_of(key) if key else "")
    told = hashlib.sha256(json.dumps(made).encode())
    for each in certificates:
        said = {**asdict(each.facts), "by": each.organiser, "hands": [asdict(one) for one in each.signers]}
        told.update(json.dumps(said).encode())
    return told.hexdigest()


def _certificate(edition: Edition, entry: Entry, signers: Sequence[CertificateSigner]) -> Certificate:
    with override("th"):
        award = award_of(entry)
        day = edition.announced_on
        facts = Facts(
            number=f"{edition.programme.code}-{edition.year}-{entry.number or entry.pk:04}",
            owner=entry.owner.name_th,
            title=entry.title,
            award=_("award: %(level)s") % {"level": award} if award else _("took part"),
            edition=_("%(programme)s, %(year)s") % {"programme": edition.programme, "year": edition.year},
            day=day.isoformat() if day else "",
            signers="; ".join(map(str, signers)),
        )
    hands = tuple(Signer(f"({each.name_th})", each.post_th) for each in signers)
    return Certificate(entry, facts, day, edition.programme.organiser.name_th, hands)
