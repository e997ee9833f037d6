"""Points on the map that people give with what they tell."""

from __future__ import annotations

from django.utils.translation import gettext as _

from prasan.kernel.refusals import Refused

THAILAND = (5.0, 21.0, 97.0, 106.0)
"""South, north, west and east of a box around the country, in degrees."""


def sound_point(latitude: float | None, longitude: float | None) -> tuple[float | None, float | None]:
    """The point in degrees as it is kept; Refused unless it is whole and lies in Thailand."""
    if latitude is None and longitude is None:
        return None, None
    south, north, west, east = THAILAND
    if latitude is None or longitude is None:
        raise Refused(_("A point needs both latitude and longitude. Please mark it on the map again."))
    if not (south <= latitude <= north and west <= longitude <= east):
        raise Refused(_("The point lies outside Thailand. Please mark it on the map again."))
    return round(latitude, 6), round(longitude, 6)
