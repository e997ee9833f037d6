"""A made-up dense city whose citizens report problems, with the truth of what is the same kept apart.

    python -m bench.dense_city FOLDER [--rows N] [--seed N]

writes `reports.csv.gz`, with the columns of the Bangkok file and in the order of time, and `truth.csv.gz`,
which says of each row which problem it is about and in what kind of scene that was planted. The same seed
gives the same bytes. A smaller city is as dense and lasts as long as a large one; only its area is smaller.

Two problems of one kind that neither text nor place nor time would tell apart are never planted.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import heapq
import io
import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple, TextIO

from bench.match_city_map import (
    ALLEY_EVERY,
    METRES_EAST,
    METRES_PER_DEGREE,
    SOI_LENGTH,
    SOUTH,
    WEST,
    Chance,
    Site,
    Streets,
    mid_soi,
    moved,
)
from bench.match_city_speech import Problem, Speech
from bench.match_city_words import KINDS, Kind

ROWS = 1_000_000
SEED = 2_566
COLUMNS = (
    "row_id timestamp type organization comment lon lat subdistrict district province postcode province_code "
    "district_code subdistrict_code state star count_reopen last_activity src"
)
"""As the Bangkok file names them."""

ROWS_PER_KM2 = 1_100.0
DAYS = 365.0
ROWS_PER_SCENE = 2.5
"""About; it only sets how fast the scenes follow each other, so that the rows last about a year."""
FIRST = datetime(2023, 1, 1, tzinfo=UTC)

LONGEST_NOISE = 80.0
LONGEST_DELAY = 30.0
HALF_A_ROAD = 150.0
KEPT_FREE = 45.0
"""Days after a problem's start in which no other of its kind, planted by chance, comes near."""
RETURNS = 0.2
"""The share of repeated problems that come back months later, as a new problem."""
LOST_POINT, FAR_POINT = 0.012, 0.02


class Row(NamedTuple):
    """One report before it has a row id: when, which problem, in which words, where the pin is."""

    at: float
    number: int
    scene: str
    label: str
    text: str
    point: tuple[float, float] | None


