import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.factories.accounts import PASSWORD, make_person
from tests.factories.agencies import make_posting

pytestmark = pytest.mark.django_db

PHONE = "Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def _fresh_counts_and_quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def person():
    return make_person("headman-32070401", name="ผู้ใหญ่บ้าน หมู่ที่ 1", password=PASSWORD)


def sign_in(client, person, password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": person.username, "password": password, **more})


def text(response):
    return response.content.decode()


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_sign_in_leads_to_my_work(client, person):
    response = sign_in(client, person)

    assert (response.status_code, response.headers["Location"]) == (302, "/my/")


def test_sign_in_leads_back_to_the_page_that_asked_for_it(client, person):
    shown = text(client.get("/accounts/login/?next=/accounts/me/"))

    response = sign_in(client, person, next="/accounts/me/")

    assert '<input type="hidden" name="next" value="/accounts/me/"' in shown
    assert response.headers["Location"] == "/accounts/me/"


def test_sign_in_never_leads_away_from_the_site(client, person):
    assert sign_in(client, person, next="https://example.com/").headers["Location"] == "/my/"


def test_wrong_password_is_answered_politely_and_keeps_the_user_name(client, person):
    shown = text(sign_in(client, person, "wrong"))

    assert "กรุณาแก้ไขข้อมูลต่อไปนี้" in shown
    assert 'value="headman-32070401"' in shown
    assert "wrong" not in shown


def test_locked_account_is_told_how_long_to_wait(client, person):
    for _attempt in range(5):
        sign_in(client, person, "wrong")

    assert "15 นาที" in text(sign_in(client, person))


def test_nobody_can_open_an_account_for_himself(client):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/accounts/signup/").status_code == 404


def test_sign_in_page_offers_no_state_identity_where_none_is_set_up(client):
    assert "ยืนยันตัวตนภาครัฐ" not in text(client.get("/accounts/login/"))


def test_sign_in_page_offers_the_state_identity_that_is_set_up(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "state",
                    "name": "ThaID",
                    "client_id": "prasan",
                    "secret": "s",
                    "settings": {"server_url": "https://identity.example.go.th"},
                }
            ]
        }
    }

    shown = text(client.get("/accounts/login/"))

    assert re.search(r'href="/accounts/oidc/state/login/\?process=login"[^>]*>.*ThaID</a>', shown)


def test_sign_out_asks_by_form_and_ends_the_session(client, person):
    client.force_login(person)

    assert "<form" in text(client.get("/accounts/logout/"))
    assert client.post("/accounts/logout/").headers["Location"] == "/"
    assert client.get("/my/").status_code == 302


def test_own_page_shows_postings_of_today_and_how_to_sign_in(client, person):
    make_posting("village_head", "32070401", person=person, title_th="ผู้ใหญ่บ้านโนนสูง")
    client.force_login(person)

    shown = text(client.get("/accounts/me/"))

    assert "<h1>ผู้ใหญ่บ้าน หมู่ที่ 1</h1>" in shown
    assert "ผู้ใหญ่บ้านโนนสูง" in shown
    assert "ตั้งแต่ 1 มกราคม 2563" in shown
    assert "ยังไม่เปิดใช้" in shown


def test_own_page_is_of_the_one_who_reads_it(client, person):
    other = make_posting("governor", "32", title_th="ผู้ว่าราชการจังหวัดลับ").person
    client.force_login(person)

    shown = text(client.get("/accounts/me/"))

    assert "ผู้ว่าราชการจังหวัดลับ" not in shown
    assert other.name not in shown


def test_preferences_on_the_own_page_show_what_is_in_force(client, person):
    person.language, person.digits = "en", "thai"
    person.save()
    client.force_login(person)

    shown = text(client.get("/accounts/me/"))

    assert '<option value="en" selected>' in shown
    assert '<option value="thai" selected>' in shown
    assert '<option value="auto" selected>' in shown


@pytest.mark.parametrize("how_many", [1, 3])
def test_own_page_asks_the_database_as_often_for_many_postings(
    client, person, how_many, django_assert_max_num_queries
):
    for number in range(how_many):
        make_posting("village_head", f"3207040{number + 1}", person=person)
    client.force_login(person)
    client.get("/accounts/me/")

    with django_assert_max_num_queries(14):
        client.get("/accounts/me/")


