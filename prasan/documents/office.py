"""DOCX and XLSX: a sound package of its kind, without macros or anything fetched from outside."""

from __future__ import annotations

import re
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from prasan.documents import limits
from prasan.documents.models import File
from prasan.kernel.refusals import Refused
from prasan.sheets.faults import SheetFault
from prasan.sheets.markup import Attributes, walk_through

_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES = {
    File.Kind.DOCX: _OFFICE + "wordprocessingml.document",
    File.Kind.XLSX: _OFFICE + "spreadsheetml.sheet",
}
_TYPES = "[Content_Types].xml"
_LIST_LIMIT = 2 * limits.MEGABYTE  # of a list of parts or of references
_FORBIDDEN_PARTS = re.compile(r"vbaproject|\.bin$|activex|\.exe$|\.js$|\.vbs$|\.html?$", re.IGNORECASE)
_HARMLESS_BINARIES = re.compile(r"printersettings\d*\.bin$", re.IGNORECASE)
_CLICKED = "/hyperlink"
"""Last part of the kind of the one reference to elsewhere that is followed only when a reader clicks it."""


def check_office(source: BinaryIO) -> File.Kind:
    """Which of the two kinds it is; refuses damaged, swollen, locked and acting files."""
    try:
        with ZipFile(source) as package:
            parts = package.infolist()
            _check_size(parts)
            _check_parts(parts)
            types = _read(package, _TYPES)
            for part in parts:
                if part.filename.lower().endswith(".rels"):
                    walk_through([_read(package, part.filename)], {"Relationship": _refuse_fetched})
    except (
        BadZipFile,
        KeyError,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
        RuntimeError,
        SheetFault,
    ) as error:
        raise Refused(
            _("This file is not a whole Word or Excel file. Please save it again as DOCX or XLSX.")
        ) from error
    if b"<!DOCTYPE" in types or b"<!ENTITY" in types or b"macroEnabled" in types:
        raise _acting()
    for kind, media_type in MEDIA_TYPES.items():
        if f'"{media_type}.main+xml"'.encode() in types:
            return kind
    raise Refused(_("Only plain Word and Excel files are taken. Please save it as DOCX or XLSX."))


def _check_size(parts: list[ZipInfo]) -> None:
    if len(parts) > limits.PARTS or sum(part.file_size for part in parts) > limits.UNPACKED:
        raise Refused(
            _("This file unpacks to far more than its size. Please copy what is needed into a new file.")
        )


def _check_parts(parts: list[ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or any(
        ".." in name.split("/") or name.startswith("/") for name in names
    ):
        raise ValueError("parts with doubtful names")
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused(_("This file is locked, so it cannot be checked. Please save it without a password."))
    if any(_FORBIDDEN_PARTS.search(name) and not _HARMLESS_BINARIES.search(name) for name in names):
        raise _acting()


def _read(package: ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        content = part.read(_LIST_LIMIT + 1)
    if len(content) > _LIST_LIMIT or b"\0" in content:
        raise ValueError("a list of parts without end, or in letters that are not looked through")
    return content


def _refuse_fetched(reference: Attributes) -> None:
    """Refuse a part that the file brings in from elsewhere when opened."""
    is_elsewhere = reference.get("TargetMode", "").lower() == "external"
    if is_elsewhere and not reference.get("Type", "").endswith(_CLICKED):
        raise _acting()


def _acting() -> Refused:
    return Refused(
        _("This file holds macros, programs or parts from elsewhere. Please save it without them.")
    )
