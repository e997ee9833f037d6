"""Letters, and what a worker would write of all that has happened."""

from __future__ import annotations

from itertools import count

from prasan.accounts.models import User
from prasan.ledger.models import Entry
from prasan.notices.actions import write_letters
from prasan.notices.models import Letter, WithoutMail
from tests.factories.accounts import make_person

_numbers = count(1)


def make_letter(person: User | None = None, **fields: object) -> Letter:
    """A letter to a person with an address, waiting to be sent."""
    number = next(_numbers)
    return Letter.objects.create(
        **{
            "person": person or make_person(email=f"person-{number}@example.go.th"),
            "kind": "planning.proposal.decline",
            "subject_kind": "planning.proposal",
            "subject_id": str(number),
            "language": "th",
            "title": f"ขุดลอกหนองน้ำแห่งที่ {number}",
            "words": "หน่วยงานไม่รับดำเนินการ",
            **fields,
        }
    )


def tell_all(*, kind: str = "") -> list[Letter]:
    """Write the letters of everything the ledger holds, or of one kind of entry; all letters there are."""
    for entry in Entry.objects.filter(kind__startswith=kind).order_by("pk"):
        write_letters(entry.pk)
    return list(Letter.objects.select_related("person").order_by("pk"))


def make_rows_of_every_kind() -> None:
    """A row of every table of the room, for tests that compare rights row by row."""
    WithoutMail.objects.create(person=make_letter().person)
