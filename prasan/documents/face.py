"""Where the typeface of papers lies."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def fonts() -> Path:
    """The folder with Sarabun, as set-up fetched it."""
    return Path(settings.FONTS_DIR)
