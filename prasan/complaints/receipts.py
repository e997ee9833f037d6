"""Numbers by which a complaint is known to whoever sent it: a receipt that can be spoken, and a secret."""

from __future__ import annotations

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

from prasan.kernel.digits import to_arabic

SECRET_DIGITS = 12
_SERIAL_DIGITS = 7
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
"""A quasigroup (H. M. Damm, 2004) that finds every wrong digit and any two that changed places."""


def receipt_of(year: int, serial: int) -> str:
    """The receipt of the serial-th complaint of a Buddhist year: two digits, the serial, a check digit."""
    digits = f"{year % 100:02}{serial:0{_SERIAL_DIGITS}}"
    return digits + _check_digit(digits)


def is_receipt(digits: str) -> bool:
    """Whether it has the form of a receipt and its check digit is right."""
    return digits.isascii() and digits.isdigit() and len(digits) >= 10 and _check_digit(digits) == "0"


def written(receipt: str) -> str:
    """The receipt as it is read aloud: 68-0012-3457."""
    return "-".join((receipt[:2], receipt[2:-4], receipt[-4:]))


def spaced(secret: str) -> str:
    """The secret in groups of four."""
    return " ".join(secret[begin : begin + 4] for begin in range(0, len(secret), 4))


def digits_of(typed: str) -> str:
    """The digits of what somebody typed, Thai or Arabic, without what stands between them."""
    return "".join(character for character in to_arabic(typed) if character in "0123456789")


def fresh_secret() -> str:
    """A secret that nobody can guess in the few tries a page allows."""
    return "".join(str(secrets.randbelow(10)) for _digit in range(SECRET_DIGITS))


def secret_from(key: str) -> str:
    """A secret that this installation alone tells from a key, each time the same."""
    drawn = salted_hmac("prasan.complaints.secret", key, algorithm="sha256").digest()
    return f"{int.from_bytes(drawn) % 10**SECRET_DIGITS:0{SECRET_DIGITS}}"


def digest_of(receipt: str, secret: str) -> str:
    """What is kept of a secret: useless without the key of the installation."""
    return salted_hmac(f"prasan.complaints.{receipt}", secret, algorithm="sha256").hexdigest()


def is_secret_of(receipt: str, digest: str, typed: str) -> bool:
    """Whether the secret typed is the one kept; it takes as long when it is not."""
    return constant_time_compare(digest, digest_of(receipt, digits_of(typed)))


def _check_digit(digits: str) -> str:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return str(interim)
