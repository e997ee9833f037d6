"""Photographs with a complaint, its answer and its closing: who sees them, and which were used before."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from prasan.complaints import actions
from prasan.complaints.actions.photograph import Sent
from prasan.complaints.models import Complaint, Photograph
from prasan.complaints.queries import used_before
from prasan.documents.actions import GRACE, store
from prasan.documents.models import File
from prasan.documents.queries import content
from prasan.kernel.refusals import Refused
from tests.factories.agencies import make_area, make_holder
from tests.factories.complaints import VILLAGE, make_centre, make_kind, make_referred, make_screened, tell
from tests.factories.documents import pdf, picture
from tests.factories.photographs import as_file, changed, make_outdoor_view, make_view

pytestmark = pytest.mark.django_db
NEW = reverse("complaints:new")
WORDS = "ถนนหน้าวัดเป็นหลุมลึก รถล้มทุกคืน"


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def centre():
    return make_centre()


def photo(seed=1, *, name="หลุม.jpg", content=None):
    return SimpleUploadedFile(name, content or as_file(make_view(seed)), "image/jpeg")


def send(client, *pictures, **given):
    filled = {
        "words": WORDS,
        "area": make_area(VILLAGE).pk,
        "manner": "anonymous",
        "form_key": uuid4(),
        **given,
    }
    return client.post(NEW, {**filled, "pictures": list(pictures)})


def status_of(client, address):
    answer = client.get(address)
    if answer.streaming:
        assert answer.getvalue()
    return answer.status_code


def kept_in(answer):
    return answer.context["form"].data["kept"]


def stored(seed=1, content=None):
    return Sent(
        store(BytesIO(content or as_file(make_view(seed))), name="a.jpg", allowed=[File.Kind.IMAGE]), "a.jpg"
    )


def test_photographs_come_with_the_complaint_and_are_seen_by_those_who_may(client, centre):
    assert send(client, photo(1), photo(2)).status_code == 200
    complaint = Complaint.objects.get()
    assert [each.shows for each in complaint.photographs.all()] == ["trouble", "trouble"]
    first = complaint.photographs.first()
    addresses = [
        reverse(f"complaints:{name}", args=[complaint.pk, first.pk]) for name in ("photograph", "thumbnail")
    ]

    for user, status in ((None, 302), (centre.officer, 200), (centre.governor, 200), (centre.handler, 404)):
        client.logout()
        if user is not None:
            client.force_login(user)
        assert [status_of(client, address) for address in addresses] == [status, status]
    client.force_login(centre.officer)
    assert addresses[1] in client.get(reverse("complaints:complaint", args=[complaint.pk])).content.decode()
    other = make_referred(centre)[0]
    assert status_of(client, reverse("complaints:photograph", args=[other.pk, first.pk])) == 404


def test_photographs_are_not_chosen_twice_where_the_form_comes_back(client):
    wrong = send(client, photo(1), words="")
    assert wrong.status_code == 422
    assert "หลุม.jpg" in wrong.content.decode()
    token = kept_in(wrong)
    again = send(client, photo(2), words="", kept=token)
    right = send(client, photo(1), kept=kept_in(again))

    assert right.status_code == 200
    assert Complaint.objects.get().photographs.count() == 2
    assert File.objects.count() == 2


def test_photographs_are_not_chosen_twice_where_one_reported_before_is_shown(client, centre):
    place = make_area(VILLAGE)
    place.latitude, place.longitude = 13.75, 99.5
    place.save()
    words = make_screened(centre).words

    asked = send(client, photo(1), photo(2), words=words)
    assert "same_as" in asked.content.decode()
    assert Complaint.objects.count() == 1
    page = re.search(r'name="kept" value="([^"]+)"', asked.content.decode())
    send(client, kept=page[1], seen="1", words=words)

    assert Complaint.objects.order_by("pk").last().photographs.count() == 2


def test_where_and_with_what_it_was_taken_is_not_kept(client):
    send(client, photo(content=picture(place=(13.5, 99.8)).getvalue()))

    file = File.objects.get()
    for kept in (content(file), content(file, thumbnail=True)):
        with kept.stream as stream:
            read = stream.read()
        assert b"PHONE-OF-SOMEONE" not in read
        assert not Image.open(BytesIO(read)).getexif()


@pytest.mark.parametrize("is_whole", [True, False])
def test_photographs_that_went_meanwhile_are_asked_for_again_and_the_rest_stays(client, is_whole):
    wrong = send(client, photo(1), photo(2), words="")
    if is_whole:
        with time_machine.travel(timezone.now() + GRACE + timedelta(minutes=1), tick=False):
            late = send(client, kept=kept_in(wrong))
    else:
        File.objects.order_by("pk").first().delete()
        late = send(client, kept=kept_in(wrong))

    assert late.status_code == 422
    assert "กรุณาเลือกใหม่" in late.content.decode()
    assert not Complaint.objects.exists()
    assert send(client, photo(3), kept=kept_in(late)).status_code == 200
    assert Complaint.objects.get().photographs.count() == (1 if is_whole else 2)


def test_name_of_a_file_is_shown_as_words_and_not_as_a_page(client):
    wrong = send(client, photo(1, name="<img src=x onerror=alert(1)>.jpg"), words="")

    assert "<img src=x" not in wrong.content.decode()
    assert "&lt;img src=x" in wrong.content.decode()


@pytest.mark.parametrize(
    "kept",
    ["x", "a:b:c", "W10:1abc:zzz", "๑" * 300],
)
def test_a_word_that_we_did_not_sign_brings_nothing(client, kept):
    assert send(client, kept=kept).status_code == 200
    assert not Photograph.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 200),
        ("a.jpg", as_file(make_view(3))[:2000]),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.jpg", b"\xff\xd8\xff<script>"),
        ("../../etc/passwd", b"root"),
    ],
)
def test_what_is_no_picture_is_told_and_the_words_stay(client, name, content):
    answer = send(client, photo(1), photo(name=name, content=content))

    assert answer.status_code == 422
    assert not Complaint.objects.exists()
    assert answer.context["form"].errors.keys() == {"pictures"}
    assert WORDS in answer.content.decode()
    assert send(client, kept=kept_in(answer)).status_code == 200
    assert Complaint.objects.get().photographs.count() == 1


def test_no_more_than_five_and_no_paper_from_residents(client):
    answer = send(client, *(photo(seed) for seed in range(6)))
    assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {"pictures"})
    letter = SimpleUploadedFile("จดหมาย.pdf", pdf().getvalue(), "application/pdf")
    assert send(client, letter).status_code == 422


def test_officer_takes_a_letter_in_with_its_scan(client, centre):
    client.force_login(centre.officer)
    letter = SimpleUploadedFile("จดหมาย.pdf", pdf().getvalue(), "application/pdf")
    given = {"words": WORDS, "area": make_area(VILLAGE).pk, "manner": "anonymous", "channel": "letter"}

    answer = client.post(
        reverse("complaints:take-in"), {**given, "form_key": uuid4(), "pictures": [letter, photo(1)]}
    )

    assert answer.status_code == 200
    assert {(each.shows, each.file.kind) for each in Photograph.objects.all()} == {
        ("letter", "pdf"),
        ("letter", "image"),
    }


def test_sender_sees_his_own_and_what_was_done_for_a_while_and_nobody_else_does(client, centre):
    taken = actions.take_in(tell(), manner="anonymous", photographs=[stored(1)])
    complaint = actions.screen_complaint(
        taken.complaint, kind=make_screened(centre).kind, title="หลุม", by=centre.officer
    )
    actions.close_complaint(complaint, reason="solved", by=centre.officer, note="ซ่อมแล้ว", proof=[stored(2)])
    own, proof = Photograph.objects.order_by("pk")
    addresses = [reverse("complaints:followed", args=[each.pk]) for each in (own, proof)]
    assert [status_of(client, address) for address in addresses] == [404, 404]

    page = client.post(reverse("complaints:track"), {"receipt": complaint.number, "secret": taken.secret})

    assert all(address in page.content.decode() for address in addresses)
    assert [status_of(client, address) for address in addresses] == [200, 200]
    session = client.session
    session["complaints_followed"] = {**session["complaints_followed"], "until": 0}
    session.save()
    assert [status_of(client, address) for address in addresses] == [404, 404]


def test_proof_that_was_used_before_is_marked_also_resized_and_written_anew(client, centre):
    view = make_view(5)
    first, referral = make_referred(centre)
    actions.acknowledge_referral(referral, by=centre.handler)
    client.force_login(centre.handler)
    proof = photo(name="หลัง.jpg", content=as_file(view))
    client.post(
        reverse("complaints:referral-act", args=[referral.pk, "answer"]),
        {"note": "ซ่อมแล้ว", "pictures": [proof]},
    )
    assert "เคยใช้แล้ว" not in client.get(reverse("complaints:referral", args=[referral.pk])).content.decode()

    second = make_screened(centre)
    client.force_login(centre.officer)
    again = photo(name="ใหม่.jpg", content=as_file(changed(view, scale=0.6), quality=50))
    client.post(
        reverse("complaints:act", args=[second.pk, "close"]),
        {"reason": "solved", "note": "ซ่อมแล้ว", "pictures": [again]},
    )

    page = client.get(reverse("complaints:complaint", args=[second.pk])).content.decode()
    assert "เคยใช้แล้ว" in page
    assert reverse("complaints:complaint", args=[first.pk]) in page
    proofs = Photograph.objects.filter(shows="proof").order_by("pk")
    assert [used_before(each) for each in proofs] == [[], [proofs[0]]]


def test_where_it_was_used_is_told_only_to_those_who_may_see_it(client, centre):
    there = make_centre("33")
    view = as_file(make_view(9))
    for where, place in ((there, "330101"), (centre, VILLAGE)):
        complaint = make_screened(where, area=place)
        actions.close_complaint(
            complaint, reason="solved", by=where.officer, note="แล้ว", proof=[stored(content=view)]
        )
    client.force_login(centre.officer)

    page = client.get(reverse("complaints:complaint", args=[complaint.pk])).content.decode()

    assert "เคยใช้แล้ว" in page
    assert "ในเรื่องอื่น" in page
    assert Complaint.objects.order_by("pk")[0].number not in page


def test_file_that_went_meanwhile_is_asked_for_again_and_nothing_is_half_done():
    sent = stored(1)
    File.objects.all().delete()

    with pytest.raises(Refused):
        actions.take_in(tell(), manner="anonymous", photographs=[sent])
    with pytest.raises(Refused):
        actions.take_in(tell(), manner="anonymous", photographs=[stored(seed) for seed in range(6)])
    assert not Complaint.objects.exists()


def closed_with(centre, *proof):
    """The photographs of a complaint that the centre closed with them."""
    complaint = make_screened(centre)
    actions.close_complaint(complaint, reason="solved", by=centre.officer, note="แล้ว", proof=proof)
    return list(complaint.photographs.order_by("pk"))


def test_used_before_is_asked_of_the_index(centre):
    (proof,) = closed_with(centre, stored(1))
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        used_before(proof)
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        (sql,) = (each["sql"] for each in asked.captured_queries if "bit_count" in each["sql"])
        cursor.execute("EXPLAIN " + sql)
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert [f"Index Only Scan using complaints_print_band_{band}" in plan for band in range(4)] == [True] * 4


def test_proof_used_before_is_found_cropped_or_lighter(centre):
    view = make_outdoor_view(4)
    (whole,) = closed_with(centre, stored(content=as_file(view)))
    (cropped,) = closed_with(centre, stored(content=as_file(changed(view, crop=(0.04,) * 4), quality=40)))
    (lighter,) = closed_with(centre, stored(content=as_file(changed(view, light=1.2))))
    (other,) = closed_with(centre, stored(content=as_file(make_outdoor_view(5))))

    assert [used_before(each) for each in (whole, cropped, lighter, other)] == [
        [],
        [whole],
        [whole],
        [],
    ]


def test_picture_of_the_trouble_sent_again_as_proof_is_marked_and_the_answer_shown_twice_is_not(centre):
    taken = actions.take_in(tell(), manner="anonymous", photographs=[stored(1)])
    complaint = actions.screen_complaint(taken.complaint, kind=make_kind(), title="หลุม", by=centre.officer)
    complaint = actions.refer_complaint(complaint, lead=centre.agency, by=centre.officer)
    referral = complaint.referrals.get()
    actions.acknowledge_referral(referral, by=centre.handler)
    actions.answer_referral(referral, by=centre.handler, note="แล้ว", proof=[stored(1), stored(2)])
    again = stored(content=as_file(make_view(2), quality=60))
    actions.close_complaint(complaint, reason="solved", by=centre.officer, note="แล้ว", proof=[again])
    trouble, same, done, shown_again = complaint.photographs.order_by("pk")

    assert [used_before(each) for each in (trouble, same, done, shown_again)] == [[], [trouble], [], []]


def test_even_surface_is_like_no_other(centre):
    for _time in range(2):
        (proof,) = closed_with(centre, stored(content=as_file(Image.new("RGB", (60, 40), "grey"))))
        assert used_before(proof) == []


def test_stranger_of_another_province_sees_no_photograph(client, centre):
    send(client, photo(1))
    complaint = Complaint.objects.get()
    client.force_login(make_holder("governor", make_area("33")))
    address = reverse("complaints:photograph", args=[complaint.pk, complaint.photographs.get().pk])
    assert status_of(client, address) == 404
