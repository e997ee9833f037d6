"""Tags and filters of every template: icons, states, and numbers, money and days as the person reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Protocol
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from prasan.kernel.calendar import FiscalYear
from prasan.kernel.dates import DateStyle, format_date, format_datetime, format_month
from prasan.kernel.digits import format_number, to_thai, without_noughts
from prasan.kernel.flow import State
from prasan.kernel.money import format_baht
from prasan.web.shell.preferences import digits_now

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A picture from the sprite; with a label it is read out, without one it is decoration."""
    if not label:
        return _decoration(name)
    return format_html(
        '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
        label,
        static("icons.svg"),
        name,
    )


@cache
def _decoration(name: str) -> SafeString:
    """Kept, since a page shows dozens of a few pictures."""
    address = static("icons.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', address, name)


@register.inclusion_tag("parts/status.html")
def status(state: State) -> dict[str, Any]:
    """A state of a workflow as icon, word and colour."""
    return {"label": state.label, "tone": state.tone}


@register.inclusion_tag("parts/status.html")
def mark(label: str, tone: str = "neutral", picture: str = "") -> dict[str, Any]:
    """Any word shown like a state: icon, word and colour."""
    return {"label": label, "tone": tone, "picture": picture}


@register.filter
def digits(value: object) -> str:
    """The text with its digits as the person reads them."""
    return to_thai(str(value)) if digits_now() == "thai" else str(value)


@register.filter
def number(value: Decimal | int | str | None, places: int | None = None) -> str:
    """A number with its thousands set apart; a dash where there is none (to templates that is "").

    Without `places` it has as many as it says something with: columns keep more.
    """
    if value is None or isinstance(value, str):
        return "–"
    return format_number(without_noughts(Decimal(value)) if places is None else value, digits_now(), places)


@register.filter
def signed(value: Decimal) -> str:
    """A change to a tenth with its sign: +8.4, −3.1."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{format_number(abs(value), digits_now(), 1)}"


@register.filter
def points(value: Fraction | str | None) -> str:
    """Points or a mean to two decimals; a dash where they are not known."""
    if value is None or isinstance(value, str):
        return "–"
    return format_number(Decimal(value.numerator) / value.denominator, digits_now(), 2)


@register.filter
def baht(value: Decimal | int | str | None) -> str:
    """A sum of money with its unit; a dash where it is not known."""
    return "–" if value is None or isinstance(value, str) else format_baht(value, _language(), digits_now())


@register.filter
def amount(value: Decimal | int) -> str:
    """A sum of money without its unit, for a column that names it; satang only where there are any."""
    return format_number(value, digits_now(), None if value % 1 else 0)


class Figured(Protocol):
    """A figure under a label, with the address it leads to, empty where it leads nowhere."""

    @property
    def label(self) -> str: ...
    @property
    def value(self) -> Decimal | int: ...
    @property
    def address(self) -> str: ...


@register.simple_tag
def figure_cells(figures: Iterable[Figured]) -> SafeString:
    """The cells of a row of figures; a tag, since a table of the country has some five hundred of them."""
    return format_html_join(
        "",
        '<td class="number{}" data-label="{}">{}</td>',
        (
            (
                "" if each.value else " nothing",
                each.label,
                format_html('<a href="{}">{}</a>', each.address, amount(each.value))
                if each.address
                else amount(each.value),
            )
            for each in figures
        ),
    )


@register.filter
def thai_date(value: date | None, style: DateStyle = "long") -> str:
    """A day in the person's calendar: 20 สิงหาคม 2567, or 20 August 2024; style `short` or `numeric`."""
    return "" if not value else str(digits(format_date(value, _language(), style)))


@register.filter
def thai_datetime(value: datetime | None, style: DateStyle = "short") -> str:
    """A moment in Bangkok time: 20 ส.ค. 2567 14.30 น."""
    return "" if not value else str(digits(format_datetime(value, _language(), style)))


@register.filter
def thai_month(value: date) -> str:
    """A month as people write it: สิงหาคม 2567, August 2024."""
    return str(digits(format_month(value, _language())))


@register.filter
def fiscal_year(value: int) -> str:
    """A Buddhist fiscal year as the person reads it: 2568, in English 2568 (2025)."""
    shown = str(value) if _language() == "th" else f"{value} ({FiscalYear(value).ends.year})"
    return str(digits(shown))


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changes: object) -> str:
    """The address of this page with some of its questions changed; an empty value takes one away."""
    request: HttpRequest = context["request"]
    asked = {name: value for name, value in request.GET.items() if name not in changes}
    asked |= {name: str(value) for name, value in changes.items() if value not in (None, "")}
    return f"?{urlencode(asked)}" if asked else request.path


@register.filter
def percent_of(value: Decimal | int, whole: Decimal | int) -> int:
    """How many hundredths of the whole the value is, rounded; 0 of nothing."""
    return round(value * 100 / whole) if whole else 0


@register.filter
def device(user_agent: str) -> str:
    """The browser and system that a browser's own description names: Chrome · Android."""
    browsers = (
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    )
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    )
    named = [next((name for sign, name in kinds if sign in user_agent), "") for kinds in (browsers, systems)]
    return " · ".join(name for name in named if name) or user_agent[:60] or "–"


def _language() -> str:
    return get_language() or "th"
