"""The gallery: every registered innovation, found by what people look for, as a list and as a map."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from prasan.agencies.queries import holds_anywhere
from prasan.cases.searching import searched
from prasan.innovations import rules
from prasan.innovations.queries import owners_to_write_for
from prasan.insight.queries import by_province, gallery, read_whole, shelf_of, with_owner_and_area, won_by
from prasan.places.models import Area, Level
from prasan.web.innovations.exports import gallery_table
from prasan.web.innovations.facts import areas_told
from prasan.web.innovations.lists import gallery_filters
from prasan.web.innovations.trails import under_gallery
from prasan.web.places.shades import shading_of
from prasan.web.shell.exports import table_file
from prasan.web.shell.lists import ListFrame, Order, list_frame
from prasan.web.shell.trail import Crumb

_MOST_AREAS = 3
"""Areas of an innovation that a row names."""
_MOST_COUNTED = 1_000
"""Rows up to which the gallery is counted: more of them nobody reads through."""


@require_safe
def gallery_list(request: HttpRequest) -> HttpResponseBase:
    """What provinces and local governments did that is worth copying."""
    frame = _frame(request, exports=("csv", "xlsx"))
    if frame.export:
        return table_file(
            request, gallery_table(with_owner_and_area(frame.found)), frame.export, name="innovations"
        )
    shown = read_whole(frame.rows)
    shelf, won = shelf_of(shown), won_by(shown)
    context = {
        "frame": frame,
        "rows": [
            (each, areas_told(each, _MOST_AREAS), shelf.get(each.pk, []), won.get(each.pk, []))
            for each in shown
        ],
        "map_address": f"{reverse('innovations:map')}?{_asked(request)}",
        "may_write": owners_to_write_for(request.user).exists(),
        "assesses": holds_anywhere(request.user, rules.ASSESS),
        "may_receive": holds_anywhere(request.user, rules.RECEIVE_COOKBOOK),
        "may_adopt": holds_anywhere(request.user, rules.ADOPT),
        "may_follow": holds_anywhere(request.user, rules.VIEW_ORDER),
        "trail": [Crumb(_("Innovations"))],
    }
    return render(request, "innovations/gallery_list.html", context)


@require_safe
def gallery_map(request: HttpRequest) -> HttpResponse:
    """How many of what the gallery shows each province has."""
    frame = _frame(request)
    counted, chosen = by_province(frame.found), request.GET.get("province", "")
    if chosen in counted:  # the other provinces in which these are carried out were not asked for
        counted = {chosen: counted[chosen]}
    provinces = Area.objects.filter(level=Level.PROVINCE, is_abolished=False).order_by("sort_key")
    shading = shading_of({area.code: counted.get(area.code, 0) for area in provinces})
    asked = {name: value for name, value in request.GET.items() if name != "province"}
    context = {
        "frame": frame,
        "rows": [
            (
                area,
                counted[area.code],
                shading.by_code[area.code],
                urlencode({**asked, "province": area.code}),
            )
            for area in provinces
            if area.code in counted
        ],
        "shading": shading,
        "outlines": reverse("places:country-outlines"),
        "list_address": f"{reverse('innovations:gallery')}?{_asked(request)}",
        "trail": [*under_gallery(), Crumb(_("Map"))],
    }
    return render(request, "innovations/gallery_map.html", context)


def _frame(request: HttpRequest, exports: Sequence[str] = ()) -> ListFrame:
    return list_frame(
        request,
        gallery(),
        search=searched,
        filters=gallery_filters(),
        orders=[
            Order("new", _("Newest first"), ("-pk",)),
            Order("title", _("By title"), ("sort_key", "pk")),
        ],
        exports=exports,
        counted_to=_MOST_COUNTED,
    )


def _asked(request: HttpRequest) -> str:
    """What the gallery is narrowed to, for the other way of showing it."""
    passing = ("after", "before", "order", "export")
    return urlencode({name: value for name, value in request.GET.items() if value and name not in passing})
