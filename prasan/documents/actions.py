"""Taking a file in, and letting it go with its last link."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.documents import folder, limits
from prasan.documents.images import rewrite_picture
from prasan.documents.models import File
from prasan.documents.office import MEDIA_TYPES, check_office
from prasan.documents.pdfs import check_pdf
from prasan.documents.queries import is_linked, unlinked_files
from prasan.kernel.refusals import Refused

GRACE = timedelta(hours=6)
"""How long a file may stand without a link: from the upload to the act that links it."""

_CHUNK = 256 * 1024
_HEIF = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypavif")
"""How a picture in the format of some telephones begins, behind four bytes."""
_LOCKS = 0x464C  # first half of the advisory locks on files; the second is taken from the hash


@transaction.atomic
def store(
    stream: BinaryIO, *, name: str, allowed: Collection[File.Kind], keep_location: bool = False
) -> File:
    """Keep what was sent, once, whoever sent it before; the caller links it in the same transaction.

    What it is follows from its content, `name` is only spoken of. The same work is done and the same answer
    given whether or not the content is known already.
    """
    with folder.workplace() as place:
        sent = place / "sent"
        _receive(stream, sent, max(limits.BYTES[kind] for kind in allowed), name)
        file, finished, thumbnail = _checked(sent, name, allowed, keep_location=keep_location)
        _lock(file.sha256)
        folder.put(finished, folder.place_of(file.sha256))
        if thumbnail:
            folder.put(thumbnail, folder.place_of(file.sha256, thumbnail=True))
    # Touching a known row keeps it from being dropped before this transaction has linked it.
    (kept,) = File.objects.bulk_create(
        [file], update_conflicts=True, unique_fields=["sha256"], update_fields=["stored_at"]
    )
    return kept


def release(file: File) -> None:
    """Let a file go, once this transaction has ended, if no row links to it any more."""
    transaction.on_commit(lambda: _drop(file.pk, grace=None))


def drop_unlinked() -> int:
    """Remove files that nothing links to, content without a row, and what crashes left; how many files."""
    horizon = timezone.now() - GRACE
    dropped = sum(_drop(pk, grace=GRACE) for pk in unlinked_files(before=horizon))
    for digest, path in folder.contents():
        if _is_old(path) and not File.objects.filter(sha256=digest).exists():
            _remove_orphan(digest, path)
    for left in folder.incoming_folder().glob("*"):
        if _is_old(left):
            shutil.rmtree(left, ignore_errors=True)
    return dropped


def _receive(stream: BinaryIO, target: Path, limit: int, name: str) -> None:
    size = 0
    with target.open("wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise _too_large(name, limit)
            file.write(chunk)
    if not size:
        raise Refused(_("The file “%(name)s” is empty. Please choose another.") % {"name": name})


def _checked(
    sent: Path, name: str, allowed: Collection[File.Kind], *, keep_location: bool
) -> tuple[File, Path, Path | None]:
    """The row to be kept, the file that becomes its content, and the thumbnail of a picture."""
    with sent.open("rb") as source:
        kind = _kind(source.read(16))
        if kind in MEDIA_TYPES:
            kind = check_office(source)
        if kind is None and _is_heif(sent):
            raise _of_a_telephone(name)
        if kind is None or kind not in allowed:
            raise _not_taken(name, allowed)
        size = sent.stat().st_size
        if size > limits.BYTES[kind]:
            raise _too_large(name, limits.BYTES[kind])
        file = File(kind=kind, stored_at=timezone.now())
        if kind is File.Kind.IMAGE:
            finished, thumbnail = sent.with_name("picture"), sent.with_name("thumbnail")
            picture = rewrite_picture(source, finished, thumbnail, keep_location=keep_location)
            file.media_type, file.has_thumbnail = picture.media_type, True
            file.width, file.height = picture.width, picture.height
        else:
            finished, thumbnail = sent, None
            file.media_type = MEDIA_TYPES.get(kind, "application/pdf")
            if kind is File.Kind.PDF:
                check_pdf(sent.read_bytes())
    file.sha256, file.size = folder.digest_of(finished), finished.stat().st_size
    return file, finished, thumbnail


def _kind(head: bytes) -> File.Kind | None:
    """What the first bytes promise; the whole is checked afterwards. DOCX stands for both packages."""
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")):
        return File.Kind.IMAGE
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return File.Kind.IMAGE
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return File.Kind.PDF
    return File.Kind.DOCX if head.startswith(b"PK\x03\x04") else None


def _is_heif(sent: Path) -> bool:
    """Whether it is a picture as some telephones keep it (ISO/IEC 23008-12), which browsers do not show."""
    with sent.open("rb") as source:
        return source.read(12)[4:] in _HEIF


def _lock(digest: str, *, wait: bool = True) -> bool:
    """Keep everyone else from placing or removing this content until the transaction ends."""
    numbers = [_LOCKS, int(digest[:8], 16) - 2**31]
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", numbers)
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", numbers)
        return bool(cursor.fetchone()[0])


@transaction.atomic
def _drop(pk: int, *, grace: timedelta | None) -> int:
    file = File.objects.filter(pk=pk).first()
    if file is None or not _lock(file.sha256, wait=False):
        return 0  # being sent again at this moment
    file = File.objects.select_for_update().filter(pk=pk).first()
    if file is None or is_linked(file) or (grace and file.stored_at > timezone.now() - grace):
        return 0
    file.delete()
    # Before the commit, while the lock keeps the same content from being sent anew. If the commit fails, a
    # row without a link has lost its content: nobody sees it, and the next upload brings the content back.
    for thumbnail in (False, True):
        folder.place_of(file.sha256, thumbnail=thumbnail).unlink(missing_ok=True)
    return 1


@transaction.atomic
def _remove_orphan(digest: str, path: Path) -> None:
    if _lock(digest, wait=False) and not File.objects.filter(sha256=digest).exists():
        path.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time.time() - GRACE.total_seconds()
    except FileNotFoundError:
        return False


def _too_large(name: str, limit: int) -> Refused:
    return Refused(
        _("The file “%(name)s” is larger than %(limit)d MB. Please make it smaller and send it again.")
        % {"name": name, "limit": limit // limits.MEGABYTE}
    )


def _of_a_telephone(name: str) -> Refused:
    return Refused(
        _(
            "The picture “%(name)s” is kept as HEIC, which not every browser can show. Please choose JPEG: "
            "on an iPhone that is Settings, Camera, Formats, Most compatible, or send a screenshot of it."
        )
        % {"name": name}
    )


def _not_taken(name: str, allowed: Collection[File.Kind]) -> Refused:
    words = {
        File.Kind.IMAGE: _("a picture (JPEG, PNG, WebP)"),
        File.Kind.PDF: "PDF",
        File.Kind.DOCX: "Word (DOCX)",
        File.Kind.XLSX: "Excel (XLSX)",
    }
    return Refused(
        _("The file “%(name)s” is of a kind that is not taken here. Please send %(kinds)s.")
        % {"name": name, "kinds": ", ".join(word for kind, word in words.items() if kind in allowed)}
    )
