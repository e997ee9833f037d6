import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from prasan.kernel.order import thai_sort_key
from prasan.web.shell import views
from prasan.web.shell.security import content_policy
from tests.factories.accounts import PASSWORD, make_person
from tests.factories.agencies import make_area, make_posting

pytestmark = pytest.mark.django_db

ENGLISH = {"HTTP_COOKIE": "language=en"}


@pytest.fixture
def person():
    return make_person("headman-32070401", name="ผู้ใหญ่บ้าน หมู่ที่ 1")


def text(response):
    return response.content.decode()


def test_front_page_lists_the_provinces_in_dictionary_order(client):
    for code, name in (("32", "สุรินทร์"), ("50", "เชียงใหม่"), ("40", "ขอนแก่น")):
        area = make_area(code)
        area.name_th, area.sort_key = name, thai_sort_key(name)
        area.save()

    listed = client.get("/").context["provinces"]

    assert [area.name_th for area in listed] == ["ขอนแก่น", "เชียงใหม่", "สุรินทร์"]


@pytest.mark.parametrize(
    ("cookies", "language", "words"), [({}, "th", "ดูพื้นที่ของท่าน"), (ENGLISH, "en", "See your own place")]
)
def test_front_page_is_thai_unless_english_was_chosen(client, cookies, language, words):
    response = client.get("/", headers={"accept-language": "fr,en;q=0.9"}, **cookies)

    assert f'<html lang="{language}"' in text(response)
    assert response.headers["Content-Language"] == language
    assert words in text(response)


def test_every_answer_forbids_inline_scripts_and_frames(client):
    headers = client.get("/").headers

    assert headers["Content-Security-Policy"] == content_policy("")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("geolocation=(self), camera=(self)")


def test_map_tiles_may_come_from_the_host_in_the_settings_and_from_no_other():
    policy = dict(
        part.split(" ", 1)
        for part in content_policy("https://tiles.example.go.th/{z}/{x}/{y}.png").split("; ")
    )

    assert policy["img-src"] == "'self' data: blob: https://tiles.example.go.th"
    assert policy["connect-src"] == "'self' https://tiles.example.go.th"
    assert policy["script-src"] == policy["default-src"] == "'self'"


def test_sign_in_may_lead_on_to_the_identity_provider_and_to_nobody_else():
    policy = content_policy("", ["https://id.example.go.th/auth/realm", "https://id.example.go.th/other"])

    assert "form-action 'self' https://id.example.go.th" in policy.split("; ")


def test_browsers_keep_no_copy_of_what_a_session_was_shown(client, person):
    assert "Cache-Control" not in client.get("/").headers

    client.force_login(person)

    assert client.get("/my/").headers["Cache-Control"] == "private, no-store"
    assert client.get("/no/such/page/").headers["Cache-Control"] == "private, no-store"


def test_health_says_ok_and_keeps_no_copy(client):
    response = client.get("/health/")

    assert response.json() == {"status": "ok"}
    assert "no-store" in response.headers["Cache-Control"]


def test_my_work_asks_visitors_to_sign_in(client):
    response = client.get("/my/")

    assert (response.status_code, response.headers["Location"]) == (302, "/accounts/login/?next=/my/")


def test_my_work_says_so_when_nothing_waits(client, person):
    client.force_login(person)

    assert "ขณะนี้ไม่มีเรื่องรอท่าน" in text(client.get("/my/"))


def test_head_of_the_page_names_the_person_and_his_post(client, person):
    make_posting(
        "village_head", "32070401", person=person, title_th="ผู้ใหญ่บ้านโนนสูง", title_en="Head of Non Sung"
    )
    client.force_login(person)

    shown = text(client.get("/my/"))

    assert "ผู้ใหญ่บ้าน หมู่ที่ 1" in shown
    assert "ผู้ใหญ่บ้านโนนสูง" in shown


def test_choice_of_language_is_kept_with_the_account_and_in_the_browser(client, person):
    client.force_login(person)

    response = client.post("/preferences/", {"language": "en", "next": "/my/"})

    person.refresh_from_db()
    assert (response.status_code, response.headers["Location"]) == (302, "/my/")
    assert (person.language, person.digits) == ("en", "arabic")
    assert response.cookies["language"].value == "en"
    assert '<html lang="en"' in text(client.get("/my/"))


def test_choice_of_a_visitor_lasts_in_cookies(client):
    client.post("/preferences/", {"digits": "thai"})
    client.post("/preferences/", {"theme": "dark"})

    shown = text(client.get("/"))

    assert 'data-bs-theme="dark"' in shown
    assert "ตัวเลข 0–9" in shown


def test_choice_made_before_signing_in_goes_with_the_account_and_leaves_the_rest_as_it_was(client, person):
    person.digits = "thai"
    person.set_password(PASSWORD)
    person.save()
    client.post("/preferences/", {"language": "en"})

    client.post("/accounts/login/", {"login": person.username, "password": PASSWORD})
    shown = text(client.get("/my/"))

    person.refresh_from_db()
    assert (person.language, person.digits) == ("en", "thai")
    assert '<html lang="en"' in shown


