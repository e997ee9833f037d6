from datetime import date, timedelta

import pytest
import time_machine

from prasan.agencies import rules
from prasan.agencies.actions import (
    convene_meeting,
    end_seat,
    found_agency,
    found_committee,
    record_attendance,
    record_resolution,
    seat_member,
    write_minutes,
)
from prasan.agencies.models import Agency, Committee, Membership, Resolution
from prasan.agencies.queries import agencies_with_mandate, members_on
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from tests.factories.agencies import (
    make_agency,
    make_area,
    make_committee,
    make_holder,
    make_posting,
    make_seat,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_holder("province_admin", "32")


@pytest.fixture
def committee():
    return make_committee("320704", quorum=2)


@pytest.fixture
def secretary(committee):
    posting = make_posting("tambon_secretary", "320704")
    make_seat(committee, posting, seat="secretary")
    return posting.person


@pytest.fixture
def members(committee):
    return [make_seat(committee, make_posting("village_head", f"3207040{number}")) for number in (1, 2)]


def test_committee_is_founded_once_for_an_area_and_kind(admin):
    area = make_area("320704")
    new = {
        "kind": "tambon",
        "area": area,
        "agency": make_agency(area),
        "name_th": "คณะกรรมการหมู่บ้าน",
        "name_en": "Committee",
        "quorum": 5,
    }

    committee = found_committee(**new, by=admin)

    assert Entry.objects.get().subject_id == str(committee.pk)
    with pytest.raises(Refused):
        found_committee(**new, by=admin)
    found_committee(**{**new, "kind": "jury"}, by=admin)
    found_committee(**{**new, "kind": "jury"}, by=admin)
    assert Committee.objects.count() == 3


def test_committee_of_another_province_or_by_another_role_is_refused(admin):
    area = make_area("400101")
    new = {
        "kind": "tambon",
        "agency": make_agency(area),
        "name_th": "คณะกรรมการ",
        "name_en": "",
        "quorum": 5,
    }

    with pytest.raises(Refused):
        found_committee(area=area, **new, by=admin)
    with pytest.raises(Refused):
        found_committee(area=make_area("32"), **new, by=make_holder("governor", "32"))


def test_quorum_is_one_at_least(admin):
    area = make_area("320704")

    with pytest.raises(Refused):
        found_committee(
            kind="tambon",
            area=area,
            agency=make_agency(area),
            name_th="คณะ",
            name_en="",
            quorum=0,
            by=admin,
        )


def test_member_is_seated_once_and_the_chair_is_one(admin, committee):
    kamnan, other = make_posting("kamnan", "320704"), make_posting("village_head", "32070401")
    seat = seat_member(committee, kamnan, seat="chair", starts=today(), by=admin)

    with pytest.raises(Refused):
        seat_member(committee, kamnan, starts=today(), by=admin)
    with pytest.raises(Refused):
        seat_member(committee, other, seat="chair", starts=today(), by=admin)
    end_seat(seat, on=today(), by=admin)
    seat_member(committee, other, seat="chair", starts=today(), by=admin)

    assert Membership.objects.filter(committee=committee, ends=None).get().posting == other


def test_past_or_acting_posting_gets_no_seat(admin, committee):
    past = make_posting("kamnan", "320704", ends=today() - timedelta(days=1))
    acting = make_posting("kamnan", "320704", acting_for=past)

    for posting in (past, acting):
        with pytest.raises(Refused):
            seat_member(committee, posting, starts=today(), by=admin)


def test_meetings_are_numbered_in_their_buddhist_year(committee, secretary):
    days = [date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 5)]

    numbers = [str(convene_meeting(committee, held_on=day, by=secretary)) for day in days]

    assert numbers == ["1/2568", "2/2568", "1/2569"]


def test_only_a_secretary_who_sits_there_convenes(committee, secretary, members):
    other = make_committee("320705")
    outsider = make_holder("tambon_secretary", "320704")

    with pytest.raises(Refused):
        convene_meeting(other, held_on=today(), by=secretary)
    for person in (outsider, members[0].posting.person, make_holder("province_admin", "32")):
        with pytest.raises(Refused) as refusal:
            convene_meeting(committee, held_on=today(), by=person)
        assert refusal.value.reason == rules.CONVENE.reason


def test_resolution_without_quorum_is_refused(committee, secretary, members):
    meeting = convene_meeting(committee, held_on=today(), by=secretary)
    record_attendance(meeting, members[:1], by=secretary)

    with pytest.raises(Refused, match=r"1.*2"):
        record_resolution(meeting, "เห็นชอบ", by=secretary)

    assert not Resolution.objects.exists()
    assert not Entry.objects.filter(kind="agencies.resolution.record").exists()


