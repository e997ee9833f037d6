"""How often one address of the network may do what needs no account."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

_LIMITS = {"tell": "20/10m/ip", "track": "30/10m/ip,8/10m/key"}
"""Enough for a counter or a school behind one address, too little to guess or to flood."""


def is_too_often(request: HttpRequest, act: str, key: str = "") -> bool:
    """Whether this address, or anybody with this key, has done it too often just now."""
    config = {act: _LIMITS[act]}
    return not ratelimit.consume(
        request, app="prasan.complaints", action=act, config=config, key=key or "none"
    )
