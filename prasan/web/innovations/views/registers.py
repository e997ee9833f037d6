"""The registers that some body published, as their sources tell them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from prasan.innovations.models import Register, RegisterEntry
from prasan.innovations.queries import entries_of, figures_of, registers
from prasan.web.innovations.exports import register_table
from prasan.web.innovations.trails import under_gallery
from prasan.web.shell.exports import table_file
from prasan.web.shell.trail import Crumb

FILES = ("csv", "xlsx")


@require_safe
def register_list(request: HttpRequest) -> HttpResponse:
    """Which registers there are."""
    context = {"registers": registers(), "trail": [*under_gallery(), Crumb(_("Registers"))]}
    return render(request, "innovations/register_list.html", context)


@require_safe
def register_page(request: HttpRequest, code: str) -> HttpResponseBase:
    """A register in its order, with the figures that were printed beside those that come out."""
    register = get_object_or_404(Register, code=code)
    entries = entries_of(register)
    if request.GET.get("export") in FILES:
        return table_file(request, register_table(str(register), entries), request.GET["export"], name=code)
    rows = list(entries)
    context = {
        "register": register,
        "entries": rows,
        "figures": figures_of(register),
        "has_scores": any(each.score is not None for each in rows),
        "has_awards": any(each.level != RegisterEntry.Level.UNKNOWN for each in rows),
        "has_branches": any(each.branch for each in rows),
        "exports": FILES,
        "trail": [
            *under_gallery(),
            Crumb(_("Registers"), reverse("innovations:registers")),
            Crumb(str(register)),
        ],
    }
    return render(request, "innovations/register_page.html", context)
