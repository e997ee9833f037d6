"""The lists of titles by other authors have the form that their measurements rely on."""

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

TITLES = Path(__file__).parent / "titles"
KINDS = {
    "blind": 110,
    "ninth": 55,
    "tenth": 55,
    "eleventh": 110,
    "twelfth": 110,
    "thirteenth": 110,
    "fourteenth": 110,
    "fifteenth": 55,
}
"""The lists by authors who saw no vocabulary, with how many kinds each has."""
PUBLISHED = ("innovation_base_2562.csv", "local_digital_2564.csv", "excellent_innovation_2567.csv")


def plain(title):
    """The title without what two copies of it may differ in: case, digits, spaces, marks, an opening word."""
    letters = "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() else sign
        for sign in unicodedata.normalize("NFKC", title).casefold()
        if unicodedata.category(sign)[0] in "LMN"
    )
    return re.sub("^โครงการ", "", letters)


@pytest.fixture(scope="module", params=KINDS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def rows(name):
    text = (TITLES / f"{name}.tsv").read_text("utf-8")
    header, *rows = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    assert header == ["kind", "title"]
    return rows


def test_every_kind_has_four_titles(name, rows):
    counts = Counter(kind for kind, _ in rows)

    assert len(counts) == KINDS[name]
    assert {kind: count for kind, count in counts.items() if count != 4} == {}


def test_rows_are_sorted_by_kind_then_title(rows):
    assert rows == sorted(rows)


def test_kinds_are_plain_codes(rows):
    assert [kind for kind, _ in rows if not re.fullmatch(r"[a-z]+(_[a-z]+)*", kind)] == []


def test_no_title_stands_twice(rows):
    counts = Counter(plain(title) for _, title in rows)

    assert [title for title, count in counts.items() if count > 1] == []


def test_titles_are_composed_and_hold_nothing_unseen(rows):
    titles = [title for _, title in rows]

    assert [title for title in titles if unicodedata.normalize("NFC", title) != title] == []
    assert [title for title in titles if any(unicodedata.category(sign)[0] == "C" for sign in title)] == []
    assert [title for title in titles if " ".join(title.split()) != title] == []
    assert [
        title for title in titles if "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}" in title
    ] == []
    assert [title for title in titles if "\N{THAI CHARACTER SARA E}" * 2 in title] == []


def test_no_published_title_is_repeated(rows, shared_data):
    published = set()
    for name in PUBLISHED:
        with open(shared_data / name, encoding="utf-8-sig", newline="") as file:
            published |= {plain(row["title_th"]) for row in csv.DictReader(file)}

    assert len(published) > 90
    assert [title for _, title in rows if plain(title) in published] == []
