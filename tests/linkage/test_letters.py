import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from prasan.complaints.actions import close_complaint, erase_sender, reveal_sender
from prasan.complaints.models import Complaint, Sender
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.linkage.actions import forget_sender, open_letter, settle_letter, take_in_letter
from prasan.linkage.imports import take_in_letters
from prasan.linkage.mailboxes import letters_in_folder
from prasan.linkage.models import IncomingLetter
from prasan.places.models import PlaceSource
from tests.at_once import at_once
from tests.factories.agencies import make_area
from tests.factories.complaints import PROVINCE, make_centre
from tests.factories.linkage import WORDS, letter, make_maildir, raw_letter
from tests.killing import killed_when

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return make_centre()


def bring(content=None, **written):
    return take_in_letter(
        letter(**written) if content is None else content,
        area=make_area(PROVINCE),
        own=("box@example.go.th",),
    )


def outcomes():
    return sorted(IncomingLetter.objects.values_list("outcome", "reason"))


def test_letter_becomes_a_complaint_in_confidence(centre):
    row = bring()

    complaint, sender = Complaint.objects.get(), Sender.objects.get()
    assert (complaint.channel, complaint.manner, complaint.area_id) == ("e_mail", "confidential", PROVINCE)
    assert complaint.words == f"แจ้งไฟทางดับ\n\n{WORDS}"
    assert (sender.name, sender.email) == ("สมชาย ใจดี", "somchai@example.com")
    assert (row.outcome, row.complaint, row.content) == ("taken_in", complaint, None)
    assert reveal_sender(complaint, "email", by=centre.officer) == "somchai@example.com"


def test_address_and_words_stand_in_no_ledger(centre):
    bring()
    bring(raw_letter(b""))

    told = " ".join(str((entry.before, entry.after)) for entry in Entry.objects.all())
    assert "somchai" not in told
    assert "ไฟทาง" not in told
    assert "example.com" not in told


def test_same_letter_brought_again_makes_nothing(centre):
    first, again = bring(), bring()

    assert first == again
    assert (Complaint.objects.count(), IncomingLetter.objects.count()) == (1, 1)


def test_same_letter_sent_234_times_is_one_complaint_and_the_rest_is_noted(centre):
    for number in range(234):
        bring(key=f"<{number}@example.com>")

    complaint = Complaint.objects.get()
    assert outcomes() == [("repeated", "")] * 233 + [("taken_in", "")]
    assert {row.complaint for row in IncomingLetter.objects.all()} == {complaint}


def test_same_words_of_another_sender_are_another_complaint(centre):
    bring()
    bring(key="<2@example.com>", sender="somsri@example.com")

    assert Complaint.objects.count() == 2


def test_same_words_after_the_end_are_a_new_complaint(centre):
    complaint = bring().complaint
    close_complaint(complaint, reason="solved", by=centre.officer, note="แก้แล้ว")

    bring(key="<2@example.com>")

    assert Complaint.objects.count() == 2


def test_other_words_under_a_known_message_id_are_not_lost(centre):
    bring()
    other = letter("น้ำท่วมบ้าน")
    bring(other)
    bring(other)

    assert outcomes() == [("set_aside", "same_id"), ("taken_in", "")]
    assert b"somchai" in open_letter(IncomingLetter.objects.get(reason="same_id"), by=centre.officer)


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ({"Auto_Submitted": "auto-replied"}, ("passed_over", "automatic")),
        ({"Precedence": "list"}, ("passed_over", "bulk")),
        ({"Return_Path": "<>"}, ("passed_over", "bounce")),
        ({"sender": "box@example.go.th"}, ("passed_over", "own")),
        ({"In_Reply_To": "<receipt-1@example.go.th>"}, ("set_aside", "answer")),
        ({"words": "-", "subject": "."}, ("set_aside", "no_words")),
        ({"words": "ก" * 10_001}, ("set_aside", "too_long")),
        ({"words": "ก" * 500_000}, ("set_aside", "too_long")),
    ],
)
def test_what_is_no_complaint_is_noted_or_set_aside(centre, written, outcome):
    row = bring(**written)

    assert (row.outcome, row.reason) == outcome
    assert Complaint.objects.count() == 0
    assert (row.content is not None) == (row.outcome == "set_aside")


def test_of_a_large_letter_that_waits_the_beginning_is_kept(centre):
    photograph = b"--b\r\nContent-Type: image/jpeg\r\n\r\n" + b"x" * 3_000_000 + b"\r\n--b--\r\n"
    row = bring(raw_letter(photograph, "Content-Type: multipart/mixed; boundary=b"))

    assert (row.reason, row.attachments) == ("no_words", 1)
    assert len(open_letter(row, by=centre.officer)) == 2 * 1024 * 1024
    assert bring(raw_letter(photograph, "Content-Type: multipart/mixed; boundary=b")).pk == row.pk


def test_letter_without_a_sound_address_comes_in_without_a_name(centre):
    bring(raw_letter("น้ำท่วม".encode(), "X: y").replace(b"From: somchai@example.com", b"From: nobody"))

    assert Complaint.objects.get().manner == "anonymous"
    assert Sender.objects.count() == 0


