"""What a person does with his own letters."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.notices import rules
from prasan.notices.models import Letter, WithoutMail


@transaction.atomic
def mark_read(letter: Letter, *, by: User) -> Letter:
    """Note when a letter was opened first."""
    require(by, rules.READ_LETTER, letter)
    Letter.objects.filter(pk=letter.pk, read_at=None).update(read_at=timezone.now())
    letter.refresh_from_db(fields=["read_at"])
    return letter


@transaction.atomic
def switch_mail(*, by: User, on: bool) -> None:
    """Send the person's letters by e-mail too, or leave them on the site; what is on its way stays here."""
    if on:
        WithoutMail.objects.filter(person=by).delete()
    else:
        WithoutMail.objects.get_or_create(person=by)
