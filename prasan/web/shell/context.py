"""What the frame of every page shows besides the page itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from prasan.agencies.queries import postings_of
from prasan.web.shell.navigation import navigation_for
from prasan.web.shell.preferences import digits_now, theme_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, language, theme and digits, for base.html."""
    return {
        "navigation": SimpleLazyObject(lambda: navigation_for(request)),
        "posts": SimpleLazyObject(lambda: _posts_of(request)),
        "theme": theme_of(request),
        "digits": digits_now(),
        "language": get_language(),
        "other_language": "en" if get_language() == "th" else "th",
        "map_tiles": settings.MAP_TILES,
    }


def _posts_of(request: HttpRequest) -> list[str]:
    english = get_language() == "en"
    return [posting.title_en if english else posting.title_th for posting in postings_of(request.user)]
