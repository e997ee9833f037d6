"""Pages of places. Places are public; what is shown of cases is asked of the rooms that own them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from prasan.agencies.queries import agencies_for, committees_for
from prasan.kernel.digits import to_arabic
from prasan.kernel.text import clean
from prasan.places.finder import find_place, suggest
from prasan.places.models import COUNTRY, Area, Level
from prasan.places.queries import area_at, area_of, area_with_children, local_governments_in
from prasan.planning.queries import figures_of, inside_area, needs_for, own_point
from prasan.web.places.forms import PointForm
from prasan.web.places.outlines import around, outlines_of
from prasan.web.places.points import pin, pins_answer
from prasan.web.shell.trail import Crumb

LONGEST_QUESTION = 400
MOST_POINTS = 500
_OF_THE_COUNTRY = {"area": "places:country", "overview": "places:country-overview"}


@require_safe
def country(request: HttpRequest) -> HttpResponse:
    """The whole country and its provinces."""
    return _show_area(request, COUNTRY)


@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Any area: what it is, what lies in it, what has been asked for and planned there."""
    if code != (arabic := to_arabic(code)):
        return redirect("places:area", arabic, permanent=True)
    return _show_area(request, code)


@require_safe
def bodies(request: HttpRequest, code: str) -> HttpResponse:
    """The local governments, agencies and committees of an area."""
    area = _found(code)
    return render(
        request,
        "places/bodies_page.html",
        {
            "area": area,
            "trail": [*trail_to(area), Crumb(area.title, _address(area)), Crumb(_("Offices and committees"))],
            "tabs": tabs_of(area, "bodies"),
            "local_governments": local_governments_in(area),
            "agencies": agencies_for(request.user).filter(area=area).order_by("sort_key")[:200],
            "committees": committees_for(request.user).filter(area=area).order_by("name_th")[:200],
        },
    )


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """From words or a code to places, with what is uncertain said."""
    question = clean(request.GET.get("q", ""))[:LONGEST_QUESTION]
    code = to_arabic(question).replace(" ", "")
    if code.isdigit() and len(code) in (2, 4, 6, 8) and area_of(code) is not None:
        return redirect("places:area", code)
    finding = find_place(question) if question else None
    similar = suggest(question) if finding is not None and not finding.candidates else ()
    language = get_language() or "th"
    doubts = finding.doubts if finding else ()
    context = {
        "question": question,
        "finding": finding,
        "doubts": [(doubt, [remark.text(language) for remark in doubt.remarks]) for doubt in doubts],
        "sentence": finding.sentence.text(language) if finding else "",
        "similar": similar,
        "trail": [Crumb(_("Country"), reverse("places:country")), Crumb(_("Find a place"))],
    }
    return render(request, "places/find_page.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Places whose names begin like what is being typed, as links."""
    question = clean(request.GET.get("q", ""))[:LONGEST_QUESTION]
    return render(
        request, "places/find_page.html#suggestions", {"similar": suggest(question) if question else ()}
    )


@require_safe
def point(request: HttpRequest) -> HttpResponse:
    """The smallest known area at a point (`lat`, `lon`), as JSON."""
    form = PointForm(request.GET)
    if not form.is_valid():
        faults = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
        return JsonResponse({"fault": " ".join(faults)}, status=422)
    found = area_at(form.cleaned_data["lat"], form.cleaned_data["lon"])
    if found is None:
        return JsonResponse({"code": None, "name": None})
    return JsonResponse({"code": found.code, "name": found.full_name, "address": _address(found)})


@require_safe
def outlines(request: HttpRequest, code: str = COUNTRY) -> HttpResponse:
    """Outlines for the map, to be kept by the browser until they change."""
    body = json.dumps(outlines_of(_found(code)), ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(body, content_type="application/geo+json")
    answer["ETag"] = tag
    answer["Cache-Control"] = "public, max-age=300"
    answer["Vary"] = "Accept-Language, Cookie"
    return answer


@require_safe
def points(request: HttpRequest, code: str) -> HttpResponse:
    """The needs with a point in an area, as far as the person may see them."""
    area = _found(code)
    rows = inside_area(needs_for(request.user), area.code).filter(latitude__isnull=False)
    return pins_answer(
        pin(point, need.title, reverse("planning:need", args=[need.pk]))
        for need in rows.order_by("-pk")[:MOST_POINTS]
        if (point := own_point(need))
    )


def trail_to(area: Area) -> list[Crumb]:
    """The areas around an area as breadcrumbs, without the area itself."""
    crumbs: list[Crumb] = []
    above = area.parent
    while above is not None:
        crumbs.append(Crumb(_("Country") if above.level == Level.COUNTRY else above.title, _address(above)))
        above = above.parent
    return crumbs[::-1]


def tabs_of(area: Area, here: str) -> list[dict[str, Any]]:
    """The pages of an area side by side."""
    pages = {"area": _("This area"), "overview": _("Overview"), "bodies": _("Offices and committees")}
    if area.level == Level.COUNTRY:
        del pages["bodies"]
    return [
        {"label": label, "address": address_of(area, page), "is_here": page == here}
        for page, label in pages.items()
    ]


def address_of(area: Area, page: str = "area") -> str:
    """The address of a page of the area; the country has some under names of its own."""
    if area.level == Level.COUNTRY:
        return reverse(_OF_THE_COUNTRY[page])
    return reverse(f"places:{page}", args=[area.code])


def in_reading_order(areas: list[Area]) -> list[Area]:
    """Areas of one level, read in dictionary order, in the order of the reader's language."""
    if get_language() == "en" and areas and areas[0].level < Level.VILLAGE:
        return sorted(areas, key=lambda area: area.name)
    return areas


def _show_area(request: HttpRequest, code: str) -> HttpResponse:
    area, children = area_with_children(code)
    if area is None:
        raise Http404
    children = in_reading_order(children)
    whole, parts = figures_of(area)
    root = reverse("places:country")
    return render(
        request,
        "places/area_page.html",
        {
            "area": area,
            "trail": [*trail_to(area), Crumb(_("Country") if area.level == Level.COUNTRY else area.title)],
            "tabs": tabs_of(area, "area"),
            "rows": [(child, f"{root}{child.code}/", parts.get(child.code)) for child in children],
            "child_level": Level(area.level + 1).label if area.level < Level.VILLAGE else "",
            "figures": whole,
            "successors": area.successors.all() if area.is_abolished else (),
            "outlines": reverse("places:country-outlines")
            if area.level == Level.COUNTRY
            else reverse("places:outlines", args=[area.code]),
            "points": reverse("places:points", args=[area.code])
            if request.user.is_authenticated and area.level > Level.COUNTRY
            else "",
            "around": around(area),
        },
    )


def _found(code: str) -> Area:
    area = area_of(to_arabic(code) if code != COUNTRY else code)
    if area is None:
        raise Http404
    return area


def _address(area: Area) -> str:
    return address_of(area, "area")
