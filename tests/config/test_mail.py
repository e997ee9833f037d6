import pytest
from environs import ValidationError

from prasan.config.mail import BACKENDS, MailServer, mail_server, sender, way_of


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("", None),
        ("smtp://mail.example.go.th", MailServer("mail.example.go.th", 587, "", "", "smtp")),
        ("smtps://mail.example.go.th", MailServer("mail.example.go.th", 465, "", "", "smtps")),
        ("smtp+plain://localhost", MailServer("localhost", 25, "", "", "smtp+plain")),
        (
            "smtp://prasan%40surin:p%2F%3A%40ss@mail.example.go.th:2525",
            MailServer("mail.example.go.th", 2525, "prasan@surin", "p/:@ss", "smtp"),
        ),
    ],
)
def test_address_of_a_mail_server_is_read(address, server):
    assert mail_server(address) == server


@pytest.mark.parametrize(
    "address",
    [
        "mail.example.go.th",
        "http://mail.example.go.th",
        "smtp://",
        "smtp://host:port",
        "smtp://[::1",
        "smtp+plain://user:secret@localhost",
    ],
)
def test_address_that_is_none_is_refused_without_repeating_it(address):
    with pytest.raises(ValidationError) as refusal:
        mail_server(address)

    assert "secret" not in str(refusal.value)
    assert "PRASAN_SMTP_URL" in str(refusal.value)


def test_mail_server_is_not_used_without_a_sender():
    with pytest.raises(ValidationError, match="PRASAN_MAIL_FROM"):
        sender("Prasan", goes_by="smtp")

    assert sender("Prasan <a@example.go.th>", goes_by="smtp") == "Prasan <a@example.go.th>"
    assert "@" in sender("", goes_by="folder")


def test_only_a_demonstration_writes_letters_into_a_folder():
    server = mail_server("smtp://mail.example.go.th")

    ways = [way_of(None, in_production=False), way_of(None, in_production=True)]

    assert ways == ["folder", ""]
    assert way_of(server, in_production=False) == way_of(server, in_production=True) == "smtp"
    assert set(BACKENDS) == {"smtp", "folder", ""}
