"""A letter as it stood in the box, read: who wrote it, what it says, and whether a machine wrote it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parseaddr
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from prasan.kernel.text import clean, says_something
from prasan.linkage.charsets import decoded, header_text
from prasan.linkage.hypertext import words_of_html
from prasan.linkage.models import IncomingLetter

Reason = IncomingLetter.Reason

LARGEST_LETTER: Final = 30 * 1024 * 1024
"""Room for photographs of a telephone; a larger one stays in its box."""
_LARGEST_TEXT: Final = 400_000
"""Bytes of one part that are read as text; a complaint has 10,000 letters."""
_MOST_PARTS: Final = 200
_DEEPEST: Final = 20
_LONGEST_HEADER: Final = 2_000

_BULK: Final = frozenset({"bulk", "junk", "list", "auto_reply"})
_POSTMASTERS: Final = re.compile(r"^(mailer-daemon|postmaster|mail-daemon)@", re.I)
_AUTOMATIC_SUBJECT: Final = re.compile(
    r"^(auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|(?:การ)?ตอบกลับอัตโนมัติ|ไม่อยู่ที่สำนักงาน)",
    re.I,
)
_OUR_RECEIPT: Final = re.compile(r"<receipt-[0-9]{1,19}@")
_PREFIX: Final = re.compile(r"^(?:\s*(?:re|fw|fwd|ตอบกลับ|ส่งต่อ|ตอบ)\s*:\s*)+", re.I)
_QUOTE_BEGINS: Final = re.compile(
    r"^(?:"
    r"-{2,} ?(?:original message|forwarded message|ข้อความต้นฉบับ|ข้อความเดิม|ข้อความที่ส่งต่อ) ?-{2,}"
    r"|on .{1,300} wrote:"
    r"|(?:เมื่อ|วันที่|ในวันที่) .{1,300} เขียน(?:ว่า)? ?:"
    r"|_{10,}"
    r")\s*$",
    re.I,
)
_HEADER_LINE: Final = re.compile(r"^\*?(?:from|จาก)\*? ?:", re.I)
_NEXT_HEADER_LINE: Final = re.compile(r"^\*?(?:sent|date|to|subject|ส่ง|วันที่|ถึง|เรื่อง|ส่งเมื่อ)\*? ?:", re.I)
_SENT_FROM: Final = re.compile(
    r"^(?:sent from my .{1,40}|ส่งจาก ?(?:iphone|ipad|โทรศัพท์|มือถือ|สมาร์ทโฟน).{0,40})$", re.I
)


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """What a letter says.

    `reason` is empty for one that can become a complaint. `message_id` is empty where it bears none.
    """

    message_id: str
    address: str = ""
    name: str = ""
    words: str = ""
    attachments: int = 0
    reason: str = ""

    @property
    def is_by_machine(self) -> bool:
        return self.reason in (Reason.AUTOMATIC, Reason.BOUNCE, Reason.BULK, Reason.OWN)


def read_letter(content: bytes, *, own: tuple[str, ...] = ()) -> ReadLetter:
    """Read a letter, however wicked; one that cannot be read says why."""
    try:
        message = message_from_bytes(content, policy=policy.compat32)
        return _read(message, own)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        # The parser of the standard library raises any of these on letters made to break it.
        return ReadLetter("", reason=Reason.BROKEN)


def key_of(letter: ReadLetter, content: bytes) -> str:
    """What knows a letter again: its Message-ID, or all of it where it bears none."""
    return hashlib.sha256(letter.message_id.encode() or content).hexdigest()


def without_quotes(text: str) -> str:
    """What somebody wrote himself: without the letter he answers and without his signature.

    Where nothing would be left, as in a letter passed on, it is the whole.
    """
    lines = text.split("\n")
    kept: list[str] = []
    for position, line in enumerate(lines):
        written = line.strip()
        following = next((each.strip() for each in lines[position + 1 : position + 3] if each.strip()), "")
        begins_headers = _HEADER_LINE.match(written) and _NEXT_HEADER_LINE.match(following)
        if _QUOTE_BEGINS.match(written[:400]) or begins_headers or written == "--":
            break
        if not written.startswith(">") and not _SENT_FROM.match(written[:100]):
            kept.append(line)
    own = "\n".join(kept).strip()
    return own if says_something(own) else text


def _read(message: Message, own: tuple[str, ...]) -> ReadLetter:
    name, address = parseaddr(_header(message, "From"))
    address = address.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    parts = _Parts()
    parts.add(message)
    subject = _PREFIX.sub("", clean(_header(message, "Subject"))).strip()
    body = clean(without_quotes(clean(parts.text)))
    words = body if body.startswith(subject) else "\n\n".join(filter(None, (subject, body)))
    return ReadLetter(
        message_id=clean(_header(message, "Message-ID")).strip(),
        address=address,
        name=clean(name)[:200],
        words=words,
        attachments=parts.attachments,
        reason=_reason(message, address, subject, own) or parts.reason or _reason_of_words(words),
    )


def _reason_of_words(words: str) -> str:
    return "" if says_something(words) else Reason.NO_WORDS


def _reason(message: Message, address: str, subject: str, own: tuple[str, ...]) -> str:
    """Why no person wrote it as a complaint; answering a machine would begin a talk without an end."""
    if address in own:
        return Reason.OWN
    is_report = message.get_content_type() == "multipart/report"
    if is_report or _header(message, "Return-Path").strip() == "<>" or _POSTMASTERS.match(address):
        return Reason.BOUNCE
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted not in ("", "no") or _AUTOMATIC_SUBJECT.match(subject):
        return Reason.AUTOMATIC
    if any(message.get(name) is not None for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response")):
        return Reason.AUTOMATIC
    if _header(message, "Precedence").strip().lower() in _BULK:
        return Reason.BULK
    if any(message.get(name) is not None for name in ("List-Id", "List-Unsubscribe", "List-Post")):
        return Reason.BULK
    if _OUR_RECEIPT.search(f"{_header(message, 'In-Reply-To')} {_header(message, 'References')}"):
        return Reason.ANSWER
    return ""


def _header(message: Message, name: str) -> str:
    # As it stood in the letter: the parser itself would put a question mark for each byte beyond ASCII.
    values = (value for key, value in message.raw_items() if key.lower() == name.lower())
    return header_text(str(next(values, ""))[:_LONGEST_HEADER])


class _Parts:
    """The texts of a letter, part by part; everything else is counted."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.attachments = 0
        self.reason = ""
        self._seen = 0

    @property
    def text(self) -> str:
        return "\n\n".join(self.texts)

    def add(self, part: Message, depth: int = 0) -> None:
        self._seen += 1
        if self._seen > _MOST_PARTS or depth > _DEEPEST:
            self.reason = Reason.BROKEN
            return
        payload = part.get_payload()
        if part.get_content_type() == "multipart/alternative" and isinstance(payload, list):
            self._add_best([way for way in payload if isinstance(way, Message)], depth)
        elif part.get_content_maintype() == "multipart" and isinstance(payload, list):
            for inner in payload:
                if isinstance(inner, Message):
                    self.add(inner, depth + 1)
        elif part.get_content_disposition() == "attachment" or part.get_filename():
            self.attachments += 1
        elif part.get_content_type() in ("text/plain", "text/html") and not isinstance(payload, list):
            if text := self._text_of(part):
                self.texts.append(text)
        elif part.get_content_maintype() != "multipart":
            self.attachments += 1

    def _add_best(self, ways: list[Message], depth: int) -> None:
        """Of the ways in which a letter says the same, the plain one if it says anything."""
        for kind in ("text/plain", "text/html"):
            for way in ways:
                if way.get_content_type() == kind and says_something(text := self._text_of(way)):
                    self.texts.append(text)
                    self._seen += len(ways)
                    return
        for way in ways:
            self.add(way, depth + 1)

    def _text_of(self, part: Message) -> str:
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            return ""
        if len(payload) > _LARGEST_TEXT:
            self.reason = Reason.TOO_LONG
        charset = part.get_param("charset")
        text = decoded(payload[:_LARGEST_TEXT], charset if isinstance(charset, str) else None)
        return words_of_html(text) if part.get_content_type() == "text/html" else text
