"""A root taken out of the database and kept elsewhere, against which a cut or rewritten history shows."""

from __future__ import annotations

import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import Sum
from django.utils.translation import gettext as _

from prasan.kernel.refusals import Refused
from prasan.ledger.keys import is_signed, signing_key, words_of
from prasan.ledger.models import Batch
from prasan.ledger.seals import anchor_words


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last batch at some time: its number and root, and how many entries were sealed up to it."""

    number: int
    count: int
    root: bytes
    sealed_at: str
    public_key: str


def make_anchor() -> str:
    """The anchor of the ledger as it stands, signed, as a JSON text to be kept elsewhere."""
    last = Batch.objects.order_by("-number").first()
    if last is None:
        raise Refused(_("Nothing is sealed yet, so there is nothing to anchor."))
    key = signing_key()
    count = Batch.objects.filter(number__lte=last.number).aggregate(Sum("count"))["count__sum"]
    anchor: dict[str, str | int] = {
        "number": last.number,
        "count": count,
        "root": bytes(last.root).hex(),
        "sealed_at": last.sealed_at.isoformat(),
        "public_key": words_of(key.public_key()),
    }
    anchor["signature"] = key.sign(anchor_words(anchor)).hex()
    return json.dumps(anchor, indent=2) + "\n"


def read_anchor(text: str) -> Anchor:
    """The anchor in a text; refused if it is none or was changed since it was signed."""
    try:
        fields = json.loads(text)
        anchor = Anchor(
            number=int(fields["number"]),
            count=int(fields["count"]),
            root=bytes.fromhex(fields["root"]),
            sealed_at=str(fields["sealed_at"]),
            public_key=str(fields["public_key"]),
        )
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(anchor.public_key))
        is_whole = is_signed(key, bytes.fromhex(fields["signature"]), anchor_words(fields))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(
            _("This file is not an anchor of a ledger. Please give the file that was kept.")
        ) from error
    if not is_whole:
        raise Refused(_("This anchor was changed since it was made. Please look for an unchanged copy."))
    return anchor
