import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.sheets.csv_writer import guarded, unguarded, write_csv
from prasan.sheets.table import Table
from tests.sheets.makers import cells_of_all, headers_of, patient

HEADERS = ("รหัส", "ชื่อ", "หมายเหตุ")
texts = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30),
    st.text(st.sampled_from("=+-@'\t\r\n\",;| กิ้ำ๑"), max_size=12),
)


def written(*rows, headers=HEADERS) -> bytes:
    stream = io.BytesIO()
    write_csv(stream, Table("ตาราง", headers, rows))
    return stream.getvalue()


@patient
@given(st.lists(st.tuples(texts, texts, texts), max_size=20))
def test_any_text_comes_back_as_it_was(rows):
    content = written(*rows)

    assert headers_of(content) == HEADERS
    assert cells_of_all(content) == [list(row) for row in rows if any(cell.strip() for cell in row)]


@patient
@given(texts)
def test_guarding_is_undone_exactly(text):
    assert unguarded(guarded(text)) == text


@patient
@given(texts)
def test_guarded_text_never_starts_as_a_formula(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


def test_values_are_written_plainly():
    content = written((1, "ก", Decimal("-1234.50")), (None, "=1+1", date(2024, 8, 20)))

    assert content.decode("utf-8") == (
        '\ufeff"รหัส","ชื่อ","หมายเหตุ"\r\n1,"ก",-1234.50\r\n"","\'=1+1","2024-08-20"\r\n'
    )


@pytest.mark.parametrize("header", ["=HYPERLINK(1)", "@x"])
def test_heading_cannot_be_a_formula_either(header):
    assert b"'" + header.encode() in written(headers=(header, "b", "c"))


def test_stream_stays_open():
    stream = io.BytesIO()

    write_csv(stream, Table("ก", HEADERS, []))

    assert stream.write(b"x") == 1
