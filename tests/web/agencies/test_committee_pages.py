import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prasan.agencies.models import Agency, Committee, Meeting, Membership, Resolution
from prasan.kernel.calendar import today
from prasan.planning.models import Sector
from tests.factories.agencies import (
    make_agency,
    make_area,
    make_committee,
    make_holder,
    make_posting,
    make_seat,
)

pytestmark = pytest.mark.django_db

COMMITTEES = reverse("agencies:committee-list")


@pytest.fixture
def committee():
    return make_committee("320704", quorum=2, name_th="คณะกรรมการระดับตำบลท่าตูม")


@pytest.fixture
def secretary(committee):
    posting = make_posting("tambon_secretary", "320704")
    make_seat(committee, posting, seat="secretary")
    return posting.person


@pytest.fixture
def meeting(committee, secretary):
    return Meeting.objects.create(committee=committee, number=1, year=2569, held_on=today(), quorum=2)


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_committees_listed_are_those_whose_pages_open(client, admin, committee):
    make_committee("400101")

    listed = {row.pk for row in client.get(COMMITTEES).context["frame"].rows}
    opened = {
        row.pk
        for row in Committee.objects.all()
        if client.get(reverse("agencies:committee", args=[row.pk])).status_code == 200
    }

    assert listed == opened == {committee.pk}


@pytest.mark.parametrize("name", ["committee-list", "agency-list"])
def test_number_of_queries_does_not_grow_with_the_list(client, admin, committee, name):
    one = queries_of(client, reverse(f"agencies:{name}"))
    for code in ("320705", "320801"):
        make_committee(code, agency=make_agency(code, parent=committee.agency))

    assert queries_of(client, reverse(f"agencies:{name}")) == one


def test_number_of_queries_of_a_committee_does_not_grow_with_its_members_and_meetings(
    client, admin, committee, meeting
):
    address = reverse("agencies:committee", args=[committee.pk])
    one = queries_of(client, address)
    for number in (1, 2):
        make_seat(committee, make_posting("village_head", f"3207040{number}"))
        Meeting.objects.create(committee=committee, number=number + 1, year=2569, held_on=today(), quorum=2)

    assert queries_of(client, address) == one


def test_names_of_members_are_shown_only_to_those_who_may_see_them(client, committee, secretary):
    member = make_posting("village_head", "32070401", title_th="ผู้ใหญ่บ้าน หมู่ 1")
    make_seat(committee, member)
    address = reverse("agencies:committee", args=[committee.pk])

    client.force_login(secretary)
    to_secretary = client.get(address).content.decode()
    client.force_login(make_holder("amphoe_secretary", "3207"))
    to_amphoe = client.get(address).content.decode()

    assert [member.person.name in page for page in (to_secretary, to_amphoe)] == [False, True]
    assert ["ผู้ใหญ่บ้าน หมู่ 1" in page for page in (to_secretary, to_amphoe)] == [True, True]


def test_secretary_takes_a_meeting_from_convening_to_its_resolution(client, committee, secretary):
    members = [make_seat(committee, make_posting("village_head", f"3207040{n}")) for n in (1, 2)]
    client.force_login(secretary)

    client.post(
        reverse("agencies:convene", args=[committee.pk]), {"held_on": today().isoformat(), "venue": "ศาลา"}
    )
    meeting = Meeting.objects.get()
    before_attendance = client.get(reverse("agencies:meeting", args=[meeting.pk])).content.decode()
    too_early = client.post(reverse("agencies:resolve", args=[meeting.pk]), {"text": "เห็นชอบ"})
    client.post(reverse("agencies:attendance", args=[meeting.pk]), {"members": [seat.pk for seat in members]})
    done = client.post(reverse("agencies:resolve", args=[meeting.pk]), {"text": "เห็นชอบ"})

    assert reverse("agencies:resolve", args=[meeting.pk]) not in before_attendance
    assert too_early.status_code == 422
    assert "เห็นชอบ" in too_early.content.decode()
    assert (done.status_code, Resolution.objects.get().text) == (302, "เห็นชอบ")
    page = client.get(reverse("agencies:meeting", args=[meeting.pk]))
    assert page.context["has_quorum"]
    assert [membership.pk for membership in page.context["present"]] == [seat.pk for seat in members]


