import csv
import gzip
import re
from collections import Counter, defaultdict
from datetime import datetime
from itertools import combinations, pairwise
from math import hypot

import pytest

from bench.dense_city import COLUMNS, HALF_A_ROAD, LONGEST_DELAY, LONGEST_NOISE, City, main, write_city
from bench.match_city_words import KINDS, OTHER

ROWS = 12_000
SHORT = {phrase for kind in KINDS for phrase in kind.habitual}


@pytest.fixture(scope="module")
def reports():
    return list(City(ROWS).reports())


@pytest.fixture(scope="module")
def problems(reports):
    found = defaultdict(list)
    for report in reports:
        found[report.number].append(report)
    return found


def of_scene(problems, *scenes):
    return [told for told in problems.values() if told[0].scene in scenes]


def metres(one, other):
    return hypot(one.point[0] - other.point[0], one.point[1] - other.point[1])


def spans(told):
    """How far apart the reports of each pair are, where both have a point."""
    return [metres(one, other) for one, other in combinations(told, 2) if one.point and other.point]


def days(told):
    return max(report.at for report in told) - min(report.at for report in told)


def read(place):
    with gzip.open(place, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_same_seed_writes_the_same_bytes(tmp_path):
    first = write_city(tmp_path / "first", 3_000, seed=7)
    again = write_city(tmp_path / "again", 3_000, seed=7)
    other = write_city(tmp_path / "other", 3_000, seed=8)

    assert [place.read_bytes() for place in again] == [place.read_bytes() for place in first]
    assert [place.read_bytes() for place in other] != [place.read_bytes() for place in first]


def test_files_have_the_columns_of_the_bangkok_file_and_the_truth_apart(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["dense_city", str(tmp_path), "--rows", "3000"])

    main()

    places = [tmp_path / "reports.csv.gz", tmp_path / "truth.csv.gz"]
    assert capsys.readouterr().out.split() == [str(place) for place in places]
    rows, truth = (read(place) for place in places)
    assert list(rows[0]) == COLUMNS.split()
    assert list(truth[0]) == ["row_id", "problem", "scene"]
    ids = [f"M{number:07d}" for number in range(1, 3_001)]
    assert [row["row_id"] for row in rows] == [row["row_id"] for row in truth] == ids
    times = [datetime.fromisoformat(row["timestamp"]) for row in rows]
    assert times == sorted(times)


def test_columns_are_those_of_the_real_file(shared_data):
    with gzip.open(shared_data / "complaints_bangkok_2022.csv.gz", "rt", encoding="utf-8") as stream:
        assert stream.readline().strip().split(",") == COLUMNS.split()


def test_nothing_longer_than_a_habit_is_taken_from_the_real_file(shared_data, reports):
    real = {row["comment"].strip() for row in read(shared_data / "complaints_bangkok_2022.csv.gz")}

    assert [report.text for report in reports if len(report.text) > 30 and report.text in real] == []


def test_reports_are_a_year_long_and_the_city_as_dense_as_a_large_one(reports):
    assert len(reports) == ROWS
    assert 250 < days(reports) < 420
    assert City(4 * ROWS).streets.side == pytest.approx(2 * City(ROWS).streets.side)


def test_every_kind_of_scene_is_there(reports):
    shares = {scene: told / ROWS for scene, told in Counter(report.scene for report in reports).items()}

    assert set(shares) == {
        "lone", "repeated", "returned", "companions", "neighbours", "posters", "copies", "road", "echoes"
    }  # fmt: skip
    assert shares.pop("returned") > 0.005
    assert min(shares.values()) > 0.03
    assert shares["lone"] < 0.35


def test_repeats_are_two_to_twelve_by_different_words(problems):
    repeated = of_scene(problems, "repeated")

    sizes = Counter(len(told) for told in repeated)
    assert max(sizes) == 12
    assert sizes[2] > sizes[5] > sizes[12] > 0
    ways = [len({report.text for report in told}) for told in repeated if len(told) >= 4]
    assert sum(count >= 3 for count in ways) / len(ways) > 0.95


@pytest.mark.parametrize(
    ("scenes", "furthest", "longest"),
    [
        (("repeated", "returned", "companions"), 2 * LONGEST_NOISE, LONGEST_DELAY),
        (("copies",), 2 * 0.2 * LONGEST_NOISE, 6 * 4.0),
        (("neighbours",), 2 * 0.35 * LONGEST_NOISE, LONGEST_DELAY),
        (("road",), 2 * (HALF_A_ROAD + 0.4 * LONGEST_NOISE), LONGEST_DELAY),
    ],
)
def test_planted_repeats_lie_where_they_should(problems, scenes, furthest, longest):
    told = of_scene(problems, *scenes)

    apart = [metres for each in told for metres in spans(each)]
    assert max(days(each) for each in told) <= longest + 0.1
    assert sum(metres > furthest for metres in apart) / len(apart) < 0.08  # pins far off
    assert max(metres for metres in apart if metres <= furthest) > 0.6 * furthest
    assert max(apart) > 500


def test_roads_are_reported_from_three_hundred_metres_apart(problems):
    apart = [metres for each in of_scene(problems, "road") for metres in spans(each)]

    assert sum(200 < metres < 364 for metres in apart) / len(apart) > 0.05


def test_posters_for_different_spots_differ_in_the_mark_alone(problems):
    forms = defaultdict(set)
    for told in of_scene(problems, "posters"):
        forms[re.sub(r"\d+", "0", told[0].text)].add(told[0].number)

    series = [numbers for numbers in forms.values() if len(numbers) > 1]
    assert sum(len(numbers) for numbers in series) > 300
    near = [
        metres
        for numbers in series
        for one, other in pairwise(sorted(numbers))
        for metres in spans([problems[one][0], problems[other][0]])
    ]
    assert sorted(near)[len(near) // 2] < 60


def test_companions_are_different_problems_at_one_spot(problems):
    together = [
        (one, other)
        for one, other in combinations(of_scene(problems, "companions"), 2)
        if abs(one[0].number - other[0].number) < 5 and min(spans([one[0], other[0]]), default=999) < 60
    ]

    assert len(together) > 100


def test_copies_are_the_same_text_of_one_problem(problems):
    copies = of_scene(problems, "copies")

    exact = [len({report.text for report in told}) == 1 for told in copies if len(told) > 1]
    assert sum(exact) / len(exact) > 0.85  # one sent without a point says where it is


class Watched(City):
    """Remembers what it plants."""

    def __init__(self, rows):
        self.planted = []
        super().__init__(rows)

    def _problem(self, *plan):
        self.planted.append(super()._problem(*plan))
        return self.planted[-1]


@pytest.fixture(scope="module")
def planted():
    city = Watched(ROWS)
    for _report in city.reports():
        pass
    return city.planted


def test_what_returns_does_so_months_later_at_the_same_spot(planted):
    returned = [problem for problem in planted if problem.scene == "returned"]

    waits = [
        [
            problem.start - before.start
            for before in planted
            if before.site == problem.site and before.kind is problem.kind and before is not problem
        ]
        for problem in returned
    ]
    assert len(returned) > 50
    assert all(len(each) == 1 and 75 <= each[0] < 200 for each in waits)


def test_problems_of_one_kind_come_together_only_in_series_that_say_where(planted):
    spots = defaultdict(list)
    for problem in planted:
        spots[problem.kind.code].append(problem)

    close = [
        (one, other)
        for problems in spots.values()
        for one, other in combinations(problems, 2)
        if hypot(one.site.x - other.site.x, one.site.y - other.site.y) < 90
        and abs(one.start - other.start) < LONGEST_DELAY
    ]
    assert len(close) > 500
    assert {problem.scene for pair in close for problem in pair} == {"neighbours", "posters"}
    assert all(one.site.soi == other.site.soi for one, other in close)


def test_short_words_of_habit_are_everywhere_and_never_undecidable(reports):
    same = defaultdict(list)
    for report in reports:
        if report.text in SHORT and report.point:
            same[report.text].append(report)

    assert len({report.number for told in same.values() for report in told}) > 1_200
    undecidable = [
        (one, other)
        for told in same.values()
        for one, other in combinations(told, 2)
        if one.number != other.number and metres(one, other) < 20 and abs(one.at - other.at) < 14
    ]
    assert undecidable == []


def test_no_words_of_habit_stand_for_two_kinds():
    assert len(SHORT) == sum(len(kind.habitual) for kind in KINDS)


def test_some_points_are_missing_and_then_the_words_say_where(reports):
    lost = [report for report in reports if report.point is None]

    assert 0.008 < len(lost) / ROWS < 0.016
    assert [report.text for report in lost if report.text in SHORT] == []


def test_labels_help_seldom(reports):
    labels = Counter(report.label for report in reports)

    assert 0.55 < labels[OTHER] / ROWS < 0.65
    assert sum("," in label for label in labels) > 20
