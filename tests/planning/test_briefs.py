"""Form จ.1-1 as files: what goes out comes back whole."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prasan.kernel.text import clean
from prasan.planning.imports.briefs import read_briefs
from prasan.planning.papers.brief import ActivityLine, Brief, Form, IndicatorLine, IssueMeasure
from prasan.planning.papers.form_xlsx import write_form_list, write_form_sheets
from prasan.sheets.faults import SheetFault

WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["=1+1", "+66", "-", "@x", "007", "๐๐๗", "1e5", "บรรทัดแรก\nบรรทัดที่สอง", "_x0041_", "TRUE", "#N/A",
         "1. ชื่อโครงการ", "แบบ จ.1-1 โครงการแบบย่อ (Project Brief)", "6.1", "1/2/2570", "น้ำ" * 200]
    ),
).map(lambda text: clean(text).strip())  # fmt: skip
NAMES = WORDS.filter(bool)
YEARS = st.integers(2560, 2700)
SUMS = st.decimals(Decimal("0.01"), Decimal("99999999999999.99"), places=2)
ACTIVITIES = st.builds(ActivityLine, NAMES, WORDS, WORDS, st.dictionaries(YEARS, SUMS, max_size=10))
DAYS = st.none() | st.dates(date(1901, 1, 1), date(2200, 12, 31))
COUNTS = st.none() | st.integers(0, 100_000_000)
TEXTS = ("area", "area_name", "issue", "approach", "main_programme", "programme", "rationale", "objective",
         "target_words", "operator", "output", "outcome", "sector", "kind")  # fmt: skip
BRIEFS = st.builds(
    Brief,
    number=st.none() | st.integers(1, 2**40),
    name=NAMES,
    indicators=st.lists(st.builds(IndicatorLine, NAMES, WORDS), max_size=4).map(tuple),
    activities=st.lists(ACTIVITIES, max_size=4).map(tuple),
    starts=DAYS,
    ends=DAYS,
    budget_asked=st.just(Decimal(0)) | SUMS,
    fiscal_year=st.none() | YEARS,
    households=COUNTS,
    beneficiaries=COUNTS,
    **dict.fromkeys(TEXTS, WORDS),
)


def as_forms(briefs: list[Brief]) -> io.BytesIO:
    stream = io.BytesIO()
    write_form_sheets(stream, [Form(brief, (IssueMeasure("ก", "", {2571: "1"}),)) for brief in briefs])
    return stream


def as_list(briefs: list[Brief]) -> io.BytesIO:
    stream = io.BytesIO()
    write_form_list(stream, lambda: briefs)
    return stream


def read(stream: io.BytesIO) -> list[Brief]:
    found = list(read_briefs(stream))
    assert [row.faults for row in found] == [()] * len(found)
    return [row.brief for row in found]


@settings(deadline=None, max_examples=12)
@given(st.lists(BRIEFS, min_size=1, max_size=3))
def test_briefs_come_back_whole_from_forms_and_from_lists(briefs: list[Brief]) -> None:
    for write in (as_forms, as_list):
        once = read(write(briefs))

        assert once == briefs
        assert read(write(once)) == briefs


@pytest.mark.parametrize("write", [as_forms, as_list])
def test_largest_brief_comes_back_whole(write) -> None:
    budgets = {year: Decimal("99999999999.99") for year in range(2571, 2581)}
    lines = tuple(ActivityLine(f"กิจกรรม {number}", "ก" * 300, "ข" * 600, budgets) for number in range(50))
    brief = Brief(number=1, name="น" * 300, rationale="เหตุผล\n" * 1000 + "จบ", activities=lines)

    assert read(write([brief])) == [brief]


def test_text_where_a_number_belongs_is_told_with_its_line() -> None:
    stream = io.BytesIO()
    write_form_sheets(stream, [Form(Brief(name="ถนน", households="หลายหลัง"))])  # type: ignore[arg-type]

    (row,) = read_briefs(stream)

    assert (row.brief.name, row.brief.households, len(row.faults)) == ("ถนน", None, 1)
    assert "Line 24" in row.faults[0].en


def test_other_workbooks_are_refused_in_a_sentence() -> None:
    stream = io.BytesIO()
    write_form_list(stream, list)
    content = stream.getvalue()

    with pytest.raises(SheetFault):
        list(read_briefs(io.BytesIO(b"name,budget\n")))
    with pytest.raises(SheetFault):
        list(read_briefs(io.BytesIO(content[:500])))
