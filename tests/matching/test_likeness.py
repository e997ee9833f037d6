"""What the scorer must see, on reports made up for it; how well it judges real ones the bench measures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prasan.matching import SAME, explain, problems_alike
from prasan.matching.scoring import SURELY, likeness_of_rows
from prasan.matching.table import tabulate
from tests.matching.reports import street, told

POSTER = "แจ้งติดป้ายผิด พ.ร.บ.รักษาความสะอาดและความเป็นระเบียบเรียบร้อย ตรง{} กรุณาเก็บด้วยครับ"


def alike(a, b):
    return explain(a, b).likeness


@pytest.mark.parametrize(
    ("a", "b", "metres", "days"),
    [
        ("ไฟทางดับปากซอยทุ่งทอง 5", "ไฟทางดับปากซอยทุ่งทอง 5", 0, 1),
        ("ไฟทางดับปากซอยทุ่งทอง 5", "ปากซอยทุ่งทอง 5 ไฟส่องสว่างไม่ติด มืดมาก", 20, 3),
        ("ถนนเป็นหลุมเป็นบ่อ", "ถนนหน้าวัดดอนแก้วเป็นหลุมลึก รถตกบ่อยมาก อันตราย", 5, 2),
        ("ฝาท่อแตก", "ฝาท่อระบายน้ำแตก", 10, 2),
        ("น้ำท่วมซอยทุ่งทอง 9", "น้ำท่วมขังซอยทุ่งทอง 9 ทุกครั้งที่ฝนตก", 40, 2),
    ],
)
def test_one_problem_in_other_words_is_found(a, b, metres, days):
    assert alike(told(a), told(b, row_id="b", north=metres, day=days)) >= SAME


@pytest.mark.parametrize(
    ("a", "b", "metres", "days"),
    [
        (POSTER.format("ซอยทุ่งทอง 5"), POSTER.format("ซอยทุ่งทอง 19"), 250, 1),
        ("ไฟทางดับปากซอยทุ่งทอง 5", "ขยะกองปากซอยทุ่งทอง 5", 0, 1),
        ("สายไฟห้อยหน้าวัดดอนแก้ว", "ถนนหน้าวัดดอนแก้วเป็นหลุม", 10, 3),
        ("ถนนเป็นหลุม", "ถนนเป็นหลุม", 450, 20),
        ("น้ำท่วม", "เสียงดังจากร้านอาหาร", 5, 0),
    ],
)
def test_two_problems_in_like_words_are_told_apart(a, b, metres, days):
    assert alike(told(a), told(b, row_id="b", north=metres, day=days)) < SAME


def test_distance_and_time_make_a_habitual_phrase_less_alike():
    here = told("ทางเท้าชำรุด")
    near, far, later = (
        alike(here, told("ทางเท้าชำรุด", row_id="b", north=metres, day=day))
        for metres, day in ((5, 0), (400, 0), (400, 30))
    )

    assert near > SAME > far > later - 0.2


def test_unknown_point_and_moment_are_not_taken_for_near():
    assert alike(told("ไฟดับ"), told("ไฟดับ", row_id="b", point=False)) < alike(
        told("ไฟดับ"), told("ไฟดับ", row_id="b")
    )


def test_reports_surely_of_one_problem_stand_together_and_leave_room_for_others():
    asked = told("ไฟทางดับปากซอยทุ่งทอง 5")
    lamp = [told("ไฟทางดับปากซอยทุ่งทอง 5 มืดมาก", row_id=f"l{n}", north=n) for n in range(7)]
    other = told("ไฟทางดับปากซอยทุ่งทอง 8", row_id="o", north=60)

    problems = problems_alike(asked, [other, *lamp], least=0.0, most=2)

    assert [sorted(place for place, _alike in each) for each in problems] == [[1, 2, 3, 4, 5, 6, 7], [0]]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 6), st.sampled_from([0.0, 0.25, 0.5]))
def test_problems_alike_equal_a_slow_plain_reckoning(seed, most, least):
    asked, *others = street(seed, 15)
    ranked = sorted(((-alike(asked, each), place) for place, each in enumerate(others)), key=lambda one: one)
    expected = []
    for less, place in ranked:
        if -less < least:
            continue
        own = [each for each in expected if alike(others[each[0][0]], others[place]) >= SURELY]
        if own:
            own[0].append((place, -less))
        elif len(expected) < most:
            expected.append([(place, -less)])

    assert problems_alike(asked, others, least=least, most=most) == expected


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_likeness_has_no_order_and_no_company(seed):
    reports = street(seed, 12)
    table = tabulate(reports)
    left, right = np.triu_indices(len(reports), 1)

    together = likeness_of_rows(table, left, right)
    turned = likeness_of_rows(table, right, left)
    alone = [alike(reports[a], reports[b]) for a, b in zip(left[:10], right[:10], strict=True)]

    assert ((together >= 0) & (together <= 1)).all()
    assert together.tolist() == turned.tolist()
    assert together[:10].tolist() == alone


def test_explanation_tells_shared_words_metres_and_days():
    told_why = explain(
        told("ไฟทางดับปากซอยทุ่งทอง 5"), told("ปากซอยทุ่งทอง 5 ไฟทางไม่ติด", row_id="b", north=100, day=3)
    )

    assert told_why.likeness == alike(
        told("ไฟทางดับปากซอยทุ่งทอง 5"), told("ปากซอยทุ่งทอง 5 ไฟทางไม่ติด", row_id="b", north=100, day=3)
    )
    assert "ทุ่ง" in "".join(told_why.shared)
    assert round(told_why.metres) == 100
    assert round(told_why.days) == 3


def test_explanation_says_nothing_of_what_is_not_known():
    told_why = explain(told("ไฟดับ"), told("ขยะ", row_id="b", point=False))

    assert (told_why.metres, told_why.shared) == (None, ())
