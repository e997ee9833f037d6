import imaplib
import mailbox
from collections import Counter

import pytest
from environs import ValidationError

from prasan.cli.main import main
from prasan.complaints.models import Complaint
from prasan.config.mail import mail_box
from prasan.kernel.refusals import Refused
from prasan.linkage import mailboxes
from prasan.linkage.imports import take_in_letters
from prasan.linkage.jobs import fetch_letters
from prasan.linkage.mailboxes import letters_in_folder
from prasan.linkage.models import IncomingLetter
from tests.factories.agencies import make_area
from tests.factories.complaints import PROVINCE
from tests.factories.linkage import letter, make_maildir
from tests.linkage.imap_server import ImapBox, serving

LETTERS = [letter(f"เรื่องที่ {n}", key=f"<{n}@example.com>") for n in range(3)]


@pytest.fixture
def area(db):
    return make_area(PROVINCE)


def box_on(port, password="secret"):  # noqa: S107 - as in the server of the test
    address = f"imap+plain://somchai:{password}@127.0.0.1:{port}/INBOX"
    return mail_box(address, area=PROVINCE, own=("ศูนย์ <box@example.go.th>",))


def test_maildir_keeps_its_letters_and_marks_them_as_read(area, tmp_path):
    box = make_maildir(tmp_path / "box", *LETTERS)
    (box / "cur" / "9.box:2,F").write_bytes(letter("เปิดดูแล้วแต่ยังไม่อ่าน", key="<9@example.com>"))
    (box / "cur" / "8.box:2,S").write_bytes(letter("อ่านแล้ว", key="<8@example.com>"))
    (box / "new" / "link").symlink_to("/etc/passwd")

    first = take_in_letters(letters_in_folder(box), area=area)
    second = take_in_letters(letters_in_folder(box), area=area)

    assert (first, second) == (Counter(taken_in=4), Counter())
    assert sorted(file.name for file in (box / "cur").iterdir()) == [
        *(f"00000{n}.box:2,S" for n in range(3)),
        "8.box:2,S",
        "9.box:2,FS",
    ]
    assert (box / "cur" / "000001.box:2,S").read_bytes() == LETTERS[1]


def test_mbox_is_read_again_and_again_and_never_written(area, tmp_path):
    path = tmp_path / "box"
    written = mailbox.mbox(path)
    for content in LETTERS:
        written.add(content)
    written.close()
    before = path.read_bytes()

    for _twice in range(2):
        assert take_in_letters(letters_in_folder(path), area=area) == Counter(taken_in=3)

    assert (Complaint.objects.count(), path.read_bytes()) == (3, before)


@pytest.mark.parametrize("kind", ["maildir", "mbox"])
def test_letter_that_is_too_large_stays_in_its_box_and_is_told_of(area, tmp_path, monkeypatch, kind):
    monkeypatch.setattr(mailboxes, "LARGEST_LETTER", 100_000)
    large = letter("x " * 60_000)
    box = make_maildir(tmp_path / "box", large)
    if kind == "mbox":
        box = tmp_path / "file"
        box.write_bytes(b"From x Thu Jan  1 00:00:00 2026\n" + large)

    take_in_letters(letters_in_folder(box), area=area)

    row = IncomingLetter.objects.get()
    assert (row.outcome, row.reason) == ("set_aside", "too_large")
    assert len(row.content) <= 64 * 1024
    assert any(path.stat().st_size >= len(large) for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()])
def test_folder_that_is_no_mail_box_is_told(area, tmp_path, make):
    make(tmp_path / "box")

    with pytest.raises(Refused, match="maildir"):
        letters_in_folder(tmp_path / "box")


def test_box_on_a_server_is_read_and_marked_and_nothing_is_deleted(area, settings):
    with serving(ImapBox(dict(enumerate(LETTERS, start=1)))) as box:
        settings.MAIL_BOX = box_on(box.port)

        for _twice in range(2):
            fetch_letters(0)

    assert (Complaint.objects.count(), box.read, len(box.letters)) == (3, {1, 2, 3}, 3)
    assert [line for line in box.asked if "DELETED" in line.upper() or "EXPUNGE" in line.upper()] == []


def test_large_letter_on_a_server_is_not_fetched_whole(area, settings, monkeypatch):
    monkeypatch.setattr(mailboxes, "LARGEST_LETTER", 100_000)
    with serving(ImapBox({1: letter("x " * 60_000), 2: LETTERS[0]})) as box:
        settings.MAIL_BOX = box_on(box.port)
        fetch_letters(0)

    rows = IncomingLetter.objects.order_by("pk").values_list("outcome", "reason")
    assert list(rows) == [("set_aside", "too_large"), ("taken_in", "")]
    assert "UID FETCH 1 (BODY.PEEK[])" not in box.asked


def test_wrong_password_is_a_fault_without_the_password(area, settings):
    with serving(ImapBox({})) as box:
        settings.MAIL_BOX = box_on(box.port, "guess-me")

        with pytest.raises(imaplib.IMAP4.error) as fault:
            fetch_letters(0)

    assert "guess-me" not in str(fault.value)


def test_without_a_box_nothing_is_fetched(area, settings):
    settings.MAIL_BOX = None

    fetch_letters(0)

    assert IncomingLetter.objects.count() == 0


def test_own_letters_are_passed_over(area, settings, tmp_path):
    path = make_maildir(tmp_path / "box", letter(sender="ศูนย์ <BOX@example.go.th>"))
    settings.MAIL_BOX = mail_box(str(path), area=PROVINCE, own=("ศูนย์ <box@example.go.th>",))

    fetch_letters(0)

    assert IncomingLetter.objects.get().reason == "own"


def test_address_of_a_box_is_understood():
    box = mail_box("imaps://a%40b:s%2Fx@mail.example.go.th/Sub/Box", area="32", own=("x", "Y <y@Z.co>"))

    assert (box.server.host, box.server.port, box.server.user, box.server.password) == (
        "mail.example.go.th",
        993,
        "a@b",
        "s/x",
    )
    assert (box.folder, box.own, box.area) == ("Sub/Box", ("y@z.co",), "32")
    assert mail_box("", area="", own=()) is None


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("imaps://mail.example.go.th", "32"),
        ("imap+plain://a:b@mail.example.go.th", "32"),
        ("pop3://a:b@mail.example.go.th", "32"),
        ("imaps://a:b@[::1", "32"),
        ("/var/mail/x", ""),
        ("/var/mail/x", "3207"),
    ],
)
def test_address_that_cannot_be_a_box_is_refused_without_repeating_it(address, area):
    with pytest.raises(ValidationError) as fault:
        mail_box(address, area=area, own=())

    assert "a:b" not in str(fault.value)


def test_command_tells_what_became_of_the_letters(area, tmp_path, capsys):
    box = make_maildir(tmp_path / "box", *LETTERS, letter(key="<x@y.z>", Precedence="bulk"))

    code = main(["linkage", "mail", str(box), "--area", PROVINCE])

    told = capsys.readouterr().out
    assert code == 0
    assert "รับเป็นเรื่องร้องเรียน: 3" in told
    assert Complaint.objects.count() == 3


@pytest.mark.parametrize("arguments", [[], ["/nowhere"], ["/nowhere", "--area", PROVINCE], ["--area", "99"]])
def test_command_without_a_box_says_what_it_needs(area, arguments, capsys):
    assert main(["linkage", "mail", *arguments]) == 1
    assert capsys.readouterr().out.strip()
