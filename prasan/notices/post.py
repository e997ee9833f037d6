"""A letter as an e-mail: safe in its headers, whole in its Thai, without a name beside the address."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from prasan.accounts.models import User
from prasan.complaints.events import PAUSED
from prasan.complaints.models import Sender
from prasan.complaints.receipts import secret_from, spaced
from prasan.kernel.digits import to_thai
from prasan.notices.models import Letter, SenderLetter
from prasan.notices.queries import reason_in


def mail_of(letter: Letter) -> EmailMessage:
    """The letter as it goes to its person; the same letter always has the same Message-ID."""
    with override(letter.language):
        parts = [
            letter.words,
            _("Reason: %(reason)s") % {"reason": reason} if (reason := reason_in(letter)) else "",
            _("Told by Prasan. All your letters, and whether they come by e-mail, stand under “My letters”."),
        ]
    text = "\n\n".join(filter(None, parts))
    if letter.person.digits == User.Digits.THAI:
        text = to_thai(text)
    if settings.SITE_ADDRESS:
        text = f"{text}\n{settings.SITE_ADDRESS}{reverse('notices:letter', args=[letter.pk])}"
    return EmailMessage(
        subject=letter.title,
        body=f"{text}\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.person.email],
        headers={
            "Message-ID": f"<letter-{letter.pk}@{_domain()}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )


def receipt_of(letter: SenderLetter) -> EmailMessage:
    """The answer to a complaint that came by e-mail: its number and secret, in Thai and English.

    Sent anew it says the same under the same Message-ID. It marks itself as written by no person, so that
    no machine answers it.
    """
    complaint = letter.complaint
    if complaint.sender is None or complaint.source_key is None:
        raise ValueError("only a complaint that somebody sent in a letter is answered by one")
    secret = secret_from(complaint.source_key)
    parts, titles = [], []
    for language in ("th", "en"):
        with override(language):
            parts.append(
                _(
                    "Your complaint is received under the number %(number)s. With this number and the secret "
                    "%(secret)s you can follow it without an account; please show the secret to nobody. "
                    "Letters that answer this one are read, but make no new complaint."
                )
                % {"number": complaint.number, "secret": spaced(secret)}
            )
            titles.append(_("Received: complaint %(number)s") % {"number": complaint.number})
    if settings.SITE_ADDRESS:
        address = f"{settings.SITE_ADDRESS}{reverse('complaints:track')}"
        parts.append(f"{address}#{complaint.receipt}-{secret}")
    return _to_sender(
        complaint.sender,
        titles,
        parts,
        {
            "Message-ID": f"<receipt-{letter.pk}@{_domain()}>",
            "Auto-Submitted": "auto-replied",
            "X-Auto-Response-Suppress": "All",
        },
    )


def news_of(letter: SenderLetter) -> EmailMessage:
    """That there is something to read on a complaint: no word of it goes by e-mail, nor the secret."""
    complaint = letter.complaint
    if complaint.sender is None:
        raise ValueError("a complaint without a sender is answered on its page alone")
    asks = letter.kind == PAUSED
    parts, titles = [], []
    for language in ("th", "en"):
        with override(language):
            told = {"number": complaint.number}
            words = (
                _("You are asked something about your complaint %(number)s. Please answer it on its page.")
                if asks
                else _(
                    "Your complaint %(number)s is closed. Its page says how it ended; you can open it again."
                )
            )
            parts.append(f"{words % told} {_('It opens with its number and your secret.')}")
            title = (
                _("Complaint %(number)s: a question to you") if asks else _("Complaint %(number)s: closed")
            )
            titles.append(title % told)
    if settings.SITE_ADDRESS:
        parts.append(f"{settings.SITE_ADDRESS}{reverse('complaints:track')}")
    headers = {"Message-ID": f"<news-{letter.pk}@{_domain()}>", "Auto-Submitted": "auto-generated"}
    return _to_sender(complaint.sender, titles, parts, headers)


def _to_sender(
    sender: Sender, titles: Sequence[str], parts: Sequence[str], headers: dict[str, str]
) -> EmailMessage:
    """A letter in Thai and English to somebody whose language is not known."""
    return EmailMessage(
        subject=" · ".join(titles),
        body="\n\n".join(parts) + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[sender.email],
        headers={**headers, "Content-Language": "th, en"},
    )


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
