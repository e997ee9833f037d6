"""Files as people send them, and a table of links that only tests know."""

from __future__ import annotations

import io
import zipfile
import zlib
from itertools import count

from django.db import models
from django.utils.timezone import now
from PIL import Image

from prasan.documents.models import File


class Enclosure(models.Model):
    file = models.ForeignKey(File, models.PROTECT, related_name="+")

    class Meta:
        app_label = "documents"


_numbers = count(1)


def make_file(kind: str = "image", media_type: str = "image/jpeg") -> File:
    """The row of a file that was taken in, without its content."""
    return File.objects.create(
        sha256=f"{next(_numbers):064}", kind=kind, media_type=media_type, size=1, stored_at=now()
    )


def picture(
    kind: str = "JPEG",
    size: tuple[int, int] = (640, 480),
    *,
    colour: object = (10, 120, 110),
    mode: str = "RGB",
    orientation: int | None = None,
    place: tuple[float, float] | None = None,
    **options: object,
) -> io.BytesIO:
    """A picture; with `place` it says where it was taken, and which phone took it."""
    image = Image.new(mode, size, colour)
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    if place:
        exif[0x010F] = "PHONE-OF-SOMEONE"
        exif.get_ifd(0x8825).update({1: "N", 2: (place[0], 0.0, 0.0), 3: "E", 4: (place[1], 0.0, 0.0)})
    if orientation or place:
        options["exif"] = exif.tobytes()
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    stream.seek(0)
    return stream


def pdf(*, catalogue: bytes = b"", packed: bytes = b"", trailer: bytes = b"") -> io.BytesIO:
    """A small PDF; `catalogue` is added to its catalogue, `packed` stands in packed objects."""
    body = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 2 0 R " + catalogue + b">>\nendobj\n"
    body += b"2 0 obj\n<</Type /Pages /Kids [] /Count 0>>\nendobj\n"
    if packed:
        stream = zlib.compress(packed)
        body += b"3 0 obj\n<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d>>\n" % len(stream)
        body += b"stream\n" + stream + b"\nendstream\nendobj\n"
    return io.BytesIO(body + b"trailer\n<</Root 1 0 R " + trailer + b">>\nstartxref\n9\n%%EOF\n")


OFFICE = "application/vnd.openxmlformats-officedocument."


def office(kind: str = "docx", *, parts: dict[str, bytes] | None = None, main: str = "") -> io.BytesIO:
    """A small DOCX or XLSX with further parts."""
    main = main or OFFICE + (
        "wordprocessingml.document.main+xml" if kind == "docx" else "spreadsheetml.sheet.main+xml"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        types = f'<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="{main}"/></Types>'
        package.writestr("[Content_Types].xml", types)
        package.writestr("_rels/.rels", "<Relationships/>")
        for name, content in (parts or {}).items():
            package.writestr(name, content)
    stream.seek(0)
    return stream
