"""How large a file of each kind may be. One table; the pages show it and the checks keep it."""

from __future__ import annotations

from prasan.documents.models import File

MEGABYTE = 1024 * 1024

BYTES = {
    File.Kind.IMAGE: 20 * MEGABYTE,
    File.Kind.PDF: 50 * MEGABYTE,
    File.Kind.DOCX: 20 * MEGABYTE,
    File.Kind.XLSX: 20 * MEGABYTE,
}

PIXELS = 64_000_000
"""Of a picture as sent; phones of 50 megapixels are below it."""

SIDE = 4096
"""Longest side of a picture as kept."""

THUMBNAIL_SIDE = 320

PARTS = 5_000
UNPACKED = 400 * MEGABYTE
"""Of a DOCX or XLSX: its parts, and their size when unpacked."""

INFLATED = 64 * MEGABYTE
"""Of a PDF: the packed objects that are looked through."""