def test_meeting_and_resolution_sent_again_are_answered_alike_and_made_once(client, committee, secretary):
    client.force_login(secretary)
    convening = reverse("agencies:convene", args=[committee.pk])
    key = client.get(convening, follow=True).context["form"]["form_key"].value()

    convened = [client.post(convening, {"held_on": "1 ต.ค. 2569", "form_key": key}) for _time in range(2)]
    meeting = Meeting.objects.get()
    for seat in (*committee.memberships.all(), make_seat(committee, make_posting("kamnan", "320704"))):
        meeting.attendances.create(membership=seat)
    resolving = reverse("agencies:resolve", args=[meeting.pk])
    key = client.get(resolving, follow=True).context["form"]["form_key"].value()
    resolved = [client.post(resolving, {"text": "เห็นชอบ", "form_key": key}) for _time in range(2)]

    assert [answer.headers["Location"] for answer in convened] == [f"/meetings/{meeting.pk}/"] * 2
    assert [answer.headers["Location"] for answer in resolved] == [f"/meetings/{meeting.pk}/"] * 2
    assert Resolution.objects.get().meeting == meeting


def test_form_of_a_meeting_of_another_committee_is_refused_and_shows_nothing(client, committee, secretary):
    other = make_committee("320705")
    posting = make_posting("tambon_secretary", "320705")
    make_seat(other, posting, seat="secretary")
    typed = {"held_on": "1 ต.ค. 2569", "form_key": "0b6f8f6e-6c5b-4f0e-9d53-0a4a6b1b2c3d"}
    client.force_login(secretary)
    client.post(reverse("agencies:convene", args=[committee.pk]), {**typed, "venue": "ศาลาลับ"})

    client.force_login(posting.person)
    forged = client.post(reverse("agencies:convene", args=[other.pk]), typed)

    assert (forged.status_code, Meeting.objects.get().committee) == (422, committee)
    assert "ส่งแบบฟอร์มนี้อีกไม่ได้" in forged.content.decode()
    assert "ศาลาลับ" not in forged.content.decode()


def test_forged_membership_of_another_committee_is_not_counted(client, meeting, secretary):
    stranger = make_seat(make_committee("320705"), make_posting("kamnan", "320705"))
    client.force_login(secretary)

    response = client.post(reverse("agencies:attendance", args=[meeting.pk]), {"members": [stranger.pk]})

    assert response.status_code == 422
    assert meeting.attendances.count() == 0


def test_empty_attendance_can_be_saved(client, meeting, secretary):
    client.force_login(secretary)
    meeting.attendances.create(membership=Membership.objects.get())

    response = client.post(reverse("agencies:attendance", args=[meeting.pk]))

    assert (response.status_code, meeting.attendances.count()) == (302, 0)


def test_meetings_of_other_committees_do_not_exist(client, meeting):
    other = make_posting("tambon_secretary", "400101")
    make_seat(make_committee("400101"), other)
    client.force_login(other.person)

    for name in ("meeting", "attendance", "resolve"):
        assert client.get(reverse(f"agencies:{name}", args=[meeting.pk])).status_code == 404
    for name in ("convene", "seat-member", "committee"):
        assert client.post(reverse(f"agencies:{name}", args=[meeting.committee_id])).status_code in (404, 405)
    assert Meeting.objects.count() == 1


def test_those_who_may_only_look_find_no_forms(client, meeting):
    client.force_login(make_holder("governor", "32"))

    page = client.get(reverse("agencies:meeting", args=[meeting.pk]))

    assert page.status_code == 200
    assert not page.context["may_record"]
    assert client.post(reverse("agencies:resolve", args=[meeting.pk]), {"text": "x"}).status_code == 404


