"""The postings from which a person acts today, loaded once and kept on the user object of the request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q

from prasan.accounts.models import User
from prasan.kernel.calendar import today

Person = User | AnonymousUser | None
"""Whoever asks: signed in, not signed in, or nobody at all (the public)."""

_KEPT = "_standing"


@dataclass(frozen=True, slots=True)
class PostingFacts:
    """What rights need to know of one current posting."""

    id: int
    role: str
    agency_id: int
    area_id: str
    area_path: str
    acting_for: int | None
    committee_ids: frozenset[int]
    title_th: str
    title_en: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Who asks, and from which postings, on a day."""

    day: date
    user_id: int | None
    postings: tuple[PostingFacts, ...] = ()
    by_role: dict[str, tuple[PostingFacts, ...]] = field(default_factory=dict)
    agency_ids: frozenset[int] = frozenset()


def standing_of(user: Person, on: date | None = None) -> Standing:
    """The person's postings on a day, by default today in Bangkok; an inactive person has none."""
    day = on or today()
    if not isinstance(user, User) or not user.is_active or user.pk is None:
        return Standing(day, None)
    kept: Standing | None = user.__dict__.get(_KEPT)
    if kept is not None and kept.day == day:
        return kept
    standing = _load(user, day)
    if on is None:
        user.__dict__[_KEPT] = standing
    return standing


def postings_of(user: Person, on: date | None = None) -> tuple[PostingFacts, ...]:
    """The postings that give the person rights on a day: his own first, then those in which he acts."""
    return standing_of(user, on).postings


def committees_of(user: Person) -> frozenset[int]:
    """The committees on which the person sits today, himself or for the one he stands in for."""
    return frozenset().union(*(posting.committee_ids for posting in postings_of(user)))


def forget_standing(user: User) -> None:
    """Load the postings anew at the next question: they were changed through this very object."""
    user.__dict__.pop(_KEPT, None)


def current(day: date, prefix: str = "") -> Q:
    """Rows with `starts` and `ends` that hold on a day, both days included."""
    return Q(**{f"{prefix}starts__lte": day}) & (
        Q(**{f"{prefix}ends": None}) | Q(**{f"{prefix}ends__gte": day})
    )


# Written out, because almost every page asks this: putting it together anew each time took longer than the
# answer. Seats count while the committee stands, those of the posting that is stood in for included.
_POSTINGS = """
SELECT posting.id, posting.role_id, posting.agency_id, posting.area_id, area.path, posting.acting_for_id,
       ARRAY(
           SELECT seat.committee_id FROM agencies_membership AS seat
           JOIN agencies_committee AS committee ON committee.id = seat.committee_id
           WHERE seat.posting_id IN (posting.id, posting.acting_for_id)
             AND seat.starts <= %(day)s AND (seat.ends IS NULL OR seat.ends >= %(day)s)
             AND (committee.valid_to IS NULL OR committee.valid_to >= %(day)s)
       ),
       posting.title_th, posting.title_en
FROM agencies_posting AS posting JOIN places_area AS area ON area.code = posting.area_id
WHERE posting.person_id = %(person)s
  AND posting.starts <= %(day)s AND (posting.ends IS NULL OR posting.ends >= %(day)s)
ORDER BY posting.acting_for_id NULLS FIRST, posting.starts, posting.id
"""


def _load(user: User, day: date) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(_POSTINGS, {"day": day, "person": user.pk})
        rows = cursor.fetchall()
    postings = tuple(
        PostingFacts(
            id=pk,
            role=role,
            agency_id=agency,
            area_id=area,
            area_path=path,
            acting_for=acting,
            committee_ids=frozenset(committees),
            title_th=title_th,
            title_en=title_en,
        )
        for pk, role, agency, area, path, acting, committees, title_th, title_en in rows
    )
    return Standing(
        day=day,
        user_id=user.pk,
        postings=postings,
        by_role={
            role: tuple(posting for posting in postings if posting.role == role)
            for role in {posting.role for posting in postings}
        },
        agency_ids=frozenset(posting.agency_id for posting in postings),
    )
