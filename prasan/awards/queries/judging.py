"""Who judges what, and which conflicts there are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from prasan.agencies.models import Agency, Posting
from prasan.agencies.queries import Person, within_reach
from prasan.awards import rules
from prasan.awards.models import (
    ConflictFound,
    Edition,
    Entry,
    Judge,
    Panel,
    Round,
    ScoreSheet,
    StatedTie,
)
from prasan.judging import conflicts as mathematics
from prasan.judging.conflicts import Conflict
from prasan.kernel.calendar import today

AUTHOR = str(ConflictFound.Reason.AUTHOR)


@dataclass(frozen=True, slots=True)
class Load:
    """How many entries a judge was given in a round, and how many of their sheets are handed in."""

    round: Round
    given: int
    handed_in: int


@dataclass(frozen=True, slots=True)
class Seated:
    """A judge with his load in every round that began, the present one first."""

    judge: Judge
    loads: tuple[Load, ...]


def sheets_for(user: Person) -> QuerySet[ScoreSheet]:
    """The score sheets that the person may see."""
    return within_reach(user, rules.VIEW_SHEET, _sheets())


def own_sheets(user: Person) -> QuerySet[ScoreSheet]:
    """The sheets that were assigned to the person and not taken away, those to be scored first."""
    found = within_reach(user, rules.SCORE, _sheets().exclude(state="withdrawn"))
    return found.order_by("-state", "round__edition", "pk")


def seats_of(user: Person) -> QuerySet[Judge]:
    """Where the person sits as a judge, as long as he can state ties there."""
    rows = Judge.objects.filter(
        left_at=None, panel__edition__state__in=("prepared", "open", "screening", "judging")
    ).select_related("panel__edition__programme", "body", "person")
    return within_reach(user, rules.SCORE, rows).order_by("pk")


def seats_to_state_for(user: Person) -> QuerySet[Judge]:
    """The seats of whose ties the person may tell: his own, and those of panels that he keeps."""
    rows = Judge.objects.select_related("panel__edition__programme", "body", "person")
    return within_reach(user, rules.STATE_TIE, rows)


def panels_of(edition: Edition) -> list[tuple[Panel, list[Seated]]]:
    """The panels of an edition with those who sit on them; three queries, however many there are."""
    judges = Judge.objects.filter(left_at=None).select_related("person", "body").order_by("pk")
    rows = edition.panels.select_related("category").prefetch_related(Prefetch("judges", judges))
    loads = _loads_in(edition)
    return [
        (panel, [Seated(judge, loads(judge)) for judge in panel.judges.all()])
        for panel in rows.order_by("pk")
    ]


def conflicts_of(edition: Edition) -> QuerySet[ConflictFound]:
    """The conflicts found in an edition."""
    rows = ConflictFound.objects.filter(entry__edition=edition, judge__left_at=None)
    return rows.select_related("judge__person", "judge__body", "entry__innovation", "entry__owner").order_by(
        "entry__number", "entry", "judge", "reason", "path"
    )


def told_conflicts(edition: Edition) -> list[tuple[ConflictFound, str]]:
    """The conflicts found in an edition, each with its reason and its way in words."""
    rows = list(conflicts_of(edition))
    names = {
        each.pk: str(each) for each in Agency.objects.filter(pk__in={k for row in rows for k in row.path})
    }
    return [(row, words_of(row, names)) for row in rows]


def words_of(conflict: ConflictFound, names: Mapping[int, str]) -> str:
    """A conflict in a sentence: the reason, and the way from the one body to the other."""
    reason = str(conflict.get_reason_display())
    way = " → ".join(names.get(key, str(key)) for key in conflict.path)
    return _("%(reason)s (%(way)s)") % {"reason": reason, "way": way} if way else reason


def conflicts_between(judges: Collection[Judge], entries: Collection[Entry]) -> list[Conflict]:
    """Every conflict of these judges with these entries, by their ids, as things stand now.

    A judge counts for the body that he sits for and for every agency where he is posted today; whoever wrote
    or entered an innovation is in conflict with it. A ministry ties nobody merely by standing above two
    bodies.
    """
    agencies = list(Agency.objects.values_list("pk", "parent_id", "level"))
    parents = {str(pk): None if parent is None else str(parent) for pk, parent, _level in agencies}
    found = mathematics.conflicts(
        parents,
        [
            mathematics.Entry(
                str(each.pk), str(each.owner_id), tuple(str(body.pk) for body in each.supporters.all())
            )
            for each in entries
        ],
        list(_seats(judges)),
        list(_ties(judges, {each.pk for each in entries})),
        [str(pk) for pk, parent, level in agencies if parent is None and level == Agency.Level.CENTRAL],
    )
    told = {Conflict(each.judge.partition(":")[0], each.entry, each.reason, each.path) for each in found}
    told |= {
        Conflict(str(judge.pk), str(entry.pk), AUTHOR, ())
        for judge in judges
        for entry in entries
        if judge.person_id in (entry.created_by_id, entry.submitted_by_id, entry.innovation.created_by_id)
    }
    return sorted(told, key=lambda each: (int(each.entry), int(each.judge), each.reason, each.path))


def _loads_in(edition: Edition) -> Callable[[Judge], tuple[Load, ...]]:
    begun = list(edition.rounds.filter(began_at__isnull=False).order_by("-number"))
    rows = ScoreSheet.objects.filter(round__in=begun).exclude(state="withdrawn").values_list("judge", "round")
    counted = {
        (judge, told): (given, handed_in)
        for judge, told, given, handed_in in rows.annotate(
            given=Count("pk"), handed_in=Count("pk", filter=Q(state="handed_in"))
        )
    }
    return lambda judge: tuple(Load(told, *counted.get((judge.pk, told.pk), (0, 0))) for told in begun)


def _sheets() -> QuerySet[ScoreSheet]:
    return ScoreSheet.objects.select_related(
        "round__edition__programme",
        "entry__owner__area",
        "entry__innovation__area",
        "entry__category",
        "judge__body",
        "judge__person",
    ).prefetch_related("entry__supporters")


def _seats(judges: Collection[Judge]) -> Iterator[mathematics.Judge]:
    """A judge once for each body to which he belongs; the first is the one that he sits for."""
    day = today()
    posted: dict[int, set[int]] = {}
    holding = Posting.objects.filter(
        Q(ends=None) | Q(ends__gte=day), person__in=[each.person_id for each in judges], starts__lte=day
    )
    for person, agency in holding.values_list("person_id", "agency_id"):
        posted.setdefault(person, set()).add(agency)
    for judge in judges:
        yield mathematics.Judge(str(judge.pk), None if judge.body_id is None else str(judge.body_id))
        for agency in sorted(posted.get(judge.person_id, set()) - {judge.body_id}):
            yield mathematics.Judge(f"{judge.pk}:{agency}", str(agency))


def _ties(judges: Iterable[Judge], entries: set[int]) -> Iterator[mathematics.Tie]:
    rows = StatedTie.objects.filter(judge__in=[each.pk for each in judges], withdrawn_at=None)
    for tie in rows.order_by("pk"):
        if tie.body_id is not None:
            yield mathematics.Tie(str(tie.judge_id), body=str(tie.body_id))
        elif tie.entry_id in entries:
            yield mathematics.Tie(str(tie.judge_id), entry=str(tie.entry_id))
