"""A letter as an e-mail: safe in its headers, whole in its Thai, without a name beside the address."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from prasan.accounts.models import User
from prasan.kernel.digits import to_thai
from prasan.notices.models import Letter
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


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
