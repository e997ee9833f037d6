"""Figures of complaints: for those who answer for an area, and, with small ones hidden, for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from prasan.agencies.models import Agency
from prasan.complaints.counting import publishable
from prasan.complaints.models import Kind
from prasan.complaints.queries import (
    Breakdown,
    Period,
    areas_with_figures,
    complaint_figures,
    kinds_offered,
    may_see_figures,
    told_by_amphoe,
)
from prasan.complaints.queries.figures import ALL_KINDS
from prasan.kernel.calendar import Quarter
from prasan.places.models import COUNTRY, Area, Level
from prasan.places.queries import area_with_children
from prasan.web.complaints.figures import (
    MAPPED,
    MEASURES,
    OF_AGENCIES,
    Asked,
    Measure,
    Row,
    as_sheet,
    cells_of,
)
from prasan.web.complaints.lists import NO_KIND
from prasan.web.complaints.periods import month_code, periods_offered, quarters_past
from prasan.web.places.outlines import around, is_drawn
from prasan.web.places.shades import Figure, Shading, shading_of
from prasan.web.places.views import in_reading_order
from prasan.web.shell.exports import table_file
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

FILES = ("csv", "xlsx")
FIGURES = gettext_lazy("Figures of complaints")


@login_required
@require_safe
def own_figures(request: SignedInRequest) -> HttpResponse:
    """To the figures of the widest area for which the person answers."""
    paths = areas_with_figures(request.user)
    if not paths:
        raise Http404
    widest = min(paths, key=lambda path: (len(path), path))
    return redirect("complaints:figures", widest.rstrip("/").rpartition("/")[2])


@login_required
@require_safe
def figures_page(request: SignedInRequest, code: str) -> HttpResponseBase:
    """The figures of an area, each with the list that it counts."""
    area, children = area_with_children(code)
    if area is None or not may_see_figures(request.user, area):
        raise Http404
    offered, kinds = periods_offered(), {kind.pk: kind for kind in kinds_offered() if not kind.is_restricted}
    period = request.GET.get("period", "")
    kind = request.GET.get("kind", "")
    asked = Asked(
        area=area.pk,
        period=period if period in offered else "",
        kind=kind if kind in kinds else "",
    )
    found = complaint_figures(
        area, offered[asked.period].period if asked.period else Period(), asked.kind or ALL_KINDS
    )
    tables = {
        "areas": (_("Area"), _rows_of_areas(found, in_reading_order(children), asked), MEASURES),
        "kinds": (_("Kind"), _rows_of_kinds(found, kinds, asked), MEASURES),
        "months": (_("Month"), _rows_of_months(found, asked), MEASURES),
        "agencies": (_("Agency"), _rows_of_agencies(found, asked), OF_AGENCIES),
    }
    wanted = request.GET.get("table", "")
    if wanted in tables and request.GET.get("export") in FILES:
        first, rows, measures = tables[wanted]
        name = f"complaints-{wanted}-{area.pk}"
        return table_file(request, as_sheet(rows, measures, first), request.GET["export"], name=name)
    measure = next((each for each in MEASURES if each.code == request.GET.get("colour")), MEASURES[0])
    areas, shading = _shaded(tables["areas"][1], found, measure)
    context = {
        "area": area,
        "above": area.parent if area.parent and may_see_figures(request.user, area.parent) else None,
        "headline": cells_of(found.total, MEASURES, asked),
        "total": found.total,
        "areas": areas,
        "is_part": len(areas) < len(children),
        "kinds": tables["kinds"][1],
        "months": tables["months"][1],
        "agencies": tables["agencies"][1],
        "measures": MEASURES,
        "of_agencies": OF_AGENCIES,
        "colours": [each for each in MEASURES if each.code in MAPPED],
        "colour": measure,
        "shading": shading,
        "asked": asked,
        "periods": [(each, named.name) for each, named in offered.items()],
        "kinds_offered": kinds.values(),
        "is_drawn": any(row.area is not None and is_drawn(row.area) for row in areas),
        "around": around(area),
        "outlines": reverse("places:country-outlines")
        if area.level == Level.COUNTRY
        else reverse("places:outlines", args=[area.pk]),
        "exports": FILES,
        "trail": [Crumb(_("Complaints"), reverse("complaints:list")), Crumb(FIGURES)],
    }
    return render(request, "complaints/figures_page.html", context)


@require_safe
def public_figures(request: HttpRequest, code: str = COUNTRY) -> HttpResponse:
    """What everybody may know: how much was told in a quarter that is over, small numbers hidden."""
    area, children = area_with_children(code)
    if area is None or area.level > Level.PROVINCE:
        raise Http404
    quarters = quarters_past()
    chosen = next((each for each in quarters if _code(each) == request.GET.get("quarter")), None)
    quarter = chosen or (quarters[0] if quarters else None)
    context: dict[str, object] = {
        "area": area,
        "quarters": [(_code(each), _name(each), each == quarter) for each in quarters],
        "quarter": _name(quarter) if quarter else "",
        "code": _code(quarter) if quarter else "",
        "trail": [Crumb(FIGURES)],
    }
    if quarter is not None and area.level == Level.PROVINCE:
        context |= _public_province(area, in_reading_order(children), quarter)
    elif quarter is not None:
        counted = told_by_amphoe([each.pk for each in children], quarter.starts, quarter.ends)
        context["provinces"] = [
            (each, publishable(counted[each.pk]).total) for each in in_reading_order(children)
        ]
    return render(request, "complaints/public_figures.html", context)


def _public_province(area: Area, children: Iterable[Area], quarter: Quarter) -> dict[str, object]:
    told = publishable(told_by_amphoe([area.pk], quarter.starts, quarter.ends)[area.pk])
    codes = {kind for _area, kind in (*told.shown, *told.hidden)}
    kinds = [kind for kind in Kind.objects.order_by("position") if kind.pk in codes]
    columns = [(kind.pk, str(kind)) for kind in kinds]
    if "" in codes:
        columns.append(("", str(_("not known yet"))))
    rows = [
        (
            each.title,
            [
                None if (each.pk, kind) in told.hidden else told.shown.get((each.pk, kind), 0)
                for kind, _name_of in columns
            ],
        )
        for each in children
    ]
    return {
        "columns": [name for _kind, name in columns],
        "rows": [row for row in rows if any(number != 0 for number in row[1])],
        "told": told,
    }


def _rows_of_areas(found: Breakdown, children: Iterable[Area], asked: Asked) -> list[Row]:
    return [
        Row(
            each.title,
            asked.page(each.pk) if each.level < Level.VILLAGE else "",
            cells_of(found.by_area[each.pk], MEASURES, asked, area=each.pk),
            each,
        )
        for each in children
        if each.pk in found.by_area
    ]


def _rows_of_kinds(found: Breakdown, kinds: Mapping[str, Kind], asked: Asked) -> list[Row]:
    rows = [
        Row(
            str(kinds[code]) if code in kinds else str(_("not known yet")),
            asked.page(asked.area, kind=code) if code in kinds else "",
            cells_of(figures, MEASURES, asked, kind=code if code in kinds else NO_KIND),
        )
        for code, figures in found.by_kind.items()
        if code in kinds or not code
    ]
    return sorted(rows, key=lambda row: -(row.cells[0].value or 0))


def _rows_of_months(found: Breakdown, asked: Asked) -> list[Row]:
    names = {code: named.name for code, named in periods_offered().items()}
    return [
        Row(
            names.get(month_code(month), month_code(month)),
            asked.page(asked.area, period=month_code(month)),
            cells_of(figures, MEASURES, asked, period=month_code(month)),
        )
        for month, figures in sorted(found.by_month.items(), reverse=True)
    ]


def _rows_of_agencies(found: Breakdown, asked: Asked) -> list[Row]:
    agencies = Agency.objects.in_bulk(found.by_agency)
    rows = [
        Row(str(agencies[key]), "", cells_of(figures, OF_AGENCIES, asked, agency=str(key)))
        for key, figures in found.by_agency.items()
        if key in agencies
    ]
    return sorted(rows, key=lambda row: -(row.cells[0].value or 0))


def _shaded(rows: Iterable[Row], found: Breakdown, measure: Measure) -> tuple[list[Row], Shading]:
    """The rows of areas with their shades by a measure."""
    rows = list(rows)
    known: dict[str, Figure | None] = {}
    for row in rows:
        value = measure.of(found.by_area[row.area.pk])
        known[row.area.pk] = Decimal(str(value)) if isinstance(value, float) else value
    shading = shading_of(known)
    return [replace(row, shade=shading.by_code[row.area.pk]) for row in rows], shading


def _code(quarter: Quarter) -> str:
    return f"{quarter.fiscal_year}-{quarter.number}"


def _name(quarter: Quarter) -> str:
    return _("Quarter %(number)d, fiscal year %(year)s") % {
        "number": quarter.number,
        "year": str(quarter.fiscal_year),
    }
