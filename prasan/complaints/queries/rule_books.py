"""To whom complaints go by the rules, why, and what another version would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from prasan.agencies.models import Agency
from prasan.agencies.queries import Person, agencies_with_mandate, postings_of, within_reach
from prasan.complaints import rules
from prasan.complaints.models import Complaint, Kind, Referral, RoutingRule, RuleBook
from prasan.complaints.queries.kinds import kinds_offered
from prasan.complaints.routing import (
    Picked,
    Rule,
    Told,
    has_power,
    kinds_without_rule,
    pick,
    powerless,
    silent,
    words_of,
)
from prasan.kernel.calendar import today
from prasan.places.models import PARENTS, Area

DAYS_BACK = 90
MOST_TRIED = 2000
"""The newest so many complaints are tried at once."""
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Proposed:
    """To whom a complaint goes: by which rule of which version, 0 by the mandate alone, and why."""

    lead: Agency | None
    helpers: tuple[Agency, ...]
    rule: int
    book: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A complaint that went elsewhere than a version would send it; None where nobody would answer."""

    complaint: Complaint
    went: Agency
    would_go: Agency | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What a version would have done with the complaints that were sent lately.

    `elsewhere` counts all that differ, of which the newest are listed; not `is_whole`, older ones were not
    tried.
    """

    tried: int
    elsewhere: int
    is_whole: bool
    differing: tuple[Difference, ...]
    flows: tuple[tuple[Agency, Agency | None, int], ...]
    """From which agency to which, and how many, the most first."""


@dataclass(frozen=True, slots=True)
class Warnings:
    """What of a version is likely not meant: rules that never speak, and kinds that no rule speaks of."""

    silent: tuple[tuple[int, int], ...]
    powerless: tuple[int, ...]
    kinds: tuple[Kind, ...]


def rule_books_for(user: Person) -> QuerySet[RuleBook]:
    """The versions that the person may see, the newest first."""
    rows = RuleBook.objects.select_related("area", "created_by")
    return within_reach(user, rules.VIEW_RULES, rows).order_by("area", "-number")


def provinces_to_rule(user: Person) -> QuerySet[Area]:
    """The provinces for which the person drafts rules."""
    roles = {grant.role for grant in rules.DRAFT_RULES.grants}
    held = {posting.area_id[:2] for posting in postings_of(user) if posting.role in roles and posting.area_id}
    return Area.objects.filter(pk__in=held).order_by("sort_key")


def rows_of(book: RuleBook) -> QuerySet[RoutingRule]:
    """The rules of a version, from above."""
    return book.rows.select_related("kind", "agency", f"area__{PARENTS}").order_by("position")


def agencies_of_province(area: Area) -> QuerySet[Agency]:
    """Agencies of a province and above it, to be named in rules."""
    above = area.path.split("/")[:-1]
    rows = Agency.objects.filter(area__in=above) | Agency.objects.filter(area__path__startswith=area.path)
    return rows.exclude(valid_to__lt=today()).order_by("sort_key")


def proposed_for(complaint: Complaint, *, but: Agency | None = None) -> Proposed:
    """To whom the rules in force send a complaint, passing over an agency that hands it on.

    It is a proposal, which may be changed. Complaints against officials are sent by nobody but the centre.
    """
    if complaint.is_restricted:
        return Proposed(None, (), 0, 0)
    book = RuleBook.objects.filter(area=complaint.area_id[:2], state="in_force").first()
    barred = {complaint.subject_agency_id, but.pk if but is not None else None}
    return _Picker(book).proposed(_told(complaint), but=barred)


def facts_of(proposed: Proposed, chosen: Agency) -> dict[str, int | bool]:
    """What the ledger keeps of a proposal: by which rule of which version, and whether it was followed."""
    return {"book": proposed.book, "rule": proposed.rule, "as_proposed": proposed.lead == chosen}


def tried_example(book: RuleBook, *, kind: Kind | None, area: Area, text: str) -> Proposed:
    """To whom a version would send such a complaint."""
    return _Picker(book).proposed(Told(kind.pk if kind else None, area.path, text))


def tried_on_past(book: RuleBook, user: Person) -> Trial:
    """What a version would have done with the complaints of the last 90 days that were sent to an agency.

    Held against where each went first. Nothing is changed; complaints against officials are left out.
    """
    since = timezone.now() - timedelta(days=DAYS_BACK)
    sent = Referral.objects.filter(
        is_lead=True, complaint__province=book.area_id, complaint__is_restricted=False, created_at__gte=since
    )
    rows = within_reach(user, rules.VIEW_REFERRAL, sent.select_related("agency", "complaint__area"))
    first: dict[int, Referral] = {}
    newest = list(rows.order_by("-complaint_id", "pk")[: MOST_TRIED + 1])
    for referral in newest[:MOST_TRIED]:
        first.setdefault(referral.complaint_id, referral)
    picker = _Picker(book)
    found = [(each, picker.of(_told(each.complaint)).lead) for each in first.values()]
    agencies = Agency.objects.in_bulk({lead for _each, lead in found if lead is not None})
    differing = [
        Difference(each.complaint, each.agency, agencies.get(lead or 0))
        for each, lead in found
        if lead != each.agency_id
    ]
    flows = Counter((each.went, each.would_go) for each in differing)
    return Trial(
        tried=len(first),
        elsewhere=len(differing),
        is_whole=len(newest) <= MOST_TRIED,
        differing=tuple(differing[:MOST_LISTED]),
        flows=tuple((went, would_go, number) for (went, would_go), number in flows.most_common()),
    )


def warnings_of(book: RuleBook) -> Warnings:
    """What of a version is likely not meant."""
    lines = _lines(book)
    areas = _living({line.agency for line in lines if line.agency is not None})
    kinds = {kind.pk: kind for kind in kinds_offered() if not kind.is_restricted}
    without = kinds_without_rule(lines, list(kinds), book.area.path)
    return Warnings(
        silent=tuple((later.number, earlier.number) for later, earlier in silent(lines, areas)),
        powerless=tuple(line.number for line in powerless(lines, areas)),
        kinds=tuple(kinds[code] for code in without),
    )


class _Picker:
    """Picks by one version, or by the mandate alone; asks for each place and subject but once."""

    def __init__(self, book: RuleBook | None) -> None:
        self._number = book.number if book is not None else 0
        self._lines = _lines(book) if book is not None else []
        self._sectors = dict(Kind.objects.values_list("pk", "sector"))
        self._mandated: dict[tuple[str, str], list[int]] = {}
        self._local: dict[str, int | None] = {}
        self._paths = _living({line.agency for line in self._lines if line.agency is not None})

    def of(self, told: Told, *, but: Collection[int | None] = ()) -> Picked:
        """To whom such a complaint goes; never to the agencies `but`, such as the one that it is about."""

        def able(agency: int) -> bool:
            path = self._paths.get(agency)
            return agency not in but and path is not None and has_power(path, told.path)

        def mandated(kind: str | None, path: str) -> int | None:
            return next(filter(able, self._nearest(kind, path)), None)

        return pick(self._lines, told, mandated, self._local_of, able)

    def proposed(self, told: Told, *, but: Collection[int | None] = ()) -> Proposed:
        """The same with the agencies themselves, and why."""
        picked = self.of(told, but=but)
        agencies = Agency.objects.in_bulk([key for key in (picked.lead, *picked.helpers) if key is not None])
        return Proposed(
            lead=agencies.get(picked.lead or 0),
            helpers=tuple(agencies[key] for key in picked.helpers),
            rule=picked.rule,
            book=self._number,
            reason=next((line.reason for line in self._lines if line.number == picked.rule), ""),
        )

    def _local_of(self, path: str) -> int | None:
        """The local organisation of a place; None where several share it, which no rule can tell apart.

        One of the whole province is not that of a place.
        """
        if path not in self._local:
            codes = path.split("/")[1:-1]
            rows = Agency.objects.filter(level=Agency.Level.LOCAL, area__in=codes).exclude(
                valid_to__lt=today()
            )
            found = sorted(rows.values_list("area__path", "pk"), key=lambda row: -len(row[0]))
            nearest = [(area, key) for area, key in found if area == found[0][0]]
            self._local[path] = nearest[0][1] if len(nearest) == 1 else None
            self._paths |= {key: area for area, key in nearest}
        return self._local[path]

    def _nearest(self, kind: str | None, path: str) -> list[int]:
        """Those with the mandate for a kind at a place, the nearest first."""
        sector = self._sectors.get(kind or "", "")
        if not sector:
            return []
        key = (sector, path)
        if key not in self._mandated:
            found = agencies_with_mandate({sector}, path).select_related("area")
            by_distance = sorted(found, key=lambda agency: (-len(agency.area.path), agency.pk))
            self._paths |= {agency.pk: agency.area.path for agency in by_distance}
            self._mandated[key] = [agency.pk for agency in by_distance]
        return self._mandated[key]


def _living(agencies: Collection[int]) -> dict[int, str]:
    """The paths of those of the agencies that exist today."""
    rows = Agency.objects.filter(pk__in=agencies).exclude(valid_to__lt=today())
    return dict(rows.values_list("pk", "area__path"))


def _lines(book: RuleBook) -> Sequence[Rule]:
    return [
        Rule(
            number=row.position,
            kind=row.kind_id,
            path=row.area.path,
            words=words_of(row.words),
            agency=row.agency_id,
            is_lead=row.is_lead,
            is_local=row.is_local,
            reason=row.reason,
        )
        for row in book.rows.select_related("area").order_by("position")
    ]


def _told(complaint: Complaint) -> Told:
    return Told(complaint.kind_id, complaint.area.path, complaint.words)