class City:
    """Plants scenes in the order of time and tells the reports about them in that order."""

    def __init__(self, rows: int, seed: int = SEED) -> None:
        self.rows = rows
        chance = Chance(seed)
        self._below, self._one = chance.random, chance.one
        side = max(1_200.0, 1_000.0 * math.sqrt(rows / ROWS_PER_KM2))
        self.streets = Streets(side, seed, chance)
        self._speech = Speech(chance)
        self._problems = self._pushed = 0
        self._waiting: list[tuple[float, int, Row]] = []
        self._returning: list[tuple[float, int, Problem]] = []
        self._taken: dict[tuple[str, int, int], float] = {}
        self._scenes: tuple[tuple[Callable[[float], None], float], ...] = (
            (self._lone, 0.56),
            (self._repeated, 0.14),
            (self._companions, 0.06),
            (self._neighbours, 0.05),
            (self._posters, 0.04),
            (self._copies, 0.07),
            (self._road, 0.04),
            (self._echoes, 0.04),
        )

    def reports(self) -> Iterator[Row]:
        """As many reports as there are to be, in the order of time."""
        step = DAYS * ROWS_PER_SCENE / self.rows
        now, swept, told = 0.0, 0.0, 0
        while True:
            now += step * 2 * self._below()
            while self._returning and self._returning[0][0] <= now:
                self._come_back(heapq.heappop(self._returning)[2], now)
            self._plant(now)
            while self._waiting and self._waiting[0][0] <= now:
                yield heapq.heappop(self._waiting)[2]
                told += 1
                if told == self.rows:
                    return
            if now - swept > KEPT_FREE / 3:
                self._taken = {place: until for place, until in self._taken.items() if until > now}
                swept = now

    # Scenes

    def _plant(self, now: float) -> None:
        drawn = self._below()
        for scene, share in self._scenes:
            drawn -= share
            if drawn < 0:
                scene(now)
                return

    def _lone(self, now: float) -> None:
        problem = self._free("lone", now)
        if self._below() < 0.3:
            self._report(problem, now, self._speech.short(problem.kind), near=0.5)
        else:
            self._report(problem, now, self._speech.told(problem))

    def _repeated(self, now: float) -> None:
        problem = self._free("repeated", now)
        self._several(problem, 2 + int(11 * self._below() ** 2.6))
        self._maybe_returns(problem)

    def _companions(self, now: float) -> None:
        """Several kinds at one spot; some who report one mention another by the way."""
        first = self._free("companions", now)
        problems = {first.kind.code: first}
        for _other in range(1 + int(3 * self._below() ** 1.5)):
            kind = self._one(KINDS)
            if kind.code not in problems and self._is_free(kind, first.site, now):
                problems[kind.code] = self._problem("companions", kind, first.site, now)
        for problem in problems.values():
            others = [other for other in problems.values() if other is not problem]
            for _report in range(1 + int(5 * self._below() ** 2)):
                text = self._speech.told(problem)
                if others and self._below() < 0.12:
                    text += self._speech.aside(self._one(others))
                self._report(problem, self._later(now), text)

    def _neighbours(self, now: float) -> None:
        """One kind at two or three spots of one soi, each told with what tells it from the others."""
        first = self._free("neighbours", now)
        marks = self._one(first.kind.marks.replace("a", ""))
        problems = [first._replace(marks=marks)]
        for _other in range(1 + int(3 * self._below())):
            site = self.streets.along_soi(first.site, 30 + (SOI_LENGTH - 30) * self._below())
            if all(abs(site.depth - other.site.depth) > 28 for other in problems):
                problems.append(self._problem("neighbours", first.kind, site, now, marks))
        for problem in problems:
            for _report in range(1 + int(4 * self._below() ** 2)):
                text = self._speech.told(problem, marked=True)
                self._report(problem, self._later(now), text, near=0.35)

    def _posters(self, now: float) -> None:
        """One person walks down a soi and sends the same form for each spot, with another mark in it."""
        first = self._free("posters", now)
        marks = self._one(first.kind.marks)
        template, said = self._speech.poster(first)
        gap = ALLEY_EVERY if marks == "a" else 20.0
        at, hour = now, int(8 + 9 * self._below())
        for step in range(min(3 + int(10 * self._below() ** 1.5), int((SOI_LENGTH - 10) / gap))):
            site = self.streets.along_soi(first.site, 8 + gap * step)
            problem = self._problem("posters", first.kind, site, now, marks) if step else first
            problem = problem._replace(site=site, marks=marks)
            at += 0.003 * self._below()
            place = self._speech.place(site, marks, full=True)
            clock = f"{hour}.{int(6 * step + 5 * self._below()) % 60:02d}"
            self._report(problem, at, template.format(**said, place=place, clock=clock), near=0.25)
            if self._below() < 0.12:
                self._report(problem, self._later(at), self._speech.told(problem, marked=True), near=0.35)

    def _copies(self, now: float) -> None:
        """The very same text sent again and again from about the same point."""
        problem = self._free("copies", now)
        is_short = self._below() < 0.25
        text = self._speech.short(problem.kind) if is_short else self._speech.told(problem)
        at = now
        for _copy in range(2 + int(5 * self._below() ** 2)):
            self._report(problem, at, text, near=0.2)
            at += (0.01 if self._below() < 0.6 else 4.0) * self._below()
        self._maybe_returns(problem)

    def _road(self, now: float) -> None:
        """A problem of a whole road, reported wherever along it people happened to stand."""
        problem = self._free("road", now, self._one([kind for kind in KINDS if kind.runs]))
        for _report in range(3 + int(10 * self._below() ** 2)):
            along = HALF_A_ROAD * (2 * self._below() - 1)
            text = self._speech.told(problem, along=True)
            self._report(problem, self._later(now), text, near=0.4, along=along)

    def _echoes(self, now: float) -> None:
        """One person's few words of habit, at spots that have nothing to do with each other."""
        problem, at = self._free("echoes", now), now
        text = self._speech.short(problem.kind)
        self._report(problem, at, text, near=0.25)
        for _echo in range(1 + int(4 * self._below())):
            at += 0.2 * self._below()
            near = problem.site if self._below() < 0.6 else None
            problem = self._free("echoes", now, problem.kind, near)
            self._report(problem, at, text, near=0.25)

    def _several(self, problem: Problem, count: int) -> None:
        for told in range(count):
            at = self._later(problem.start) if told else problem.start
            if self._below() < 0.16:
                self._report(problem, at, self._speech.short(problem.kind), near=0.35)
            else:
                again = self._speech.again() if told and self._below() < 0.12 else ""
                self._report(problem, at, self._speech.told(problem) + again)

    def _maybe_returns(self, problem: Problem) -> None:
        if self._below() < RETURNS:
            self._pushed += 1
            when = problem.start + 75 + 110 * self._below()
            heapq.heappush(self._returning, (when, self._pushed, problem))

    def _come_back(self, before: Problem, now: float) -> None:
        if not self._is_free(before.kind, before.site, now):
            return
        problem = self._problem("returned", before.kind, before.site, now)
        if self._below() < 0.4:
            problem = problem._replace(noun=before.noun, fault=before.fault, detail=before.detail)
        self._several(problem, 1 + int(6 * self._below() ** 1.6))

    # Problems and their reports

    def _free(self, scene: str, now: float, kind: Kind | None = None, near: Site | None = None) -> Problem:
        """A problem where no other of its kind is about."""
        kind = kind or self._one(KINDS)
        for trial in range(200):
            if near and trial < 20:
                site = self.streets.further(near)
            else:
                site = self.streets.anywhere(in_soi=IN_SOI.get(scene))
            if self._is_free(kind, site, now, scene):
                return self._problem(scene, kind, site, now)
        raise RuntimeError(f"the city has no more room for {kind.code}")

    def _is_free(self, kind: Kind, site: Site, now: float, scene: str = "") -> bool:
        return all(
            self._taken.get((kind.code, column + right, row + up), -1.0) <= now
            for column, row in _squares(site, scene)
            for right in (-1, 0, 1)
            for up in (-1, 0, 1)
        )

    def _problem(self, scene: str, kind: Kind, site: Site, now: float, marks: str = "") -> Problem:
        self._problems += 1
        for square in _squares(site, scene):
            self._taken[kind.code, *square] = now + KEPT_FREE
        noun, fault, detail = self._one(kind.nouns), self._one(kind.faults), self._one(kind.details)
        return Problem(self._problems, scene, kind, site, now, noun, fault, detail, marks or kind.marks)

    def _later(self, start: float) -> float:
        return start + LONGEST_DELAY * math.pow(self._below(), 1.8)

    def _report(
        self, problem: Problem, at: float, text: str, *, near: float = 1.0, along: float = 0.0
    ) -> None:
        strays = self._below()
        away = LONGEST_NOISE * near * self._below() ** 1.6
        if strays < LOST_POINT + FAR_POINT and problem.site.road not in text:
            # without the point, only the words can say where
            text = f"{text} {self._speech.place(problem.site, problem.marks)}"
        if LOST_POINT <= strays < LOST_POINT + FAR_POINT:
            away = 500 + 5_500 * self._below() ** 2
        turn = 2 * math.pi * self._below()
        east, north = moved(problem.site, along)
        point = None if strays < LOST_POINT else (east + away * math.cos(turn), north + away * math.sin(turn))
        self._pushed += 1
        row = Row(at, problem.number, problem.scene, self._speech.label(problem.kind), text, point)
        heapq.heappush(self._waiting, (at, self._pushed, row))


