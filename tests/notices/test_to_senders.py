import re
import smtplib
from dataclasses import replace
from email import message_from_bytes

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from prasan.complaints.actions import (
    SenderFields,
    close_complaint,
    erase_sender,
    join_complaint,
    pause_clocks,
    resume_clocks,
    screen_complaint,
    take_in,
)
from prasan.complaints.models import Complaint
from prasan.complaints.queries import complaint_of_receipt
from prasan.complaints.receipts import digits_of
from prasan.ledger.models import Entry
from prasan.linkage.actions import take_in_letter
from prasan.linkage.reading import read_letter
from prasan.notices.actions import LettersNotSent, send_to_sender, write_to_sender
from prasan.notices.models import SenderLetter
from tests.at_once import at_once
from tests.factories.agencies import make_area
from tests.factories.complaints import PROVINCE, WORDS, make_centre, make_kind, tell
from tests.factories.linkage import letter

pytestmark = pytest.mark.django_db


def bring(**written):
    return take_in_letter(letter(**written), area=make_area(PROVINCE)).complaint


def write_all():
    return sum(write_to_sender(entry.pk) for entry in Entry.objects.order_by("pk"))


def test_sender_of_a_letter_gets_number_and_secret_that_open_his_complaint():
    complaint = bring()
    write_all()

    assert send_to_sender(SenderLetter.objects.get().pk)

    (sent,) = mail.outbox
    secret = digits_of(re.search(r"รหัสลับ ([0-9 ]{14})", sent.body)[1])
    assert sent.to == ["somchai@example.com"]
    assert complaint.number in sent.subject
    assert complaint.number in sent.body
    assert complaint_of_receipt(complaint.receipt, secret) == complaint
    assert "Your complaint is received" in sent.body


def test_link_holds_the_secret_behind_the_hash(settings):
    settings.SITE_ADDRESS = "https://prasan.example.go.th"
    complaint = bring()
    write_all()
    send_to_sender(SenderLetter.objects.get().pk)

    (link,) = re.findall(r"https://\S+", mail.outbox[0].body)
    assert re.fullmatch(
        rf"https://prasan\.example\.go\.th/complaints/track/#{complaint.receipt}-[0-9]{{12}}", link
    )


def test_answer_goes_once_however_often_it_is_told_and_tried():
    bring()
    assert [write_all(), write_all()] == [1, 0]
    row = SenderLetter.objects.get()

    assert [send_to_sender(row.pk), send_to_sender(row.pk)] == [True, False]

    assert len(mail.outbox) == 1
    assert ProcrastinateJob.objects.filter(task_name="prasan.notices.answer_sender").count() == 1


def test_letter_brought_again_is_answered_once():
    for number in range(10):
        bring(key=f"<{number % 3}@example.com>")
    write_all()

    assert SenderLetter.objects.count() == 1


def test_answer_that_is_sent_anew_says_the_same(monkeypatch):
    bring()
    write_all()
    row = SenderLetter.objects.get()
    send_to_sender(row.pk)
    SenderLetter.objects.update(dispatch="waiting")  # as after a fault between sending and noting so
    send_to_sender(row.pk)

    first, again = mail.outbox
    assert (first.body, first.extra_headers) == (again.body, again.extra_headers)


def test_machine_that_gets_the_answer_knows_that_a_machine_wrote_it():
    bring()
    write_all()
    send_to_sender(SenderLetter.objects.get().pk)
    content = mail.outbox[0].message().as_bytes()

    assert message_from_bytes(content)["Auto-Submitted"] == "auto-replied"
    assert read_letter(content).is_by_machine


