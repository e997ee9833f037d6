"""Places offered while a person is still typing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from prasan.places.finder.directory import EVERYWHERE, Directory, directory
from prasan.places.finder.reading import Kind, Letters, Mention, read
from prasan.places.finder.searching import find_place
from prasan.places.models import COUNTRY, PARENTS, Area, Level

FEWEST_LETTERS = 2
FEWEST_FOR_MIDDLE = 3
"""From so many letters on, names that hold them anywhere are offered too."""

_AREAS = (Level.PROVINCE, Level.AMPHOE, Level.TAMBON)


def suggest(text: str, *, within: Area | None = None, limit: int = 10) -> list[Area]:
    """Areas that what is typed so far may be leading to, with their parents.

    What the words already say comes first; then names that go on from what is typed, the largest areas first.
    """
    letters, mentions = read(text[:200])
    if len(letters.letters) < FEWEST_LETTERS:
        return []
    inside = "" if within is None or within.code == COUNTRY else within.code
    finding = find_place(text, within=within, limit=limit)
    known = [candidate.area for candidate in finding.candidates]
    begun = [] if finding.places else list(_inside_what_is_begun(letters, mentions, directory()))
    codes = dict.fromkeys((*begun, *(area.code for area in known)))
    for code in _guesses(letters, mentions, directory(), inside, limit):
        if len(codes) >= limit:
            break
        if code.startswith(inside):
            codes.setdefault(code)
    areas = {area.code: area for area in known}
    areas |= Area.objects.select_related(PARENTS).in_bulk([code for code in codes if code not in areas])
    return [areas[code] for code in codes if code in areas][:limit]


def _guesses(
    letters: Letters, mentions: list[Mention], names: Directory, inside: str, limit: int
) -> Iterator[str]:
    """Codes in the order in which they are worth offering."""
    last = next((mention for mention in reversed(mentions) if mention.kind != Kind.MOO), None)
    typed = letters.letters[last.name_at if last is not None else 0 :]
    levels = [Level(int(last.kind))] if last is not None else [*_AREAS, Level.VILLAGE]
    if not typed:
        return
    if len(typed) < FEWEST_LETTERS:
        return
    for level in levels:
        if level == Level.VILLAGE:
            yield from _villages("startswith", typed, inside, limit)
        else:
            yield from islice((c for c in names.beginning_with(level, typed) if c.startswith(inside)), limit)
    if len(typed) >= FEWEST_FOR_MIDDLE:
        for level in levels:
            if level == Level.VILLAGE:
                yield from _villages("contains", typed, inside, limit)
            else:
                yield from islice((c for c in names.containing(level, typed) if c.startswith(inside)), limit)


def _inside_what_is_begun(letters: Letters, mentions: list[Mention], names: Directory) -> Iterator[str]:
    """Places whose own name is there while that of the area around them is begun: `เมืองแก ท่า`."""
    marked = [mention for mention in mentions if mention.kind <= Kind.TAMBON]
    starts = [mention.name_at for mention in marked] or [0]
    ends = {mention.start for mention in marked[1:]} | (letters.breaks - {0, len(letters.letters)})
    for end in sorted(ends):
        if end <= starts[0] or end >= len(letters.letters):
            continue
        following = next((mention for mention in marked if mention.start == end), None)
        begun = letters.letters[following.name_at if following is not None else end :]
        for level in (Level.TAMBON, Level.AMPHOE):
            for code in names.exact(level, letters.letters[starts[0] : end], EVERYWHERE):
                outer = (code[:digits] for digits in range(len(code) - 2, 0, -2))
                if begun and any(names.is_called(one, begun) for one in outer):
                    yield code


def _villages(lookup: str, typed: str, inside: str, limit: int) -> list[str]:
    column = "search_key_en" if typed.isascii() else "search_key"
    if lookup == "contains" and column == "search_key_en":
        return []  # only Thai names have an index for that
    villages = Area.objects.filter(level=Level.VILLAGE, is_abolished=False, **{f"{column}__{lookup}": typed})
    if inside:
        villages = villages.filter(code__startswith=inside)
    if lookup == "startswith":
        villages = villages.order_by(column)
    return list(villages.values_list("code", flat=True)[:limit])
