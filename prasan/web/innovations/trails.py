"""Where pages of innovations stand."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prasan.innovations.models import Cookbook, Innovation
from prasan.web.shell.trail import Crumb


def under_gallery(innovation: Innovation | None = None) -> list[Crumb]:
    """The way to the gallery, or to an innovation in it."""
    crumbs = [Crumb(_("Innovations"), reverse("innovations:gallery"))]
    if innovation is not None:
        crumbs.append(Crumb(innovation.title, reverse("innovations:innovation", args=[innovation.pk])))
    return crumbs


def under_cookbook(cookbook: Cookbook) -> list[Crumb]:
    """The way to a cookbook, below its innovation."""
    address = reverse("innovations:cookbook", args=[cookbook.innovation_id])
    return [*under_gallery(cookbook.innovation), Crumb(_("Cookbook"), address)]
