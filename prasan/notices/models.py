"""Letters, and who wants them on the site alone."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Call
from prasan.complaints.models import Complaint
from prasan.kernel.rights import Belonging


class Letter(models.Model):
    """What one person is told of one thing that happened, in the language that he reads.

    `entry_id` is the ledger's entry that it tells of; without one a person is told once of the subject. A
    public reason is not copied: it stands in the note of that entry, so that erasing the note reaches the
    letter, too. `fault` is a code of what went wrong last, never an address or a word of the letter.
    """

    class Dispatch(models.TextChoices):
        WAITING = "waiting", _("on its way by e-mail")
        SENT = "sent", _("sent by e-mail")
        FILED = "filed", _("written as a file, not mailed")
        NO_ADDRESS = "no_address", _("not sent: no e-mail address is known")
        SWITCHED_OFF = "switched_off", _("not sent: e-mail is switched off")
        NO_MAIL = "no_mail", _("not sent: this site sends no e-mail")
        FAILED = "failed", _("could not be sent by e-mail")
        HELD_BACK = "held_back", _("not sent: this address was answered often enough today")

    belonging: ClassVar[Belonging] = Belonging(owner=("person",))

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    entry_id = models.BigIntegerField(null=True)
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    words = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    dispatch = models.CharField(max_length=12, choices=Dispatch.choices, default=Dispatch.WAITING)
    sent_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["person", "-id"], name="notices_letter_person"),
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="notices_letter_unread"),
            models.Index(fields=["call", "kind"], name="notices_letter_call"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "subject_kind", "subject_id", "entry_id"],
                nulls_distinct=False,
                name="notices_told_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_unread(self) -> bool:
        """Whether its person has not opened it yet."""
        return self.read_at is None


class WithoutMail(models.Model):
    """A person who reads his letters on the site and wants none by e-mail."""

    belonging: ClassVar[Belonging] = Belonging(owner=("person",))

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.person_id)


class SenderLetter(models.Model):
    """What the sender of a complaint is told by e-mail, once for each complaint and thing that happened.

    `entry_id` is the ledger's entry that it tells of, none for the receipt. Neither address nor words are
    kept: both follow from the complaint, so that erasing its sender reaches it.
    """

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=80)
    entry_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField(auto_now_add=True)
    dispatch = models.CharField(
        max_length=12, choices=Letter.Dispatch.choices, default=Letter.Dispatch.WAITING
    )
    sent_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("letter to a sender")
        verbose_name_plural = _("letters to senders")
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "kind", "entry_id"],
                nulls_distinct=False,
                name="notices_sender_told_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
