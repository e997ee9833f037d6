"""The path of pages above the one shown, as its breadcrumbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Crumb(NamedTuple):
    """A page above this one; the last crumb of a trail is the page itself and has no address."""

    label: str | StrPromise
    address: str = ""
