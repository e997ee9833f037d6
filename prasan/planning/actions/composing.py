"""Merging, splitting and joining by the tambon committee: what was told stays to be read, with its author."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Resolution
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move
from prasan.kernel.refusals import Refused
from prasan.planning import rules
from prasan.planning.actions.brief import (
    ActivityWords,
    IndicatorWords,
    ProposalWords,
    facts_of,
    keep_version,
    write_rows,
    write_words,
)
from prasan.planning.actions.proposal import area_of_all, classify_proposal, locked_proposal
from prasan.planning.models import (
    Activity,
    Attachment,
    Descent,
    Need,
    Proposal,
    ProposalVersion,
    StrategicIssue,
)
from prasan.planning.queries.board import COMPOSABLE


@dataclass(frozen=True, slots=True)
class Part:
    """One of the proposals that a split makes: its name, and by their numbers the activities it takes."""

    name: str
    activities: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Classified:
    """What the tambon committee resolved on one proposal, on both axes."""

    proposal: Proposal
    doer: str
    level: str = ""
    issue: StrategicIssue | None = None


@transaction.atomic
def merge_proposals(
    proposals: Collection[Proposal], *, name: str, by: User | None, note: str = ""
) -> Proposal:
    """Put one proposal in the place of several: needs, activities, indicators, files and money together.

    The largest of them says the sector, the kind and who operates; reasons and objectives stand one below
    the other.
    """
    parents = _locked(proposal.pk for proposal in proposals)
    require(by, rules.CLASSIFY, *parents)
    if len(parents) < 2:
        raise Refused(_("Please choose at least two proposals to merge."))
    _refuse_out_of_reach(parents)
    if len({parent.fiscal_year for parent in parents}) > 1:
        raise Refused(_("Only proposals for the same fiscal year can be merged."))
    leading = max(parents, key=lambda parent: (parent.budget_asked, -parent.pk))
    words = ProposalWords(
        name=name,
        sector=leading.sector,
        fiscal_year=leading.fiscal_year,
        rationale=_one_below_the_other(parent.rationale for parent in parents),
        objective=_one_below_the_other(parent.objective for parent in parents),
        households=sum(parent.households for parent in parents),
        beneficiaries=_sum_if_any(parent.beneficiaries for parent in parents),
        budget_asked=sum((parent.budget_asked for parent in parents), Decimal(0)),
        kind=leading.kind,
        approach=leading.approach,
        main_programme=leading.main_programme,
        programme=leading.programme,
        target_words=_one_below_the_other(parent.target_words for parent in parents),
        operator=leading.operator,
        starts=min((parent.starts for parent in parents if parent.starts), default=None),
        ends=max((parent.ends for parent in parents if parent.ends), default=None),
        output=_one_below_the_other(parent.output for parent in parents),
        outcome=_one_below_the_other(parent.outcome for parent in parents),
        activities=tuple(words for parent in parents for words in activities_of(parent)),
        indicators=tuple(words for parent in parents for words in indicators_of(parent)),
    )
    child = _compose(parents, words, Descent.How.MERGED, by=by, note=note)
    for parent in parents:
        move(parent, "merge", by=by, note=note, after={"child": child.pk})
    return child


@transaction.atomic
def split_proposal(
    proposal: Proposal, parts: Sequence[Part], *, by: User | None, note: str
) -> list[Proposal]:
    """Put several proposals in the place of one, each with some of its activities and all of its needs."""
    (parent,) = _locked([proposal.pk])
    require(by, rules.CLASSIFY, parent)
    if len(parts) < 2:
        raise Refused(_("Please name at least two parts."))
    _refuse_out_of_reach([parent])
    rows = {row.number: row for row in parent.activities.prefetch_related("budgets")}
    taken = sorted(number for part in parts for number in part.activities)
    if taken != sorted(rows) or not all(part.activities for part in parts):
        raise Refused(
            _("Please give each activity to exactly one part, and each part at least one activity.")
        )
    children = [
        _compose([parent], _part_words(parent, part, rows), Descent.How.SPLIT, by=by, note=note)
        for part in parts
    ]
    move(parent, "split", by=by, note=note, after={"children": [child.pk for child in children]})
    return children


@transaction.atomic
def take_apart(proposal: Proposal, *, by: User | None, note: str) -> list[Proposal]:
    """Undo a merge or a split, given what went in or what came out, while the result is still as it was made.

    What went in is before the tambon committee again; it is what this gives back.
    """
    family = _family(Proposal.objects.get(pk=proposal.pk))
    if family is None:
        raise Refused(_("This proposal was neither merged nor split."))
    parents, children = _locked(family[0]), _locked(family[1])
    require(by, rules.CLASSIFY, *parents, *children)
    for child in children:
        if child.state != "tambon_review" or child.versions.count() > 1:
            raise Refused(
                _("“%(name)s” has gone on since; it can no longer be taken apart.") % {"name": child.name}
            )
    for child in children:
        move(child, "dissolve", by=by, note=note)
    return [move(parent, "take_apart", by=by, note=note) for parent in parents]


@transaction.atomic
def classify_proposals(
    classes: Sequence[Classified], *, resolution: Resolution, by: User | None, note: str = ""
) -> list[Proposal]:
    """Classify several proposals in one resolution, all or none; what was just submitted is taken up."""
    done = []
    for each in sorted(classes, key=lambda each: each.proposal.pk):
        proposal = locked_proposal(each.proposal)
        if proposal.state == "submitted":
            proposal = move(proposal, "review", by=by)
        done.append(
            classify_proposal(
                proposal,
                doer=each.doer,
                level=each.level,
                issue=each.issue,
                resolution=resolution,
                by=by,
                note=note,
            )
        )
    return done


@transaction.atomic
def join_needs(need: Need, into: Need, *, by: User | None, note: str) -> Need:
    """Say that two needs tell of the same thing: the first stays to be read and counts with the second."""
    locked = {
        row.pk: row
        for row in Need.objects.select_for_update(of=("self",))
        .select_related("area")
        .filter(pk__in=[need.pk, into.pk])
        .order_by("pk")
    }
    require(by, rules.JOIN_NEEDS, *locked.values())
    if len(locked) < 2:
        raise Refused(_("Please choose two different needs."))
    need, into = locked[need.pk], locked[into.pk]
    if into.state not in ("entered", "answered"):
        raise Refused(_("Please join with a need that is entered or answered."))
    if need.joined.exists():
        raise Refused(_("Others are joined with this need already. Please join the other one with this."))
    need.joined_to = into
    need.save(update_fields=["joined_to"])
    return move(need, "join", by=by, note=note, after={"into": into.pk})


@transaction.atomic
def part_need(need: Need, *, by: User | None, note: str) -> Need:
    """Undo a joining: the need waits for itself again."""
    moved = move(need, "part", by=by, note=note)
    moved.joined_to = None
    moved.save(update_fields=["joined_to"])
    return moved


def activities_of(proposal: Proposal) -> tuple[ActivityWords, ...]:
    """The activities of a proposal as words, to be written again."""
    return tuple(_activity_words(row) for row in proposal.activities.prefetch_related("budgets"))


def indicators_of(proposal: Proposal) -> tuple[IndicatorWords, ...]:
    """The indicators of a proposal as words, to be written again."""
    return tuple(IndicatorWords(row.name, row.target) for row in proposal.indicators.all())


def _compose(
    parents: Sequence[Proposal],
    words: ProposalWords,
    how: Descent.How,
    *,
    by: User | None,
    note: str,
) -> Proposal:
    """A new proposal before the tambon committee, with the needs and files of those it is made of."""
    child = Proposal(
        area=area_of_all([parent.area for parent in parents]),
        created_by=by,
        call=parents[0].call,
        latitude=parents[0].latitude,
        longitude=parents[0].longitude,
    )
    posting = require(by, rules.CLASSIFY, child)
    write_words(child, words)
    begin(
        child,
        by=by,
        posting=posting,
        after={"area": child.area_id, "made_of": [parent.pk for parent in parents], **facts_of(child)},
    )
    child.needs.set(Need.objects.filter(proposals__in=parents).distinct())
    child.submitters.set(_who_brought(parents))
    write_rows(child, words)
    Descent.objects.bulk_create(Descent(parent=parent, child=child, how=how) for parent in parents)
    rows = Attachment.objects.filter(proposal__in=parents).order_by("file", "kind", "pk")
    Attachment.objects.bulk_create(
        Attachment(
            proposal=child, file_id=row.file_id, kind=row.kind, name=row.name, added_by_id=row.added_by_id
        )
        for row in sorted(rows.distinct("file", "kind"), key=lambda row: row.pk)
    )
    keep_version(child, ProposalVersion.Why.COMPOSED, by=by, posting=posting)
    return move(child, "compose", by=by, note=note)


def _who_brought(proposals: Sequence[Proposal]) -> QuerySet[User]:
    """Whoever wrote or submitted one of these: what is made of them is his as well."""
    brought = Proposal.objects.filter(pk__in=[proposal.pk for proposal in proposals])
    return User.objects.filter(
        Q(pk__in=brought.values("created_by")) | Q(pk__in=brought.values("submitters"))
    )


def _part_words(parent: Proposal, part: Part, rows: dict[int, Activity]) -> ProposalWords:
    activities = tuple(_activity_words(rows[number]) for number in part.activities)
    return ProposalWords(
        name=part.name,
        sector=parent.sector,
        fiscal_year=parent.fiscal_year,
        rationale=parent.rationale,
        objective=parent.objective,
        households=parent.households,
        beneficiaries=parent.beneficiaries,
        budget_asked=sum((sum(each.budgets.values(), Decimal(0)) for each in activities), Decimal(0)),
        kind=parent.kind,
        approach=parent.approach,
        main_programme=parent.main_programme,
        programme=parent.programme,
        target_words=parent.target_words,
        operator=parent.operator,
        starts=parent.starts,
        ends=parent.ends,
        output=parent.output,
        outcome=parent.outcome,
        activities=activities,
        indicators=indicators_of(parent),
    )


def _activity_words(row: Activity) -> ActivityWords:
    budgets = {budget.fiscal_year: budget.amount for budget in row.budgets.all()}
    return ActivityWords(row.name, budgets, row.responsible, row.helpers)


def _family(proposal: Proposal) -> tuple[list[int], list[int]] | None:
    """Keys of what went into the merge or split and of what came out of it; None if there was none."""
    descents = Descent.objects.order_by("pk")
    if (last := descents.filter(parent=proposal).last()) is not None and proposal.state in (
        "merged",
        "split",
    ):
        parents = [proposal.pk]
        if last.how == Descent.How.MERGED:
            parents = list(descents.filter(child=last.child_id).values_list("parent_id", flat=True))
            return parents, [last.child_id]
        children = descents.filter(parent=proposal).exclude(child__state="withdrawn")
        return parents, list(children.values_list("child_id", flat=True))
    if (first := descents.filter(child=proposal).first()) is None:
        return None
    return _family(first.parent) if first.parent.state in ("merged", "split") else None


def _locked(keys: Iterable[int]) -> list[Proposal]:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(
        "area", "sector", "kind", "approach__issue", "call"
    )
    return list(rows.filter(pk__in=list(keys)).order_by("pk"))


def _refuse_out_of_reach(proposals: Sequence[Proposal]) -> None:
    for proposal in proposals:
        if proposal.state not in COMPOSABLE:
            raise Refused(
                _("“%(name)s” cannot be merged or split, as it is not before the tambon committee.")
                % {"name": proposal.name}
            )


def _one_below_the_other(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _sum_if_any(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
