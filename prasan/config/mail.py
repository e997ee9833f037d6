"""How letters leave this installation and where they come in: by a server, in a folder, or not at all."""

from __future__ import annotations

import re
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


_BOX_PORTS = {"imaps": 993, "imap+plain": 143}


@dataclass(frozen=True, slots=True)
class MailBox:
    """Where letters come in: a folder on this machine, or a box on a server; `own` never write complaints.

    What comes in belongs to `area`, the code of a province, unless it names a place in it.
    """

    area: str
    own: tuple[str, ...] = ()
    path: str = ""
    server: MailServer | None = None
    folder: str = "INBOX"


def mail_box(address: str, *, area: str, own: tuple[str, ...]) -> MailBox | None:
    """The box of an address such as `imaps://user:secret@mail.example.go.th/INBOX`; None where it is empty.

    A path that begins with `/` is a maildir or an mbox file. `imap+plain` is only for this machine.
    """
    if not address:
        return None
    if not re.fullmatch(r"[1-9][0-9]", area):
        raise ValidationError("PRASAN_MAIL_BOX_AREA must be the two digits of a province, such as 32")
    addresses = tuple(parsed.lower() for each in own if "@" in (parsed := parseaddr(each)[1]))
    if address.startswith("/"):
        return MailBox(area, addresses, path=address)
    try:
        parts = urlsplit(address)
        host, port, scheme = parts.hostname, parts.port, parts.scheme
    except ValueError as error:
        raise ValidationError("PRASAN_MAIL_BOX is no address of a mail box") from error
    if scheme not in _BOX_PORTS or not host or not parts.username or not parts.password:
        raise ValidationError(
            "PRASAN_MAIL_BOX must look like imaps://user:password@mail.example.go.th/INBOX or be a path"
        )
    if scheme == "imap+plain" and host not in ("localhost", "127.0.0.1"):
        raise ValidationError("PRASAN_MAIL_BOX: a password goes over imaps, imap+plain is for this machine")
    server = MailServer(
        host, port or _BOX_PORTS[scheme], unquote(parts.username), unquote(parts.password), scheme
    )
    return MailBox(area, addresses, server=server, folder=unquote(parts.path.strip("/")) or "INBOX")
