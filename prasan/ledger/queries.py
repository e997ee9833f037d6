"""Reading what happened."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast

from django.db import connection, models

from prasan.kernel.flow import Workflow
from prasan.ledger.models import Entry
from prasan.ledger.seals import Row


def kind_of(model: type[models.Model]) -> str:
    """How the ledger calls the rows of a table: cases by their workflow's code, others `room.model`."""
    workflow = getattr(model, "workflow", None)
    return workflow.code if isinstance(workflow, Workflow) else model._meta.label_lower


def entries_about(subject: models.Model | tuple[str, str | int]) -> models.QuerySet[Entry]:
    """What happened to one subject, in the order in which it happened."""
    kind, key = (kind_of(type(subject)), subject.pk) if isinstance(subject, models.Model) else subject
    return Entry.objects.filter(subject_kind=kind, subject_id=str(key)).order_by("id")


def rows_of(ids: Sequence[int]) -> list[Row]:
    """The entries of these ids as they are sealed, by rising id; ids without an entry are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [list(ids)])
        return [
            cast(Row, (*row[:7], json.loads(row[7]), json.loads(row[8]), row[9])) for row in cursor.fetchall()
        ]


_ROWS = """
SELECT id, at, kind, subject_kind, subject_id, actor_id, posting_id, before::text, after::text, note_digest
FROM ledger_entry WHERE id = ANY(%s) ORDER BY id
"""
