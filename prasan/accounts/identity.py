"""Knowing a person by the 13-digit number of the national identity provider, without keeping the number."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from prasan.kernel.digits import to_arabic


def identity_digest(number: str) -> str:
    """A keyed digest of a 13-digit number: the same for every way of writing it, useless without our key."""
    digits = "".join(character for character in to_arabic(number) if character.isdigit())
    return salted_hmac("prasan.accounts.identity", digits, algorithm="sha256").hexdigest()
