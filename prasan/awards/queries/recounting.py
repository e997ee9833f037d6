"""The results of an edition from the ledger alone; the tables are asked only for what was decided by them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from prasan.awards import counting, events
from prasan.awards.models import Decision
from prasan.awards.states import EDITION, ENTRY, SHEET
from prasan.judging.scores import Mark
from prasan.judging.version import VERSION
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry as Happened
from prasan.ledger.queries import entries_about


@dataclass(frozen=True, slots=True)
class Recount:
    """The lines that the ledger gives, the digest recorded with the decision, and the lines kept with it.

    `kept` is None where the decision itself is no longer there. `wrong_rounds` are those in which others took
    part than follow from the round before.
    """

    lines: str
    decided: str
    kept: str | None
    wrong_rounds: tuple[int, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether what was decided follows from what was recorded, byte for byte."""
        is_recorded = counting.digest_of(self.lines) == self.decided
        return is_recorded and self.kept in (None, self.lines) and not self.wrong_rounds


class CountedOtherwise(Refused):
    """What was decided was counted by another mathematics, so that only the same could give it again."""

    def __init__(self, version: str) -> None:
        super().__init__(
            _(
                "This edition was counted by version %(counted)s of the mathematics; this installation has "
                "version %(here)s. It cannot be counted again here; a release with that version can."
            )
        )
        self.version = version

    def __str__(self) -> str:
        return str(self.reason) % {"counted": self.version, "here": VERSION}


@dataclass(slots=True)
class _Story:
    """What the ledger tells of an edition, the later of two entries winning."""

    terms: counting.Terms | None = None
    taking_part: dict[int, list[str]] = field(default_factory=dict)
    begun: dict[int, int] = field(default_factory=dict)
    settled: dict[str, str] = field(default_factory=dict)
    decided: str = ""
    decided_by: int = 0
    versions: dict[int, str] = field(default_factory=dict)
    """By which mathematics each round began; the decision stands under nought."""

    @property
    def other_version(self) -> str | None:
        """A version, not that of here, that decided something: who went on, or the results."""
        told = (version for number, version in sorted(self.versions.items()) if number != 1)
        return next((version for version in told if version != VERSION), None)


def recounted(edition_id: int) -> Recount:
    """Count an edition anew from its entries in the ledger; Refused where they tell of no decision.

    CountedOtherwise where the mathematics of here is not the one that decided.
    """
    story = _told_of(edition_id)
    if story.terms is None or not story.decided:
        raise Refused(_("The ledger tells of no decision of this edition."))
    if (other := story.other_version) is not None:
        raise CountedOtherwise(other)
    counts = _counted(edition_id, story, story.terms, story.terms.last_round, before=story.decided_by)
    kept = Decision.objects.filter(edition=edition_id).values_list("lines", flat=True).first()
    wrong = tuple(
        number
        for number, entry in sorted(story.begun.items())
        if number > 1 and not _follows(edition_id, story, story.terms, number, before=entry)
    )
    return Recount(counting.lines_of(counts), story.decided, kept, wrong)


def _follows(edition_id: int, story: _Story, terms: counting.Terms, number: int, *, before: int) -> bool:
    """Whether those who take part in a round are those who go on from the round before, as it then stood."""
    counts = _counted(edition_id, story, terms, number - 1, before=before)
    return set(counting.going_on(counts, terms.goes_on[number - 1])) == set(story.taking_part[number])


def _counted(
    edition_id: int, story: _Story, terms: counting.Terms, number: int, *, before: int
) -> list[counting.Count]:
    """A round counted from what the ledger held before one of its entries."""
    entered = _entered(edition_id, story.taking_part.get(number, []), before)
    marks = _marks(edition_id, number, before)
    return counting.count(terms, number, entered, marks, story.settled)


def _told_of(edition_id: int) -> _Story:
    story = _Story()
    for entry in entries_about((EDITION.code, edition_id)):
        if entry.kind == f"{EDITION.code}.open":
            story.terms = counting.Terms.from_facts(entry.after)
        elif entry.kind == events.ROUND_BEGUN:
            story.taking_part[int(entry.after["round"])] = [str(each) for each in entry.after["entries"]]
            story.begun[int(entry.after["round"])] = entry.pk
            story.versions[int(entry.after["round"])] = _version_in(entry)
        elif entry.kind == f"{EDITION.code}.decide":
            settled = (str(each).split("|") for each in entry.after["settled"])
            story.settled = {told[0]: told[1] for told in settled}
            story.decided, story.decided_by = str(entry.after["digest"]), entry.pk
            story.versions[0] = _version_in(entry)
    return story


def _version_in(entry: Happened) -> str:
    """By which mathematics something was counted; before versions were kept there was but the first."""
    return str(entry.after.get("mathematics", "1"))


def _entered(edition_id: int, taking_part: list[str], before: int) -> list[counting.Entered]:
    """The entries that take part, as they were last entered, without those withdrawn since."""
    found: dict[str, counting.Entered] = {}
    for entry in entries_about(*((ENTRY.code, key) for key in taking_part)).filter(pk__lt=before):
        if entry.kind == f"{ENTRY.code}.submit" and entry.after["edition"] == edition_id:
            moment = datetime.fromisoformat(str(entry.after["submitted_at"]))
            found[entry.subject_id] = counting.Entered(entry.subject_id, str(entry.after["category"]), moment)
        elif entry.kind == f"{ENTRY.code}.withdraw":
            found.pop(entry.subject_id, None)
    return list(found.values())


def _marks(edition_id: int, number: int, before: int) -> list[Mark]:
    """What was last handed in on each sheet of the round that was not opened again or taken away."""
    standing: dict[str, Happened] = {}
    told = Happened.objects.filter(subject_kind=SHEET.code, after__edition=edition_id, pk__lt=before)
    for entry in told.order_by("id"):
        if entry.kind == f"{SHEET.code}.hand_in" and entry.after["round"] == number:
            standing[entry.subject_id] = entry
        elif entry.kind in (f"{SHEET.code}.reopen", f"{SHEET.code}.withdraw"):
            standing.pop(entry.subject_id, None)
    marks = []
    for entry in standing.values():
        for mark in entry.after["marks"]:
            code, _bar, value = str(mark).partition("|")
            judge, judged = str(entry.after["judge"]), str(entry.after["entry"])
            marks.append(Mark(judge, judged, code, Decimal(value)))
    return marks
