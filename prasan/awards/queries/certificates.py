"""What the certificates of an announced edition say: of winners their award, of others that they entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from prasan.awards.models import Award, Edition, Entry
from prasan.awards.papers.certificate import Paper, Signer
from prasan.awards.papers.codes import Facts, code_of
from prasan.awards.queries.results import announced_entries
from prasan.kernel.dates import format_date
from prasan.ledger.keys import signing_key

_TOLD = ("announced", "closed")
"""States of an edition whose results stand open to everybody."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate: whose entry, what is signed, and the words as they are set."""

    entry: Entry
    facts: Facts
    paper: Paper

    @property
    def name(self) -> str:
        """What its file is called: its number, which names nobody."""
        return f"{self.facts.number}.pdf"


def certificates_of(edition: Edition, *, winners_only: bool) -> Iterator[Certificate]:
    """The certificates of an edition in the order of the announcement, if it has any."""
    if not has_certificates(edition):
        return
    for entry in announced_entries(edition):
        if not winners_only or award_of(entry) is not None:
            yield certificate_of(edition, entry)


def has_certificates(edition: Edition) -> bool:
    """Whether they are given here: once it is announced, and none of an edition known from a source."""
    return edition.state in _TOLD and edition.register_id is None


def award_of(entry: Entry) -> Award | None:
    """The award that an entry won, if it won one."""
    return getattr(entry, "award", None)


def certificate_of(edition: Edition, entry: Entry) -> Certificate:
    """The certificate of an announced entry, in Thai; the same entry always has the same."""
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
        )
        address = f"{settings.SITE_ADDRESS}{reverse('awards:check')}"
        paper = Paper(
            number=_("Number %(number)s") % {"number": facts.number},
            organiser=edition.programme.organiser.name_th,
            heading=_("Certificate of honour"),
            opening=_("This is to show that"),
            owner=facts.owner,
            what=_("is the owner of"),
            title=facts.title,
            award=facts.award,
            edition=facts.edition,
            day=_("Given on %(day)s") % {"day": format_date(day, "th")} if day else "",
            signers=(Signer("(" + "." * 40 + ")", edition.programme.organiser.name_th),),
            address=f"{address}?code={code_of(facts, signing_key())}",
            checked_at=_("To be checked at %(address)s") % {"address": address},
        )
    return Certificate(entry, facts, paper)
