"""Reading what happened."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import cast

from django.db import connection, models

from prasan.kernel.flow import Workflow
from prasan.ledger.models import Entry
from prasan.ledger.seals import Row


def kind_of(model: type[models.Model]) -> str:
    """How the ledger calls the rows of a table: cases by their workflow's code, others `room.model`."""
    workflow = getattr(model, "workflow", None)
    return workflow.code if isinstance(workflow, Workflow) else model._meta.label_lower


def subject_of(row: models.Model) -> tuple[str, str]:
    """How the ledger calls one row: its kind and its id."""
    return kind_of(type(row)), str(row.pk)


def about(subjects: Iterable[tuple[str, str]]) -> models.Q:
    """What is about any of the subjects, in every table with `subject_kind` and `subject_id`."""
    keys = defaultdict(list)
    for kind, key in subjects:
        keys[kind].append(key)
    either = models.Q(pk__in=[])
    for kind, ids in keys.items():
        either |= models.Q(subject_kind=kind, subject_id__in=ids)
    return either


def entries_about(*subjects: models.Model | tuple[str, str | int]) -> models.QuerySet[Entry]:
    """What happened to the subjects, in the order in which it happened."""
    named = [
        subject_of(subject) if isinstance(subject, models.Model) else (subject[0], str(subject[1]))
        for subject in subjects
    ]
    return Entry.objects.filter(about(named)).order_by("id")


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
