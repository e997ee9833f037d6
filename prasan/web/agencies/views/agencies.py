"""Agencies: the list, one agency's page, and entering a new one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from prasan.agencies.actions import found_agency
from prasan.agencies.models import Agency
from prasan.agencies.queries import (
    agencies_for,
    committees_for,
    holding_now,
    may_manage_people,
    naming_bodies,
    postings_for,
)
from prasan.places.models import PARENTS
from prasan.planning.models import Sector
from prasan.web.agencies.forms import AgencyForm
from prasan.web.agencies.trails import under_agencies
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.shell.lists import Filter, Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_safe
def agency_list(request: SignedInRequest) -> HttpResponse:
    """All agencies, to be searched and narrowed."""
    frame = list_frame(
        request,
        agencies_for(request.user).select_related("parent", f"area__{PARENTS}"),
        search=naming_bodies,
        filters=[Filter("level", _("Level"), Agency.Level.choices, _of_level)],
        orders=[
            Order("name", _("Name"), ("sort_key", "pk")),
            Order("area", _("Area"), ("area__path", "sort_key", "pk")),
        ],
    )
    context = {
        "frame": frame,
        "may_found": may_manage_people(request.user),
        "trail": [Crumb(_("Agencies"))],
    }
    return render(request, "agencies/agency_list.html", context)


@login_required
@require_safe
def agency_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One agency: what it may act on, its units, and the people and committees that the reader may see."""
    agencies = agencies_for(request.user)
    agency = get_object_or_404(agencies.select_related("parent", f"area__{PARENTS}"), pk=pk)
    postings = holding_now(postings_for(request.user)).filter(agency=agency)
    context = {
        "agency": agency,
        "sectors": Sector.objects.filter(pk__in=agency.mandates.values("sector")).order_by("sort_key"),
        "units": agencies.filter(parent=agency),
        "committees": committees_for(request.user).filter(agency=agency),
        "postings": postings.select_related("person").order_by("role__order", "person__sort_key", "pk")[:30],
        "trail": [*under_agencies(), Crumb(str(agency))],
    }
    return render(request, "agencies/agency_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def found_form(request: SignedInRequest) -> HttpResponse:
    """Enter an agency."""
    if not may_manage_people(request.user):
        raise Http404
    form = AgencyForm(sent(request), by=request.user)
    return act_form(
        request,
        form,
        lambda: found_agency(**form.agency, by=request.user),
        title=_("Enter an agency"),
        button=_("Enter the agency"),
        back=reverse("agencies:agency-list"),
        done=_("The agency is entered."),
        trail=under_agencies(),
    )


def _of_level(rows: QuerySet[Agency], level: str) -> QuerySet[Agency]:
    return rows.filter(level=level)
