"""The shape of a case, and the notes that people write on one."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Posting
from prasan.cases import rules
from prasan.kernel.flow import State, Workflow
from prasan.kernel.rights import Belonging, Right


class Case(models.Model):
    """A row that lives through a workflow; only `cases.actions` changes its state.

    `state_since` is the moment of the step that brought it to its state, or of its beginning.
    `internal_right` says who is inside: they read internal notes and the names of those who acted.
    """

    workflow: ClassVar[Workflow]
    belonging: ClassVar[Belonging]
    internal_right: ClassVar[Right] = rules.READ_INTERNAL

    state = models.CharField(max_length=40, editable=False)
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def state_now(self) -> State:
        """The state as the workflow describes it."""
        return self.workflow.state(self.state)

    @property
    def is_closed(self) -> bool:
        """Whether the case has come to an end."""
        return self.state_now.closed


class Note(models.Model):
    """Words written on a case; erasable, since the ledger holds only a keyed digest of them."""

    class Audience(models.TextChoices):
        PUBLIC = "public", _("public reason")
        INTERNAL = "internal", _("internal note")

    entry_id = models.BigIntegerField()
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    audience = models.CharField(max_length=8, choices=Audience.choices)
    text = models.TextField(blank=True)
    salt = models.BinaryField(null=True)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="cases_note_subject")]
        constraints = [
            models.UniqueConstraint(fields=["entry_id", "audience"], name="cases_one_note_an_audience"),
            models.CheckConstraint(
                condition=models.Q(erased_at=None, salt__isnull=False)
                | models.Q(erased_at__isnull=False, salt=None, text=""),
                name="cases_erased_note_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id}"
