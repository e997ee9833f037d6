"""Letters go out whole, safely and once, and what does not go is told."""

from __future__ import annotations

import json
import logging
import stat
from email import message_from_bytes, policy
from pathlib import Path
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from procrastinate.contrib.django import app

from prasan.cases.actions import erase_note
from prasan.cases.models import Note
from prasan.notices.actions import LettersNotSent, send_letters, switch_mail
from prasan.notices.actions.sending import MOST_TRIES
from prasan.notices.actions.writing import QUEUE, SEND
from prasan.notices.models import Letter
from prasan.notices.post import mail_of
from tests.at_once import meeting
from tests.factories.accounts import make_person
from tests.factories.notices import make_letter, tell_all
from tests.factories.planning import World
from tests.notices.test_writing import to

pytestmark = pytest.mark.django_db

TOLD = "ผู้ใหญ่บ้านขอน้ำ"


class Stumbling(BaseEmailBackend):
    """A mail server that meets letters with the faults it is given, then takes them."""

    faults: list[Exception] = []
    on_opening: list[Exception] = []
    taken: list[EmailMessage] = []

    def open(self) -> bool:
        if self.on_opening:
            raise self.on_opening.pop(0)
        return True

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        if self.faults:
            raise self.faults.pop(0)
        self.taken.extend(email_messages)
        return len(email_messages)


@pytest.fixture
def stumbling(settings) -> type[Stumbling]:
    settings.EMAIL_BACKEND = f"{__name__}.Stumbling"
    Stumbling.faults, Stumbling.on_opening, Stumbling.taken = [], [], []
    return Stumbling


def refused(code: int) -> SMTPRecipientsRefused:
    return SMTPRecipientsRefused({"headman@example.go.th": (code, b"no such user headman@example.go.th")})


def as_received(letter: Letter) -> tuple[str, str]:
    """Title and text as the person's mail program reads them from the wire."""
    received = message_from_bytes(mail_of(letter).message().as_bytes(), policy=policy.default)
    return str(received["Subject"]).strip(), received.get_content()


def test_letter_is_sent_once_and_noted() -> None:
    letter = make_letter()

    sent = [send_letters([letter.pk]) for _time in range(2)]

    letter.refresh_from_db()
    assert (sent, len(mail.outbox)) == ([1, 0], 1)
    assert (letter.dispatch, letter.failures) == ("sent", 0)
    assert letter.sent_at is not None
    assert mail.outbox[0].to == [letter.person.email]


def test_thai_words_come_out_of_the_mail_as_they_went_in() -> None:
    letter = make_letter(
        title="น้ำท่วมถนน บ้านโนนสูง ก่อนฤดูแล้ง" * 4, words="ที่นี่น้ำท่วม\n\nกรุณา “แก้ไข” ภายใน ๓ วัน " * 40
    )

    title, text = as_received(letter)

    assert title == letter.title
    assert text.startswith(letter.words)
    raw = mail_of(letter).message().as_bytes()
    assert all(len(line) <= 998 for line in raw.splitlines())
    assert raw.split(b"\n\n")[0].isascii()


def test_reason_stands_in_the_mail_until_it_is_erased(world: World) -> None:
    world.proposal("declined")
    (letter,) = tell_all(kind="planning.proposal.decline")
    before = as_received(letter)[1]

    erase_note(Note.objects.get(entry_id=letter.entry_id), by=None)

    assert "เหตุผล: ไม่มีงบประมาณ" in before
    assert "ไม่มีงบประมาณ" not in as_received(letter)[1]


def test_address_of_the_site_leads_to_the_letter_in_digits_that_links_understand(settings) -> None:
    settings.SITE_ADDRESS = "https://prasan.example.go.th"
    letter = make_letter(make_person(email="a@example.go.th", digits="thai"), words="ภายใน 3 วัน")

    text = as_received(letter)[1]

    assert "ภายใน ๓ วัน" in text
    assert text.rstrip().endswith(f"https://prasan.example.go.th/my/letters/{letter.pk}/")


