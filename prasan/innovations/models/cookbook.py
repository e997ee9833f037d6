"""How others can do the same: a cookbook in sections, its files, and what was published of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Posting
from prasan.cases.models import Case
from prasan.documents.models import File
from prasan.innovations import rules
from prasan.innovations.models.innovation import Innovation
from prasan.innovations.states import COOKBOOK
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging, Right

_OF_A_COOKBOOK = Belonging(
    agencies=("cookbook__innovation__owner_id",), area=("cookbook__innovation__area__path",)
)


class Cookbook(Case):
    """The cookbook of an innovation; readers see what was last published, never what is being written."""

    workflow: ClassVar[Workflow] = COOKBOOK
    internal_right: ClassVar[Right] = rules.WRITE_COOKBOOK
    belonging: ClassVar[Belonging] = Belonging(
        owner=("created_by_id",),
        agencies=("innovation__owner_id",),
        area=("innovation__area__path",),
        state="state",
    )

    innovation = models.OneToOneField(Innovation, models.PROTECT, related_name="cookbook")

    class Meta:
        verbose_name = _("cookbook")
        verbose_name_plural = _("cookbooks")

    def __str__(self) -> str:
        return str(self.innovation)


class CookbookSection(models.Model):
    """One part of a cookbook as it is being written; `edits` tells whether somebody wrote meanwhile."""

    class Code(models.TextChoices):
        HURT = "hurt", _("What hurt")
        BENEFIT = "benefit", _("What became better")
        STEPS = "steps", _("What to do, step by step")
        WHO = "who", _("Who does it")
        DURATION = "duration", _("How long it takes")
        COST = "cost", _("What it costs")
        PARTNERS = "partners", _("Partners")
        CYCLE = "cycle", _("How often it is looked at again")
        PITFALLS = "pitfalls", _("What can go wrong")
        SUCCESS_FACTORS = "success_factors", _("What makes it succeed")

    belonging: ClassVar[Belonging] = _OF_A_COOKBOOK

    cookbook = models.ForeignKey(Cookbook, models.PROTECT, related_name="sections")
    code = models.CharField(_("section"), max_length=20, choices=Code.choices)
    text = models.TextField(_("text"), blank=True)
    edits = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("section of a cookbook")
        verbose_name_plural = _("sections of cookbooks")
        constraints = [
            models.UniqueConstraint(fields=["cookbook", "code"], name="innovations_section_once"),
        ]

    def __str__(self) -> str:
        return str(self.get_code_display())


class CookbookFile(models.Model):
    """A form or picture that goes with a cookbook; one that was published once stays with its version."""

    belonging: ClassVar[Belonging] = _OF_A_COOKBOOK

    cookbook = models.ForeignKey(Cookbook, models.PROTECT, related_name="files")
    title = models.CharField(_("what it is"), max_length=300)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    is_removed = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("file of a cookbook")
        verbose_name_plural = _("files of cookbooks")
        constraints = [
            models.UniqueConstraint(fields=["cookbook", "file"], name="innovations_cookbook_file_once"),
        ]

    def __str__(self) -> str:
        return self.title


class CookbookVersion(models.Model):
    """A cookbook as it was published; never changed, told apart by number."""

    belonging: ClassVar[Belonging] = _OF_A_COOKBOOK

    cookbook = models.ForeignKey(Cookbook, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    content = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("version of a cookbook")
        verbose_name_plural = _("versions of cookbooks")
        ordering = ["cookbook_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["cookbook", "number"], name="innovations_cookbook_version_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cookbook_id}/{self.number}"
