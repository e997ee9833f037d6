"""Receiving a province's own list of projects, learning its columns, and taking its right rows in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from prasan.accounts.models import User
from prasan.agencies.actions import made_before, wait_for_turn
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.places.models import Area, Level
from prasan.planning import events, rules
from prasan.planning.actions.brief import facts_of, keep_version, write_rows, write_words
from prasan.planning.actions.turns import wait_for_turn_at
from prasan.planning.models import ColumnHabit, Proposal, ProposalList, ProposalVersion

if TYPE_CHECKING:
    from prasan.planning.imports.listed import ListedProject


TAKE_IN = "prasan.planning.take_in_list"
"""Name of the job that takes the rows of a list in."""


@transaction.atomic
def receive_list(
    area: Area,
    content: bytes,
    *,
    name: str,
    headers: Sequence[str],
    columns: Mapping[str, str],
    by: User | None,
    form_key: UUID | None = None,
) -> ProposalList:
    """Keep a file of projects of a province until its columns are confirmed and it is taken in.

    Once for each form: a form sent again gives the list as it stands now.
    """
    wait_for_turn(form_key)
    listing = ProposalList(
        area=area,
        file_name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        headers=list(headers),
        columns=dict(columns),
        sent_by=by,
        form_key=form_key,
    )
    posting = require(by, rules.IMPORT_PROPOSALS, listing)
    if (made := made_before(form_key, ProposalList.objects.filter(sent_by=by))) is not None:
        return made
    if area.level != Level.PROVINCE:
        raise Refused(_("A list of projects is taken in for a province."))
    listing.save()
    record(events.LIST_RECEIVED, listing, by=by, posting=posting, after={"sha256": listing.sha256})
    return listing


@transaction.atomic
def confirm_columns(
    listing: ProposalList,
    columns: Mapping[str, str],
    *,
    fingerprint: str,
    fiscal_year: int | None,
    standing: str,
    by: User | None,
) -> ProposalList:
    """Say what each column means; files with the same headings will be understood the same way."""
    listing = _locked(listing)
    posting = require(by, rules.IMPORT_PROPOSALS, listing)
    _refuse_taken(listing)
    meant = {header: code for header, code in columns.items() if code}
    if "name" not in meant.values():
        raise Refused(_("Please say which column holds the name of the project."))
    if len(set(meant.values())) < len(meant):
        raise Refused(_("Two columns have the same meaning. Please choose one for each."))
    if standing not in ProposalList.Standing.values:
        raise Refused(_("Please say where the projects stand."))
    listing.columns, listing.is_confirmed = meant, True
    listing.fiscal_year, listing.standing = fiscal_year, standing
    listing.save(update_fields=["columns", "is_confirmed", "fiscal_year", "standing"])
    ColumnHabit.objects.update_or_create(
        fingerprint=fingerprint, defaults={"columns": meant, "confirmed_by": by}
    )
    facts = {"columns": tuple(sorted(meant.values()))}
    record(events.COLUMNS_CONFIRMED, listing, by=by, posting=posting, after=facts)
    return listing


@transaction.atomic
def order_taking_in(listing: ProposalList, *, by: User) -> ProposalList:
    """Have the worker take the right rows in; ordered twice it is done once."""
    listing = _locked(listing)
    require(by, rules.IMPORT_PROPOSALS, listing)
    _refuse_taken(listing)
    if not listing.is_confirmed:
        raise Refused(_("Please confirm the columns first."))
    if listing.ordered_at is None:
        listing.ordered_at = timezone.now()
        listing.save(update_fields=["ordered_at"])
        app.configure_task(TAKE_IN, queue="planning").defer(listing_id=listing.pk, user_id=by.pk)
    return listing


@transaction.atomic
def take_in_list(
    listing: ProposalList, projects: Sequence[ListedProject], *, by: User | None
) -> list[Proposal]:
    """Make proposals of the right rows, all or none; a row that was taken in before is passed over."""
    listing = _locked(listing)
    posting = require(by, rules.IMPORT_PROPOSALS, listing)
    _refuse_taken(listing)
    if not listing.is_confirmed:
        raise Refused(_("Please confirm the columns first."))
    wait_for_turn_at(listing.area)
    made = [_take_in(each, listing, by=by, posting=posting) for each in new_projects(listing, projects)]
    listing.content, listing.taken, listing.taken_at = None, len(made), timezone.now()
    listing.save(update_fields=["content", "taken", "taken_at"])
    record(
        events.LIST_TAKEN_IN,
        listing,
        by=by,
        posting=posting,
        after={"sha256": listing.sha256, "taken": len(made), "amount": str(_sum_of(made))},
    )
    return made


def new_projects(listing: ProposalList, projects: Sequence[ListedProject]) -> list[ListedProject]:
    """Those that no list brought before, each once."""
    keyed = {_key(listing, each): each for each in projects}
    there = set(Proposal.objects.filter(form_key__in=keyed).values_list("form_key", flat=True))
    return [each for key, each in keyed.items() if key not in there]


def _take_in(
    project: ListedProject, listing: ProposalList, *, by: User | None, posting: int | None
) -> Proposal:
    proposal = Proposal(area=project.area, created_by=by, form_key=_key(listing, project))
    write_words(proposal, project.words)
    begin(
        proposal,
        by=by,
        posting=posting,
        after={"area": proposal.area_id, "list": listing.pk, "line": project.line, **facts_of(proposal)},
    )
    write_rows(proposal, project.words)
    keep_version(proposal, ProposalVersion.Why.IMPORTED, by=by, posting=posting)
    if by is not None:
        proposal.submitters.add(by)
    is_accepted = listing.standing == ProposalList.Standing.ACCEPTED
    return move(proposal, "list_accepted" if is_accepted else "list_submitted", by=by)


def _sum_of(proposals: Sequence[Proposal]) -> Decimal:
    return sum((proposal.budget_asked for proposal in proposals), Decimal(0))


def _key(listing: ProposalList, project: ListedProject) -> UUID:
    told = f"{listing.area_id}\n{project.digest}".encode()
    return UUID(bytes=hashlib.sha256(told).digest()[:16])


def _locked(listing: ProposalList) -> ProposalList:
    return ProposalList.objects.select_for_update(of=("self",)).select_related("area").get(pk=listing.pk)


def _refuse_taken(listing: ProposalList) -> None:
    if listing.taken_at is not None:
        raise Refused(_("This list was taken in already."))