def test_mail_server_that_is_away_is_tried_again_and_one_that_refuses_is_not(monkeypatch):
    bring()
    write_all()
    row = SenderLetter.objects.get()

    def away(_messages):
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as faulty:
        faulty.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", lambda s, m: away(m))
        with pytest.raises(LettersNotSent, match="SMTPServerDisconnected"):
            send_to_sender(row.pk)
    row.refresh_from_db()
    assert (row.dispatch, row.failures) == ("waiting", 1)

    def refusing(_messages):
        raise smtplib.SMTPRecipientsRefused({"somchai@example.com": (550, b"no such user")})

    with monkeypatch.context() as faulty:
        faulty.setattr(
            "django.core.mail.backends.locmem.EmailBackend.send_messages", lambda s, m: refusing(m)
        )
        assert send_to_sender(row.pk) is False
    row.refresh_from_db()
    assert (row.dispatch, row.fault) == ("failed", "SMTPRecipientsRefused 550")


def test_whoever_is_written_to_under_his_name_is_not_flooded():
    for number in range(9):
        bring(words=f"เรื่องที่ {number}", key=f"<{number}@example.com>")
    write_all()

    found = list(SenderLetter.objects.order_by("pk").values_list("dispatch", flat=True))
    assert found == ["waiting"] * 5 + ["held_back"] * 4


def test_erased_sender_is_not_written_to():
    complaint = bring()
    write_all()
    erase_sender(complaint, by=None)

    assert send_to_sender(SenderLetter.objects.get().pk) is False

    assert mail.outbox == []
    assert SenderLetter.objects.get().dispatch == "no_address"


def test_complaints_of_other_doors_are_not_answered_by_mail():
    take_in(tell(), manner="anonymous")

    assert (write_all(), Complaint.objects.count()) == (0, 1)


def test_without_a_mail_server_nothing_waits(settings):
    settings.LETTERS_GO_BY = ""
    bring()
    write_all()

    assert SenderLetter.objects.get().dispatch == "no_mail"


def test_demonstration_writes_the_answer_into_its_folder(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.LETTERS_GO_BY = "prasan.notices.folder.LetterFolder", "folder"
    settings.LETTERS_DIR = tmp_path
    bring()
    write_all()
    row = SenderLetter.objects.get()

    send_to_sender(row.pk)

    assert [file.name for file in tmp_path.iterdir()] == [f"receipt-{row.pk}.eml"]
    assert SenderLetter.objects.get().dispatch == "filed"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_send_at_once_send_one():
    bring()
    write_all()
    key = SenderLetter.objects.get().pk

    assert sorted(at_once(*(lambda: send_to_sender(key) for _turn in range(3)))) == [False, False, True]


def test_all_senders_hear_that_it_is_closed_and_nobody_is_told_a_word_of_it():
    centre = make_centre()
    reach = SenderFields(name="สมชาย ใจดี", email="somchai@example.com")
    main, repeat, other = (
        screen_complaint(
            take_in(tell(), manner="confidential", sender=sender).complaint,
            kind=make_kind(),
            title="ไฟดับ",
            by=centre.officer,
        )
        for sender in (
            reach,
            replace(reach, email="malee@example.com"),
            replace(reach, email="", phone="081"),
        )
    )
    for each in (repeat, other):
        join_complaint(each, main, by=centre.officer, note="เรื่องเดียวกัน")
    pause_clocks(main, asks_sender=False, by=centre.officer, note="รออะไหล่")
    resume_clocks(main, by=centre.officer)
    pause_clocks(main, asks_sender=True, by=centre.officer, note="เสาต้นใด")
    close_complaint(main, reason="solved", by=centre.officer, note="ซ่อมแล้วเมื่อวาน")

    assert [write_all(), write_all()] == [3, 0]
    for row in SenderLetter.objects.order_by("pk"):
        send_to_sender(row.pk)

    assert [(sent.to, "closed" in sent.subject) for sent in mail.outbox] == [
        (["somchai@example.com"], False),
        (["somchai@example.com"], True),
        (["malee@example.com"], True),
    ]
    for sent in mail.outbox:
        assert not {"เสาต้นใด", "ซ่อมแล้วเมื่อวาน", "สมชาย", WORDS} & set(re.split(r"\s", sent.body))
        assert "ซ่อมแล้ว" not in sent.body
        assert not re.search(r"\d{4} \d{4} \d{4}", sent.body)
    assert {main.number in sent.body for sent in mail.outbox[:2]} == {True}
    assert repeat.number in mail.outbox[2].body
