"""What changed between two versions of a text or of a list of rows, as a person would mark it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeVar

from prasan.kernel.words import pieces

Row = TypeVar("Row")

ALIKE = 0.5
"""From this share of common characters on, two names are taken for one that was reworded."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that stayed, came or went."""

    how: Literal["same", "added", "removed"]
    text: str


def changed_words(before: str, after: str) -> list[Run]:
    """Both texts as one, word by word: the first is what was not added, the second what was not removed.

    Words that take up much of a long text count as different where they moved, which keeps this quick for
    any text.
    """
    old, new = pieces(before), pieces(after)
    head = _common_length(old, new)
    tail = _common_length(old[head:][::-1], new[head:][::-1])
    runs = [Run("same", "".join(old[:head]))]
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    for how, a, b, c, d in SequenceMatcher(None, inner_old, inner_new).get_opcodes():
        if how == "equal":
            runs.append(Run("same", "".join(inner_old[a:b])))
        else:
            runs += [Run("removed", "".join(inner_old[a:b])), Run("added", "".join(inner_new[c:d]))]
    runs.append(Run("same", "".join(old[len(old) - tail :])))
    return _joined(runs)


def paired_rows(
    before: Sequence[Row], after: Sequence[Row], name_of: Callable[[Row], str]
) -> list[tuple[Row | None, Row | None]]:
    """Which row became which, in the order of the second list, each row once; those that went come last.

    Rows of one name are the same row, wherever they stand; after them, rows whose names are alike.
    """
    became: dict[int, int] = {}
    gone = list(range(len(before)))
    for find in (_same_name, _alike_name):
        for place, row in enumerate(after):
            if place not in became and (found := find(name_of(row), gone, before, name_of)) is not None:
                became[place] = found
                gone.remove(found)
    pairs: list[tuple[Row | None, Row | None]] = [
        (before[became[place]] if place in became else None, row) for place, row in enumerate(after)
    ]
    return [*pairs, *((before[place], None) for place in gone)]


def _same_name(
    name: str, among: Sequence[int], rows: Sequence[Row], name_of: Callable[[Row], str]
) -> int | None:
    return next((place for place in among if name_of(rows[place]) == name), None)


def _alike_name(
    name: str, among: Sequence[int], rows: Sequence[Row], name_of: Callable[[Row], str]
) -> int | None:
    shares = [(SequenceMatcher(None, name_of(rows[place]), name).ratio(), -place) for place in among]
    share, place = max(shares, default=(0.0, 0))
    return -place if share >= ALIKE else None


def _common_length(old: Sequence[str], new: Sequence[str]) -> int:
    length = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        length += 1
    return length


def _joined(runs: Sequence[Run]) -> list[Run]:
    """The runs that hold something, those of one kind side by side put together."""
    joined: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if joined and joined[-1].how == run.how:
            run = Run(run.how, joined.pop().text + run.text)
        joined.append(run)
    return joined