@pytest.mark.parametrize(
    "name",
    [
        "ถนน\nBcc: all@example.com",
        "ถนน\r\nBcc: all@example.com",
        "ถนน\u2028Bcc: all@example.com",
        "ถนน\x00\x0bBcc: all@example.com",
        "ถนน\n\n<script>",
    ],
)
def test_name_of_a_proposal_adds_no_header(world: World, name: str) -> None:
    proposal = world.proposal("submitted")
    type(proposal).objects.filter(pk=proposal.pk).update(name=name.replace("\x00", ""))
    proposal.refresh_from_db()
    world.person("village_head")
    world._classify(world._review(proposal))
    declined = world.proposal("declined")
    type(declined).objects.filter(pk=declined.pk).update(name=name.replace("\x00", ""))

    (letter,) = tell_all(kind="planning.proposal.decline")
    received = message_from_bytes(mail_of(letter).message().as_bytes(), policy=policy.default)

    assert received["Bcc"] is None
    assert received["To"] == letter.person.email
    assert len(letter.title.splitlines()) == 1


@pytest.mark.parametrize(
    "address", ["a@example.go.th\nBcc: all@example.com", "a@example.go.th, all@example.com", "ไม่มี", "a@b@c"]
)
def test_address_that_is_none_is_not_tried_and_adds_nobody(address: str) -> None:
    letter = make_letter(make_person(email=address))

    sent = send_letters([letter.pk])

    letter.refresh_from_db()
    assert (sent, mail.outbox, letter.dispatch, letter.fault) == (0, [], "failed", "ValidationError")


def test_title_with_a_new_line_is_refused_rather_than_sent() -> None:
    letter = make_letter(title="ถนน\nBcc: all@example.com")

    send_letters([letter.pk])

    letter.refresh_from_db()
    assert (mail.outbox, letter.dispatch, letter.fault) == ([], "failed", "BadHeaderError")


def test_failure_is_told_kept_and_tried_again(stumbling) -> None:
    first, second = make_letter(), make_letter()
    stumbling.faults = [SMTPServerDisconnected(f"lost headman@example.go.th {TOLD}")]

    with pytest.raises(LettersNotSent, match=r"^SMTPServerDisconnected$"):
        send_letters([first.pk, second.pk])
    kept = {each.pk: (each.dispatch, each.failures, each.fault) for each in Letter.objects.all()}
    again = send_letters([first.pk, second.pk])

    assert kept == {first.pk: ("waiting", 1, "SMTPServerDisconnected"), second.pk: ("sent", 0, "")}
    assert again == 1
    assert [message.subject for message in stumbling.taken] == [second.title, first.title]


def test_mail_server_that_cannot_be_reached_costs_one_try_of_every_letter(stumbling) -> None:
    letters = [make_letter() for _number in range(3)]
    stumbling.on_opening = [ConnectionRefusedError(111, "refused")]

    with pytest.raises(LettersNotSent, match="ConnectionRefusedError"):
        send_letters([letter.pk for letter in letters])

    assert set(Letter.objects.values_list("dispatch", "failures")) == {("waiting", 1)}
    assert stumbling.taken == []


@pytest.mark.parametrize(("code", "dispatch"), [(550, "failed"), (553, "failed"), (450, "waiting")])
def test_address_refused_for_good_is_not_tried_again(stumbling, code: int, dispatch: str) -> None:
    letter = make_letter()
    stumbling.faults = [refused(code)]

    if dispatch == "waiting":
        with pytest.raises(LettersNotSent):
            send_letters([letter.pk])
    else:
        send_letters([letter.pk])

    letter.refresh_from_db()
    assert (letter.dispatch, letter.fault) == (dispatch, f"SMTPRecipientsRefused {code}")


def test_letter_that_never_goes_ends_as_failed(stumbling) -> None:
    letter = make_letter()
    stumbling.faults = [SMTPDataError(451, b"later")] * MOST_TRIES

    for _time in range(MOST_TRIES):
        with pytest.raises(LettersNotSent):
            send_letters([letter.pk])
    sent = send_letters([letter.pk])

    letter.refresh_from_db()
    assert (letter.dispatch, letter.failures, letter.fault) == ("failed", MOST_TRIES, "SMTPDataError 451")
    assert (sent, stumbling.taken) == (0, [])


