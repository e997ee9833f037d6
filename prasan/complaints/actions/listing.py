"""Receiving a list of complaints of another system, and taking its right rows in, each once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from prasan.accounts.models import User
from prasan.agencies.actions import made_before, wait_for_turn
from prasan.agencies.models import Agency
from prasan.agencies.queries import require
from prasan.complaints import events, rules
from prasan.complaints.actions.sender import SenderFields
from prasan.complaints.actions.taking_in import ComplaintWords, take_in_brought
from prasan.complaints.models import Complaint, ComplaintList
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.ledger.seals import Facts
from prasan.places.models import Area, Level

TAKE_IN = "prasan.complaints.take_in_list"
"""Name of the job that takes the rows of a list in."""

MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class ListedComplaint:
    """A row that can be taken in: its line, the number it has where it comes from, and what it tells."""

    line: int
    number: str
    told: ComplaintWords
    manner: str
    sender: SenderFields | None


def source_key_of(listing: ComplaintList, number: str) -> str:
    """What knows a complaint of another system again, whatever file brings it."""
    return f"{listing.agency_id}:{number}"


@transaction.atomic
def receive_list(
    area: Area,
    agency: Agency,
    content: bytes,
    *,
    name: str,
    headers: Sequence[str],
    rows: int,
    fingerprint: str,
    columns: Mapping[str, str],
    by: User | None,
    form_key: UUID | None = None,
) -> ComplaintList:
    """Keep a file of complaints of a province until its columns are confirmed and it is taken in.

    Once for each form: a form sent again gives the list as it stands now.
    """
    wait_for_turn(form_key)
    listing = ComplaintList(
        area=area,
        agency=agency,
        file_name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        headers=list(headers),
        fingerprint=fingerprint,
        columns=dict(columns),
        rows=rows,
        sent_by=by,
        form_key=form_key,
    )
    posting = require(by, rules.IMPORT, listing)
    if (made := made_before(form_key, ComplaintList.objects.filter(sent_by=by))) is not None:
        return made
    if area.level != Level.PROVINCE:
        raise Refused(_("A list of complaints is taken in for a province."))
    if rows > MOST_ROWS:
        raise Refused(
            _("The file holds %(rows)s rows; at most %(most)s are taken in at once. Please divide it.")
            % {"rows": f"{rows:,}", "most": f"{MOST_ROWS:,}"}
        )
    listing.save()
    facts: Facts = {"sha256": listing.sha256, "agency": agency.pk, "rows": rows}
    record(events.LIST_RECEIVED, listing, by=by, posting=posting, after=facts)
    return listing


@transaction.atomic
def confirm_list(
    listing: ComplaintList, columns: Mapping[str, str], *, manner: str, by: User | None
) -> ComplaintList:
    """Say what each column means, and who may know the senders."""
    listing = _locked(listing)
    posting = require(by, rules.IMPORT, listing)
    _refuse_unless_open(listing)
    meant = {header: code for header, code in columns.items() if code}
    if not {"number", "words"} <= set(meant.values()):
        raise Refused(_("Please say which columns hold the number and what happened."))
    if len(set(meant.values())) < len(meant):
        raise Refused(_("Two columns have the same meaning. Please choose one for each."))
    if manner not in (Complaint.Manner.CONFIDENTIAL, Complaint.Manner.NAMED):
        raise Refused(_("Please say who may know the senders."))
    listing.columns, listing.is_confirmed, listing.manner = meant, True, manner
    listing.save(update_fields=["columns", "is_confirmed", "manner"])
    facts = {"columns": tuple(sorted(meant.values())), "manner": manner}
    record(events.LIST_CONFIRMED, listing, by=by, posting=posting, after=facts)
    return listing


@transaction.atomic
def order_list(listing: ComplaintList, *, by: User) -> ComplaintList:
    """Have the worker take the right rows in; ordered twice it is done once."""
    listing = _locked(listing)
    require(by, rules.IMPORT, listing)
    if not listing.is_confirmed:
        raise Refused(_("Please confirm the columns first."))
    if listing.ordered_at is None:
        _refuse_unless_open(listing)
        listing.ordered_at = timezone.now()
        listing.save(update_fields=["ordered_at"])
        app.configure_task(TAKE_IN, queue="complaints").defer(listing_id=listing.pk, user_id=by.pk)
    return listing


@transaction.atomic
def discard_list(listing: ComplaintList, *, by: User | None) -> ComplaintList:
    """Throw a file away that is not to be taken in; what it told of people goes with it."""
    listing = _locked(listing)
    posting = require(by, rules.IMPORT, listing)
    _refuse_unless_open(listing)
    listing.content, listing.discarded_at = None, timezone.now()
    listing.save(update_fields=["content", "discarded_at"])
    record(events.LIST_DISCARDED, listing, by=by, posting=posting, after={"sha256": listing.sha256})
    return listing


@transaction.atomic
def take_in_rows(
    listing: ComplaintList, complaints: Sequence[ListedComplaint], *, upto: int, by: User | None
) -> ComplaintList:
    """Take some rows in, and note that all rows of the file up to a line are done.

    Both or neither: cut off, the same rows come again, and those that were done are passed over. A row whose
    number came in before, by whatever file, makes nothing.
    """
    listing = _locked(listing)
    posting = require(by, rules.IMPORT, listing)
    if listing.taken_at is not None or upto <= listing.last_line:
        return listing
    wait_for_turn(UUID(bytes=hashlib.sha256(f"{TAKE_IN}:{listing.agency_id}".encode()).digest()[:16]))
    for each in complaints:
        if each.line > listing.last_line:
            _take_in(each, listing, by=by, posting=posting)
    listing.last_line = upto
    listing.save(update_fields=["last_line", "done", "taken", "repeated", "wrong_lines"])
    return listing


@transaction.atomic
def finish_list(listing: ComplaintList, *, wrong_lines: Sequence[int], by: User | None) -> ComplaintList:
    """Note that every row is done; the file goes, the lines that were wrong stay to be told."""
    listing = _locked(listing)
    posting = require(by, rules.IMPORT, listing)
    if listing.taken_at is not None:
        return listing
    listing.wrong_lines = sorted({*listing.wrong_lines, *wrong_lines})
    listing.content, listing.done, listing.taken_at = None, listing.rows, timezone.now()
    listing.save(update_fields=["content", "done", "taken_at", "wrong_lines"])
    facts: Facts = {
        "sha256": listing.sha256,
        "taken": listing.taken,
        "repeated": listing.repeated,
        "wrong": len(listing.wrong_lines),
    }
    record(events.LIST_TAKEN_IN, listing, by=by, posting=posting, after=facts)
    return listing


@transaction.atomic
def halt_list(listing: ComplaintList) -> None:
    """Let somebody who may order it anew, since whoever ordered it may no longer; what is done stays done."""
    listing = _locked(listing)
    if listing.taken_at is None:
        listing.ordered_at = None
        listing.save(update_fields=["ordered_at"])


def _take_in(each: ListedComplaint, listing: ComplaintList, *, by: User | None, posting: int | None) -> None:
    listing.done += 1
    try:
        taken = take_in_brought(
            each.told,
            channel=Complaint.Channel.IMPORT,
            manner=each.manner,
            sender=each.sender,
            source_key=source_key_of(listing, each.number),
            by=by,
            posting=posting,
        )
    except Refused:
        listing.wrong_lines = [*listing.wrong_lines, each.line]
        return
    if taken is None:
        listing.repeated += 1
    else:
        listing.taken += 1


def _locked(listing: ComplaintList) -> ComplaintList:
    rows = ComplaintList.objects.select_for_update(of=("self",)).defer("content")
    return rows.select_related("area", "agency").get(pk=listing.pk)


def _refuse_unless_open(listing: ComplaintList) -> None:
    if not listing.is_open:
        raise Refused(_("This list was taken in or thrown away already."))
