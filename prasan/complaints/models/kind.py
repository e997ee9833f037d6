"""What complaints are about."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language


class Kind(models.Model):
    """A kind of complaint; `sector` is the subject by which agencies with a mandate are found.

    A restricted kind is one against officials: neither the accused nor his unit ever sees it.
    """

    code = models.CharField(max_length=40, primary_key=True)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    sector = models.CharField(max_length=40, blank=True)
    is_restricted = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th
