"""Who may not judge what: every tie between judge and entry, with its reason and the path that proves it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

OWN_BODY = "own_body"
ABOVE_OWNER = "above_owner"
BELOW_OWNER = "below_owner"
SUPPORTER = "supporter"
ABOVE_SUPPORTER = "above_supporter"
BELOW_SUPPORTER = "below_supporter"
STATED_ENTRY = "stated_entry"
STATED_BODY = "stated_body"
REASONS = (
    OWN_BODY,
    ABOVE_OWNER,
    BELOW_OWNER,
    SUPPORTER,
    ABOVE_SUPPORTER,
    BELOW_SUPPORTER,
    STATED_ENTRY,
    STATED_BODY,
)
"""All reasons; a judge may be in conflict with an entry for several."""

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is judged, the body that owns it, and the bodies that support it."""

    code: str
    owner: str
    supporters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judges, and the body that he belongs to; None for one who belongs to none of them."""

    code: str
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """What a judge, or somebody else, stated: that he is tied to one entry, or to one body."""

    judge: str
    entry: str | None = None
    body: str | None = None

    def __post_init__(self) -> None:
        if (self.entry is None) == (self.body is None):
            raise ValueError(f"{self.judge}: a tie is to an entry or to a body")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a judge may not judge an entry.

    `path` names the bodies from the judge's (or the one he is tied to) to the owner's or supporter's, one
    step of the tree each; it is empty where the tie to the entry itself was stated.
    """

    judge: str
    entry: str
    reason: str
    path: tuple[str, ...]


def conflicts(
    parents: Mapping[str, str | None],
    entries: Iterable[Entry],
    judges: Iterable[Judge],
    ties: Iterable[Tie] = (),
    too_wide: Collection[str] = (),
) -> list[Conflict]:
    """Every conflict of every judge with every entry, several for a pair where there are; sorted.

    `parents` is the whole tree of bodies, each with the body above it or None, not only the part concerned: a
    body that contains all others, or one that is declared `too_wide`, ties nobody merely by containing two of
    them, nor does what lies above such a body; who belongs to it is in conflict only with what it owns or
    supports itself. ValueError for a body, judge or entry that is not given, one given twice, or a tree that
    bites its tail.
    """
    all_entries = _once([(entry.code, entry) for entry in entries])
    all_judges = _once([(judge.code, judge) for judge in judges])
    all_ties = list(ties)
    wide = {*too_wide, *_root_of_all(parents)}
    lines = {body: _line(body, parents, wide) for body in parents}
    _check(lines, all_entries, all_judges, all_ties)
    found: set[Conflict] = set()
    for judge in all_judges.values():
        for entry in all_entries.values():
            found |= {
                Conflict(judge.code, entry.code, reason, path)
                for reason, path in _of_body(judge.body, entry, lines)
            }
    for tie in all_ties:
        if tie.entry is not None:
            found.add(Conflict(tie.judge, tie.entry, STATED_ENTRY, ()))
            continue
        for entry in all_entries.values():
            found |= {
                Conflict(tie.judge, entry.code, STATED_BODY, path)
                for _reason, path in _of_body(tie.body, entry, lines)
            }
    return sorted(found, key=lambda each: (each.entry, each.judge, REASONS.index(each.reason), each.path))


def _once(given: list[tuple[str, Given]]) -> dict[str, Given]:
    found = dict(given)
    if len(found) != len(given):
        raise ValueError("each judge and each entry stands once")
    return found


def _check(
    bodies: Collection[str], entries: Mapping[str, Entry], judges: Mapping[str, Judge], ties: Iterable[Tie]
) -> None:
    """ValueError where somebody or something is named that is not given."""
    named = {body for entry in entries.values() for body in (entry.owner, *entry.supporters)}
    named |= {judge.body for judge in judges.values() if judge.body is not None}
    for tie in ties:
        if tie.body is not None:
            named.add(tie.body)
        if tie.judge not in judges or (tie.entry is not None and tie.entry not in entries):
            raise ValueError(f"a tie of {tie.judge} to {tie.entry or tie.body} is of nobody or to nothing")
    if unknown := named - set(bodies):
        raise ValueError(f"{', '.join(sorted(unknown))}: no such body")


def _root_of_all(parents: Mapping[str, str | None]) -> list[str]:
    roots = [body for body, parent in parents.items() if parent is None]
    return roots if len(roots) == 1 else []


def _line(body: str, parents: Mapping[str, str | None], wide: Collection[str]) -> tuple[str, ...]:
    """The body and all above it, up to where it becomes too wide to tie anybody."""
    line = [body]
    seen = {body}
    above = parents[body]
    is_too_wide = body in wide
    while above is not None:
        if above not in parents:
            raise ValueError(f"{above}, above {line[-1]}, is no body")
        if above in seen:
            raise ValueError(f"{above} stands above itself")
        seen.add(above)
        is_too_wide = is_too_wide or above in wide
        if not is_too_wide:
            line.append(above)
        above = parents[above]
    return tuple(line)


def _of_body(
    body: str | None, entry: Entry, lines: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Why somebody of this body may not judge this entry."""
    if body is None:
        return
    for other, same, above, below in (
        (entry.owner, OWN_BODY, ABOVE_OWNER, BELOW_OWNER),
        *((each, SUPPORTER, ABOVE_SUPPORTER, BELOW_SUPPORTER) for each in entry.supporters),
    ):
        if body == other:
            yield same, (body,)
        elif body in lines[other]:
            yield above, tuple(reversed(lines[other][: lines[other].index(body) + 1]))
        elif other in lines[body]:
            yield below, lines[body][: lines[body].index(other) + 1]
