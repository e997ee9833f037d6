"""From numbers and names of villages to their codes, once the tambon is known."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from prasan.kernel.sentence import Sentence
from prasan.places.finder.answers import BY_SURROUNDINGS, SURE, Answer
from prasan.places.finder.reading import Kind, Mention, is_on_road
from prasan.places.finder.remarks import (
    called_otherwise,
    name_against_number,
    no_such_number,
    several,
)
from prasan.places.finder.resolving import Resolution
from prasan.places.models import Area, Level
from prasan.places.names import village_key, village_keys

LONGEST_NAME = 40
BY_NAME_IN_AMPHOE = 0.85
AGAINST_ITS_NAME = 0.82
_JOINERS = ("ถึง", "และ")
"""Words that end a name also where no space stands before them."""


@dataclass(frozen=True, slots=True)
class _Village:
    code: str
    moo: int | None
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A village as the text speaks of it: by numbers, by the name that begins at a position, or by both."""

    mention: Mention
    numbers: tuple[int, ...]
    name_at: int | None
    name_limit: int


def settle_villages(resolution: Resolution) -> list[Answer]:
    """Answers for the villages a text speaks of; one that its tambon does not have is remarked on there."""
    spoken = _spoken(resolution)
    tambon_of = {one.mention.start: _tambon_for(one.mention, resolution) for one in spoken}
    codes = {code for code in tambon_of.values() if code is not None}
    villages: dict[str, list[_Village]] = {}
    rows = Area.objects.filter(level=Level.VILLAGE, parent__in=codes, is_abolished=False).order_by("code")
    for code, moo, name_th in rows.values_list("code", "moo", "name_th"):
        villages.setdefault(code[:6], []).append(_Village(code, moo, village_keys(name_th)))
    answers: list[Answer] = []
    for one in spoken:
        tambon = tambon_of[one.mention.start]
        if tambon is None:
            answers += _by_amphoe(one, resolution)
        elif tambon in villages:
            answers += _in_tambon(one, tambon, villages[tambon], resolution)
    return answers


def _spoken(resolution: Resolution) -> list[_Spoken]:
    """Numbers and names, joined where they stand together: `บ้านสบห้วย หมู่ที่ 1`, `หมู่ที่ 2 บ้านปิง`."""
    taken = [(other.start, other.end) for other in resolution.mentions if other.kind <= Kind.TAMBON]
    names = [
        mention
        for mention in resolution.mentions
        if mention.kind == Kind.VILLAGE and not any(start <= mention.start < end for start, end in taken)
    ]
    spoken: list[_Spoken] = []
    joined: set[int] = set()
    for mention in resolution.mentions:
        if mention.kind != Kind.MOO:
            continue
        before = [name for name in names if name.start < mention.start]
        after = next((name for name in names if name.start == mention.name_at), None)
        near = before[-1] if before else None
        if (
            near is not None
            and near.start not in joined
            and near.name_at < mention.start <= near.name_at + LONGEST_NAME
            and not (after is not None and _has_break(resolution, near.name_at, mention.start))
            and not _between(resolution, near, mention)
        ):
            joined.add(near.start)
            spoken.append(_Spoken(mention, mention.numbers, near.name_at, mention.start))
        elif after is not None and len(mention.numbers) == 1:
            joined.add(after.start)
            spoken.append(_Spoken(mention, mention.numbers, after.name_at, after.limit))
        else:
            spoken.append(_Spoken(mention, mention.numbers, None, 0))
    for name in names:
        if name.start not in joined and not is_on_road(resolution.letters, resolution.mentions, name):
            spoken.append(_Spoken(name, (), name.name_at, name.limit))
    return spoken


def _has_break(resolution: Resolution, start: int, end: int) -> bool:
    return any(start < position < end for position in resolution.letters.breaks)


def _between(resolution: Resolution, first: Mention, second: Mention) -> bool:
    return any(first.start < other.start < second.start for other in resolution.mentions)


def _tambon_for(mention: Mention, resolution: Resolution) -> str | None:
    """The code of the one tambon a village is said to be in: the next one named, or the one right before."""
    before, after = resolution.around(mention)
    order = [after, before]
    first = next((m for m in resolution.mentions if m.kind in (Kind.TAMBON, Kind.MOO, Kind.VILLAGE)), None)
    if before is not None and before.end == mention.start and first is not None and first.kind == Kind.TAMBON:
        order.reverse()
    for other in order:
        if other is not None and other.kind == Kind.TAMBON:
            tambon = [code for code in other.codes if len(code) == 6]
            return tambon[0] if len(other.codes) == 1 and tambon else None
    if before is None and after is None and len(resolution.within) == 1 and len(resolution.within[0]) == 6:
        return resolution.within[0]
    return None