def test_flood_of_one_sender_waits_for_an_officer_and_hides_no_other(centre):
    for number in range(30):
        bring(words=f"เรื่องที่ {number}", key=f"<{number}@example.com>")
    bring(key="<other@example.com>", sender="somsri@example.com")

    assert outcomes() == [("set_aside", "flood")] * 10 + [("taken_in", "")] * 21
    assert Complaint.objects.count() == 21


def test_place_that_is_named_is_found_and_else_it_is_the_province(centre, monkeypatch):
    PlaceSource.objects.create(kind=PlaceSource.Kind.GAZETTEER, version="x", count=1)
    tambon = make_area(f"{PROVINCE}0704")
    asked = []

    def finding(text, *, within):
        asked.append((text, within))
        found = type("Found", (), {"area": tambon, "is_inside": True})()
        return type("Finding", (), {"places": (found,) if "ตำบล" in text else (), "doubts": ()})()

    monkeypatch.setattr("prasan.linkage.actions.letters.find_place", finding)
    bring(words="ถนนพังที่ตำบลนี้")
    bring(words="ถนนพัง", key="<2@example.com>")

    assert sorted(c.area_id for c in Complaint.objects.all()) == [PROVINCE, tambon.code]
    assert {within for _text, within in asked} == {make_area(PROVINCE)}


def test_letter_is_read_and_settled_by_the_centre_alone(centre):
    row = bring(raw_letter(b""))
    stranger = make_centre("40").officer

    for act in (open_letter, settle_letter):
        for person in (stranger, centre.governor, centre.handler):
            with pytest.raises(Refused):
                act(row, by=person)
    assert open_letter(row, by=centre.officer) == raw_letter(b"")
    settled = settle_letter(row, by=centre.officer)
    assert (settled.content, settled.is_to_settle) == (None, False)
    with pytest.raises(Refused):
        open_letter(row, by=centre.officer)
    with pytest.raises(Refused):
        settle_letter(row, by=centre.officer)
    kinds = Entry.objects.filter(kind__startswith="linkage").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["linkage.letter.set_aside", "linkage.letter.read", "linkage.letter.settled"]


def test_erased_sender_is_forgotten_by_the_letters_too(centre):
    row = bring()
    erase_sender(row.complaint, by=None)

    forgotten = [forget_sender(entry.pk) for entry in Entry.objects.order_by("pk")]

    row.refresh_from_db()
    assert (row.sender_key, row.same_key, sum(forgotten)) == ("", "", 1)
    assert bring().pk == row.pk


def test_letter_on_which_we_fail_is_kept_and_stops_no_other(centre, tmp_path, monkeypatch):
    box = make_maildir(tmp_path / "box", letter(), letter("น้ำท่วม", key="<2@example.com>"))

    def failing(words, area):
        if WORDS in words:
            raise ZeroDivisionError
        return area

    monkeypatch.setattr("prasan.linkage.actions.letters._place_of", failing)
    take_in_letters(letters_in_folder(box), area=make_area(PROVINCE))

    assert outcomes() == [("set_aside", "broken"), ("taken_in", "")]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_same_letters_brought_at_once_make_nothing_twice(centre, tmp_path):
    area = make_area(PROVINCE)
    letters = [letter(f"เรื่องที่ {n % 10}", key=f"<{n}@example.com>") for n in range(15)]
    boxes = [make_maildir(tmp_path / name, *letters) for name in "abc"]

    at_once(*(lambda box=box: take_in_letters(letters_in_folder(box), area=area) for box in boxes))

    assert Complaint.objects.count() == 10
    assert outcomes() == [("repeated", "")] * 5 + [("taken_in", "")] * 10


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_worker_killed_among_letters_loses_nothing_and_doubles_nothing(centre, tmp_path):
    area = make_area(PROVINCE)
    letters = [
        letter(f"เรื่องที่ {n} น้ำท่วม", key=f"<{n}@example.com>", sender=f"p{n}@example.com") for n in range(200)
    ]
    box = make_maildir(tmp_path / "box", *letters)
    program = (
        "from pathlib import Path\n"
        "from prasan.linkage.imports import take_in_letters\n"
        "from prasan.linkage.mailboxes import letters_in_folder\n"
        "from prasan.places.models import Area\n"
        f"take_in_letters(letters_in_folder(Path({str(box)!r})), area=Area.objects.get(code='{PROVINCE}'))"
    )

    for number in (1, 40, 90):
        killed_when(program, lambda number=number: Complaint.objects.count() >= number)
        assert Complaint.objects.count() == IncomingLetter.objects.count() < 200
    take_in_letters(letters_in_folder(box), area=area)

    assert outcomes() == [("taken_in", "")] * 200
    assert Complaint.objects.values("source_key").distinct().count() == Complaint.objects.count() == 200
    assert sorted(file.name for file in (box / "new").iterdir()) == []
    assert len(list((box / "cur").iterdir())) == 200
    told = ProcrastinateJob.objects.filter(task_name="prasan.ledger.tell").count()
    assert told == Entry.objects.count()
