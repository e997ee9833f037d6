"""Opening, closing and securing accounts; whether someone may is decided in `agencies`, which calls these."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts import events
from prasan.accounts.identity import identity_digest
from prasan.accounts.models import User
from prasan.kernel.identity import is_thai_id
from prasan.kernel.refusals import Refused
from prasan.kernel.text import clean
from prasan.ledger.actions import record

_USERNAME = re.compile(r"[a-z0-9][a-z0-9.@+_-]{2,59}")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without l, i, o, 0 and 1, which people read to each other wrongly."""

TEMPORARY_FOR = timedelta(days=7)
"""How long a password works that its owner did not choose himself."""


@transaction.atomic
def create_account(
    username: str,
    name: str,
    *,
    by: User | None,
    email: str = "",
    identity_number: str = "",
    language: str = "th",
    posting: int | None = None,
    password_hash: str = "",
) -> tuple[User, str]:
    """Open an account and return it with a temporary password, in whose days its owner chooses his own.

    An owner who has a password already brings its hash: it stays, and the one returned is empty.
    """
    username, name = User.normalize_username(username.strip()), clean(name).strip()
    if not _USERNAME.fullmatch(username):
        raise Refused(
            _(
                "Please write the user name with 3 to 60 Latin letters, digits or the signs . @ + - _ "
                "and without spaces."
            )
        )
    if not name:
        raise Refused(_("Please give the name of the person."))
    if identity_number and not is_thai_id(identity_number):
        raise Refused(_("This 13-digit number is not right. Please check each digit."))
    person = User(
        username=username,
        name=name,
        email=email,
        language=language,
        identity_digest=identity_digest(identity_number) if identity_number else None,
        password=password_hash,
    )
    password = ""
    if not password_hash:
        password = _fresh_password()
        person.set_password(password)
        person.temporary_until = timezone.now() + TEMPORARY_FOR
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        if User.objects.filter(username=username).exists():
            raise Refused(_("The user name “%s” is taken. Please choose another.") % username) from error
        raise Refused(_("Another account has this 13-digit number already.")) from error
    record(events.OPENED, person, by=by, posting=posting)
    return person, password


@transaction.atomic
def renew_password(person: User, *, by: User | None, posting: int | None = None) -> str:
    """Replace a lost password by a temporary one and end every session that the old one opened."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        raise Refused(_("This account is closed. Please reopen it first."))
    password = _fresh_password()
    person.set_password(password)
    person.temporary_until = timezone.now() + TEMPORARY_FOR
    person.save(update_fields=["password", "temporary_until"])
    end_sessions(person)
    record(events.PASSWORD_RENEWED, person, by=by, posting=posting)
    return password


@transaction.atomic
def close(person: User, *, by: User | None, posting: int | None = None) -> User:
    """Let nobody sign in to the account any more, and end the sessions that are open."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        raise Refused(_("This account is closed already."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(person)
    record(events.CLOSED, person, by=by, posting=posting)
    return person


@transaction.atomic
def reopen(person: User, *, by: User | None, posting: int | None = None) -> User:
    """Let the owner sign in again, with the password he had."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        raise Refused(_("This account is open already."))
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(events.REOPENED, person, by=by, posting=posting)
    return person


def end_sessions(person: User) -> int:
    """Sign the person out everywhere; how many sessions that ended."""
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    return len(sessions)


def _fresh_password() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _position in range(4)) for _group in range(4))
