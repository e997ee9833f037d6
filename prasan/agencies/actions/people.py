"""Accounts of people, opened and closed by those who may appoint them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts import actions as accounts
from prasan.accounts.models import User
from prasan.agencies.actions.postings import appoint
from prasan.agencies.models import Agency, Posting
from prasan.agencies.queries import forget_standing, postings_held_by, require_appointing, role_called
from prasan.kernel.refusals import Refused
from prasan.places.models import Area


@transaction.atomic
def open_account(
    username: str,
    name: str,
    *,
    role: str,
    agency: Agency,
    area: Area,
    starts: date,
    ends: date | None = None,
    title_th: str,
    title_en: str,
    by: User | None,
    email: str = "",
    identity_number: str = "",
    language: str = "th",
    password_hash: str = "",
) -> tuple[User, str]:
    """Open an account together with its first posting; returns the password to be handed over once.

    It is empty where the owner brings the hash of one.

    An account without a posting would belong to nobody, so there is none.
    """
    first = Posting(person=User(), role=role_called(role), agency=agency, area=area)
    capacity = require_appointing(by, first)
    person, password = accounts.create_account(
        username,
        name,
        by=by,
        email=email,
        identity_number=identity_number,
        language=language,
        posting=capacity,
        password_hash=password_hash,
    )
    appoint(
        person,
        role=role,
        agency=agency,
        area=area,
        starts=starts,
        ends=ends,
        title_th=title_th,
        title_en=title_en,
        by=by,
    )
    return person, password


@transaction.atomic
def renew_password(person: User, *, by: User | None) -> str:
    """A temporary password for someone who lost his; every session of his ends."""
    return accounts.renew_password(person, by=by, posting=_require_over(by, person))


@transaction.atomic
def close_account(person: User, *, by: User | None) -> User:
    """Let nobody sign in to the account any more; its postings stay as they are, without effect."""
    closed = accounts.close(person, by=by, posting=_require_over(by, person))
    person.is_active = False
    forget_standing(person)
    return closed


@transaction.atomic
def reopen_account(person: User, *, by: User | None) -> User:
    """Let the owner of a closed account sign in again; his postings that still hold take effect again."""
    reopened = accounts.reopen(person, by=by, posting=_require_over(by, person))
    person.is_active = True
    forget_standing(person)
    return reopened


def _require_over(by: User | None, person: User) -> int | None:
    """The posting by which someone may act on an account: he must be able to give every post that it holds.

    Otherwise a new password for the governor would be a way to become the governor.
    """
    if by is None:
        return None
    held = postings_held_by(person)
    if not held:
        raise Refused(_("This person has never held a post here, so nobody here may change the account."))
    capacities = [require_appointing(by, posting) for posting in held]
    return capacities[0]
