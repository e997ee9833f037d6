"""Who signs the certificates of an edition, and the certificates as one file, made by the worker."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.awards.models.edition import Edition
from prasan.documents.models import OrderedWork
from prasan.kernel.rights import Belonging


class CertificateSigner(models.Model):
    """A person who signs all certificates of an edition, with the post in which that is done."""

    belonging: ClassVar[Belonging] = Belonging(routed=("edition__programme__organiser_id",))

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="signers")
    position = models.PositiveSmallIntegerField()
    name_th = models.CharField(_("name in Thai"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    post_th = models.CharField(_("post in Thai"), max_length=160)
    post_en = models.CharField(_("post in English"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("signer of certificates")
        verbose_name_plural = _("signers of certificates")
        ordering = ["edition_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="awards_signer_position"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=2), name="awards_signers_are_one_or_two"
            ),
        ]

    def __str__(self) -> str:
        in_english = get_language() == "en"
        name = self.name_en if in_english and self.name_en else self.name_th
        post = self.post_en if in_english and self.post_en else self.post_th
        return f"{name}, {post}" if in_english else f"{name} {post}"


class CertificateSet(OrderedWork):
    """The certificates of an edition as one ZIP, of all entrants or of the winners alone."""

    belonging: ClassVar[Belonging] = Belonging(routed=("edition__programme__organiser_id",))

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="certificate_sets")
    winners_only = models.BooleanField(_("winners only"), default=False)
    size = models.BigIntegerField(_("size of the ZIP"), default=0)

    class Meta:
        verbose_name = _("set of certificates")
        verbose_name_plural = _("sets of certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "winners_only", "content"], name="awards_certificate_set_once"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(failed_at=None),
                name="awards_certificate_set_finished_or_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.content[:12]}"
