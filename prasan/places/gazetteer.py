"""The official areas down to the tambon, as the package geothai and our own table of clusters give them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import geothai
from geothai.abolished import abolished_areas

from prasan.kernel.order import thai_sort_key
from prasan.places.models import COUNTRY, Level
from prasan.places.names import name_key

EDITION = "1"
"""Raised when this module reads the same package differently, so that installations take it in again."""

VERSION = f"geothai {geothai.DATA_VERSION} / {EDITION}"


@dataclass(frozen=True, slots=True)
class OfficialArea:
    """One area as the gazetteer knows it, ready to be stored."""

    code: str
    level: Level
    name_th: str
    name_en: str
    cluster: str | None = None
    valid_to: str | None = None
    is_abolished: bool = False
    successors: tuple[str, ...] = ()

    @property
    def parent(self) -> str | None:
        return None if self.level == Level.COUNTRY else self.code[:-2] or COUNTRY

    @property
    def path(self) -> str:
        return path_of(self.code)

    @property
    def sort_key(self) -> str:
        return thai_sort_key(self.name_th)

    @property
    def search_key(self) -> str:
        return name_key(self.name_th)

    @property
    def search_key_en(self) -> str:
        return name_key(self.name_en)


@dataclass(frozen=True, slots=True)
class OfficialCluster:
    code: str
    name_th: str
    name_en: str
    provinces: tuple[str, ...]


def path_of(code: str) -> str:
    """The ancestry path that a code of 2, 4, 6 or 8 digits stands for; the country's is empty."""
    if code == COUNTRY:
        return ""
    return "".join(f"{code[:end]}/" for end in range(2, len(code) + 1, 2))


def official_clusters() -> list[OfficialCluster]:
    """The 18 clusters and Bangkok, which stands alone."""
    with files("prasan.places").joinpath("clusters.csv").open(encoding="utf-8") as lines:
        return [
            OfficialCluster(row["code"], row["name_th"], row["name_en"], tuple(row["provinces"].split()))
            for row in csv.DictReader(lines)
        ]


def official_areas() -> Iterator[OfficialArea]:
    """Every area in force and every abolished one, parents before children."""
    yield OfficialArea(COUNTRY, Level.COUNTRY, "ประเทศไทย", "Thailand")
    yield from sorted((*_in_force(), *_abolished()), key=lambda area: area.level)


def _in_force() -> Iterator[OfficialArea]:
    cluster_of = {province: cluster.code for cluster in official_clusters() for province in cluster.provinces}
    for province in geothai.provinces():
        cluster = cluster_of[province.code]
        yield OfficialArea(province.code, Level.PROVINCE, province.name_th, province.name_en, cluster=cluster)
        for amphoe in geothai.districts(province.code):
            name_th = amphoe.name_th.removeprefix("เขต")
            yield OfficialArea(amphoe.code, Level.AMPHOE, name_th, amphoe.name_en)
            for tambon in geothai.subdistricts(amphoe.code):
                yield OfficialArea(tambon.code, Level.TAMBON, tambon.name_th, tambon.name_en)


def _abolished() -> Iterator[OfficialArea]:
    for area in abolished_areas():
        yield OfficialArea(
            area.code,
            Level(len(area.code) // 2),
            area.name_th,
            area.name_en or "",
            valid_to=area.abolished_on,
            is_abolished=True,
            successors=tuple(area.successors),
        )
