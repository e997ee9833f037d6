"""Letters as they lie in a mail box."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from prasan.linkage.actions import take_in_letter
from tests.factories.agencies import make_area
from tests.factories.complaints import PROVINCE

WORDS = "ไฟทางดับปากซอยทุ่งทอง 5 มาสามวันแล้ว มืดมาก"


def letter(
    words: str = WORDS,
    *,
    subject: str = "แจ้งไฟทางดับ",
    sender: str = "สมชาย ใจดี <somchai@example.com>",
    key: str = "<1@example.com>",
    charset: str = "utf-8",
    html: str = "",
    **headers: str,
) -> bytes:
    """A letter as a sound program writes it; `Auto_Submitted="…"` adds a header."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "ร้องเรียน <box@example.go.th>", subject
    if key:
        message["Message-ID"] = key
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(words, charset=charset)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


def raw_letter(body: bytes, *headers: str, key: str = "<1@example.com>") -> bytes:
    """A letter byte by byte."""
    lines = [f"Message-ID: {key}", "From: somchai@example.com", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def make_maildir(path: Path, *letters: bytes) -> Path:
    """A maildir with unread letters."""
    for name in ("new", "cur", "tmp"):
        (path / name).mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(letters):
        (path / "new" / f"{number:06}.box").write_bytes(content)
    return path


def make_rows_of_every_kind() -> None:
    """A few rows of every table of the room, for tests that compare rights row by row."""
    area = make_area(PROVINCE)
    take_in_letter(letter(), area=area)
    take_in_letter(raw_letter(b""), area=area)
