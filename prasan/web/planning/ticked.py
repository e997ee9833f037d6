"""Which rows a person ticked on a page, as the address of the form that follows names them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from prasan.web.planning.reading import key_in

MOST_AT_ONCE = 100


def ticked_keys(request: HttpRequest, name: str) -> list[str]:
    """The keys under this name, as many as are taken at once; says so where there are more."""
    asked = request.GET.getlist(name)
    if len(asked) > MOST_AT_ONCE:
        told = _("Only the first %(number)d of the ticked are taken at once. The others can follow.")
        messages.warning(request, told % {"number": MOST_AT_ONCE})
    keys = [key_in(mark) for mark in asked[:MOST_AT_ONCE]]
    return [key for key in keys if key.isascii() and key.isdigit() and len(key) < 12]