def test_resolutions_with_quorum_are_numbered_and_their_words_stay_out_of_the_ledger(
    committee, secretary, members
):
    meeting = convene_meeting(committee, held_on=today(), by=secretary)
    record_attendance(meeting, members, by=secretary)

    first = record_resolution(meeting, "เห็นชอบโครงการขุดลอก", by=secretary)
    second = record_resolution(meeting, "รับทราบ", by=secretary)

    assert (first.number, second.number) == (1, 2)
    assert Entry.objects.filter(kind="agencies.resolution.record").order_by("id").first().after == {
        "meeting": meeting.pk,
        "number": 1,
        "present": 2,
    }


def test_quorum_is_that_of_the_day_the_meeting_was_convened(committee, secretary, members):
    meeting = convene_meeting(committee, held_on=today(), by=secretary)
    Committee.objects.filter(pk=committee.pk).update(quorum=1)
    record_attendance(meeting, members[:1], by=secretary)

    with pytest.raises(Refused):
        record_resolution(meeting, "เห็นชอบ", by=secretary)


def test_meeting_yet_to_be_held_resolves_nothing(committee, secretary, members):
    meeting = convene_meeting(committee, held_on=today() + timedelta(days=1), by=secretary)
    record_attendance(meeting, members, by=secretary)

    with pytest.raises(Refused):
        record_resolution(meeting, "เห็นชอบ", by=secretary)
    with time_machine.travel(today() + timedelta(days=1, hours=12)):
        assert record_resolution(meeting, "เห็นชอบ", by=secretary).number == 1


def test_attendance_counts_members_of_that_day_only(committee, secretary, members):
    meeting = convene_meeting(committee, held_on=today(), by=secretary)
    late = make_seat(committee, make_posting("kamnan", "320704"), starts=today() + timedelta(days=1))
    other = make_seat(make_committee("320705"), make_posting("kamnan", "320705"))
    left = make_seat(committee, make_posting("village_head", "32070403", ends=today() - timedelta(days=1)))

    for membership in (late, other, left):
        with pytest.raises(Refused):
            record_attendance(meeting, [membership], by=secretary)

    assert {seat.pk for seat in members_on(committee, today())} >= {seat.pk for seat in members}
    assert meeting.attendances.count() == 0


def test_attendance_can_be_corrected_until_the_meeting_has_resolved(committee, secretary, members):
    meeting = convene_meeting(committee, held_on=today(), by=secretary)
    record_attendance(meeting, members[:1], by=secretary)
    record_attendance(meeting, members, by=secretary)
    record_resolution(meeting, "เห็นชอบ", by=secretary)

    with pytest.raises(Refused):
        record_attendance(meeting, members[:1], by=secretary)

    assert meeting.attendances.count() == 2


def test_agency_is_founded_with_its_mandates_in_the_area_one_keeps(admin):
    new = {"name_th": "โครงการชลประทานสุรินทร์", "name_en": "Irrigation", "level": "provincial"}

    agency = found_agency(
        code="RID.32", area=make_area("32"), sectors=("water", "water", "flood"), by=admin, **new
    )

    assert agency.code == "rid.32"
    assert sorted(agency.mandates.values_list("sector", flat=True)) == ["flood", "water"]
    with pytest.raises(Refused, match=r"rid\.32"):
        found_agency(code="rid.32", area=make_area("32"), by=admin, **new)
    with pytest.raises(Refused):
        found_agency(code="rid.40", area=make_area("40"), by=admin, **new)
    assert Agency.objects.filter(code__startswith="rid").count() == 1


def test_agencies_with_a_mandate_are_those_of_the_area_or_above_on_that_day():
    here, above, aside, past = (make_agency(code) for code in ("3207", "32", "3208", "32"))
    for agency in (here, above, aside):
        agency.mandates.create(sector="water")
    past.mandates.create(sector="water", valid_to=date(2021, 1, 1))
    above.mandates.create(sector="road")

    assert set(agencies_with_mandate(["water"], here.area.path)) == {here, above}
    assert set(agencies_with_mandate(["water", "road"], here.area.path)) == {above}


def test_minutes_are_written_anew_and_their_words_stay_out_of_the_ledger(committee, secretary, members):
    meeting = convene_meeting(committee, held_on=today(), by=secretary)

    for words in ("ร่างแรก", "ระเบียบวาระที่ 1 แจ้งเพื่อทราบ\n\n"):
        write_minutes(meeting, words, by=secretary)

    meeting.refresh_from_db()
    assert meeting.minutes == "ระเบียบวาระที่ 1 แจ้งเพื่อทราบ"
    told = [entry.after for entry in Entry.objects.filter(kind="agencies.meeting.minute").order_by("pk")]
    assert told == [{"characters": 7}, {"characters": 30}]


def test_minutes_are_written_by_the_secretary_after_the_meeting_has_begun(committee, secretary, members):
    held = convene_meeting(committee, held_on=today(), by=secretary)
    to_come = convene_meeting(committee, held_on=today() + timedelta(days=1), by=secretary)

    for meeting, by in ((held, members[0].posting.person), (to_come, secretary)):
        with pytest.raises(Refused):
            write_minutes(meeting, "เปิดประชุม", by=by)