IN_SOI = {"neighbours": True, "posters": True, "road": False}
"""Where a scene must be; the others may be anywhere."""


def _squares(site: Site, scene: str) -> list[tuple[int, int]]:
    """The squares of 100 m over which a problem of such a scene, or its series, goes."""
    points = [(site.x, site.y)]
    if scene == "road":
        points += [moved(site, -HALF_A_ROAD), moved(site, HALF_A_ROAD)]
    elif IN_SOI.get(scene):
        east, north = mid_soi(site)
        half = SOI_LENGTH / 2
        ends = (
            ((0.0, -half), (0.0, 0.0), (0.0, half)) if site.is_east_west else ((-half, 0), (0, 0), (half, 0))
        )
        points += [(east + right, north + up) for right, up in ends]
    return [(int(east // 100), int(north // 100)) for east, north in points]


def write_city(folder: Path, rows: int = ROWS, seed: int = SEED) -> tuple[Path, Path]:
    """Write the reports and their truth into the folder, and say where."""
    folder.mkdir(parents=True, exist_ok=True)
    places = folder / "reports.csv.gz", folder / "truth.csv.gz"
    city = City(rows, seed)
    with ExitStack() as stack:
        reports, truth = (csv.writer(stack.enter_context(_packed(place))) for place in places)
        reports.writerow(COLUMNS.split())
        truth.writerow(("row_id", "problem", "scene"))
        for number, row in enumerate(city.reports(), start=1):
            row_id = f"M{number:07d}"
            reports.writerow((row_id, *_columns(row, city.streets)))
            truth.writerow((row_id, row.number, row.scene))
    return places


def _columns(row: Row, streets: Streets) -> tuple[str, ...]:
    """A report as the columns after the row id, with the pin to about ten metres."""
    day = int(row.at)
    clock = int((row.at - day) * 86_400_000)
    at = f"{_day(day)} {clock // 3_600_000:02d}:{clock // 60_000 % 60:02d}:{clock // 1_000 % 60:02d}"
    longitude = latitude = district = subdistrict = ""
    if row.point:
        east, north = row.point
        longitude, latitude = f"{WEST + east / METRES_EAST:.4f}", f"{SOUTH + north / METRES_PER_DEGREE:.4f}"
        subdistrict, district = streets.district(east, north)
    where = (longitude, latitude, subdistrict, district, "นครสมมุติ", "", "", "", "")
    exact = f"{at}.{clock % 1_000:03d}000+00"
    return (exact, row.label, "เมืองสมมุติ", row.text, *where, "เสร็จสิ้น", "", "", at, "M")


@cache
def _day(number: int) -> str:
    return f"{FIRST + timedelta(days=number):%Y-%m-%d}"


@contextmanager
def _packed(place: Path) -> Iterator[TextIO]:
    """A text file packed as it is written, without name and time in it, so that bytes can be compared."""
    with (
        place.open("wb") as file,
        gzip.GzipFile("", "wb", compresslevel=1, fileobj=file, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as stream,
    ):
        yield stream


def problems_of(truth: Path) -> dict[str, str]:
    """The planted problem of each row, from the file that says so."""
    with gzip.open(truth, "rt", encoding="utf-8", newline="") as stream:
        return {row["row_id"]: row["problem"] for row in csv.DictReader(stream)}


def main() -> None:
    """Write a city where the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench.dense_city", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    for place in write_city(options.folder, options.rows, options.seed):
        print(place)


if __name__ == "__main__":
    main()
