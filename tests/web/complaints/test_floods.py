"""One address that floods the form is stopped with a clear page, and takes nothing from anybody else."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from prasan.complaints.models import Complaint
from tests.at_once import at_once
from tests.factories.agencies import make_area
from tests.factories.complaints import VILLAGE, WORDS

NEW = reverse("complaints:new")
FLOOD, OTHER = "203.0.113.7", "198.51.100.9"
LET_IN = 20
"""Complaints from one address in ten minutes."""


def send(client, address, words=WORDS, **headers):
    form = {"words": words, "area": VILLAGE, "manner": "anonymous", "form_key": str(uuid4()), "seen": "1"}
    return client.post(NEW, form, REMOTE_ADDR=address, **headers)


@pytest.fixture
def village():
    return make_area(VILLAGE)


@pytest.mark.django_db
def test_flood_of_200_is_stopped_and_others_are_heard(client, village):
    answers, own = [], []
    for number in range(200):
        answers.append(send(client, FLOOD, f"{WORDS} {number}"))
        if number % 20 == 19:
            own.append(send(client, OTHER, f"น้ำท่วมบ้านเลขที่ {number}"))

    assert [answer.status_code for answer in answers] == [200] * LET_IN + [429] * (200 - LET_IN)
    assert [answer.status_code for answer in own] == [200] * 10
    assert Complaint.objects.filter(words__startswith="น้ำท่วม").count() == 10
    assert Complaint.objects.count() == LET_IN + 10


@pytest.mark.django_db
def test_who_is_stopped_reads_what_to_do_in_his_language(client, village):
    for _turn in range(LET_IN):
        send(client, FLOOD)

    thai = send(client, FLOOD)
    client.cookies["language"] = "en"
    english = send(client, FLOOD)

    assert (thai.status_code, english.status_code) == (429, 429)
    assert "กรุณารอ" in thai.content.decode()
    assert "wait" in english.content.decode()
    assert WORDS not in thai.content.decode()


@pytest.mark.django_db
def test_address_that_is_only_claimed_helps_no_flood(client, village):
    answers = [
        send(client, FLOOD, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}", HTTP_X_REAL_IP=f"192.0.2.{number}")
        for number in range(LET_IN + 5)
    ]

    assert [answer.status_code for answer in answers] == [200] * LET_IN + [429] * 5


@pytest.mark.django_db
def test_form_can_still_be_opened_and_a_complaint_followed(client, village):
    for _turn in range(LET_IN + 1):
        send(client, FLOOD)

    assert client.get(NEW, REMOTE_ADDR=FLOOD, follow=True).status_code == 200
    assert client.get(reverse("complaints:track"), REMOTE_ADDR=FLOOD).status_code == 200


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_flood_that_comes_all_at_once_loses_nothing_of_others(village):
    def flooding(number):
        return lambda: [send(Client(), FLOOD, f"{WORDS} {number}/{turn}").status_code for turn in range(25)]

    def others():
        return [send(Client(), OTHER, f"น้ำท่วมบ้านเลขที่ {turn}").status_code for turn in range(10)]

    *floods, heard = at_once(*(flooding(number) for number in range(4)), others)

    let_in = sum(codes.count(200) for codes in floods)
    assert (heard, let_in) == ([200] * 10, LET_IN)
    assert {code for codes in floods for code in codes} == {200, 429}
    assert Complaint.objects.filter(words__startswith="น้ำท่วม").count() == 10
    assert Complaint.objects.count() == let_in + 10
