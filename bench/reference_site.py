"""Every address of Prasan, and a plain page as any Django site has: signed in, one query, twenty rows."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from prasan.places.models import Area
from prasan.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

PLAIN = "bench/plain/"


@login_required
def plain(request: HttpRequest) -> HttpResponse:
    """Twenty areas in a table."""
    areas = Area.objects.filter(level=3).order_by("code")[:20]
    return render(request, "bench/plain_page.html", {"areas": areas})


urlpatterns = [path(PLAIN, plain), path("", include("prasan.web.urls"))]
