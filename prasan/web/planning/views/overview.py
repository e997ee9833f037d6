"""The overview of any area from country to village: what was asked for, how far it has come, who is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from prasan.agencies.queries import holds_anywhere, postings_of
from prasan.kernel.digits import to_arabic
from prasan.places.models import COUNTRY, Area, Level
from prasan.places.queries import area_with_children
from prasan.planning import rules
from prasan.planning.models import Need
from prasan.planning.queries import (
    Owed,
    Share,
    Totals,
    Waits,
    figures_of,
    owed_in,
    stale_in,
    waits_in,
)
from prasan.web.places.outlines import around, is_drawn
from prasan.web.places.views import address_of, in_reading_order, tabs_of, trail_to
from prasan.web.planning.overview import MEASURES, NOBODY, AreaTable, Lists, overview_table, table_of
from prasan.web.shell.exports import table_file
from prasan.web.shell.trail import Crumb

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

MOST_CALLS = 10
"""Calls shown with who has not answered them; the others are counted."""

FILES = ("csv", "xlsx")
_WIDE = 1000
"""Parts into which the bar of all stages is cut."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with the address of the list that counts the same, empty where the person reads no list."""

    label: str | StrPromise
    value: int | Decimal
    address: str = ""
    is_money: bool = False
    waits: bool = False
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Strip:
    """A share with its list, its place in the bar of all stages, and the shares it is made of."""

    share: Share
    address: str
    begins: int
    width: int
    parts: tuple[Strip, ...] = ()


@dataclass(frozen=True, slots=True)
class CallShown:
    """What a call is owed, with its list and, by who was asked, the lists of those who have not answered."""

    owed: Owed
    address: str
    kinds: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in one hand with its list, and the case that waits longest with its page.

    `body` is the agency that holds that case, empty where its place says whose it is.
    """

    waits: Waits
    address: str
    title: str
    page: str
    body: str = ""


@require_safe
def overview_page(request: HttpRequest, code: str = COUNTRY) -> HttpResponseBase:
    """The figures of an area and of those inside it; officers of the area go on to the cases behind them."""
    if code != (arabic := to_arabic(code)):
        return redirect("places:overview", arabic, permanent=True)
    area, children = area_with_children(code)
    if area is None:
        raise Http404
    figures, (owed, owed_below) = figures_of(area), owed_in(request.user, area)
    lists = Lists(request.user, area)
    table = table_of(
        area,
        in_reading_order(children),
        figures,
        owed_below,
        lists,
        shows_owed=bool(owed),
        late=reverse("planning:call", args=[owed[0].call.pk]) if len(owed) == 1 else "",
        measure=request.GET.get("measure", ""),
        order=request.GET.get("sort", ""),
    )
    if request.GET.get("export") in FILES:
        return table_file(request, overview_table(table), request.GET["export"], name=f"overview-{area.code}")
    return render(request, "planning/overview_page.html", _shown(request, area, figures[0], owed, table))


@require_safe
def own_overview(request: HttpRequest) -> HttpResponse:
    """To the overview of the widest area in which the person has a post, of the country for others."""
    codes = [posting.area_id for posting in postings_of(request.user)]
    code = min(codes, key=lambda code: (code != COUNTRY, len(code), code), default=COUNTRY)
    return redirect("places:country-overview") if code == COUNTRY else redirect("places:overview", code)


def _shown(
    request: HttpRequest, area: Area, totals: Totals, owed: Sequence[Owed], table: AreaTable
) -> dict[str, object]:
    lists = table.lists
    calls = [_call(each, area) for each in owed[:MOST_CALLS]]
    stages = _strips(totals.stages, totals.all_proposals, lists)
    stale = stale_in(request.user, area)
    waits = [_waiting(each, lists) for each in waits_in(request.user, area, totals)]
    return {
        "area": area,
        "trail": [
            *trail_to(area),
            Crumb(area.title if area.level else _("Country"), address_of(area)),
            Crumb(_("Overview")),
        ],
        "tabs": tabs_of(area, "overview"),
        "is_empty": not (totals.needs_told or totals.all_proposals),
        "may_tell": holds_anywhere(request.user, rules.ENTER_NEED),
        "totals": totals,
        "headline": [*_headline(totals, area, lists), *_lateness(owed, calls, stale, lists)],
        "needs": [(share, lists.needs(state=share.code)) for share in totals.states_of_needs],
        "stages": stages,
        "by_code": {strip.share.code: strip.share.number for strip in stages},
        "calls": calls,
        "more_calls": len(owed) - len(calls),
        "waits": waits,
        "table": table,
        "exports": [(kind.upper(), kind) for kind in FILES],
        "is_drawn": any(row.area is not None and _is_on_map(row.area) for row in table.rows),
        "around": around(area),
        "outlines": reverse("places:country-outlines")
        if area.level == Level.COUNTRY
        else reverse("places:outlines", args=[area.code]),
    }


def _headline(totals: Totals, area: Area, lists: Lists) -> list[Shown]:
    return [
        Shown(
            measure.label,
            measure.of(totals, NOBODY),
            lists.of(area.code, measure.page, measure.asked),
            is_money=measure.is_money,
        )
        for measure in MEASURES
    ]


def _lateness(
    owed: Sequence[Owed], calls: Sequence[CallShown], stale: int | None, lists: Lists
) -> list[Shown]:
    found = []
    if owed:
        missing = sum(each.missing for each in owed)
        address = calls[0].address if len(calls) == 1 else "#late"
        found.append(Shown(_("Not answered yet"), missing, address, waits=bool(missing)))
    if stale is not None:
        label = _("Not reviewed this quarter")
        found.append(Shown(label, stale, lists.proposals(review="stale"), waits=bool(stale)))
    return found


def _strips(shares: Sequence[Share], all_of_them: int, lists: Lists) -> list[Strip]:
    """The stages beside each other on one bar, each as wide as its part of all."""
    strips, before = [], 0
    for share in shares:
        begins, ends = (
            round(number * _WIDE / all_of_them) if all_of_them else 0
            for number in (before, before + share.number)
        )
        parts = tuple(
            Strip(part, lists.proposals(state=part.code), 0, 0) for part in share.parts if part.number
        )
        strips.append(Strip(share, lists.proposals(stage=share.code), begins, ends - begins, parts))
        before += share.number
    return strips


def _waiting(waits: Waits, lists: Lists) -> Waiting:
    case, hand = waits.longest, waits.hand
    if isinstance(case, Need):
        address = lists.needs(state=case.state)
        return Waiting(waits, address, case.title, reverse("planning:need", args=[case.pk]))
    body = str(case.lead_agency or "") if hand.is_agency else ""
    address = reverse("planning:proposal", args=[case.pk])
    return Waiting(waits, lists.proposals(at=hand.code), case.name, address, body)


def _call(owed: Owed, area: Area) -> CallShown:
    address = reverse("planning:call", args=[owed.call.pk])
    inside = {} if area.level == Level.COUNTRY else {"in": area.code}
    kinds = tuple(
        Shown(
            _LABELS[kind](),
            progress.missing,
            f"{address}?{urlencode(inside | ({'kind': kind} if kind != 'other' else {}))}",
            asked=progress.asked,
        )
        for kind, progress in owed.kinds.items()
    )
    return CallShown(owed, f"{address}?{urlencode(inside)}" if inside else address, kinds)


_LABELS = {
    "village": lambda: _("villages"),
    "tambon": lambda: _("tambon"),
    "agency": lambda: _("offices of the province"),
    "other": lambda: _("other areas"),
}


def _is_on_map(area: Area) -> bool:
    return is_drawn(area) or area.latitude is not None
