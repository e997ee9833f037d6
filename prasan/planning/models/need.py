"""What people of a village lack, in their words."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Call
from prasan.cases.models import Case
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging
from prasan.places.models import Area
from prasan.planning.models.sector import Sector
from prasan.planning.models.sorting import list_indexes, point_index, province_of, waiting_indexes
from prasan.planning.states import ANSWERING, NEED


class Need(Case):
    """A hardship that a village tells of.

    Its point may lie on private land: until an officer releases it, the public sees the village instead.
    """

    workflow: ClassVar[Workflow] = NEED
    belonging: ClassVar[Belonging] = Belonging(
        owner=("created_by_id",),
        submitter=("created_by_id",),
        agencies=("proposals__routings__agency_id",),
        area=("area__path",),
        province="province",
        state="state",
    )

    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("village"), related_name="+")
    province = province_of("area")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    call = models.ForeignKey(Call, models.PROTECT, null=True, verbose_name=_("call"), related_name="+")
    joined_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        verbose_name=_("joined with"),
        related_name="joined",
    )
    is_point_public = models.BooleanField(_("point is public"), default=False, editable=False)
    title = models.CharField(_("what is needed"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    households = models.PositiveIntegerField(_("households touched"), default=0)
    sector = models.ForeignKey(Sector, models.PROTECT, verbose_name=_("sector"), related_name="+")
    search_key = models.TextField(editable=False, default="", db_collation="C")
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        indexes = [
            *list_indexes("planning_need", newest=("-id",), households=("-households", "-id")),
            models.Index(fields=["state", "-id"], name="planning_need_state"),
            point_index("planning_need"),
            *waiting_indexes("planning_need", ANSWERING.states),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="planning_need_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="planning_need_point_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_point(self) -> bool:
        """Whether a point was given."""
        return self.latitude is not None