def _in_tambon(one: _Spoken, tambon: str, villages: list[_Village], resolution: Resolution) -> list[Answer]:
    words = [resolution.letters.words(one.mention.start, one.mention.name_at)]
    sure = max(
        (a.score for a in resolution.answers.values() if a.codes == (tambon,)), default=BY_SURROUNDINGS
    )
    by_number = {village.moo: village for village in villages}
    named = _named(one, villages, resolution)
    if not one.numbers:
        if len(named) == 1:
            return [
                Answer((named[0].code,), min(sure, BY_SURROUNDINGS), [_name_words(one, named[0], resolution)])
            ]
        if len(named) > 1:
            _remark(resolution, tambon, several([village.moo for village in named]))
        return []
    answers: list[Answer] = []
    for number in one.numbers:
        village = by_number.get(number)
        if village is None:
            _remark(resolution, tambon, no_such_number(number))
        elif named and village not in named:
            _remark(resolution, tambon, name_against_number(number))
        else:
            answers.append(
                _numbered(one, village, words, min(sure, SURE if named else BY_SURROUNDINGS), resolution)
            )
    return answers


def _numbered(
    one: _Spoken, village: _Village, words: list[str], score: float, resolution: Resolution
) -> Answer:
    """The village of a number; the number counts also where the name beside it is another one."""
    remarks: list[Sentence] = []
    if one.name_at is not None and not _resembles(one, village, resolution):
        score, remarks = min(score, AGAINST_ITS_NAME), [called_otherwise(village.moo)]
    return Answer((village.code,), score, words, remarks)


def _resembles(one: _Spoken, village: _Village, resolution: Resolution) -> bool:
    written = resolution.letters.letters[one.name_at : one.name_limit]
    return any(
        written.startswith(key) or key.startswith(written) or OSA.distance(written, key) <= len(key) // 3
        for key in village.keys
    )


def _named(one: _Spoken, villages: list[_Village], resolution: Resolution) -> list[_Village]:
    """The villages of the name that is written, by its longest form that is a whole word."""
    if one.name_at is None:
        return []
    letters = resolution.letters
    best: dict[int, list[_Village]] = {}
    for village in villages:
        for key in village.keys:
            end = one.name_at + len(key)
            if (
                end <= one.name_limit
                and letters.letters.startswith(key, one.name_at)
                and (
                    end in letters.breaks
                    or end == one.name_limit
                    or letters.letters.startswith(_JOINERS, end)
                )
            ):
                best.setdefault(len(key), []).append(village)
    return best[max(best)] if best else []


def _by_amphoe(one: _Spoken, resolution: Resolution) -> list[Answer]:
    """A village by its name alone where only the amphoe is known, if no other there is so called."""
    before, after = resolution.around(one.mention)
    amphoe = after if after is not None and after.kind == Kind.AMPHOE else before
    if one.name_at is None or one.numbers or amphoe is None or amphoe.kind != Kind.AMPHOE:
        return []
    if len(amphoe.codes) != 1 or len(amphoe.codes[0]) != 4:
        return []
    end = one.name_at + 1
    while end < one.name_limit and end not in resolution.letters.breaks:
        end += 1
    key = village_key(resolution.letters.letters[one.name_at : end])
    if len(key) < 3:
        return []
    found = list(
        Area.objects.filter(
            level=Level.VILLAGE, code__startswith=amphoe.codes[0], search_key=key, is_abolished=False
        ).values_list("code", flat=True)[:2]
    )
    if len(found) != 1:
        return []
    amphoe.is_used = True
    return [Answer((found[0],), BY_NAME_IN_AMPHOE, [resolution.letters.words(one.mention.start, end)])]


def _name_words(one: _Spoken, village: _Village, resolution: Resolution) -> str:
    end = (one.name_at or 0) + max(len(key) for key in village.keys)
    return resolution.letters.words(one.mention.start, end)


def _remark(resolution: Resolution, tambon: str, remark: Sentence) -> None:
    for answer in resolution.answers.values():
        if answer.codes == (tambon,):
            answer.remarks.append(remark)
