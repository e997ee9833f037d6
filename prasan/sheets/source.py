"""The bytes of a file, from a path or a stream, readable again and again from the start."""

import gzip
import io
import os
import tempfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from prasan.sheets.faults import SheetFault
from prasan.sheets.limits import Limits

CHUNK = 1 << 18
FREE_GROWTH = 10_000_000
"""Small files may shrink to almost nothing; only beyond this does the ratio tell a bomb."""


class Source:
    """A file of acceptable size whose bytes can be read several times, also by readers side by side."""

    def __init__(self, path_or_stream: str | os.PathLike[str] | BinaryIO, limits: Limits) -> None:
        self.limits = limits
        if isinstance(path_or_stream, (str, os.PathLike)):
            self._stream: BinaryIO = open(path_or_stream, "rb")  # noqa: SIM115 - closed by close()
            self._owned = True
        elif path_or_stream.seekable():
            self._stream, self._owned = path_or_stream, False
        else:
            self._stream, self._owned = _spooled(path_or_stream, limits), True
        self.size = self._stream.seek(0, io.SEEK_END)
        if self.size > limits.file_bytes:
            self.close()
            raise too_large(self.size, limits)

    def open(self) -> io.BufferedReader:
        """The bytes as they are stored."""
        return io.BufferedReader(_View(self._stream), CHUNK)

    def head(self, length: int) -> bytes:
        return self.open().read(length)

    def close(self) -> None:
        if self._owned:
            self._stream.close()


class Unpacked:
    """The bytes inside a gzip file, refused once they grow too far."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.limits = source.limits

    def open(self) -> io.BufferedReader:
        return io.BufferedReader(_Gunzip(self.source), CHUNK)

    def head(self, length: int) -> bytes:
        return self.open().read(length)


def chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def check_growth(unpacked: int, packed: int, limits: Limits) -> None:
    """Refuse a part that has grown too far; called while it grows, before it is kept anywhere."""
    beyond_ratio = unpacked > FREE_GROWTH and unpacked > packed * limits.unpacked_ratio
    if unpacked > limits.unpacked_bytes or beyond_ratio:
        raise SheetFault("file.expands_too_much")


def too_large(size: int, limits: Limits) -> SheetFault:
    megabytes = -(-size // 1_000_000)
    return SheetFault("file.too_large", size=f"{megabytes:,}", limit=f"{limits.file_bytes // 1_000_000:,}")


def _spooled(stream: BinaryIO, limits: Limits) -> BinaryIO:
    spool = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - closed by Source.close()
    length = 0
    for chunk in chunks(stream):
        length += len(chunk)
        if length > limits.file_bytes:
            spool.close()
            raise too_large(length, limits)
        spool.write(chunk)
    return spool


class _View(io.RawIOBase):
    """A position of its own in a shared stream; closing it leaves the stream open."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_END:
            self._position = self._stream.seek(offset, io.SEEK_END)
        else:
            self._position = offset + (self._position if whence == io.SEEK_CUR else 0)
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed: WriteableBuffer
        self._stream.seek(self._position)
        chunk = self._stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._position += len(chunk)
        return len(chunk)


class _Gunzip(io.RawIOBase):
    def __init__(self, source: Source) -> None:
        self._packed = source.size
        self._limits = source.limits
        self._gzip = gzip.GzipFile(fileobj=source.open(), mode="rb")
        self._length = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed: WriteableBuffer
        try:
            chunk = self._gzip.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise SheetFault("file.broken") from error
        self._length += len(chunk)
        check_growth(self._length, self._packed, self._limits)
        buffer[: len(chunk)] = chunk
        return len(chunk)
