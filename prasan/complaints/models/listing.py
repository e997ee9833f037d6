"""Lists of complaints that another system kept, on their way in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.complaints.models.complaint import Complaint
from prasan.kernel.rights import Belonging
from prasan.places.models import Area


class ComplaintList(models.Model):
    """One file of complaints: its bytes until it is taken in or thrown away, and what its columns mean.

    `agency` is whose numbers stand in it: agency and number together are a complaint's `source_key`.
    `columns` goes from the heading to the code of what stands under it. Rows up to `last_line` of the file
    are done, whatever became of them; what is cut off goes on behind it.
    """

    belonging: ClassVar[Belonging] = Belonging(owner=("sent_by_id",), area=("area__path",))

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    headers = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    is_confirmed = models.BooleanField(_("columns confirmed"), default=False)
    manner = models.CharField(
        max_length=12, choices=Complaint.Manner.choices, default=Complaint.Manner.CONFIDENTIAL
    )
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    ordered_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    last_line = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(_("taken in"), default=0)
    repeated = models.PositiveIntegerField(default=0)
    wrong_lines = models.JSONField(default=list)
    taken_at = models.DateTimeField(null=True)
    discarded_at = models.DateTimeField(null=True)
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("list of complaints")
        verbose_name_plural = _("lists of complaints")
        indexes = [models.Index(fields=["fingerprint", "-id"], name="complaints_list_headings")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody to say what becomes of it."""
        return self.ordered_at is None and self.taken_at is None and self.discarded_at is None
