import pytest
from django.db import DatabaseError, IntegrityError, connection

from prasan.cases.actions import move
from prasan.complaints import actions
from prasan.complaints.models import Complaint, Referral
from prasan.complaints.queries import complaints_for, counts_of, likely_same, opened_by, referrals_for
from prasan.kernel.refusals import Refused
from tests.at_once import at_once
from tests.factories.agencies import make_agency, make_area
from tests.factories.complaints import (
    VILLAGE,
    WORDS,
    make_centre,
    make_complaint,
    make_kind,
    make_referred,
    make_screened,
    tell,
)

pytestmark = pytest.mark.django_db


def state(row):
    return type(row).objects.get(pk=row.pk).state


def test_complaint_goes_from_the_desk_to_the_agency_and_to_its_end():
    centre = make_centre()
    complaint, referral = make_referred(centre)

    actions.acknowledge_referral(referral, own_number="ทน 12/2569", by=centre.handler)
    actions.begin_work(referral, by=centre.handler)
    actions.answer_referral(referral, by=centre.handler, note="เปลี่ยนหลอดแล้ว")
    closed = actions.close_complaint(complaint, reason="solved", by=centre.officer, note="แก้ไขแล้ว")

    assert (closed.state, closed.closing_reason, state(referral)) == ("closed", "solved", "answered")
    assert Referral.objects.get().own_number == "ทน 12/2569"


def test_what_the_agency_returns_goes_to_another():
    centre = make_centre()
    complaint, referral = make_referred(centre)

    actions.return_referral(referral, by=centre.handler, note="ถนนสายนี้ของแขวงทางหลวง")
    actions.refer_complaint(complaint, lead=centre.other, by=centre.officer)

    assert (state(complaint), state(referral)) == ("referred", "returned")
    assert list(referrals_for(centre.other_handler).values_list("agency", flat=True)) == [centre.other.pk]
    assert list(complaints_for(centre.other_handler)) == [complaint]


def test_agency_refers_on_in_its_place_also_after_it_took_it_up():
    centre = make_centre()
    complaint, referral = make_referred(centre)
    actions.acknowledge_referral(referral, by=centre.handler)

    handed = actions.refer_on(referral, centre.other, by=centre.handler, note="อยู่ในอำนาจของท่าน")
    actions.acknowledge_referral(handed, by=centre.other_handler)

    assert (state(complaint), state(referral), handed.is_lead) == ("acknowledged", "referred_on", True)


def test_helpers_answer_without_moving_the_complaint():
    centre = make_centre()
    complaint = actions.refer_complaint(
        make_screened(centre), lead=centre.agency, helpers=[centre.other], by=centre.officer
    )
    helping = complaint.referrals.get(agency=centre.other)

    actions.acknowledge_referral(helping, by=centre.other_handler)
    actions.answer_referral(helping, by=centre.other_handler, note="ตัดกิ่งไม้ให้แล้ว")

    assert (state(complaint), state(helping)) == ("referred", "answered")


def test_closing_ends_what_agencies_still_hold():
    centre = make_centre()
    complaint, referral = make_referred(centre)
    actions.acknowledge_referral(referral, by=centre.handler)
    actions.begin_work(referral, by=centre.handler)

    actions.close_complaint(complaint, reason="withdrawn", by=centre.officer, note="ผู้ร้องขอถอนเรื่อง")

    assert state(referral) == "recalled"


@pytest.mark.parametrize("reason", ["", "lost", "repeated"])
def test_closing_without_an_honest_reason_is_refused(reason):
    centre = make_centre()

    with pytest.raises(Refused):
        actions.close_complaint(make_screened(centre), reason=reason, by=centre.officer, note="x")


def test_agency_without_power_or_that_it_is_about_is_refused():
    centre = make_centre()
    complaint = make_complaint(kind="official", subject_agency=centre.agency)
    complaint = actions.screen_complaint(
        complaint,
        kind=make_kind("official"),
        title="เรียกรับเงิน",
        subject_agency=centre.agency,
        by=centre.officer,
    )

    with pytest.raises(Refused):
        actions.refer_complaint(complaint, lead=centre.agency, by=centre.officer)
    with pytest.raises(Refused):
        actions.refer_complaint(complaint, lead=make_agency(make_area("40")), by=centre.officer)


def test_sender_opens_a_closed_complaint_again_and_rates_it():
    centre = make_centre()
    complaint = actions.close_complaint(
        make_screened(centre), reason="solved", by=centre.officer, note="แก้ไขแล้ว"
    )

    rated = actions.rate(complaint, 2)
    again = actions.reopen_by_sender(complaint, note="ไฟยังดับอยู่")

    assert rated.satisfaction == 2
    assert (again.state, again.closing_reason, again.satisfaction) == ("reopened", "", None)
    with pytest.raises(Refused):
        actions.rate(again, 5)


