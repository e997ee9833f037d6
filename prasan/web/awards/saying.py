"""Results in words: why nothing was adjusted, what broke a tie, what ought to be talked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prasan.awards.counting import GATE, NO_SCORE, Count, Row
from prasan.awards.models import Category, Entry
from prasan.awards.queries.results import Shown
from prasan.innovations.models import RegisterEntry
from prasan.judging import adjustment, ranking
from prasan.judging.agreement import JUDGES_DISAGREE, Talk
from prasan.kernel.digits import format_number

_WHY_NOT_ADJUSTED = {
    adjustment.ALL_SEE_ALL: gettext_lazy(
        "Not adjusted: every judge scored every entry, so the means are fair as they are."
    ),
    adjustment.DISCONNECTED: gettext_lazy(
        "Not adjusted: some judges share no entry with the others, so they cannot be compared."
    ),
    adjustment.HARDLY_COMPARABLE: gettext_lazy(
        "Not adjusted: judges share too few entries to tell strict judges from weak entries."
    ),
    adjustment.TOO_FEW_SCORES: gettext_lazy(
        "Not adjusted: there are too few scores to tell strictness from chance."
    ),
    adjustment.JUDGES_ALIKE: gettext_lazy("Not adjusted: judges differ no more than chance would make them."),
}
_BROKE = {
    ranking.CRITERION: gettext_lazy("tie broken by the mark on a criterion"),
    ranking.FIRST_PLACES: gettext_lazy("tie broken by first places"),
    ranking.SMALLER_SPREAD: gettext_lazy("tie broken by judges closer together"),
    ranking.EARLIER: gettext_lazy("tie broken by the earlier entry"),
    ranking.DRAW: gettext_lazy("tie broken by the draw"),
}
_NO_PLACE = {
    GATE: gettext_lazy("no place: a gate is not passed"),
    NO_SCORE: gettext_lazy("no place: nobody handed in a score"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a table of results."""

    row: Row
    entry: Entry
    level: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The results of a category as a page shows them."""

    category: Category
    count: Count
    lines: tuple[Line, ...]
    adjusted: str
    talks: tuple[str, ...]


def told(counts: Sequence[Count], rows: Mapping[str, Sequence[Shown]]) -> list[Told]:
    """The results of every category in words."""
    return [_told(each, rows[each.category]) for each in counts if rows[each.category]]


def _told(count: Count, rows: Sequence[Shown]) -> Told:
    names = dict(RegisterEntry.Level.choices)
    titles = {str(each.entry.pk): each.entry.title for each in rows}
    reason = count.adjustment.reason
    return Told(
        rows[0].entry.category,
        count,
        tuple(
            Line(each.row, each.entry, str(names.get(each.row.level, "")), tuple(_remarks(each.row)))
            for each in rows
        ),
        _("Adjusted for how strict judges are.") if reason is None else str(_WHY_NOT_ADJUSTED[reason]),
        tuple(_talk(each, titles, names) for each in count.talks),
    )


def _remarks(row: Row) -> list[str]:
    if row.standing is None:
        return [str(_NO_PLACE[row.why_not])]
    found = [str(_BROKE[each.rule.kind]) for each in row.standing.broken]
    return [*found, _("shares its place")] if row.standing.tied_with else found


def _talk(talk: Talk, titles: Mapping[str, str], names: Mapping[str, object]) -> str:
    title = titles[talk.entry]
    if talk.reason != JUDGES_DISAGREE:
        line = {"title": title, "level": names.get(talk.line or "", talk.line)}
        return _("%(title)s: what it is worth lies on either side of the line of “%(level)s”.") % line
    if talk.times is None:
        return _("%(title)s: its judges disagree, while all others agree.") % {"title": title}
    return _("%(title)s: its judges are %(times)s times further apart than those of the others.") % {
        "title": title,
        "times": format_number(talk.times),
    }