def test_form_sent_after_the_session_ended_leads_back_to_its_page_and_says_that_nothing_is_saved(client):
    answer = client.post("/needs/1/steps/enter/", headers={"referer": "http://testserver/needs/1/?from=list"})
    shown = text(client.get(answer.headers["Location"]))

    assert answer.headers["Location"] == "/accounts/login/?next=%2Fneeds%2F1%2F%3Ffrom%3Dlist"
    assert "ยังไม่ได้บันทึกข้อมูล กรุณาเข้าสู่ระบบแล้วส่งแบบฟอร์มอีกครั้ง" in shown


@pytest.mark.parametrize("referer", ["https://example.com/needs/1/", ""])
def test_form_from_elsewhere_is_not_led_back_there(client, referer):
    answer = client.post("/needs/1/steps/enter/", headers={"referer": referer})

    assert answer.headers["Location"] == "/accounts/login/?next=/needs/1/steps/enter/"


def test_address_that_only_takes_forms_shows_a_page_to_whoever_opens_it(client, person):
    client.force_login(person)

    answer = client.get("/needs/1/steps/enter/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "<h1>ไม่พบหน้านี้</h1>" in text(answer)


@pytest.mark.parametrize("choice", [{"language": "xx"}, {"digits": "roman"}, {"theme": "<b>"}, {}])
def test_choice_that_does_not_exist_changes_nothing(client, person, choice):
    client.force_login(person)

    client.post("/preferences/", choice)

    person.refresh_from_db()
    assert (person.language, person.digits) == ("th", "arabic")
    assert 'data-bs-theme="auto"' in text(client.get("/"))


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)", ""])
def test_choice_never_leads_away_from_the_site(client, elsewhere):
    assert client.post("/preferences/", {"theme": "dark", "next": elsewhere}).headers["Location"] == "/"


def test_cross_site_post_is_refused_with_what_to_do_next():
    response = Client(enforce_csrf_checks=True).post("/preferences/", {"language": "en"})

    assert response.status_code == 403
    assert "หน้านี้เปิดค้างไว้นานเกินไป" in text(response)
    assert "language" not in response.cookies


@pytest.mark.parametrize(("cookies", "words"), [({}, "ไม่พบหน้านี้"), (ENGLISH, "There is no such page here")])
def test_page_that_is_not_there_says_so_politely(client, cookies, words):
    response = client.get("/no/such/page/", **cookies)

    assert response.status_code == 404
    assert f"<h1>{words}</h1>" in text(response)


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100)
def test_body_that_is_too_large_is_refused_with_what_to_do_next(client):
    response = client.post("/preferences/", {"language": "e" * 200})

    assert response.status_code == 413
    assert "ข้อมูลที่ส่งมีขนาดใหญ่เกินไป" in text(response)


def test_body_that_cannot_be_read_is_refused(rf):
    request = rf.get("/")
    request.user = make_person()

    assert views.bad_request(request, ValueError()).status_code == 400
    assert views.bad_request(request, RequestDataTooBig()).status_code == 413


@pytest.mark.parametrize("host", ["evil.example", "", "a b", "\u0e01"])
def test_request_for_another_host_is_refused(host):
    response = Client(raise_request_exception=False).get("/", HTTP_HOST=host)

    assert response.status_code == 400
    assert "<form" not in text(response)


@pytest.mark.parametrize(("language", "words"), [("th", "ระบบขัดข้อง"), ("en", "Something went wrong")])
def test_fault_of_ours_is_shown_without_database_or_person(language, words, django_assert_num_queries):
    with translation.override(language), django_assert_num_queries(0):
        response = views.fault(RequestFactory().get("/"))

    assert response.status_code == 500
    assert words in text(response)
    assert "<form" not in text(response)


def test_navigation_shows_each_only_where_he_may_go(client, person):
    def ways():
        return [str(link.label) for link in client.get("/").context["navigation"]]

    visitor = ways()
    client.force_login(person)
    headman = ways()
    client.force_login(make_posting("province_admin", "32").person)
    admin = ways()

    assert "งานของฉัน" not in visitor
    assert "งานของฉัน" in headman
    assert "บุคคลและตำแหน่ง" not in headman
    assert "บุคคลและตำแหน่ง" in admin


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/no/such/page/"])
def test_page_has_one_heading_a_title_a_way_past_the_navigation_and_no_inline_code(client, address):
    shown = text(client.get(address))

    assert shown.count("<h1") == 1
    assert shown.count("<main") == 1
    assert 'href="#content"' in shown
    assert shown.split("<title>")[1].split("</title>")[0].strip() != ""
    assert " style=" not in shown
    assert "<script>" not in shown
