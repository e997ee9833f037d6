"""The shelf on which finished files of certificates stand."""

from __future__ import annotations

from typing import Final

from prasan.documents.shelf import Shelf

PACKED: Final = "certificates.zip"
"""What stands in the workplace in the end."""

CERTIFICATES: Final = Shelf("CERTIFICATES_DIR", {"zip": PACKED})
