"""Where letters go in a demonstration: each is one private file, and nothing leaves the machine."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_KEY = re.compile(r"<((?:letter|receipt)-[0-9]{1,19})@[^<>@\s]+>")


class LetterFolder(BaseEmailBackend):
    """Writes each letter as an .eml file that only the site's own user can read, whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages; one that is sent again replaces its file."""
        folder = Path(settings.LETTERS_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for mail in email_messages:
            known = _KEY.fullmatch(mail.extra_headers.get("Message-ID", ""))
            if known is None:
                raise ValueError("only letters are written into the folder of letters")
            _put(
                folder / f"{known[1]}.eml",
                mail.message().as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
            )
        return len(email_messages)


def _put(target: Path, content: bytes) -> None:
    making = target.with_name(f".{target.name}.{os.getpid()}")
    making.unlink(missing_ok=True)
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    making.replace(target)
