"""The names of all areas down to the tambon, held in memory by those who look for places."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from prasan.places.models import Area, Level, PlaceSource
from prasan.places.names import BANGKOK, name_keys

LONGEST_NAME = 40
_ALIASES = {"กทม": "10", "กรุงเทพ": "10", "กรุงเทพฯ": "10", "อยุธยา": "14", "ayutthaya": "14"}
_CAPITALS = ("เมือง", "mueang")


@dataclass(frozen=True, slots=True)
class Match:
    """A name found at a position: the areas of that name, and how far it reaches.

    `distance` counts the letters that differ; a name is `whole` where nothing is written right behind it.
    """

    codes: tuple[str, ...]
    end: int
    distance: int = 0
    is_whole: bool = True


class Directory:
    """Names by level, each with the codes of the areas so called; about 4 MB."""

    def __init__(self) -> None:
        self._names: dict[Level, dict[str, tuple[str, ...]]] = {}
        self._keys: dict[Level, tuple[list[str], list[str]]] = {}
        self._sorted: dict[Level, tuple[list[str], list[tuple[str, ...]]]] = {}
        self.old_tambon: dict[str, tuple[str, ...]] = {}
        self.successors: dict[str, tuple[str, ...]] = {}
        names: dict[Level, dict[str, list[str]]] = {level: {} for level in Level}
        keys: dict[Level, list[tuple[str, str]]] = {level: [] for level in Level}
        old: dict[str, list[str]] = {}
        rows = Area.objects.filter(level__in=(Level.PROVINCE, Level.AMPHOE, Level.TAMBON)).order_by("code")
        for code, number, name_th, key_en, is_abolished in rows.values_list(
            "code", "level", "name_th", "search_key_en", "is_abolished"
        ):
            level = Level(number)
            thai = name_keys(name_th)
            if is_abolished:
                if level == Level.TAMBON:
                    for key in thai:
                        old.setdefault(key, []).append(code)
                continue
            for key in (*thai, key_en):
                if key:
                    names[level].setdefault(key, []).append(code)
                    keys[level].append((code, key))
            if level == Level.AMPHOE and code.endswith("01") and thai[0].startswith(_CAPITALS[0]):
                for key in _CAPITALS:
                    names[level].setdefault(key, []).append(code)
        for key, code in _ALIASES.items():
            names[Level.PROVINCE].setdefault(key, []).append(code)
        for level in (Level.PROVINCE, Level.AMPHOE, Level.TAMBON):
            self._names[level] = {key: tuple(codes) for key, codes in names[level].items()}
            by_name = sorted(self._names[level].items())
            self._sorted[level] = ([name for name, _codes in by_name], [codes for _name, codes in by_name])
            self._keys[level] = ([code for code, _key in keys[level]], [key for _code, key in keys[level]])
        self.old_tambon = {key: tuple(codes) for key, codes in old.items()}
        links: dict[str, list[str]] = {}
        for code, successor in Area.successors.through.objects.values_list("from_area_id", "to_area_id"):
            links.setdefault(code, []).append(successor)
        self.successors = {code: tuple(codes) for code, codes in links.items()}

    def exact(self, level: Level, key: str, inside: Collection[str]) -> tuple[str, ...]:
        """Codes of the areas of exactly this name inside any of the areas given by code."""
        return tuple(code for code in self._names[level].get(key, ()) if _is_inside(code, inside))

    def longest(
        self,
        level: Level,
        letters: str,
        start: int,
        limit: int,
        breaks: Collection[int],
        inside: Collection[str],
    ) -> Match | None:
        """The longest name at a position that some area inside the given ones bears."""
        names = self._names[level]
        for end in range(min(limit, start + LONGEST_NAME), start + 1, -1):
            if codes := names.get(letters[start:end]):
                codes = tuple(code for code in codes if _is_inside(code, inside))
                if codes:
                    return Match(codes, end, is_whole=end in breaks or end == limit)
        return None

    def beginning_with(self, level: Level, letters: str) -> Iterator[str]:
        """Codes of the areas whose name begins with the letters, in the order of those names."""
        names, codes = self._sorted[level]
        for index in range(bisect_left(names, letters), len(names)):
            if not names[index].startswith(letters):
                return
            yield from codes[index]

    def containing(self, level: Level, letters: str) -> Iterator[str]:
        """Codes of the areas whose name holds the letters anywhere."""
        names, codes = self._sorted[level]
        for name, found in zip(names, codes, strict=True):
            if letters in name:
                yield from found

    def is_called(self, code: str, beginning: str) -> bool:
        """Whether a name of the area of this code begins with the letters."""
        return any(key.startswith(beginning) for _code, key in self._within(Level(len(code) // 2), (code,)))

    def nearest(self, level: Level, name: str, inside: Collection[str]) -> Match | None:
        """The one name inside the given areas that differs from a written one by a slip or two."""
        allowed = 0 if len(name) < 4 else 1 if len(name) < 9 else 2
        best: dict[str, int] = {}
        for code, key in self._within(level, inside):
            distance = OSA.distance(name, key, score_cutoff=allowed)
            if 0 < distance <= allowed:
                best[code] = min(distance, best.get(code, distance))
        if not best:
            return None
        least = min(best.values())
        codes = tuple(code for code, distance in best.items() if distance == least)
        return Match(codes, 0, distance=least) if len(codes) == 1 else None

    def _within(self, level: Level, inside: Collection[str]) -> Iterator[tuple[str, str]]:
        codes, keys = self._keys[level]
        for outer in inside:
            index = bisect_left(codes, outer)
            while index < len(codes) and codes[index].startswith(outer):
                yield codes[index], keys[index]
                index += 1


def _is_inside(code: str, inside: Collection[str]) -> bool:
    return any(code.startswith(outer) for outer in inside)


EVERYWHERE = ("",)
IN_BANGKOK = (BANGKOK,)

_kept: tuple[str, Directory] | None = None
_building = threading.Lock()


def directory() -> Directory:
    """The directory of this process, built when first needed and anew when the gazetteer has changed.

    Before a gazetteer was loaded nothing says whether places have changed since: none is kept then.
    """
    global _kept
    version = (
        PlaceSource.objects.filter(kind=PlaceSource.Kind.GAZETTEER).values_list("version", "taken_at").first()
    )
    if version is None:
        return Directory()
    mark = str(version)
    if _kept is None or _kept[0] != mark:
        with _building:
            if _kept is None or _kept[0] != mark:
                _kept = (mark, Directory())
    return _kept[1]