def test_devices_are_listed_and_one_of_them_can_be_signed_out(client, person):
    phone = Client(headers={"user-agent": PHONE})
    sign_in(client, person)
    sign_in(phone, person)
    phone.get("/my/")

    shown = text(client.get("/accounts/sessions/"))
    session = UserSession.objects.get(user=person, user_agent=PHONE)
    response = client.post(f"/accounts/sessions/{session.pk}/end/", follow=True)

    assert "Chrome · Android" in shown
    assert "ออกจากระบบในอุปกรณ์นั้นแล้ว" in text(response)
    assert phone.get("/my/").status_code == 302
    assert client.get("/my/").status_code == 200


def test_all_other_devices_are_signed_out_at_once(client, person):
    phone = Client(headers={"user-agent": PHONE})
    sign_in(client, person)
    sign_in(phone, person)
    client.get("/my/")
    phone.get("/my/")

    client.post("/accounts/sessions/")

    assert phone.get("/my/").status_code == 302
    assert client.get("/my/").status_code == 200


def test_device_of_somebody_else_is_not_there(client, person):
    other = Client()
    sign_in(other, make_person("kamnan-320704", password=PASSWORD))
    other.get("/my/")
    session = UserSession.objects.get(user__username="kamnan-320704")
    sign_in(client, person)

    assert client.post(f"/accounts/sessions/{session.pk}/end/").status_code == 404
    assert other.get("/my/").status_code == 200


def test_signing_out_a_device_needs_a_form_of_ours(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    assert client.post("/accounts/sessions/1/end/").status_code == 403
    assert client.get("/accounts/sessions/1/end/").status_code == 405


def test_second_step_is_turned_on_used_and_turned_off(client, person):
    sign_in(client, person)
    is_it_you = client.get("/accounts/2fa/totp/activate/", follow=True)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    turned_on = client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)}, follow=True)
    codes = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    client.post("/accounts/logout/")

    asked = sign_in(client, person)
    still_out = client.get("/my/").status_code
    refused = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    let_in = client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    turned_off = client.post("/accounts/2fa/totp/deactivate/", follow=True)

    assert "<h1>ยืนยันว่าเป็นท่าน</h1>" in text(is_it_you)
    assert secret in text(page)
    assert "<h1>รหัสสำรอง</h1>" in text(turned_on)
    assert codes[0] in text(turned_on)
    assert asked.headers["Location"] == "/accounts/2fa/authenticate/"
    assert still_out == 302
    assert "รหัสไม่ตรง" in text(refused)
    assert let_in.headers["Location"] == "/my/"
    assert "ปิดใช้การเข้าสู่ระบบสองขั้นแล้ว" in text(turned_off)


def test_password_is_changed_only_with_the_old_one(client, person):
    sign_in(client, person)
    new = {"password1": "a-long-road-to-the-temple", "password2": "a-long-road-to-the-temple"}

    refused = client.post("/accounts/password/change/", {"oldpassword": "wrong", **new})
    changed = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new}, follow=True)

    assert "รหัสผ่านปัจจุบันไม่ตรง" in text(refused)
    assert "เปลี่ยนรหัสผ่านแล้ว" in text(changed)
    person.refresh_from_db()
    assert person.check_password("a-long-road-to-the-temple")


def test_account_without_a_password_is_led_to_set_one(client):
    client.force_login(make_person())

    response = client.get("/accounts/password/change/", follow=True)

    assert response.redirect_chain == [("/accounts/password/set/", 302)]
    assert "<h1>ตั้งรหัสผ่าน</h1>" in text(response)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("12345678", "มีแต่ตัวเลข"),
        ("สั้น", "รหัสผ่านสั้นเกินไป"),
        ("password", "เดาได้ง่าย"),
        ("headman-32070401", "ใกล้เคียง"),
    ],
)
def test_weak_password_is_refused_with_the_reason(client, person, password, words):
    sign_in(client, person)

    shown = text(
        client.post(
            "/accounts/password/change/",
            {"oldpassword": PASSWORD, "password1": password, "password2": password},
        )
    )

    assert words in shown


PAGES = [
    "/accounts/login/",
    "/accounts/inactive/",
    "/accounts/identity/cancelled/",
    "/accounts/identity/error/",
    "/accounts/me/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/sessions/",
    "/accounts/identity/",
]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_page_speaks_one_language(client, person, address, language):
    person.language = language
    person.name = "x"
    person.save()
    client.cookies["language"] = language
    if PAGES.index(address) >= PAGES.index("/accounts/me/"):
        sign_in(client, person)
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    response = client.get(address)

    main = re.sub(r"<[^>]*>", " ", text(response).split("<main")[1].split("</main>")[0])
    letters = re.findall(r"[ก-๎]+", main.replace("ไทย", ""))
    assert response.status_code == (401 if address == "/accounts/identity/error/" else 200)
    assert bool(letters) == (language == "th")
