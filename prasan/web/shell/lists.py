"""The frame of every list: search, filters as links in the address, count, order, pages, export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from prasan.kernel.digits import to_arabic
from prasan.kernel.text import clean

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Rows = QuerySet[Any]

COUNTED = 10_000
"""Rows up to which a list is counted; of a longer one it is said that there are more."""

_PLACE = ("after", "before")


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


@dataclass
class ListFrame:
    """What parts/list_tools.html and list_pages.html show; `rows` is the chosen page, `found` all of them.

    `first`, `before` and `after` are addresses of further pages, empty where there is none.
    """

    found: Rows
    rows: list[Any]
    first: str
    before: str
    after: str
    searched: str
    can_search: bool
    filters: list[FilterShown]
    orders: list[Choice]
    hidden: list[tuple[str, str]]
    exports: list[tuple[str, str]]
    export: str = ""
    is_narrowed: bool = False
    counted_to: int = COUNTED
    counted_in_order: bool = False

    @property
    def order(self) -> str | StrPromise:
        """The label of the order in which the rows stand."""
        return next(choice.label for choice in self.orders if choice.is_chosen)

    @cached_property
    def count(self) -> int:
        """How many rows there are on all pages, or as many as are counted."""
        return min(self._counted, self.counted_to)

    @property
    def is_more(self) -> bool:
        """Whether there are more rows than are counted."""
        return self._counted > self.counted_to

    @cached_property
    def _counted(self) -> int:
        if not (self.before or self.after or self.first):
            return len(self.rows)
        rows = self.found if self.counted_in_order else self.found.order_by()
        return rows[: self.counted_to + 1].count()


def list_frame(
    request: HttpRequest,
    rows: Rows,
    *,
    search: Callable[[Rows, str], Rows] | None = None,
    filters: Sequence[Filter] = (),
    orders: Sequence[Order] = (),
    per_page: int = 30,
    exports: Sequence[str] = (),
    counted_to: int = COUNTED,
    counted_in_order: bool = False,
) -> ListFrame:
    """The part of the rows that the address asks for: `q`, filters' names, `order`, `export`, and the page.

    A page is named by the key of the row it stands `after` or `before`, so that a deep page costs no more
    than the first. A choice that does not exist is passed over, so that an old link still shows a list.
    Three queries at most: the row that the address names, the page, and a count unless all fits on it. A list
    whose search looks into another table is best `counted_in_order`: by the way that the page takes.
    """
    asked = {name: str(value) for name, value in request.GET.items() if value}

    def address(**changes: str) -> str:
        kept = {
            name: value for name, value in asked.items() if name not in {*changes, *_PLACE, "page", "export"}
        }
        return f"?{urlencode(kept | {name: value for name, value in changes.items() if value})}"

    all_rows = rows
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
    if order and order is not orders[0]:
        used.add("order")
    columns = _whole_order(rows, order)
    page = _page(rows.order_by(*columns), all_rows, columns, asked, per_page)

    def beside(name: str, row: Any) -> str:
        return address(**{name: str(row.pk)}) if row is not None else ""

    return ListFrame(
        found=rows.order_by(*columns),
        rows=page.rows,
        first=address() if page.before is not None else "",
        before=beside("before", page.before),
        after=beside("after", page.after),
        searched=searched,
        can_search=search is not None,
        filters=shown,
        orders=[Choice(each.label, address(order=each.code), each is order) for each in orders],
        hidden=[(name, asked[name]) for name in sorted(used - {"q"})],
        exports=[(kind.upper(), address(export=kind)) for kind in exports],
        export=asked.get("export", "") if asked.get("export") in exports else "",
        is_narrowed=bool(used - {"order"}),
        counted_to=counted_to,
        counted_in_order=counted_in_order,
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """Rows, and the rows that the pages before and after are named by."""

    rows: list[Any]
    before: Any = None
    after: Any = None


def _page(found: Rows, reached: Rows, columns: Sequence[str], asked: Mapping[str, str], size: int) -> _Page:
    """The page after or before the row that the address names, or the first one."""
    name = next((name for name in _PLACE if asked.get(name)), "")
    values = _values_at(reached, columns, asked[name]) if name else None
    if values is None:
        rows = list(found[: size + 1])
        return _Page(rows[:size], after=rows[size - 1] if len(rows) > size else None)
    if name == "after":
        rows = list(found.filter(_beyond(columns, values))[: size + 1])
        if not rows:
            return _page(found, reached, columns, {}, size)
        return _Page(rows[:size], before=rows[0], after=rows[size - 1] if len(rows) > size else None)
    backwards = found.reverse().filter(_beyond([_turned(column) for column in columns], values))
    rows = list(backwards[: size + 1])
    if len(rows) <= size:
        return _page(found, reached, columns, {}, size)
    rows = rows[:size][::-1]
    return _Page(rows, before=rows[0], after=rows[-1])


def _whole_order(rows: Rows, order: Order | None) -> tuple[str, ...]:
    """The columns of the order, the last of them the key, so that no two rows stand at the same place."""
    columns = order.columns if order else tuple(map(str, rows.query.order_by))
    return columns if columns and columns[-1].lstrip("-") in ("pk", "id") else (*columns, "pk")


def _values_at(reached: Rows, columns: Sequence[str], key: str) -> tuple[Any, ...] | None:
    """Where the row of that key stands in the order; None if the person reaches no such row."""
    try:
        row = reached.filter(pk=key).order_by()
        return row.values_list(*(column.lstrip("-") for column in columns)).first()
    except (ValueError, OverflowError, ValidationError):
        return None


def _beyond(columns: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that stand after these values; nothing stands last going up and first going down, as in the
    database.

    The bound on the first column alone is what an index begins at.
    """
    (column, *others), (value, *further) = columns, values
    name, is_falling = column.lstrip("-"), column.startswith("-")
    beyond = _past(name, value, is_falling=is_falling)
    if not others:
        return beyond
    tied = Q(**{name: value}) if value is not None else Q(**{f"{name}__isnull": True})
    later = beyond | (tied & _beyond(others, further))
    if value is None or not is_falling:
        return later
    return Q(**{f"{name}__lte": value}) & later


def _past(name: str, value: Any, *, is_falling: bool) -> Q:
    if value is None:
        return Q(**{f"{name}__isnull": False}) if is_falling else Q(pk__in=())
    if is_falling:
        return Q(**{f"{name}__lt": value})
    return Q(**{f"{name}__gt": value}) | Q(**{f"{name}__isnull": True})


def _turned(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"
