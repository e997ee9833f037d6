"""The archive that an XLSX file is: opened with care, its parts streamed and never unpacked to disk."""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from prasan.sheets.faults import SheetFault
from prasan.sheets.markup import Attributes, root_of, walk_through
from prasan.sheets.source import CHUNK, Source, check_growth

_END_RECORD: Final = b"PK\x05\x06"
_END_RECORD_LENGTH: Final = 22
_LONGEST_COMMENT: Final = 65_535
_LARGEST_DIRECTORY: Final = 4_000_000
_SMALL_PART: Final = 20_000_000
"""Parts that only describe the workbook; real ones are a few kilobytes."""
_OTHER_ROOTS: Final = {"document": "file.word", "presentation": "file.slides"}


class Package:
    """The parts of an office file by name, each read within the limits."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._limits = source.limits
        _check_directory(source)
        try:
            self._zip = zipfile.ZipFile(source.open())
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError) as error:
            raise SheetFault("file.broken") from error
        self._parts = self._checked_parts()
        self.main = self._main_part()

    def has(self, part: str) -> bool:
        return part.lower() in self._parts

    def stream(self, part: str, limit: int | None = None) -> Iterator[bytes]:
        """The unpacked bytes of one part, piece by piece."""
        entry = self._parts.get(part.lower())
        if entry is None:
            raise SheetFault("file.broken")
        length = 0
        try:
            with self._zip.open(entry) as file:
                while chunk := file.read(CHUNK):
                    length += len(chunk)
                    check_growth(length, entry.compress_size, self._limits)
                    if limit is not None and length > limit:
                        raise SheetFault("file.expands_too_much")
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, OSError,
                RuntimeError) as error:  # fmt: skip
            raise SheetFault("file.broken") from error

    def small(self, part: str) -> Iterator[bytes]:
        """The bytes of a part that only describes others."""
        return self.stream(part, _SMALL_PART)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part points to: id → (last word of the kind, name of the part)."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", name + ".rels")
        found: dict[str, tuple[str, str]] = {}
        if not self.has(relations):
            return found

        def relationship(attributes: Attributes) -> None:
            if attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, target.lstrip("/"))

        walk_through(self.small(relations), {"Relationship": relationship})
        return found

    def _checked_parts(self) -> dict[str, zipfile.ZipInfo]:
        entries = self._zip.infolist()
        if len(entries) > self._limits.parts:
            raise SheetFault("file.too_many_parts")
        parts: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = entry.filename.lstrip("/").lower()
            if entry.flag_bits & 1:
                raise SheetFault("file.password")
            if name in parts or ".." in name.split("/"):
                raise SheetFault("file.forbidden_markup")
            parts[name] = entry
        # Choosing a sheet may mean to look through all of them.
        total = sum(entry.file_size for name, entry in parts.items() if name.endswith(".xml"))
        if total > 2 * self._limits.unpacked_bytes:
            raise SheetFault("file.expands_too_much")
        return parts

    def _main_part(self) -> str:
        """The part with the workbook; a fault that names the kind if this is some other file."""
        if "content.xml" in self._parts and "meta-inf/manifest.xml" in self._parts:
            raise SheetFault("file.open_document")
        mains = [target for kind, target in self.related("").values() if kind == "officeDocument"]
        if len(mains) != 1 or not self.has(mains[0]):
            raise SheetFault("file.archive" if not mains else "file.broken")
        main = mains[0]
        if main.endswith(".bin"):
            raise SheetFault("file.binary_excel")
        root = root_of(self.stream(main))
        if root != "workbook":
            raise SheetFault(_OTHER_ROOTS.get(root, "file.archive"))
        return main


def _check_directory(source: Source) -> None:
    """Refuse a directory of the archive so large that merely listing it would fill the memory."""
    with source.open() as file:
        file.seek(max(0, source.size - _LONGEST_COMMENT - _END_RECORD_LENGTH))
        tail = file.read()
    at = tail.rfind(_END_RECORD)
    if at < 0 or len(tail) - at < _END_RECORD_LENGTH:
        raise SheetFault("file.broken")
    (directory,) = struct.unpack_from("<L", tail, at + 12)
    if directory > _LARGEST_DIRECTORY or tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
        raise SheetFault("file.too_many_parts")
