"""Letters in a box: a maildir, an mbox file, or a box on a server. Nothing is ever deleted in any of them."""

from __future__ import annotations

import contextlib
import imaplib
import mailbox
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from ssl import create_default_context
from typing import Protocol

from django.utils.translation import gettext as _

from prasan.kernel.refusals import Refused
from prasan.linkage.reading import LARGEST_LETTER

_BEGINNING = 64 * 1024
"""So much is read of a letter that is too large: its headers, as a rule."""
_TIME_OUT = 30
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_SEEN = "S"


class Server(Protocol):
    """A mail server and how to sign in to it; `imaps` is TLS from the start."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def scheme(self) -> str: ...


class Box(Protocol):
    """Where letters come in: a folder on this machine, or a box on a server."""

    @property
    def path(self) -> str: ...
    @property
    def server(self) -> Server | None: ...
    @property
    def folder(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A letter as it lies in its box; `mark_read` keeps it there and passes it over from then on."""

    content: bytes
    is_whole: bool
    mark_read: Callable[[], None]


def letters_in(box: Box) -> Iterator[Found]:
    """The letters of a box that are not marked as read."""
    if box.server is not None:
        return letters_on_server(box.server, box.folder)
    return letters_in_folder(Path(box.path))


def letters_in_folder(path: Path) -> Iterator[Found]:
    """The unread letters of a maildir, or all of an mbox file, which has nowhere to note what was read."""
    if path.is_file():
        return _letters_in_mbox(path)
    if (path / "new").is_dir() and (path / "cur").is_dir():
        return _letters_in_maildir(path)
    raise Refused(
        _("There is no mail box at %(path)s: neither a maildir with new and cur nor an mbox file.")
        % {"path": path}
    )


def letters_on_server(server: Server, folder: str) -> Iterator[Found]:
    """The unread letters of a box on a server, which are marked there as they are read."""
    with _signed_in(server) as box:
        box.select(_quoted(folder))
        _answer, found = box.uid("search", "UNSEEN")
        for number in found[0].split() if found and found[0] else ():
            uid = number.decode("ascii")
            letter = _letter_on_server(box, uid)
            if letter is not None:
                yield letter


def _letters_in_maildir(path: Path) -> Iterator[Found]:
    files = [file for name in ("new", "cur") for file in (path / name).iterdir()]
    for file in sorted(files, key=lambda each: each.name):
        flags = file.name.rpartition(":2,")[2] if ":2," in file.name else ""
        if file.name.startswith(".") or _SEEN in flags or file.is_symlink() or not file.is_file():
            continue
        try:
            with file.open("rb") as stream:
                content = _up_to_limit(stream.read)
        except FileNotFoundError:
            continue  # another program has moved it; it is found under its new name next time
        target = path / "cur" / f"{file.name.partition(':2,')[0]}:2,{''.join(sorted({*flags, _SEEN}))}"

        def mark_read(file: Path = file, target: Path = target) -> None:
            with contextlib.suppress(FileNotFoundError):
                file.rename(target)

        yield Found(*content, mark_read)


def _letters_in_mbox(path: Path) -> Iterator[Found]:
    with contextlib.closing(mailbox.mbox(path, create=False)) as box:
        for key in box.keys():  # noqa: SIM118 - to go over the box itself would parse each letter
            with contextlib.closing(box.get_file(key)) as file:
                yield Found(*_up_to_limit(file.read), lambda: None)


def _up_to_limit(read: Callable[[int], bytes]) -> tuple[bytes, bool]:
    content = read(LARGEST_LETTER + 1)
    return (content, True) if len(content) <= LARGEST_LETTER else (content[:_BEGINNING], False)


def _letter_on_server(box: imaplib.IMAP4, uid: str) -> Found | None:
    def mark_read() -> None:
        box.uid("store", uid, "+FLAGS", r"(\Seen)")

    _answer, told = box.uid("fetch", uid, "(RFC822.SIZE)")
    size = next(
        (found[1] for line in told if isinstance(line, bytes) and (found := _SIZE.search(line))), b"0"
    )
    is_whole = int(size) <= LARGEST_LETTER
    wanted = "(BODY.PEEK[])" if is_whole else f"(BODY.PEEK[]<0.{_BEGINNING}>)"
    _answer, told = box.uid("fetch", uid, wanted)
    content = next((part[1] for part in told if isinstance(part, tuple)), None)
    return Found(content, is_whole, mark_read) if content is not None else None


@contextlib.contextmanager
def _signed_in(server: Server) -> Iterator[imaplib.IMAP4]:
    box = (
        imaplib.IMAP4_SSL(server.host, server.port, ssl_context=create_default_context(), timeout=_TIME_OUT)
        if server.scheme == "imaps"
        else imaplib.IMAP4(server.host, server.port, timeout=_TIME_OUT)
    )
    try:
        box.login(server.user, server.password)
        yield box
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            box.logout()


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
