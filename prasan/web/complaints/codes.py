"""The code on a receipt that a telephone reads: it opens the complaint with number and secret filled in."""

from __future__ import annotations

import segno
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from prasan.complaints.actions import TakenIn


def tracking_address(request: HttpRequest, taken: TakenIn) -> str:
    """The address that opens a complaint; number and secret stand behind the `#`.

    A browser never sends that part to anybody, so that neither a log nor a proxy learns the secret.
    """
    site = settings.SITE_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    return f"{site}{reverse('complaints:track')}#{taken.complaint.receipt}-{taken.secret}"


def tracking_code(request: HttpRequest, taken: TakenIn) -> SafeString:
    """That address as a QR code: a drawing without styles, which the content policy would refuse."""
    drawn = segno.make(tracking_address(request, taken), error="m", micro=False).svg_inline(
        svgclass="qr", lineclass="", omitsize=True, border=4, dark="#000", light="#fff"
    )
    return mark_safe(drawn)  # noqa: S308 - segno draws squares; nothing of the address stands in it
