"""Where pages of awards stand."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prasan.awards.models import Edition, Entry, Programme
from prasan.web.shell.trail import Crumb


def under_awards(programme: Programme | None = None) -> list[Crumb]:
    """The way to all awards, or to a programme."""
    crumbs = [Crumb(_("Awards"), reverse("awards:list"))]
    if programme is not None:
        crumbs.append(Crumb(str(programme), reverse("awards:programme", args=[programme.code])))
    return crumbs


def under_edition(edition: Edition) -> list[Crumb]:
    """The way to an edition."""
    address = reverse("awards:edition", args=[edition.pk])
    return [*under_awards(edition.programme), Crumb(str(edition.year), address)]


def under_entry(entry: Entry) -> list[Crumb]:
    """The way to an entry."""
    return [*under_edition(entry.edition), Crumb(entry.title, reverse("awards:entry", args=[entry.pk]))]


def under_judging() -> list[Crumb]:
    """The way to what a judge has to score."""
    return [*under_awards(), Crumb(_("Entries to score"), reverse("awards:judging"))]
