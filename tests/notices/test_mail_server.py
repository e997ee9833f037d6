"""The same against a mail server that speaks SMTP over a socket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest

from prasan.notices.actions import LettersNotSent, send_letters
from prasan.notices.models import Letter
from tests.factories.accounts import make_person
from tests.factories.notices import make_letter

pytestmark = pytest.mark.django_db


@dataclass
class Talk:
    """What came in, and how the server answers to an address."""

    messages: list[bytes] = field(default_factory=list)
    visits: int = 0
    answers: dict[str, str] = field(default_factory=dict)


class Handler(StreamRequestHandler):
    talk: Talk

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.talk.visits += 1
        self.say("220 ready")
        for line in self.rfile:
            words = line.decode().strip()
            verb = words[:4].upper()
            if verb == "RCPT":
                address = words.partition("<")[2].partition(">")[0]
                self.say(self.talk.answers.get(address, "250 ok"))
            elif verb == "DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.talk.messages.append(b"".join(each.removeprefix(b".") for each in lines))
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


@pytest.fixture
def talk(settings) -> Iterator[Talk]:
    talk = Talk()
    server = ThreadingTCPServer(("127.0.0.1", 0), type("Own", (Handler,), {"talk": talk}))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield talk
    server.shutdown()
    server.server_close()
    thread.join()


def test_parcel_goes_over_one_connection_and_one_refusal_stops_no_other(talk: Talk) -> None:
    letters = [make_letter(make_person(email=f"{name}@example.go.th")) for name in "abc"]
    talk.answers["b@example.go.th"] = "550 no such user b@example.go.th"

    sent = send_letters([letter.pk for letter in letters])

    assert (sent, talk.visits) == (2, 1)
    assert [Letter.objects.get(pk=letter.pk).dispatch for letter in letters] == ["sent", "failed", "sent"]
    received = [message_from_bytes(each, policy=policy.default) for each in talk.messages]
    assert [str(each["Subject"]).strip() for each in received] == [letters[0].title, letters[2].title]
    assert letters[0].words in received[0].get_content()
    assert received[0]["Message-ID"] == f"<letter-{letters[0].pk}@surin.example.go.th>"


def test_address_that_is_full_today_is_tried_again(talk: Talk) -> None:
    letter = make_letter(make_person(email="a@example.go.th"))
    talk.answers["a@example.go.th"] = "452 mailbox full"
    with pytest.raises(LettersNotSent, match=r"^SMTPRecipientsRefused 452$"):
        send_letters([letter.pk])

    talk.answers.clear()

    assert send_letters([letter.pk]) == 1


def test_server_that_is_asked_for_tls_and_has_none_gets_no_letter(talk: Talk, settings) -> None:
    settings.EMAIL_USE_TLS = True
    letter = make_letter()

    with pytest.raises(LettersNotSent, match="SMTPNotSupportedError"):
        send_letters([letter.pk])

    assert talk.messages == []


def test_server_that_is_not_there_is_told(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    letter = make_letter()

    with pytest.raises(LettersNotSent, match="ConnectionRefusedError"):
        send_letters([letter.pk])
