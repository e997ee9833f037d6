"""The frame of every list: search, filters as links in the address, count, order, pages, export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from prasan.kernel.digits import to_arabic
from prasan.kernel.text import clean

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """A question a list can be narrowed by; `narrow` gets the rows and the code of the choice."""

    name: str
    label: str | StrPromise
    choices: Iterable[tuple[str, str | StrPromise]]
    narrow: Callable[[Rows, str], Rows]


@dataclass(frozen=True, slots=True)
class Order:
    """A way to sort a list; the first one given is the usual one."""

    code: str
    label: str | StrPromise
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter's or order's choice as a link."""

    label: str | StrPromise
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FilterShown:
    """A filter with its links, the one that takes it away first; `chosen` is empty where that one is."""

    label: str | StrPromise
    choices: list[Choice]

    @property
    def chosen(self) -> str | StrPromise:
        """The label of what the list is narrowed to."""
        return next(choice.label for choice in self.choices if choice.is_chosen)


@dataclass(slots=True)
class ListFrame:
    """What parts/list_tools.html and list_pages.html show; `rows` is the chosen page, `found` all of them."""

    found: Rows
    page: Page[Any]
    searched: str
    can_search: bool
    filters: list[FilterShown]
    orders: list[Choice]
    hidden: list[tuple[str, str]]
    exports: list[tuple[str, str]]
    export: str = ""
    is_narrowed: bool = False

    @property
    def rows(self) -> Iterable[Any]:
        """The rows of the chosen page."""
        return self.page.object_list

    @property
    def order(self) -> str | StrPromise:
        """The label of the order in which the rows stand."""
        return next(choice.label for choice in self.orders if choice.is_chosen)

    @property
    def count(self) -> int:
        """How many rows there are on all pages."""
        return self.page.paginator.count


def list_frame(
    request: HttpRequest,
    rows: Rows,
    *,
    search: Callable[[Rows, str], Rows] | None = None,
    filters: Sequence[Filter] = (),
    orders: Sequence[Order] = (),
    per_page: int = 30,
    exports: Sequence[str] = (),
) -> ListFrame:
    """The part of the rows that the address asks for (`q`, the filters' names, `order`, `page`, `export`).

    A choice that does not exist is passed over, so that an old link still shows a list. Two queries: a count
    and a page.
    """
    asked = {name: str(value) for name, value in request.GET.items() if value}

    def address(**changes: str) -> str:
        kept = {name: value for name, value in asked.items() if name not in {*changes, "page", "export"}}
        return f"?{urlencode(kept | {name: value for name, value in changes.items() if value})}"

    searched = clean(asked.get("q", ""))[:200] if search else ""
    if search and searched:
        rows = search(rows, to_arabic(searched))
    shown, used = [], {"q"} if searched else set()
    for each in filters:
        choices = list(each.choices)
        chosen = asked.get(each.name, "")
        if chosen in dict(choices):
            rows = each.narrow(rows, chosen)
            used.add(each.name)
        else:
            chosen = ""
        links = [Choice(label, address(**{each.name: code}), code == chosen) for code, label in choices]
        shown.append(FilterShown(each.label, [Choice("", address(**{each.name: ""}), not chosen), *links]))
    order = next(
        (order for order in orders if order.code == asked.get("order")), orders[0] if orders else None
    )
    if order:
        rows = rows.order_by(*order.columns)
        if order is not orders[0]:
            used.add("order")
    return ListFrame(
        found=rows,
        page=Paginator(rows, per_page).get_page(to_arabic(asked.get("page", "1"))),
        searched=searched,
        can_search=search is not None,
        filters=shown,
        orders=[Choice(each.label, address(order=each.code), each is order) for each in orders],
        hidden=[(name, asked[name]) for name in sorted(used - {"q"})],
        exports=[(kind.upper(), address(export=kind)) for kind in exports],
        export=asked.get("export", "") if asked.get("export") in exports else "",
        is_narrowed=bool(used - {"order"}),
    )
