"""The gallery: every registered innovation, found by what people look for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from prasan.cases.searching import searched
from prasan.innovations.queries import owners_to_write_for
from prasan.insight.queries import gallery_for, shelf_of
from prasan.web.innovations.exports import gallery_table
from prasan.web.innovations.lists import gallery_filters
from prasan.web.shell.exports import table_file
from prasan.web.shell.lists import Order, list_frame
from prasan.web.shell.trail import Crumb


@require_safe
def gallery_list(request: HttpRequest) -> HttpResponseBase:
    """What provinces and local governments did that is worth copying."""
    frame = list_frame(
        request,
        gallery_for(),
        search=searched,
        filters=gallery_filters(),
        orders=[
            Order("new", _("Newest first"), ("-pk",)),
            Order("title", _("By title"), ("sort_key", "pk")),
        ],
        exports=("csv", "xlsx"),
    )
    if frame.export:
        return table_file(request, gallery_table(frame.found), frame.export, name="innovations")
    shelf = shelf_of(frame.rows)
    context = {
        "frame": frame,
        "rows": [(each, shelf.get(each.pk, [])) for each in frame.rows],
        "may_write": owners_to_write_for(request.user).exists(),
        "trail": [Crumb(_("Innovations"))],
    }
    return render(request, "innovations/gallery_list.html", context)
