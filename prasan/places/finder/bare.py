"""Names of places without any word before them, where the whole text is nothing else: `เมืองแก ท่าตูม สุรินทร์`."""

from __future__ import annotations

from dataclasses import dataclass

from prasan.places.finder.directory import EVERYWHERE, LONGEST_NAME, Directory
from prasan.places.finder.reading import Letters
from prasan.places.models import Area, Level

MOST_LETTERS = 80
FEWEST_LETTERS = 2
_SCORES = {Level.PROVINCE: 0.9, Level.AMPHOE: 0.87, Level.TAMBON: 0.84, Level.VILLAGE: 0.82}
_BY_MORE_NAMES = 0.05


@dataclass(frozen=True, slots=True)
class Chain:
    """One way to read the whole text as places inside one another."""

    codes: tuple[str, ...]
    """The smallest places the reading allows; more than one where names repeat."""
    names: int

    @property
    def score(self) -> float:
        level = Level(len(self.codes[0]) // 2)
        return min(1.0, _SCORES[level] + _BY_MORE_NAMES * (self.names - 1))


def chains(letters: Letters, directory: Directory, within: tuple[str, ...], start: int = 0) -> list[Chain]:
    """Every reading of the letters from a position on as one place, with the areas around it or without.

    Small to large and large to small are both read; nothing may be left over.
    """
    rest = len(letters.letters) - start
    if not FEWEST_LETTERS <= rest <= MOST_LETTERS:
        return []
    levels = (Level.TAMBON, Level.AMPHOE, Level.PROVINCE)
    found: list[Chain] = []
    for order in (levels, levels[::-1]):
        for codes, names in _readings(letters.letters, start, order, directory):
            inside = tuple(code for code in codes if not within or code.startswith(within))
            if inside or names > 1:
                found.append(Chain(inside or codes, names))
    found += villages_called(letters, start, within)
    unique = {(chain.codes, chain.names): chain for chain in found}
    most = max((chain.names for chain in unique.values()), default=0)
    return sorted((chain for chain in unique.values() if chain.names == most), key=lambda chain: -chain.score)


def _readings(
    letters: str, start: int, order: tuple[Level, ...], directory: Directory
) -> list[tuple[tuple[str, ...], int]]:
    """Smallest codes and number of names of each way to use up the letters with names of levels in order."""
    if start == len(letters) or not order:
        return []
    readings: list[tuple[tuple[str, ...], int]] = []
    for skipped, level in enumerate(order):
        later = order[skipped + 1 :]
        for end in range(start + FEWEST_LETTERS, min(len(letters), start + LONGEST_NAME) + 1):
            codes = directory.exact(level, letters[start:end], EVERYWHERE)
            if not codes:
                continue
            if end == len(letters):
                readings.append((codes, 1))
            else:
                for others, names in _readings(letters, end, later, directory):
                    small, large = (codes, others) if len(codes[0]) > len(others[0]) else (others, codes)
                    if inside := tuple(code for code in small if code.startswith(large)):
                        readings.append((inside, names + 1))
    return readings


def villages_called(letters: Letters, start: int, within: tuple[str, ...]) -> list[Chain]:
    """The villages whose name is all the rest of the letters."""
    key = letters.letters[start:]
    if len(key) < 4:
        return []
    found = Area.objects.filter(level=Level.VILLAGE, search_key=key, is_abolished=False)
    codes = tuple(found.order_by("code").values_list("code", flat=True)[:50])
    inside = tuple(code for code in codes if not within or code.startswith(within))
    return [Chain(inside, 1)] if inside else []
