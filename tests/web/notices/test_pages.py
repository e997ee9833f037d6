"""A person's letters on the site."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prasan.accounts.models import User
from prasan.notices.models import Letter, WithoutMail
from prasan.web.notices.urls import urlpatterns
from tests.factories.accounts import make_person
from tests.factories.agencies import make_holder
from tests.factories.notices import make_letter, tell_all
from tests.factories.planning import World, make_call

pytestmark = pytest.mark.django_db

LIST = "/my/letters/"


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(letter: Letter) -> str:
    return reverse("notices:letter", args=[letter.pk])


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_stranger_is_asked_to_sign_in(client, pattern):
    letter = make_letter()
    address = reverse(f"notices:{pattern.name}", args=[letter.pk] if pattern.pattern.converters else [])

    answers = (client.get(address), client.post(address))

    assert {answer.headers.get("Location") for answer in answers} == {f"/accounts/login/?next={address}"}


def test_switch_is_not_thrown_from_another_site():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person())

    assert client.post("/my/letters/mail/", {"on": "no"}).status_code == 403
    assert WithoutMail.objects.count() == 0


@pytest.mark.parametrize("role", ["village_head", "governor", "province_admin", "ministry_officer"])
def test_letter_of_another_is_not_there_and_stays_unread(role):
    letter = make_letter()
    client = browser_of(make_holder(role))

    answers = [client.get(page_of(letter)), client.get(LIST), client.get("/my/letters/999999999999/")]

    assert [answer.status_code for answer in answers] == [404, 200, 404]
    assert letter.title not in answers[1].content.decode()
    letter.refresh_from_db()
    assert letter.is_unread


def test_list_is_newest_first_with_unread_ones_marked(client):
    person = make_person()
    old, new = make_letter(person), make_letter(person)
    client.force_login(person)
    client.get(page_of(old))

    shown = client.get(LIST)

    assert [letter.pk for letter in shown.context["frame"].rows] == [new.pk, old.pk]
    words = shown.content.decode()
    assert words.count("ยังไม่อ่าน</span>") == 1
    assert words.count("อ่านแล้ว</span>") == 1


@pytest.mark.parametrize(("asked", "number"), [("no", 2), ("yes", 1), ("", 3), ("x", 3)])
def test_list_is_narrowed_to_what_is_unread(client, asked, number):
    person = make_person()
    letters = [make_letter(person) for _number in range(3)]
    client.force_login(person)
    client.get(page_of(letters[1]))

    assert len(client.get(LIST, {"read": asked}).context["frame"].rows) == number


def test_empty_list_says_when_letters_come(client):
    client.force_login(make_person())

    assert "ยังไม่มีจดหมาย" in client.get(LIST).content.decode()


def test_list_goes_on_over_pages(client):
    person = make_person()
    letters = [make_letter(person) for _number in range(31)]
    client.force_login(person)

    first = client.get(LIST).context["frame"]
    second = client.get(LIST + first.after).context["frame"]

    assert [letter.pk for letter in second.rows] == [letters[0].pk]


def test_list_and_my_work_ask_the_same_for_one_and_for_three(client):
    person = make_person()
    make_letter(person)
    client.force_login(person)

    def queries(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as taken:
            client.get(address)
        return len(taken)

    one = [queries(address) for address in (LIST, "/my/")]
    make_letter(person), make_letter(person)

    assert [queries(address) for address in (LIST, "/my/")] == one


def test_my_work_counts_the_unread(client):
    person = make_person()
    letters = [make_letter(person) for _number in range(2)]
    client.force_login(person)
    before = client.get("/my/").content.decode()

    for letter in letters:
        client.get(page_of(letter))

    assert "ยังไม่อ่าน 2" in before
    assert "ยังไม่อ่าน" not in client.get("/my/").content.decode()


def test_letter_shows_its_words_as_text_and_leads_to_what_it_tells_of():
    world = World()
    proposal = world.proposal("declined")
    (letter,) = tell_all(kind="planning.proposal.decline")
    Letter.objects.update(words="<script>alert(1)</script>\n\nย่อหน้าที่สอง")

    shown = browser_of(world.person("village_head")).get(page_of(letter)).content.decode()

    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown
    assert "<p>ย่อหน้าที่สอง</p>" in shown
    assert "ไม่มีงบประมาณ" in shown
    assert f'href="/proposals/{proposal.pk}/"' in shown


def test_letter_of_a_call_leads_to_the_call():
    world = World()
    head = world.person("village_head")
    call = make_call(world)
    (letter,) = tell_all(kind="agencies.call.open")

    shown = browser_of(head).get(page_of(letter)).content.decode()

    assert f'href="/calls/{call.pk}/"' in shown


def test_letter_about_what_is_out_of_reach_leads_nowhere(client):
    other = World().proposal("declined")
    letter = make_letter(subject_id=str(other.pk))
    client.force_login(letter.person)

    shown = client.get(page_of(letter))

    assert shown.status_code == 200
    assert f"/proposals/{other.pk}/" not in shown.content.decode()


def test_failed_mail_is_told_on_the_letter(client):
    letter = make_letter(dispatch="failed", fault="SMTPRecipientsRefused 550")
    client.force_login(letter.person)

    shown = client.get(page_of(letter)).content.decode()

    assert "ส่งทางอีเมลไม่สำเร็จ" in shown
    assert "SMTP" not in shown


def test_mail_is_switched_off_and_on_from_the_page(client):
    person = make_person(email="a@example.go.th")
    client.force_login(person)

    off = client.post("/my/letters/mail/", {"on": "no"}, follow=True)
    kept = WithoutMail.objects.filter(person=person).exists()
    client.post("/my/letters/mail/", {"on": "yes"})

    assert off.redirect_chain == [(LIST, 302)]
    assert (kept, WithoutMail.objects.count()) == (True, 0)


@pytest.mark.parametrize(("way", "word"), [("folder", "ระบบสาธิต"), ("", "ขณะนี้ระบบไม่ส่งอีเมล")])
def test_page_says_where_letters_go(client, settings, way, word):
    settings.LETTERS_GO_BY = way
    client.force_login(make_person(email="a@example.go.th"))

    assert word in client.get(LIST).content.decode()


def test_pages_are_whole_in_english(client):
    letter = make_letter(make_person(language="en", email="a@example.go.th"), language="en", title="Declined")
    client.force_login(letter.person)

    shown = client.get(LIST).content.decode(), client.get(page_of(letter)).content.decode()

    assert "My letters" in shown[0]
    assert "By e-mail: on its way by e-mail" in shown[1]
