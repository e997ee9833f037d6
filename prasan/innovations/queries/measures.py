"""The figures of an innovation as versions keep them."""

from __future__ import annotations

from decimal import Decimal

from prasan.innovations.models import Innovation
from prasan.kernel.digits import without_noughts


def measures_of(innovation: Innovation) -> list[dict[str, str | int | None]]:
    """Each figure in its order, with numbers as plain text."""
    return [
        {
            "name": each.name,
            "unit": each.unit,
            "base_year": each.base_year,
            "base_value": _plain(each.base_value),
            "year": each.year,
            "value": _plain(each.value),
            "whole": _plain(each.whole),
            "source": each.source,
        }
        for each in innovation.measures.order_by("position")
    ]


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else f"{without_noughts(number):f}"