@pytest.mark.parametrize("score", [0, 6, -1])
def test_score_outside_one_to_five_is_refused(score):
    centre = make_centre()
    complaint = actions.close_complaint(make_screened(centre), reason="solved", by=centre.officer, note="x")

    with pytest.raises(Refused):
        actions.rate(complaint, score)


def test_joined_complaints_count_once_and_follow_the_main_one():
    centre = make_centre()
    main, first, second = (make_screened(centre) for _ in range(3))

    actions.join_complaint(first, main, by=centre.officer, note="เรื่องเดียวกัน")
    actions.join_complaint(second, main, by=centre.officer, note="เรื่องเดียวกัน")

    counts = counts_of(complaints_for(centre.officer))
    assert (counts.raw, counts.once) == (3, 1)
    assert opened_by(Complaint.objects.get(pk=second.pk)) == main


def test_what_was_joined_goes_along_when_its_main_is_joined():
    centre = make_centre()
    top, middle, low = (make_screened(centre) for _ in range(3))
    actions.join_complaint(low, middle, by=centre.officer, note="เดียวกัน")

    actions.join_complaint(middle, top, by=centre.officer, note="เดียวกัน")

    assert {opened_by(row) for row in Complaint.objects.all()} == {top}
    assert counts_of(Complaint.objects.all()).once == 1


def test_parted_complaint_stands_for_itself_again():
    centre = make_centre()
    main, other = make_screened(centre), make_screened(centre)
    joined = actions.join_complaint(other, main, by=centre.officer, note="เดียวกัน")

    parted = actions.part_complaint(joined, by=centre.officer, note="คนละจุด")

    assert (parted.state, parted.problem) == ("received", None)
    assert counts_of(Complaint.objects.all()).once == 2


def test_complaint_is_not_joined_to_itself_or_to_one_that_ended():
    centre = make_centre()
    open_one = make_screened(centre)
    ended = actions.close_complaint(make_screened(centre), reason="cannot", by=centre.officer, note="x")

    for main in (open_one, ended):
        with pytest.raises(Refused):
            actions.join_complaint(open_one, main, by=centre.officer, note="เดียวกัน")


@pytest.mark.django_db(transaction=True)
def test_two_that_are_joined_to_each_other_at_once_stay_one_problem_with_a_main():
    centre = make_centre()
    a, b = make_screened(centre), make_screened(centre)

    at_once(
        lambda: actions.join_complaint(a, b, by=centre.officer, note="เดียวกัน"),
        lambda: actions.join_complaint(b, a, by=centre.officer, note="เดียวกัน"),
    )

    states = sorted(Complaint.objects.values_list("state", flat=True))
    assert states == ["repeated", "screened"]


def test_likely_same_is_shown_without_anybodys_words():
    centre = make_centre()
    near = make_screened(
        centre, "ปากซอยทุ่งทอง 5 ไฟส่องสว่างไม่ติด นางสมศรีโทร 0812345678", latitude=13.75, longitude=99.5
    )
    make_screened(centre, "ขยะกองหน้าวัด", title="ขยะ", latitude=13.75, longitude=99.5)
    make_complaint(WORDS, latitude=13.75, longitude=99.5)

    found = likely_same(WORDS, make_area(VILLAGE), latitude=13.7501, longitude=99.5)

    assert [(each.key, each.title, each.place.code) for each in found] == [(near.pk, "ไฟทางดับ", VILLAGE[:6])]
    assert "สมศรี" not in str(found)


def test_restricted_and_closed_complaints_are_never_shown_as_likely():
    centre = make_centre()
    restricted = make_complaint(WORDS, kind="official")
    actions.screen_complaint(restricted, kind=make_kind("official"), title="ไฟทางดับ", by=centre.officer)
    actions.close_complaint(make_screened(centre), reason="solved", by=centre.officer, note="x")

    assert likely_same(WORDS, make_area(VILLAGE)) == []


def test_sender_joins_what_he_was_shown_and_an_officer_can_part_it():
    centre = make_centre()
    main = make_screened(centre)

    taken = actions.take_in(tell(), manner="anonymous", same_as=main).complaint

    assert (taken.state, opened_by(taken)) == ("repeated", main)
    assert actions.part_complaint(taken, by=centre.officer, note="คนละจุด").state == "received"


def test_people_of_another_province_can_do_nothing():
    centre, stranger = make_centre(), make_centre("40")
    complaint = make_screened(centre)

    with pytest.raises(Refused):
        move(complaint, "take_on", by=stranger.officer)
    assert list(complaints_for(stranger.officer)) == []


def test_repeat_without_a_problem_is_refused_by_the_database():
    complaint = make_complaint()

    Complaint.objects.filter(pk=complaint.pk).update(state="repeated")

    with pytest.raises(IntegrityError, match="repeats nothing"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "change", ["DELETE FROM complaints_complaint", "UPDATE complaints_complaint SET words = 'x'"]
)
def test_what_was_told_is_kept_by_the_database(change):
    make_complaint()

    with pytest.raises(DatabaseError, match="never lost"), connection.cursor() as cursor:
        cursor.execute(change)
