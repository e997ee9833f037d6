import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prasan.accounts.models import User
from prasan.agencies.models import Posting
from prasan.agencies.queries import postings_for, postings_of
from prasan.kernel.calendar import today
from prasan.sheets.reading import open_sheet
from tests.factories.accounts import PASSWORD, make_person
from tests.factories.agencies import make_agency, make_area, make_holder, make_posting

pytestmark = pytest.mark.django_db

PEOPLE = reverse("agencies:people")


def names(response):
    return [posting.person.name for posting in response.context["frame"].rows]


def post_of(role="kamnan", agency=None, **changes):
    return {
        "role": role,
        "agency": (agency or make_agency("3207")).pk,
        "area": "320704",
        "title_th": "กำนันตำบลท่าตูม",
        "title_en": "",
        "starts": "1 ต.ค. 2569",
        "ends": "",
        **changes,
    }


def test_list_holds_exactly_the_postings_within_reach(client, admin):
    inside = make_posting("kamnan", "320704")
    make_posting("kamnan", "400101")
    make_posting("governor", "40")

    response = client.get(PEOPLE)

    assert {row.pk for row in response.context["frame"].rows} == {
        inside.pk,
        Posting.objects.get(person=admin).pk,
    }
    assert {row.pk for row in response.context["frame"].rows} == {row.pk for row in postings_for(admin)}


def test_person_without_a_part_in_it_sees_only_his_own_post(client):
    kamnan = make_posting("kamnan", "320704")
    make_posting("village_head", "32070401")
    client.force_login(kamnan.person)

    assert names(client.get(PEOPLE)) == [kamnan.person.name]


def test_list_asks_for_signing_in(client):
    response = client.get(PEOPLE)

    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={PEOPLE}")


def test_number_of_queries_does_not_grow_with_the_list(client, admin, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(PEOPLE)
        return len(asked)

    make_posting("kamnan", "320704")
    queries()
    one = queries()
    for number in (1, 2):
        make_posting("village_head", f"3207040{number}", acting_for=None)

    assert queries() == one


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ผูใหญบ้าน ท่าตูม", ["ก"]),
        ("headman", ["ก"]),
        ("กํานัน", ["ข"]),
        ("หมู่ ๓", ["ก"]),
        ("ไม่มีใคร", []),
    ],
)
def test_search_finds_titles_names_and_user_names(client, admin, words, found):
    make_posting(
        "village_head",
        "32070403",
        person=make_person("headman-32070403", name="ก"),
        title_th="ผู้ใหญ่บ้าน หมู่ 3 ตำบลท่าตูม",
    )
    make_posting("kamnan", "320704", person=make_person("k-320704", name="ข"), title_th="กำนันตำบลท่าตูม")

    assert names(client.get(PEOPLE, {"q": words})) == found


def test_filters_narrow_by_role_area_agency_and_time(client, admin):
    here = make_posting("kamnan", "320704", person=make_person(name="ก"))
    make_posting("kamnan", "320801", person=make_person(name="ข"), ends=today() - timedelta(days=1))
    make_posting("analyst", "3208", person=make_person(name="ค"), starts=today() + timedelta(days=1))

    def found(**asked):
        return names(client.get(PEOPLE, asked))

    assert found(role="kamnan") == ["ก", "ข"]
    assert found(area="3208") == ["ข", "ค"]
    assert found(agency=str(here.agency_id)) == ["ก"]
    assert found(time="past") == ["ข"]
    assert found(time="coming") == ["ค"]
    assert found(role="kamnan", area="3208", time="now") == []


@pytest.mark.parametrize(
    "asked", [{"agency": "x"}, {"agency": "9" * 30}, {"role": "'"}, {"page": "-1"}, {"time": "?"}]
)
def test_address_that_asks_for_nonsense_shows_the_whole_list(client, admin, asked):
    assert client.get(PEOPLE, asked).context["frame"].count == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_holds_the_rows_of_the_list(client, admin, kind):
    make_posting("kamnan", "320704", person=make_person("k-1", name="=cmd"), title_th="กำนันตำบลท่าตูม")
    make_posting("analyst", "32")

    response = client.get(PEOPLE, {"role": "kamnan", "export": kind})

    sheet = open_sheet(io.BytesIO(response.getvalue()))
    assert [list(row.cells.values())[:3] for row in sheet.rows()] == [["=cmd", "k-1", "กำนันตำบลท่าตูม"]]
    assert response["Content-Disposition"].startswith("attachment; ")


def test_export_takes_as_many_queries_for_three_posts_as_for_one(client, admin):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(PEOPLE, {"export": "csv"}).getvalue()
        return len(asked)

    make_posting("kamnan", "320704")
    queries()
    one = queries()
    for number in (1, 2):
        make_posting("village_head", f"3207040{number}", acting_for=None)

    assert queries() == one


