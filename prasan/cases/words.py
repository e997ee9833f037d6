"""What is kept of people's words: cleaned, within limits, and findable."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from prasan.kernel.refusals import Refused
from prasan.kernel.text import clean
from prasan.kernel.words import search_key
from prasan.places.models import Area

LONG_LIMIT = 8000


def cleaned(text: str, limit: int = LONG_LIMIT) -> str:
    """The text as it is stored; Refused if it is longer than fits."""
    text = clean(text).strip()
    if len(text) > limit:
        raise Refused(_("Please shorten the text to %(limit)d characters.") % {"limit": limit})
    return text


def findable(area: Area | None, *texts: str) -> str:
    """The key by which the words, and the names of the place and of those around it, are found."""
    return search_key(" ".join([*texts, names_around(area)]))


def names_around(area: Area | None) -> str:
    """Thai titles and English names of a place and of the areas around it, from the province down."""
    if area is None:
        return ""
    with override("th"):
        return " ".join(name for each in _around(area) for name in (each.title, each.name_en) if name)


def _around(area: Area) -> list[Area]:
    """From the province down to the area; in one query unless the parents were read with it."""
    codes = area.path.split("/")[:-1]
    if not Area._meta.get_field("parent").is_cached(area):
        return list(Area.objects.filter(code__in=codes).order_by("level"))
    around = [area][: len(codes)]
    while len(around) < len(codes) and (above := around[0].parent) is not None:
        around.insert(0, above)
    return around
