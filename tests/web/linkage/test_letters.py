import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prasan.ledger.models import Entry
from prasan.linkage.actions import take_in_letter
from prasan.linkage.models import IncomingLetter
from tests.factories.agencies import make_area, make_holder
from tests.factories.complaints import PROVINCE, make_centre
from tests.factories.linkage import letter, raw_letter

pytestmark = pytest.mark.django_db

LIST = reverse("linkage:letters")


def bring(content):
    return take_in_letter(content, area=make_area(PROVINCE))


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def officer(client, centre):
    client.force_login(centre.officer)
    return client


def page(letter_row, name="letter"):
    return reverse(f"linkage:{name}", args=[letter_row.pk])


def test_list_tells_what_became_of_each_and_no_word_of_any(officer):
    taken, waits = bring(letter()), bring(letter("น้ำท่วม", key="<2@y.z>", In_Reply_To="<receipt-1@x.y>"))

    shown = officer.get(LIST).content.decode()
    waiting = officer.get(LIST, {"waits": "yes"}).content.decode()

    assert "รับเป็นเรื่องร้องเรียน" in shown
    assert taken.complaint.number in shown
    assert "ตอบกลับใบรับเรื่อง" in waiting
    assert page(waits) in waiting
    assert page(taken) not in waiting
    assert "somchai" not in shown
    assert "น้ำท่วม" not in shown


def test_letter_is_read_when_asked_for_and_that_is_recorded(officer, centre):
    row = bring(letter("<script>alert(1)</script> น้ำท่วม", In_Reply_To="<receipt-1@x.y>"))

    before = officer.get(page(row)).content.decode()
    read = officer.post(page(row))

    assert "น้ำท่วม" not in before
    assert "&lt;script&gt;alert(1)&lt;/script&gt; น้ำท่วม" in read.content.decode()
    assert "no-store" in read["Cache-Control"]
    assert [entry.actor_id for entry in Entry.objects.filter(kind="linkage.letter.read")] == [
        centre.officer.pk
    ]


def test_letter_that_cannot_be_read_is_shown_as_it_came(officer):
    row = bring(raw_letter(b"", "X-Word: <b>\xe0".replace("\xe0", "y")))

    assert "X-Word: &lt;b&gt;y" in officer.post(page(row)).content.decode()


def test_settled_letter_is_gone_and_stays_told_of(officer):
    row = bring(raw_letter(b""))

    officer.post(page(row, "settle"))
    again = officer.post(page(row))

    assert IncomingLetter.objects.get().content is None
    assert again.status_code == 422
    assert "ยังอยู่ในกล่องจดหมาย" in again.content.decode()


@pytest.mark.parametrize("role", ["governor", "agency_officer", "province_admin"])
def test_nobody_else_finds_letters(client, centre, role):
    row = bring(raw_letter(b""))
    client.force_login(make_holder(role, PROVINCE, agency=centre.agency))

    assert client.get(LIST).status_code == 404
    assert client.get(page(row)).status_code == 404
    assert client.post(page(row)).status_code == 404
    assert client.post(page(row, "settle")).status_code == 404
    assert IncomingLetter.objects.get().is_to_settle


def test_letters_of_another_province_are_not_found(client):
    row = bring(raw_letter(b""))
    client.force_login(make_centre("40").officer)

    assert client.post(page(row)).status_code == 404
    assert page(row) not in client.get(LIST).content.decode()


def test_list_takes_as_many_queries_for_three_as_for_one(officer):
    officer.get(LIST)  # what is looked up once is looked up here
    counts = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            bring(letter(f"เรื่องที่ {number}", key=f"<{number}@x.y>"))
        with CaptureQueriesContext(connection) as asked:
            officer.get(LIST)
        counts.append(len(asked))

    assert counts[0] == counts[1]
