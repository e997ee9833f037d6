import re
from uuid import uuid4

import pytest
from django.urls import reverse

from prasan.complaints import actions
from prasan.complaints.models import Complaint, Reading
from prasan.ledger.models import Entry
from tests.factories.agencies import make_area
from tests.factories.complaints import VILLAGE, WORDS, make_centre, make_kind, make_screened, make_taken_in

pytestmark = pytest.mark.django_db

NEW, TRACK = reverse("complaints:new"), reverse("complaints:track")


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["language"] = "en"
    make_area(VILLAGE)


def filled(**given):
    return {"words": WORDS, "area": VILLAGE, "manner": "anonymous", "form_key": str(uuid4()), **given}


def test_resident_tells_and_follows_without_an_account(client):
    answer = client.post(NEW, filled())
    receipt, secret = re.findall(r'<strong class="fs-3">([^<]+)</strong>', answer.content.decode())

    page = client.post(TRACK, {"receipt": receipt, "secret": secret})

    assert page.status_code == 200
    assert WORDS in page.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_form_sent_twice_is_one_complaint(client):
    form = filled()

    client.post(NEW, form)
    client.post(NEW, form)

    assert Complaint.objects.count() == 1


def test_likely_same_is_shown_first_and_can_be_joined(client):
    main = make_screened(make_centre(), WORDS + " นางสมศรีแจ้ง")
    form = filled()

    shown = client.post(NEW, form).content.decode()
    client.post(NEW, {**form, "seen": "1", "same_as": main.pk})

    assert "ไฟทางดับ" in shown
    assert "สมศรี" not in shown
    assert "Is it one of these?" in shown
    assert [c.state for c in Complaint.objects.exclude(pk=main.pk)] == ["repeated"]


def test_reports_of_one_problem_are_folded_away_under_the_likeliest(client):
    centre = make_centre()
    for _each in range(3):
        make_screened(centre)

    shown = client.post(NEW, filled()).content.decode()

    assert shown.count('name="same_as"') == 2  # the problem, and none of these
    assert "2 more reports that are surely of the same problem" in shown


def test_looking_for_likely_ones_again_and_again_writes_nothing(client):
    make_screened(make_centre())
    entries, form = Entry.objects.count(), filled()

    answers = [client.post(NEW, form) for _each in range(15)]

    assert {"Is it one of these?" in answer.content.decode() for answer in answers} == {True}
    assert (Complaint.objects.count(), Reading.objects.count(), Entry.objects.count()) == (1, 1, entries)


def test_nobody_joins_what_he_was_not_shown(client):
    other = make_screened(make_centre(), "สุนัขจรจัดเห่าหอนทั้งคืน")

    client.post(NEW, filled(seen="1", same_as=other.pk))

    assert sorted(Complaint.objects.values_list("state", flat=True)) == ["received", "screened"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"words": ""}, "Please say in a few words what happened."),
        ({"words": "\u200b"}, "Please say in a few words what happened."),
        ({"words": "ก" * 10_001}, "at most 10000 characters"),
        ({"area": "ไม่มีที่นี่"}, "No place is called"),
        ({"happened_on": "1 ม.ค. 2599"}, "not after"),
        ({"point_0": "10", "point_1": "99.9", "area": "999999"}, "No place is called"),
        ({"manner": "named"}, "Please tell us your name"),
        ({"manner": "king"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_right_comes_back_with_what_was_typed(client, given, sentence):
    answer = client.post(NEW, filled(**given))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Complaint.objects.count() == 0


def test_script_in_words_is_shown_as_words(client):
    taken = make_taken_in("<script>alert(1)</script>")

    page = client.post(TRACK, {"receipt": taken.complaint.receipt, "secret": taken.secret}).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_wrong_pairs_are_answered_all_alike(client):
    taken = make_taken_in()
    answers = [
        client.post(TRACK, {"receipt": receipt, "secret": secret})
        for receipt, secret in (
            (taken.complaint.receipt, "000000000000"),
            ("6900000017", taken.secret),
            ("nonsense", taken.secret),
        )
    ]

    said = {re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers}
    said = {re.sub(r"\s+", " ", each) for each in said}
    assert {answer.status_code for answer in answers} == {422}
    assert len(said) == 1


def test_guessing_is_stopped(client):
    taken = make_taken_in()
    tries = [
        client.post(TRACK, {"receipt": taken.complaint.receipt, "secret": f"{n:012}"}) for n in range(12)
    ]

    assert [answer.status_code for answer in tries][-1] == 429
    right = client.post(TRACK, {"receipt": taken.complaint.receipt, "secret": taken.secret})
    assert right.status_code == 429


def test_sender_rates_and_opens_again(client):
    centre = make_centre()
    taken = make_taken_in()
    screened = actions.screen_complaint(taken.complaint, kind=make_kind(), title="ไฟทางดับ", by=centre.officer)
    actions.close_complaint(screened, reason="solved", by=centre.officer, note="เปลี่ยนหลอดแล้ว")
    pair = {"receipt": taken.complaint.receipt, "secret": taken.secret}

    client.post(reverse("complaints:sender-act", args=["rate"]), {**pair, "score": "2"})
    assert Complaint.objects.get().satisfaction == 2
    client.post(reverse("complaints:sender-act", args=["reopen"]), {**pair, "note": "ยังดับอยู่"})

    assert Complaint.objects.get().state == "reopened"


def test_history_shown_to_the_sender_names_no_officer(client):
    centre = make_centre()
    taken = make_taken_in()
    actions.screen_complaint(
        taken.complaint, kind=make_kind(), title="ไฟทางดับ", by=centre.officer, note="รับไว้แล้ว"
    )

    page = client.post(TRACK, {"receipt": taken.complaint.receipt, "secret": taken.secret}).content.decode()

    assert "รับไว้แล้ว" in page
    assert str(centre.officer) not in page