def test_page_of_a_person_outside_ones_reach_does_not_exist(client, admin):
    outside = make_holder("kamnan", "400101")
    nobody = make_person()

    for pk in (outside.pk, nobody.pk, 10**9):
        for name in ("person", "renew-password", "close-account", "reopen-account"):
            assert client.get(reverse(f"agencies:{name}", args=[pk])).status_code == 404
            assert client.post(reverse(f"agencies:{name}", args=[pk])).status_code in (404, 405)

    assert User.objects.filter(is_active=False).count() == 0


def test_every_person_of_the_list_has_a_page_and_nobody_else(client, admin):
    make_posting("kamnan", "320704")
    make_posting("kamnan", "400101")
    listed = {posting.person_id for posting in client.get(PEOPLE).context["frame"].rows}

    opened = {
        person.pk
        for person in User.objects.all()
        if client.get(reverse("agencies:person", args=[person.pk])).status_code == 200
    }

    assert opened == listed


def test_ministry_sees_every_province_and_posts_for_the_whole_country(client):
    ministry = make_posting("ministry_officer")
    province = make_posting("kamnan", "400101")
    client.force_login(ministry.person)

    rows = {row.pk for row in client.get(PEOPLE).context["frame"].rows}
    narrowed = names(client.get(PEOPLE, {"area": "40"}))

    assert rows == {ministry.pk, province.pk}
    assert narrowed == [province.person.name]
    for address in (
        reverse("agencies:person", args=[ministry.person_id]),
        reverse("agencies:agency", args=[ministry.agency_id]),
    ):
        assert reverse("places:country") in client.get(address).content.decode()


def test_person_page_does_not_tell_of_posts_elsewhere(client, admin):
    here = make_posting("kamnan", "320704", title_th="กำนันที่นี่")
    make_posting("analyst", "40", person=here.person, title_th="ตำแหน่งจังหวัดอื่น")

    page = client.get(reverse("agencies:person", args=[here.person_id])).content.decode()

    assert "กำนันที่นี่" in page
    assert "ตำแหน่งจังหวัดอื่น" not in page


def test_account_is_opened_and_its_password_shown_only_once(client, admin):
    sent = {
        **post_of(),
        "name": "กำนันตำบลท่าตูม",
        "username": "kamnan-320704",
        "email": "",
        "identity_number": "",
    }

    response = client.post(reverse("agencies:open-account"), sent)

    password = response.context["password"]
    person = User.objects.get(username="kamnan-320704")
    assert person.check_password(password)
    assert password in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert password not in client.get(reverse("agencies:person", args=[person.pk])).content.decode()
    again = client.post(reverse("agencies:open-account"), sent)
    assert again.status_code == 422
    assert User.objects.filter(username="kamnan-320704").count() == 1


def test_new_person_chooses_a_password_before_anything_else(client, admin):
    cache.clear()
    person = make_person(
        "kamnan-320704", password=PASSWORD, temporary_until=timezone.now() + timedelta(days=7)
    )
    visitor = Client()
    visitor.force_login(person)
    change = reverse("account_change_password")

    assert visitor.get(reverse("shell:my")).url == change
    assert visitor.get(PEOPLE).url == change
    assert "รหัสผ่านชั่วคราวที่ท่านใช้เข้าสู่ระบบเมื่อครู่นี้" in (asked := visitor.get(change).content.decode())
    assert "ไม่เปลี่ยน" not in asked
    new = "a-longer-phrase-of-mine"
    visitor.post(change, {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert visitor.get(reverse("shell:my")).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"username": "ชื่อไทย"},
        {"username": ""},
        {"name": " "},
        {"starts": "31 ก.พ. 2569"},
        {"area": "999999"},
        {"area": "ที่ไหนไม่รู้"},
        {"identity_number": "1101700230700"},
        {"role": "governor"},
        {"role": "superuser"},
        {"ends": "1 ก.ย. 2569"},
        {"agency": "0"},
    ],
)
def test_wrong_entry_is_explained_and_what_was_typed_stays(client, admin, changes):
    sent = {**post_of(), "name": "กำนันตำบลท่าตูม", "username": "kamnan-320704", "email": "", **changes}

    response = client.post(reverse("agencies:open-account"), sent)

    assert response.status_code == 422
    assert response.context["form"].errors or response.context["refusal"]
    assert f'value="{sent["title_th"]}"' in response.content.decode()
    assert User.objects.count() == 1


def test_forged_agency_of_another_province_is_not_accepted(client, admin):
    sent = {**post_of(agency=make_agency("40")), "name": "กำนัน", "username": "kamnan-320704", "email": ""}

    response = client.post(reverse("agencies:open-account"), sent)

    assert list(response.context["form"].errors) == ["agency"]
    assert User.objects.count() == 1


