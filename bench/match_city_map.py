"""The streets of the made-up city: main roads on a grid, numbered sois off them, houses, poles and shops."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import NamedTuple, TypeVar

from bench.match_city_words import SHOP_OWNERS, SHOP_TRADES, SYLLABLES

SOUTH, WEST = 13.40, 100.20
METRES_PER_DEGREE = 111_195.0
METRES_EAST = METRES_PER_DEGREE * math.cos(math.radians(13.55))
BLOCK = 600.0  # between main roads
STRETCH = 5_000.0  # after which a main road bears another name, and another district begins
SOI_EVERY = 50.0
SOI_LENGTH = 260.0
ALLEY_EVERY = 45.0
ON_MAIN_ROAD = 0.25

T = TypeVar("T")


class Chance(Random):
    """Chance that can also pick."""

    def one(self, choices: Sequence[T]) -> T:
        """Any of these, equally often; a third of what `choice` costs."""
        return choices[int(len(choices) * self.random())]


class Site(NamedTuple):
    """A spot on a road or in a soi, and what one would name it by."""

    is_east_west: bool
    street: int
    along: float
    soi: int  # 0 on the main road itself
    next_soi: int
    depth: float
    x: float
    y: float
    road: str
    alley: int
    house: str
    pole: int
    shop: str


class Streets:
    """Where things are in a square city, and what they are called; the same seed names them alike."""

    def __init__(self, side: float, seed: int, chance: Chance) -> None:
        self.side = side
        self._seed = seed
        self._chance = chance
        self._count = int(side / BLOCK) + 1
        self._crowds = [chance.random() ** 2 + 0.1 for _quarter in range(256)]
        self._names: dict[tuple[object, ...], str] = {}

    def anywhere(self, *, in_soi: bool | None = None) -> Site:
        """A spot, more often where many people are; in a soi, on a main road, or either."""
        chance = self._chance.random
        while True:
            is_east_west = chance() < 0.5
            street = int(self._count * chance())
            along = self.side * chance()
            east, north = (along, street * BLOCK) if is_east_west else (street * BLOCK, along)
            if chance() < self._crowds[int(east // 1_000) * 37 + int(north // 1_000) & 255]:
                break
        soi = 2 * int(along % STRETCH // SOI_EVERY) + (2 if chance() < 0.5 else 1)
        if in_soi is None:
            in_soi = chance() >= ON_MAIN_ROAD
        if not in_soi:
            return self._at(is_east_west, street, along, 0, soi, 0.0)
        mouth = along // SOI_EVERY * SOI_EVERY
        return self._at(is_east_west, street, mouth, soi, soi, SOI_LENGTH * chance())

    def further(self, site: Site) -> Site:
        """A spot on the same main road, a walk away."""
        step = (250 + 900 * self._chance.random()) * self._chance.one((1, -1))
        along = min(max(site.along + step, 0.0), self.side)
        soi = 2 * int(along % STRETCH // SOI_EVERY) + 1
        return self._at(site.is_east_west, site.street, along, 0, soi, 0.0)

    def along_soi(self, site: Site, depth: float) -> Site:
        """Another spot of the same soi."""
        return self._at(site.is_east_west, site.street, site.along, site.soi, site.next_soi, depth)

    def district(self, east: float, north: float) -> tuple[str, str]:
        """The names of subdistrict and district at a point."""
        half = STRETCH / 2
        return (
            self._name("subdistrict", int(east // half), int(north // half)),
            self._name("district", int(east // STRETCH), int(north // STRETCH)),
        )

    def _at(
        self, is_east_west: bool, street: int, along: float, soi: int, next_soi: int, depth: float
    ) -> Site:
        across = street * BLOCK + (depth if next_soi % 2 else -depth)
        section = int(along // STRETCH)
        place = depth if soi else along % STRETCH
        seat = _mixed(is_east_west, street, section, soi)
        shop = _mixed(seat, int(place // 20))
        return Site(
            is_east_west,
            street,
            along,
            soi,
            next_soi,
            depth,
            *((along, across) if is_east_west else (across, along)),
            road=self._name(is_east_west, street, section),
            alley=1 + int(depth // ALLEY_EVERY),
            house=f"{10 + seat % 890}/{1 + int(place // 10)}",
            pole=1 + int(place // 20),
            shop=f"ร้าน{SHOP_TRADES[shop % len(SHOP_TRADES)]}{SHOP_OWNERS[shop // 97 % len(SHOP_OWNERS)]}",
        )

    def _name(self, *of: object) -> str:
        """The made-up name of a road or district, always the same; a few roads share one."""
        if of not in self._names:
            names = Chance(f"{self._seed} {of}")
            count = 2 if names.random() < 0.6 else 3
            self._names[of] = "".join(names.one(SYLLABLES) for _syllable in range(count))
        return self._names[of]


def moved(site: Site, along: float) -> tuple[float, float]:
    """The point so many metres further along the main road."""
    return (site.x + along, site.y) if site.is_east_west else (site.x, site.y + along)


def mid_soi(site: Site) -> tuple[float, float]:
    """The point in the middle of the site's soi."""
    inwards = (1 if site.next_soi % 2 else -1) * (SOI_LENGTH / 2 - site.depth)
    return (site.x, site.y + inwards) if site.is_east_west else (site.x + inwards, site.y)


def _mixed(*numbers: int) -> int:
    """A number that looks like chance and is the same whenever it is asked for."""
    mixed = 2_166_136_261
    for number in numbers:
        mixed = (mixed ^ number) * 16_777_619 & 0xFFFFFFFF
    return mixed >> 7
