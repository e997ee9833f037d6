"""Joining complaints that tell of one problem, and parting them again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Posting
from prasan.agencies.queries import require
from prasan.cases.actions import move_in_act
from prasan.complaints import rules
from prasan.complaints.actions.clock import end_pause, set_clocks
from prasan.complaints.models import Complaint, Problem
from prasan.complaints.states import OPEN
from prasan.kernel.refusals import Refused
from prasan.ledger.queries import entries_about


@transaction.atomic
def join_complaint(complaint: Complaint, main: Complaint, *, by: User | None, note: str) -> Complaint:
    """Say that a complaint tells of the problem of another; what was joined to it before goes along."""
    complaint, main = _locked(complaint, main)
    require(by, rules.SCREEN, complaint, main)
    _refuse_unless_alike(complaint, main)
    problem = _problem_of(main)
    own = Problem.objects.filter(main=complaint).first()
    joined = _repeat(complaint, problem, by=by, note=note)
    if own is not None:
        Complaint.objects.filter(problem=own).update(problem=problem)
        own.delete()
    return joined


@transaction.atomic
def part_complaint(complaint: Complaint, *, by: User | None, note: str) -> Complaint:
    """Say that a complaint tells of a trouble of its own after all; it is worked on from its beginning."""
    problem = complaint.problem_id
    parted = move_in_act(complaint, "part", by=by, note=note, after={"problem": problem})
    parted.problem, parted.is_across = None, False
    parted.save(update_fields=["problem", "is_across"])
    return set_clocks(parted)


def begin_as_repeat(complaint: Complaint, main: Complaint, *, by: User | None) -> Complaint:
    """Join a complaint that begins to the open one that its sender found to be the same.

    What the sender chose decides nothing for others: an officer can part it again. Where the other is no
    longer open or may not be shown, the complaint simply stands for itself.
    """
    complaint, main = _locked(complaint, main)
    if main.is_restricted or main.state not in OPEN or main.pk == complaint.pk:
        return complaint
    note = _("The sender was shown a complaint like it and found it to be the same.")
    return _repeat(complaint, _problem_of(main), by=None, note=note)


def _repeat(complaint: Complaint, problem: Problem, *, by: User | None, note: str) -> Complaint:
    complaint.problem = problem
    complaint.save(update_fields=["problem"])
    facts = {"problem": problem.pk, "main": problem.main_id}
    joined = move_in_act(complaint, "join", by=by, note=note, after=facts)
    joined.is_across = _door_of(joined) != _door_of(problem.main)
    joined.save(update_fields=["is_across"])
    end_pause(joined)
    return set_clocks(joined)


def _door_of(complaint: Complaint) -> tuple[str, int | None]:
    """Through which door a complaint came, and which agency took it in."""
    begun = entries_about(complaint).first()
    posting = Posting.objects.filter(pk=begun.posting_id or 0).first() if begun is not None else None
    return complaint.channel, posting.agency_id if posting is not None else None


def _problem_of(main: Complaint) -> Problem:
    """The problem that a complaint heads, made where it heads none yet."""
    problem, is_new = Problem.objects.get_or_create(main=main)
    if is_new:
        main.problem = problem
        main.save(update_fields=["problem"])
    return problem


def _refuse_unless_alike(complaint: Complaint, main: Complaint) -> None:
    if complaint.pk == main.pk:
        raise Refused(_("A complaint cannot be joined to itself. Please choose another."))
    if main.state not in OPEN:
        raise Refused(_("The other complaint is closed or joined itself. Please choose one that is open."))
    if complaint.is_restricted or main.is_restricted:
        raise Refused(_("Complaints against officials are not joined with others."))


def _locked(complaint: Complaint, main: Complaint) -> tuple[Complaint, Complaint]:
    """Both as they now stand, held until the act ends; in one order, so that no two acts block."""
    keys = sorted({complaint.pk, main.pk})
    rows = {row.pk: row for row in Complaint.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(rows) < len(keys):
        raise Refused(_("This is no longer there. Please go back to the list."))
    return rows[complaint.pk], rows[main.pk]
