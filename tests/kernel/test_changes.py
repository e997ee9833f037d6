import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.changes import Run, changed_words, paired_rows
from prasan.kernel.text import clean
from prasan.kernel.words import pieces

THAI = st.text(alphabet="กขคงนมยรลวสหอาิีุูเแโใไ่้ ์\n12ab.", max_size=60)


def side(runs: list[Run], without: str) -> str:
    return "".join(run.text for run in runs if run.how != without)


def test_only_the_words_that_changed_are_marked() -> None:
    runs = changed_words("ขุดลอกหนองน้ำ 40 ครัวเรือน", "ขุดลอกหนองน้ำ 60 ครัวเรือน")

    assert runs == [
        Run("same", "ขุดลอกหนองน้ำ "),
        Run("removed", "40"),
        Run("added", "60"),
        Run("same", " ครัวเรือน"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "how"), [("", "น้ำ", "added"), ("น้ำ", "", "removed"), ("น้ำ", "น้ำ", "same")]
)
def test_text_that_came_went_or_stayed_is_one_run(before: str, after: str, how: str) -> None:
    assert [run.how for run in changed_words(before, after)] == [how]


@given(THAI)
def test_pieces_together_are_the_cleaned_text(text: str) -> None:
    assert "".join(pieces(text)) == clean(text)


@given(THAI, THAI)
def test_runs_hold_both_texts_whole(before: str, after: str) -> None:
    runs = changed_words(before, after)

    assert (side(runs, "added"), side(runs, "removed")) == (clean(before), clean(after))


@pytest.mark.parametrize("other", ["น้ำ" * 2600, "ดิน" * 2600, "น้ำดิน" * 1300])
def test_longest_texts_of_one_word_are_compared_quickly(other: str) -> None:
    begun = time.process_time()

    changed_words("ป่า" + "น้ำ" * 2600 + "ไร่", "นา" + other + "สวน")

    assert time.process_time() - begun < 2


def test_rows_keep_their_partner_wherever_they_stand() -> None:
    pairs = paired_rows(["ขุดลอก", "ปลูกหญ้า"], ["ติดตั้งเครื่องสูบน้ำ", "ปลูกหญ้าแฝก", "ขุดลอก"], str)

    assert pairs == [(None, "ติดตั้งเครื่องสูบน้ำ"), ("ปลูกหญ้า", "ปลูกหญ้าแฝก"), ("ขุดลอก", "ขุดลอก")]


@given(st.lists(THAI, max_size=6), st.lists(THAI, max_size=6))
def test_every_row_of_both_lists_stands_once(before: list[str], after: list[str]) -> None:
    pairs = paired_rows(before, after, str)

    assert sorted(old for old, _new in pairs if old is not None) == sorted(before)
    assert [new for _old, new in pairs if new is not None] == after