def test_forged_area_of_another_province_is_refused(client, admin):
    make_area("400101")
    sent = {**post_of(area="400101"), "name": "กำนัน", "username": "kamnan-400101", "email": ""}

    response = client.post(reverse("agencies:open-account"), sent)

    assert response.status_code == 422
    assert response.context["refusal"] is not None
    assert User.objects.count() == 1


def test_post_is_given_from_the_page_of_a_person(client, admin):
    holder = make_posting("village_head", "32070401")

    page = client.get(reverse("agencies:appoint"), {"person": holder.person.username})
    response = client.post(
        f"{reverse('agencies:appoint')}?person={holder.person.username}",
        {**post_of("analyst"), "person": holder.person.username},
    )

    assert page.context["form"]["person"].value() == holder.person.username
    assert response.url == reverse("agencies:person", args=[holder.person_id])
    given = Posting.objects.get(person=holder.person, role="analyst")
    assert (given.area_id, given.starts.isoformat()) == ("320704", "2026-10-01")


def test_area_left_empty_is_that_of_the_agency(client, admin):
    agency = make_agency("3207")

    client.post(
        reverse("agencies:appoint"),
        {**post_of("analyst", agency, area=""), "person": make_person("a-1").username},
    )

    assert Posting.objects.get(role="analyst").area_id == "3207"


@pytest.mark.parametrize("role", ["kamnan", "governor", "amphoe_secretary", "auditor"])
def test_forms_of_administrators_do_not_exist_for_others(client, role):
    posting = make_posting(role, "32")
    other = make_posting("village_head", "32070401")
    client.force_login(posting.person)
    addresses = [
        reverse("agencies:open-account"),
        reverse("agencies:appoint"),
        reverse("agencies:found-agency"),
        reverse("agencies:found-committee"),
        reverse("agencies:end-posting", args=[other.pk]),
        reverse("agencies:delegate", args=[other.pk]),
        reverse("agencies:close-account", args=[other.person_id]),
    ]

    assert {(client.get(each).status_code, client.post(each).status_code) for each in addresses} == {
        (404, 404)
    }


def test_posting_is_ended_and_one_of_another_province_is_not(client, admin):
    inside, outside = make_posting("kamnan", "320704"), make_posting("kamnan", "400101")

    done = client.post(reverse("agencies:end-posting", args=[inside.pk]), {"on": "1 ต.ค. 2599"})
    missing = client.post(reverse("agencies:end-posting", args=[outside.pk]), {"on": "1 ต.ค. 2599"})

    inside.refresh_from_db()
    outside.refresh_from_db()
    assert (done.status_code, inside.ends.isoformat()) == (302, "2056-10-01")
    assert (missing.status_code, outside.ends) == (404, None)


def test_governor_lets_his_deputy_act(client):
    governor = make_posting("governor", "32")
    deputy = make_person("deputy-32")
    client.force_login(governor.person)

    response = client.post(
        reverse("agencies:delegate", args=[governor.pk]),
        {"person": "deputy-32", "starts": today().isoformat(), "ends": today().isoformat()},
    )

    assert response.status_code == 302
    assert [facts.acting_for for facts in postings_of(deputy)] == [governor.pk]


def test_account_is_closed_and_its_session_ends_at_once(client, admin):
    person = make_person("k-1", password=PASSWORD)
    posting = make_posting("kamnan", "320704", person=person)
    cache.clear()
    visitor = Client()
    visitor.post(reverse("account_login"), {"login": "k-1", "password": PASSWORD})
    assert visitor.get(reverse("shell:my")).status_code == 200

    client.post(reverse("agencies:close-account", args=[posting.person_id]))

    assert visitor.get(reverse("shell:my")).status_code == 302
    client.post(reverse("agencies:reopen-account", args=[posting.person_id]))
    assert User.objects.get(pk=posting.person_id).is_active


def test_looking_at_a_form_changes_nothing(client, admin):
    posting = make_posting("kamnan", "320704")
    before = list(User.objects.order_by("pk").values())

    for name in ("renew-password", "close-account", "reopen-account"):
        assert client.get(reverse(f"agencies:{name}", args=[posting.person_id])).status_code == 200

    assert list(User.objects.order_by("pk").values()) == before


def test_cross_site_posts_are_refused(admin):
    posting = make_posting("kamnan", "320704")
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(admin)

    for address in (
        reverse("agencies:close-account", args=[posting.person_id]),
        reverse("agencies:renew-password", args=[posting.person_id]),
        reverse("agencies:end-posting", args=[posting.pk]),
        reverse("agencies:open-account"),
    ):
        assert stranger.post(address, {"on": "1 ต.ค. 2599"}).status_code == 403

    posting.refresh_from_db()
    assert posting.ends is None
    assert User.objects.get(pk=posting.person_id).is_active
