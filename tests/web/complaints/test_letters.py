"""Scans of letters: they tell who wrote them, so only those see them who may know the sender."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prasan.complaints import actions
from prasan.complaints.actions.photograph import Sent
from prasan.complaints.models import Photograph
from prasan.documents.actions import store
from prasan.documents.models import File
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from tests.factories.agencies import make_area, make_holder
from tests.factories.complaints import PROVINCE, make_centre, make_kind, tell
from tests.factories.documents import pdf, picture

pytestmark = pytest.mark.django_db
READ = "complaints.sender.letter_read"


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def centre():
    return make_centre()


def scan(stream=None):
    return Sent(store(stream or pdf(), name="จดหมาย", allowed=tuple(File.Kind)), "จดหมาย")


def written(centre, manner, *, channel="letter", scans=None):
    """A letter that the centre took in and sent to the first agency."""
    sender = actions.SenderFields(name="สมชาย ใจดี") if manner != "anonymous" else None
    complaint = actions.take_in_at_desk(
        tell(),
        channel=channel,
        manner=manner,
        sender=sender,
        by=centre.officer,
        photographs=scans or [scan()],
    ).complaint
    complaint = actions.screen_complaint(complaint, kind=make_kind(), title="ไฟดับ", by=centre.officer)
    return actions.refer_complaint(complaint, lead=centre.agency, by=centre.officer)


def reading(client, user, complaint):
    """What a person gets who asks for the letter, and whether the pages open to him offer it."""
    client.force_login(user)
    letter = complaint.photographs.get(shows="letter")
    address = reverse("complaints:letter", args=[complaint.pk, letter.pk])
    plain = [
        reverse(f"complaints:{name}", args=[complaint.pk, letter.pk]) for name in ("photograph", "thumbnail")
    ]
    assert [client.get(each).status_code for each in plain] == [404, 404]
    page = client.get(reverse("complaints:complaint", args=[complaint.pk])).content.decode()
    answer = client.post(address)
    if answer.streaming:
        answer.getvalue()
    assert (address in page) == (answer.status_code == 200)
    return answer.status_code


@pytest.mark.parametrize(("manner", "at_agency"), [("anonymous", 404), ("confidential", 404), ("named", 200)])
def test_letter_is_read_by_those_who_may_know_its_sender_and_each_look_is_recorded(
    client, centre, manner, at_agency
):
    complaint = written(centre, manner)

    assert reading(client, centre.officer, complaint) == 200
    assert reading(client, centre.handler, complaint) == at_agency
    assert reading(client, centre.governor, complaint) == 404
    client.force_login(centre.handler)
    page = client.get(reverse("complaints:referral", args=[complaint.referrals.get().pk])).content.decode()
    assert (f"complaints/{complaint.pk}/letters/" in page) == (at_agency == 200)
    entries = Entry.objects.filter(kind=READ).order_by("pk")
    readers = [centre.officer.pk, centre.handler.pk][: 1 + (at_agency == 200)]
    assert [entry.actor_id for entry in entries] == readers


def test_paper_is_a_letter_and_a_picture_a_photograph_also_at_the_counter(centre):
    complaint = written(centre, "anonymous", channel="counter", scans=[scan(), scan(picture())])

    assert {(each.file.kind, each.shows) for each in complaint.photographs.all()} == {
        ("pdf", "letter"),
        ("image", "trouble"),
    }


@pytest.mark.parametrize("manner", ["anonymous", "confidential"])
def test_letters_go_with_their_sender(centre, files_folder, manner, django_capture_on_commit_callbacks):
    complaint = written(centre, manner, scans=[scan(), scan(picture())])
    administrator = make_holder("province_admin", make_area(PROVINCE))

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_sender(complaint, by=administrator)

    assert (Photograph.objects.count(), File.objects.count()) == (0, 0)
    assert [path for path in files_folder.rglob("*") if path.is_file()] == []
    with pytest.raises(Refused):
        actions.erase_sender(complaint, by=administrator)


def test_letter_of_another_complaint_is_not_read(client, centre):
    one, other = written(centre, "named"), written(centre, "named")
    client.force_login(centre.officer)

    answer = client.post(reverse("complaints:letter", args=[one.pk, other.photographs.get().pk]))

    assert answer.status_code == 404
    assert not Entry.objects.filter(kind=READ).exists()


def test_reading_needs_the_right_also_where_no_page_asked(centre):
    letter = written(centre, "confidential").photographs.get()

    with pytest.raises(Refused):
        actions.read_letter(letter, by=centre.handler)


def test_letter_by_post_is_kept_by_the_form_of_the_desk(client, centre):
    client.force_login(centre.officer)
    given = {"words": "", "manner": "anonymous", "channel": "letter"}
    letter = SimpleUploadedFile('<b x="จดหมาย">.pdf', pdf().getvalue(), "application/pdf")

    page = client.post(reverse("complaints:take-in"), {**given, "pictures": [letter]})

    assert page.status_code == 422
    assert "<b x=" not in page.content.decode()
    assert "&lt;b x=" in page.content.decode()