@pytest.mark.parametrize("fault", [refused(550), refused(451), SMTPDataError(554, TOLD.encode())])
def test_log_and_fault_hold_neither_address_nor_words(stumbling, caplog, fault: Exception) -> None:
    letter = make_letter(make_person(email="headman@example.go.th"), title=TOLD)
    stumbling.faults = [fault] * MOST_TRIES

    raised: list[LettersNotSent] = []
    with caplog.at_level(logging.DEBUG):
        for _time in range(MOST_TRIES):
            try:
                send_letters([letter.pk])
            except LettersNotSent as error:
                raised.append(error)

    letter.refresh_from_db()
    assert letter.dispatch == "failed"
    assert {(error.__cause__, error.__context__) for error in raised} <= {(None, None)}
    for told in (*map(str, raised), caplog.text, letter.fault):
        assert "headman@" not in told
        assert TOLD not in told
    assert f"letter {letter.pk} could not be sent" in caplog.text


def test_mail_switched_off_since_keeps_the_letter_here() -> None:
    letter = make_letter()
    switch_mail(by=letter.person, on=False)
    off = send_letters([letter.pk])
    switch_mail(by=letter.person, on=True)
    later = make_letter(letter.person)
    on = send_letters([letter.pk, later.pk])

    letter.refresh_from_db()
    assert (off, on, letter.dispatch) == (0, 1, "switched_off")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_letter_that_another_worker_is_sending_is_passed_over(stumbling) -> None:
    letter = make_letter()

    _held, passed_over = meeting(
        lambda: Letter.objects.select_for_update().get(pk=letter.pk), lambda: send_letters([letter.pk])
    )
    sent = send_letters([letter.pk, letter.pk])

    assert (passed_over, sent, len(stumbling.taken)) == (0, 1, 1)


def work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:  # type: ignore[attr-defined]
        worker_app.run_worker(
            queues=["ledger", QUEUE],
            wait=False,
            install_signal_handlers=False,
            listen_notify=False,
            concurrency=1,
        )


def jobs() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [SEND]
        )
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_worker_writes_and_sends_what_an_act_brought_about_and_tries_again(stumbling) -> None:
    world = World()
    head = world.person("village_head")
    head.email = "headman@example.go.th"
    head.save()
    stumbling.faults = [SMTPServerDisconnected("lost")]
    world.proposal("declined")

    work()
    after_the_first = jobs()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    work()

    assert sorted(after_the_first) == [("todo", 1)]
    assert jobs() == [("succeeded", 2)]
    assert to(list(Letter.objects.filter(dispatch="sent"))) == [head.username]
    assert len(stumbling.taken) == 1
    assert stumbling.taken[0].to == ["headman@example.go.th"]


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "prasan.notices.folder.LetterFolder"
    settings.LETTERS_GO_BY = "folder"
    settings.LETTERS_DIR = tmp_path / "deep" / "letters"
    return settings.LETTERS_DIR


def test_letters_of_a_demonstration_are_private_files(folder: Path) -> None:
    letters = [make_letter(title="น้ำท่วม"), make_letter()]

    send_letters([letter.pk for letter in letters])

    files = sorted(folder.iterdir())
    assert [file.name for file in files] == sorted(f"letter-{letter.pk}.eml" for letter in letters)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    read = message_from_bytes((folder / f"letter-{letters[0].pk}.eml").read_bytes(), policy=policy.default)
    assert (read["Subject"], read["To"]) == ("น้ำท่วม", letters[0].person.email)
    assert letters[0].words in read.get_content()
    assert set(Letter.objects.values_list("dispatch", flat=True)) == {"filed"}


def test_folder_that_cannot_be_written_is_a_failure_that_is_told(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("in the way")
    letter = make_letter()

    with pytest.raises(LettersNotSent, match="FileExistsError"):
        send_letters([letter.pk])


def test_folder_takes_nothing_but_letters(folder: Path) -> None:
    for key in ("", "<letter-../../x@y>", "<letter-1@y>\n"):
        message = EmailMessage("x", "y", "a@example.go.th", ["b@example.go.th"], headers={"Message-ID": key})
        with pytest.raises(ValueError, match="only letters"):
            mail.get_connection().send_messages([message])

    assert list(folder.iterdir()) == []


def test_parcel_is_kept_as_plain_numbers(world: World) -> None:
    head = world.person("village_head")
    head.email = "headman@example.go.th"
    head.save()
    world.proposal("declined")
    tell_all()

    with connection.cursor() as cursor:
        cursor.execute("SELECT args, priority FROM procrastinate_jobs WHERE task_name = %s", [SEND])
        parcels = cursor.fetchall()

    assert {priority for _args, priority in parcels} == {-10}
    assert all(set(json.loads(args)) == {"letter_ids"} for args, _priority in parcels)
    assert "headman" not in str(parcels)
