"""How much a person may send at once, refused before a byte of it is read or written to disk."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse


class LimitedBody:
    """Refuses what is announced as larger than any page takes; nobody sends files without signing in.

    Django reads no further than what was announced, so that asking for that is enough.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        size = int(announced[:20]) if announced.isascii() and announced.isdigit() else 0
        small = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if size > small and size > (settings.LARGEST_BODY if request.user.is_authenticated else small):
            raise RequestDataTooBig("larger than any page takes")
        return self.get_response(request)
