"""Letters that came in, and what became of each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.complaints.models import Complaint
from prasan.kernel.rights import Belonging
from prasan.places.models import Area


class IncomingLetter(models.Model):
    """One letter of a mail box, once whatever box or run brings it.

    `key` knows it again by its Message-ID. `same_key` is that of its sender and words together, `sender_key`
    of the sender: keyed digests, which go when the sender is erased. The letter itself is kept only where it
    was set aside for an officer, until he has settled it; one too large to be kept stays in its box.
    """

    class Outcome(models.TextChoices):
        TAKEN_IN = "taken_in", _("taken in as a complaint")
        REPEATED = "repeated", _("the same letter again")
        PASSED_OVER = "passed_over", _("written by a machine, passed over")
        SET_ASIDE = "set_aside", _("set aside for an officer")

    class Reason(models.TextChoices):
        AUTOMATIC = "automatic", _("an automatic reply")
        BOUNCE = "bounce", _("a letter that could not be delivered")
        BULK = "bulk", _("sent to many by a list")
        OWN = "own", _("one of our own letters")
        ANSWER = "answer", _("an answer to our receipt")
        TOO_LARGE = "too_large", _("too large")
        TOO_LONG = "too_long", _("longer than a complaint can be")
        NO_WORDS = "no_words", _("no words that can be read")
        BROKEN = "broken", _("broken, cannot be read")
        SAME_ID = "same_id", _("bears the Message-ID of another letter")
        FLOOD = "flood", _("too many letters of one sender in a day")
        REFUSED = "refused", _("cannot be taken in as it is")

    belonging: ClassVar[Belonging] = Belonging(area=("area__path",))

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, unique=True, editable=False)
    same_key = models.CharField(max_length=64, blank=True, editable=False)
    sender_key = models.CharField(max_length=64, blank=True, editable=False)
    outcome = models.CharField(_("what became of it"), max_length=12, choices=Outcome.choices)
    reason = models.CharField(_("why"), max_length=12, choices=Reason.choices, blank=True)
    complaint = models.ForeignKey(Complaint, models.PROTECT, null=True, related_name="+")
    attachments = models.PositiveSmallIntegerField(_("attachments"), default=0)
    content = models.BinaryField(null=True, editable=False)
    received_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("letter that came in")
        verbose_name_plural = _("letters that came in")
        indexes = [
            models.Index(fields=["area", "-id"], name="linkage_letter_list"),
            models.Index(fields=["same_key"], name="linkage_letter_same", condition=~Q(same_key="")),
            models.Index(
                fields=["sender_key", "received_at"],
                name="linkage_letter_sender",
                condition=~Q(sender_key=""),
            ),
            models.Index(fields=["complaint"], name="linkage_letter_complaint"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome__in=("taken_in", "repeated")) | Q(complaint__isnull=False),
                name="linkage_letter_has_its_complaint",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_to_settle(self) -> bool:
        """Whether an officer still has to look at it."""
        return self.outcome == self.Outcome.SET_ASIDE and self.settled_at is None
