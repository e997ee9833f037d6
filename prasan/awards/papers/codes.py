"""The code on a certificate: what it says, signed, so that a copy of the public key alone can check it.

A code is the facts as JSON, compressed, and an Ed25519 signature over exactly those bytes, in base 64 as
addresses take it. The facts come first, so that no code begins with a hyphen, which a command line would
take for an option. It needs no database: what was changed in it, however little, is not signed.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_PURPOSE = b"prasan.certificate.1\n"
"""Signed with the facts, so that no signature made for something else passes for one of a certificate."""
_SIGNATURE = 64
_LONGEST = 4000
"""Letters of a code; more than that no square of a certificate holds."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a certificate says: its number, to whom, for what, which award of which edition, and the day.

    `day` is an ISO date; the names are those in Thai. Where nobody signs, the code says nothing of signers.
    """

    number: str
    owner: str
    title: str
    award: str
    edition: str
    day: str
    signers: str = ""


class NotGenuine(ValueError):
    """The code is none of a certificate, or not one that the owner of the key signed."""


def code_of(facts: Facts, key: Ed25519PrivateKey) -> str:
    """The facts, signed with the key of the installation; the same facts give the same code."""
    values = list(asdict(facts).values())
    said = values if facts.signers else values[:-1]
    told = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(told.encode(), 9)
    return urlsafe_b64encode(packed + key.sign(_PURPOSE + packed)).decode().rstrip("=")


def facts_in(code: str, key: Ed25519PublicKey) -> Facts:
    """What the code says, once it is certain that the owner of the key signed it; else NotGenuine."""
    if len(code) > _LONGEST or not code.isascii():
        raise NotGenuine("too long, or no code")
    try:
        whole = urlsafe_b64decode(code + "=" * (-len(code) % 4))
        packed, signature = whole[:-_SIGNATURE], whole[-_SIGNATURE:]
        key.verify(signature, _PURPOSE + packed)
    except (NotBase64, ValueError, InvalidSignature) as error:
        raise NotGenuine("not signed with this key") from error
    return Facts(*json.loads(zlib.decompress(packed)))
