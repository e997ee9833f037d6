"""Binding a book of PDFs that were set apart."""

from __future__ import annotations

import io
import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest

from prasan.sheets.apart import NotDone, apart, write_order
from prasan.sheets.binding import bind
from prasan.sheets.grids import open_grids
from prasan.sheets.pdf import PdfNotMade, set_pages
from prasan.sheets.spool import put_rows, rows_of

FONTS = Path(__file__).parents[2] / "node_modules" / "@expo-google-fonts" / "sarabun"
DIGITS = """
#for digit in data.digits {
  context [#metadata(measure(text(size: 100pt, digit)).width.pt() / 100) <told>]
  block(text(digit))
}
"""
PAGES = "#for word in data.words [#context [#metadata(here().page()) <told>] #word #pagebreak(weak: true)]"


@pytest.fixture(autouse=True)
def fonts() -> None:
    if not FONTS.is_dir():
        pytest.skip("the typeface is not installed yet; `make run` or `npm ci` brings it")


def set_here(folder: Path, name: str, source: str, **words: object) -> tuple[str, list[float]]:
    target = folder / f"{name}.pdf"
    return str(target), set_pages(source, FONTS, words, target)


def order(folder: Path, **changed: object) -> dict:
    digits, widths = set_here(folder, "digits", DIGITS, digits=list("0123456789"))
    front, _told = set_here(folder, "front", '#link("to:3")[three] #link("https://example.org")[out]')
    parts = [set_here(folder, f"part{number}", PAGES, words=["a", "b"])[0] for number in range(6)]
    return {
        "target": str(folder / "book.pdf"),
        "front": front,
        "parts": parts,
        "digits": digits,
        "widths": widths,
        "title": "Book",
        "bookmarks": [{"title": "One", "page": 1, "below": [{"title": "Two", "page": 12}]}],
        "link": "to:",
        **changed,
    }


def test_pages_of_all_parts_follow_each_other_with_their_numbers(tmp_path):
    assert bind(**order(tmp_path)) == 13

    book = pypdf.PdfReader(tmp_path / "book.pdf")
    words = ["".join(page.extract_text().split()) for page in book.pages][1:]
    assert words == [f"{'ab'[number % 2]}{number + 1}" for number in range(12)]
    assert book.page_labels == ["i", *map(str, range(1, 13))]
    assert (book.metadata.title, book.root_object["/Lang"]) == ("Book", "th-TH")
    assert "/StructParents" not in book.pages[3]


def test_bookmarks_and_links_lead_to_their_pages_and_others_stay(tmp_path):
    bind(**order(tmp_path))

    book = pypdf.PdfReader(tmp_path / "book.pdf")
    one, (two,) = book.outline
    assert [book.get_destination_page_number(mark) for mark in (one, two)] == [1, 12]
    inner, outer = (note.get_object() for note in book.pages[0]["/Annots"])
    assert inner["/Dest"][0].get_object() == book.pages[3]
    assert outer["/A"]["/URI"] == "https://example.org"


def test_digits_that_are_not_ten_are_a_fault(tmp_path):
    digits, widths = set_here(tmp_path, "nine", DIGITS, digits=list("012345678"))

    with pytest.raises(ValueError, match="9 digits"):
        bind(**order(tmp_path, digits=digits, widths=widths))


def test_what_the_source_tells_comes_back_and_its_draft_goes(tmp_path):
    _target, told = set_here(tmp_path, "x", PAGES, words=["a", "b", "c"])

    assert told == [1, 2, 3]
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]


def test_mistake_in_a_source_is_told_and_leaves_nothing(tmp_path):
    with pytest.raises(PdfNotMade, match="unknown variable"):
        set_here(tmp_path, "x", "#oops")

    assert list(tmp_path.iterdir()) == []


def test_work_apart_is_done_by_another_process_on_one_core(tmp_path):
    target = tmp_path / "x.pdf"
    given = {
        "source": PAGES,
        "fonts": str(FONTS),
        "data": {"words": ["น้ำ"]},
        "target": str(target),
    }
    write_order(tmp_path / "x.json", given)

    assert apart("set", tmp_path / "x.json") == [1]
    assert len(pypdf.PdfReader(io.BytesIO(target.read_bytes())).pages) == 1
    assert json.loads((tmp_path / "x.json").read_text("utf-8")) == given
    assert "RAYON_NUM_THREADS" not in os.environ


def test_two_at_the_same_order_both_bring_it_whole(tmp_path):
    words = {"fonts": str(FONTS), "data": {}, "target": str(tmp_path / "x.pdf")}
    write_order(
        tmp_path / "x.json", {"source": "#metadata(1) <told>\n" + "ก #pagebreak()\n" * 40 + "ก", **words}
    )

    with ThreadPoolExecutor(2) as workers:
        answers = list(workers.map(lambda _each: apart("set", tmp_path / "x.json"), range(4)))

    assert answers == [[1]] * 4
    assert len(pypdf.PdfReader(tmp_path / "x.pdf").pages) == 41
    assert {path.name for path in tmp_path.iterdir()} == {"x.json", "x.pdf"}


def test_work_that_fails_apart_says_why(tmp_path):
    write_order(tmp_path / "x.json", {"source": "#oops", "fonts": str(FONTS), "data": {}, "target": "x"})

    with pytest.raises(NotDone, match="unknown variable: oops"):
        apart("set", tmp_path / "x.json")
    with pytest.raises(NotDone, match="KeyError"):
        apart("other", tmp_path / "x.json")


def test_rows_set_aside_come_back_equal_and_make_a_workbook(tmp_path):
    rows = [["=1+1", 7, Decimal("0.10"), date(2027, 10, 1), None], ["ก\nข", -1, Decimal("5E+3"), None, ""]]
    with (tmp_path / "rows").open("w", encoding="utf-8") as stream:
        put_rows(stream, rows)
    assert list(rows_of(tmp_path / "rows")) == rows
    table = {"title": "T", "headers": list("abcde"), "rows": str(tmp_path / "rows")}
    write_order(tmp_path / "x.json", {"target": str(tmp_path / "x.xlsx"), "tables": [table]})

    assert apart("tables", tmp_path / "x.json") == 1

    with open_grids(tmp_path / "x.xlsx") as grids:
        ((_title, lines),) = ((title, [line.fields for line in lines]) for title, lines in grids)
    assert [line[:3] for line in lines] == [["a", "b", "c"], ["=1+1", "7", "0.1"], ["ก\nข", "-1", "5000"]]


def test_what_no_cell_holds_is_not_set_aside(tmp_path):
    with (tmp_path / "rows").open("w", encoding="utf-8") as stream, pytest.raises(TypeError, match="object"):
        put_rows(stream, [[object()]])
