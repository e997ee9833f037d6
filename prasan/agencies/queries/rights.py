"""“May they?”, for one row and for many, read from the same declaration; a test holds the two together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.queries.belonging import Reading, reading_of
from prasan.agencies.queries.standing import Person, PostingFacts, Standing, standing_of
from prasan.kernel.refusals import Refused
from prasan.kernel.rights import ANYBODY, SUBJECT, SUBMITTER, Decision, Grant, Reach, Right

M = TypeVar("M", bound=Model)

NOT_NOW = _("This is not possible at the present stage.")


def decide(user: Person, right: Right, row: Model) -> Decision:
    """May this person do this to this row? Yes, with the posting that allows it, or no with the reason."""
    standing = standing_of(user)
    reading = reading_of(type(row))
    state = reading.state(row) if reading.declared.state else None
    is_held = False  # whom a bar concerns is asked only of those who would hold the right
    for grant in right.grants:
        holder = _holder(standing, grant, reading, row)
        if holder is None:
            continue
        if not is_held and right.unless and _is_barred(standing, right, reading, row):
            return Decision(False, right.barred_reason)
        is_held = True
        if (not grant.phases or state in grant.phases) and (not right.phases or state in right.phases):
            return Decision(True, "", holder or None)
    return Decision(False, NOT_NOW if is_held else right.reason)


def within_reach(user: Person, right: Right, rows: QuerySet[M], *, state: str = "") -> QuerySet[M]:
    """The rows for which `decide` would say yes, each once; the rest of the query stays as it is.

    With a state only the rows in it: what other states would let in is then no part of the query.
    """
    standing = standing_of(user)
    reading = reading_of(rows.model)
    if right.phases:
        in_phases = reading.in_phases(right.phases)
        if in_phases is None:
            return rows.none()
        rows = rows.filter(in_phases)
    grants = right.grants
    if state and reading.declared.state:
        rows = rows.filter(**{reading.declared.state: state})
        grants = tuple(
            replace(grant, phases=()) for grant in grants if not grant.phases or state in grant.phases
        )
    reached = _reached(standing, grants, reading)
    if reached is None:
        return rows.none()
    rows = rows.filter(reached)
    for barred in _bars(standing, right, reading):
        rows = rows.filter(~barred)
    return rows


def holds_anywhere(user: Person, right: Right) -> bool:
    """Whether a posting of the person holds the right over anything at all; for what a menu shows."""
    held = standing_of(user).by_role
    return any(grant.role in held for grant in right.grants)


def require(by: User | None, right: Right, *rows: Model) -> int | None:
    """The posting by which the person may do this to every one of the rows; Refused if he may not.

    `by` is None for the system itself, which may.
    """
    posting: int | None = None
    for row in rows if by is not None else ():
        if not (decision := decide(by, right, row)):
            raise Refused(decision.reason)
        posting = posting or decision.posting
    return posting


def _holder(standing: Standing, grant: Grant, reading: Reading, row: Model) -> int | None:
    """The id of the posting by which the grant reaches the row; 0 where none is needed, None if it fails."""
    if grant.role == ANYBODY:
        if grant.reach is Reach.PUBLIC:
            return 0
        user_id = standing.user_id
        return 0 if user_id is not None and user_id in reading.by_reach[grant.reach](row) else None
    postings = standing.by_role.get(grant.role)
    if postings is None:
        return None
    if grant.reach is Reach.EVERYWHERE:
        return postings[0].id
    values = reading.by_reach[grant.reach](row)
    for posting in postings:
        if _reaches(standing, posting, grant.reach, values):
            return posting.id
    return None


def _reaches(standing: Standing, posting: PostingFacts, reach: Reach, values: tuple[object, ...]) -> bool:
    if reach is Reach.AREA:
        within = posting.area_path
        return any(str(path).startswith(within) for path in values)
    if reach in (Reach.AGENCY, Reach.ROUTED):
        return posting.agency_id in values
    if reach is Reach.COMMITTEE:
        return not posting.committee_ids.isdisjoint(values)
    return standing.user_id in values


def _is_barred(standing: Standing, right: Right, reading: Reading, row: Model) -> bool:
    if standing.user_id is None:
        return False
    if SUBMITTER in right.unless and standing.user_id in reading.submitters(row):
        return True
    return SUBJECT in right.unless and (
        standing.user_id in reading.subject_users(row)
        or not standing.agency_ids.isdisjoint(reading.subject_agencies(row))
    )


def _bars(standing: Standing, right: Right, reading: Reading) -> list[Q]:
    if standing.user_id is None:
        return []
    bars: list[Q] = []
    if SUBMITTER in right.unless:
        bars += reading.matching(reading.declared.submitter, "exact", standing.user_id)
    if SUBJECT in right.unless:
        bars += reading.matching(reading.declared.subject_users, "exact", standing.user_id)
        if standing.agency_ids:
            bars += reading.matching(reading.declared.subject_agencies, "in", standing.agency_ids)
    return bars


def _reached(standing: Standing, grants: Iterable[Grant], reading: Reading) -> Q | None:
    """What the grants reach together; None where that is nothing."""
    reached: Q | None = None
    for grant in grants:
        found = _reached_by(standing, grant, reading)
        if found is None:
            continue
        if grant.phases:
            in_phases = reading.in_phases(grant.phases)
            if in_phases is None:
                continue
            found &= in_phases
        elif not found:
            return found
        reached = found if reached is None else reached | found
    return reached


def _reached_by(standing: Standing, grant: Grant, reading: Reading) -> Q | None:
    """What one grant reaches whatever the phase; an empty condition is every row."""
    if grant.reach is Reach.PUBLIC:
        return Q()
    lookups = reading.lookups.get(grant.reach, ())
    if grant.role == ANYBODY:
        if standing.user_id is None:
            return None
        return _any(reading.matching(lookups, "exact", standing.user_id))
    postings = standing.by_role.get(grant.role)
    if postings is None:
        return None
    if grant.reach is Reach.EVERYWHERE:
        return Q()
    if grant.reach is Reach.AREA:
        return _any(
            condition
            for path in _outermost(posting.area_path for posting in postings)
            for condition in reading.inside(path)
        )
    if grant.reach in (Reach.AGENCY, Reach.ROUTED):
        return _any(reading.matching(lookups, "in", {posting.agency_id for posting in postings}))
    if grant.reach is Reach.COMMITTEE:
        seats = frozenset().union(*(posting.committee_ids for posting in postings))
        return _any(reading.matching(lookups, "in", seats)) if seats else None
    return _any(reading.matching(lookups, "exact", standing.user_id))


def _any(conditions: Iterable[Q]) -> Q | None:
    found: Q | None = None
    for condition in conditions:
        found = condition if found is None else found | condition
    return found


def _outermost(paths: Iterable[str]) -> list[str]:
    """The paths that lie inside no other of them."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept
