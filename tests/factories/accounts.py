"""People with accounts."""

from __future__ import annotations

from itertools import count

from prasan.accounts.models import User

_numbers = count(1)

PASSWORD = "four-words-kept-apart"


def make_person(username: str = "", *, name: str = "", password: str | None = None, **fields: object) -> User:
    """A person; without a password nobody can sign in by one, which keeps tests quick."""
    number = next(_numbers)
    return User.objects.create_user(
        username or f"person-{number}", password, name=name or f"เจ้าหน้าที่ {number}", **fields
    )
