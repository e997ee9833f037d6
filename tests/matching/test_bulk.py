"""Texts read many at once say what they say one by one."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from prasan.matching import bulk
from prasan.matching.bulk import BulkReader
from prasan.matching.reading import read
from prasan.matching.table import read_columns
from tests.matching.reports import street

WORDS = st.sampled_from(
    [
        "ซอย",
        "5",
        "53/1",
        "/",
        "หน้า",
        "วัดดอนแก้ว",
        "ไฟทางดับ",
        "3 คัน",
        "7-11",
        "12.30 น.",
        "abc",
        "๕",
        "ๆ",
        "กทม",
        "ม.5",
    ]
)
TEXTS = st.lists(
    st.lists(WORDS | st.text(max_size=12), max_size=10).map(" ".join)
    | st.lists(WORDS, max_size=9).map("".join),
    max_size=8,
)
ODD = [
    "",
    " ",
    "53 /1",
    "ซอย 53 / 1",
    "น้ำ\u200bท่วม\u00a0ซอย 5",
    "ก" * 3_000,
    "ถนนพัง " * 400,
    "\x00\x01",
    "é ß 😡",
]


def same(columns, others):
    assert columns.plain == others.plain
    for name in ("texts", "marks", "troubles", "is_whole", "is_spot"):
        one, other = getattr(columns, name), getattr(others, name)
        assert (one.dtype, one.tolist()) == (other.dtype, other.tolist()), name
    for name in ("words", "first", "numbers", "names"):
        one, other = getattr(columns, name), getattr(others, name)
        assert (one.starts.tolist(), one.keys.tolist()) == (other.starts.tolist(), other.keys.tolist()), name
        assert one.keys.dtype == other.keys.dtype


@settings(max_examples=200, deadline=None)
@given(TEXTS)
@example(ODD)
@example([])
def test_many_texts_are_read_as_each_is(texts):
    same(BulkReader().read(texts), read_columns([read(text) for text in texts]))


def test_what_a_reader_remembers_or_forgets_changes_nothing(monkeypatch):
    texts = [report.text for report in street(3, 120)] * 2
    forgetful = BulkReader()
    monkeypatch.setattr(bulk, "_MOST_CHUNKS", 12)

    for begin in range(0, len(texts), 10):
        some = texts[begin : begin + 10]
        same(forgetful.read(some), read_columns([read(text) for text in some]))