def test_administrator_seats_a_member_and_ends_the_seat(client, admin, committee):
    kamnan = make_posting("kamnan", "320704")
    sent = {"posting": kamnan.pk, "seat": "chair", "starts": today().isoformat()}

    client.post(reverse("agencies:seat-member", args=[committee.pk]), sent)
    seat = Membership.objects.get(posting=kamnan)
    client.post(reverse("agencies:end-seat", args=[seat.pk]), {"on": today().isoformat()})

    seat.refresh_from_db()
    assert (seat.seat, seat.ends) == ("chair", today())


def test_posting_from_elsewhere_cannot_be_seated(client, admin, committee):
    outside = make_posting("kamnan", "400101")

    response = client.post(
        reverse("agencies:seat-member", args=[committee.pk]),
        {"posting": outside.pk, "seat": "chair", "starts": today().isoformat()},
    )

    assert list(response.context["form"].errors) == ["posting"]
    assert not Membership.objects.exists()


def test_committee_and_agency_are_entered(client, admin):
    Sector.objects.get_or_create(code="water", defaults={"name_th": "น้ำ", "name_en": "Water"})
    agency = {
        "name_th": "โครงการชลประทานสุรินทร์",
        "name_en": "",
        "code": "rid-32",
        "level": "provincial",
        "area": "32",
        "sectors": ["water"],
    }
    client.post(reverse("agencies:found-agency"), agency)
    entered = Agency.objects.get(code="rid-32")
    committee = {
        "name_th": "คณะกรรมการระดับตำบลท่าตูม",
        "name_en": "",
        "kind": "tambon",
        "area": "320704",
        "agency": entered.pk,
        "quorum": "๕",
    }

    client.post(reverse("agencies:found-committee"), committee)

    assert list(entered.mandates.values_list("sector", flat=True)) == ["water"]
    assert Committee.objects.get().quorum == 5
    page = client.get(reverse("agencies:agency", args=[entered.pk]))
    assert [row.code for row in page.context["sectors"]] == ["water"]


def test_agency_of_another_province_is_refused_with_what_was_typed(client, admin):
    make_area("40")
    sent = {"name_th": "ชลประทาน", "name_en": "", "code": "rid-40", "level": "provincial", "area": "40"}

    response = client.post(reverse("agencies:found-agency"), sent)

    assert response.status_code == 422
    assert response.context["refusal"] is not None
    assert not Agency.objects.filter(code="rid-40").exists()


def test_cross_site_posts_are_refused(secretary, meeting, committee):
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(secretary)

    for name, pk in (("resolve", meeting.pk), ("attendance", meeting.pk), ("convene", committee.pk)):
        assert stranger.post(reverse(f"agencies:{name}", args=[pk]), {"text": "x"}).status_code == 403

    assert not Resolution.objects.exists()
    assert Meeting.objects.count() == 1


def test_minutes_are_kept_and_shown_on_the_page_of_the_meeting(client, meeting, secretary):
    client.force_login(secretary)

    client.post(reverse("agencies:minutes", args=[meeting.pk]), {"text": "ประธานเปิดประชุม <b>09.30 น.</b>"})

    page = client.get(reverse("agencies:meeting", args=[meeting.pk])).content.decode()
    assert "ประธานเปิดประชุม &lt;b&gt;09.30 น.&lt;/b&gt;" in page


def test_minutes_are_not_written_by_who_only_reads_the_meeting(client, meeting, committee):
    member = make_seat(committee, make_posting("kamnan", "320704"))
    client.force_login(member.posting.person)

    assert client.get(reverse("agencies:meeting", args=[meeting.pk])).status_code == 200
    assert client.post(reverse("agencies:minutes", args=[meeting.pk]), {"text": "แก้"}).status_code == 404
