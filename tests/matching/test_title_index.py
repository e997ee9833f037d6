"""The index of titles answers as pairs one by one do."""

import csv
from pathlib import Path

import pytest

from prasan.matching.title_index import TitleIndex, pack_title, unpack_title
from prasan.matching.title_likeness import likeness_of_titles
from prasan.matching.title_reading import read_title

with (Path(__file__).parent / "titles" / "development.tsv").open(encoding="utf-8", newline="") as stream:
    TITLES = [row["title"] for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.fixture(scope="module")
def index():
    return TitleIndex(map(read_title, TITLES))


@pytest.mark.parametrize("title", [*TITLES[::25], "เรื่องที่ไม่มีใครรู้จัก", ""])
def test_nearest_titles_are_those_most_alike_one_by_one(index, title):
    one_by_one = [likeness_of_titles(title, other) for other in TITLES]
    order = sorted(range(len(TITLES)), key=lambda place: (-one_by_one[place], place))

    found = index.nearest(title, 7)

    assert [likeness for _, likeness in found] == pytest.approx([one_by_one[place] for place in order[:7]])
    assert [likeness for _, likeness in found] == pytest.approx([one_by_one[place] for place, _ in found])


def test_more_than_there_are_and_none_at_all(index):
    assert len(index.nearest("ขยะ", 10_000)) == len(index) == len(TITLES)
    assert index.nearest("ขยะ", 0) == []
    assert TitleIndex([]).nearest("ขยะ", 5) == []


def test_equal_titles_come_in_their_order():
    index = TitleIndex(map(read_title, ["ธนาคารขยะ", "e-Office", "ธนาคารขยะ", "ธนาคารขยะ"]))

    assert [place for place, _ in index.nearest("ธนาคารขยะ", 2)] == [0, 2]


@pytest.mark.parametrize("title", [*TITLES[::10], ""])
def test_a_packed_reading_comes_back_as_it_was(title):
    reading = read_title(title)

    assert unpack_title(pack_title(reading)) == reading
