"""How letters leave this installation: by a mail server, into a folder, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from environs import ValidationError

SMTP, FOLDER, NOT_AT_ALL = "smtp", "folder", ""

BACKENDS = {
    SMTP: "django.core.mail.backends.smtp.EmailBackend",
    FOLDER: "prasan.notices.folder.LetterFolder",
    NOT_AT_ALL: "django.core.mail.backends.dummy.EmailBackend",
}
_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over, and under which name."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    scheme: str = "smtp+plain"


def mail_server(address: str) -> MailServer | None:
    """The mail server of an address such as `smtp://user:secret@mail.example.go.th`; None where it is empty.

    `smtp` begins plainly and turns to TLS or fails, `smtps` is TLS from the start, `smtp+plain` is neither
    and takes no password: only for a relay on this machine.
    """
    if not address:
        return None
    try:
        parts = urlsplit(address)
        host, port, scheme = parts.hostname, parts.port, parts.scheme
    except ValueError as error:
        raise ValidationError("PRASAN_SMTP_URL is no address of a mail server") from error
    if scheme not in _PORTS or not host:
        raise ValidationError("PRASAN_SMTP_URL must look like smtp://user:password@mail.example.go.th:587")
    if scheme == "smtp+plain" and parts.username:
        raise ValidationError("PRASAN_SMTP_URL: a password goes over smtp or smtps, never over smtp+plain")
    return MailServer(
        host, port or _PORTS[scheme], unquote(parts.username or ""), unquote(parts.password or ""), scheme
    )


def sender(address: str, *, goes_by: str) -> str:
    """The address from which letters come; a mail server is never used without one."""
    if goes_by == SMTP and "@" not in parseaddr(address)[1]:
        raise ValidationError("PRASAN_MAIL_FROM must name the address from which letters come")
    return address or "prasan@localhost"


def way_of(server: MailServer | None, *, in_production: bool) -> str:
    """How letters go: a demonstration without a mail server writes them into a folder."""
    if server is not None:
        return SMTP
    return NOT_AT_ALL if in_production else FOLDER
