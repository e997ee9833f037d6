"""A file as an answer to a browser, for pages that have decided that this person may see it."""

from __future__ import annotations

import logging
from pathlib import Path, PurePosixPath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from prasan.documents.models import File
from prasan.documents.queries import content

_SUFFIXES = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/zip": (".zip",),
}
_SHOWN_IN_PLACE = (File.Kind.IMAGE, File.Kind.PDF)
_NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_BLOCK = 64 * 1024

log = logging.getLogger(__name__)


def file_response(
    request: HttpRequest, file: File, *, name: str, thumbnail: bool = False
) -> HttpResponseBase:
    """The content under a name given by its link: pictures and PDF shown in place, the rest saved.

    Browsers keep it for this person alone and ask again after five minutes, so that a right that ended ends
    here too. The tag by which they ask tells nothing about the content to anyone.
    """
    tag = f'"{salted_hmac(__name__, f"{file.pk} {thumbnail} {file.sha256}").hexdigest()[:32]}"'
    is_pdf = file.kind == File.Kind.PDF
    if request.headers.get("If-None-Match") == tag:
        return _guarded(HttpResponseNotModified(), tag, is_pdf=is_pdf)
    try:
        opened = content(file, thumbnail=thumbnail)
    except FileNotFoundError:
        log.error("the content of file %d is missing on disk", file.pk)
        raise Http404 from None
    response = FileResponse(
        opened.stream,
        content_type=opened.media_type,
        as_attachment=file.kind not in _SHOWN_IN_PLACE,
        filename=_with_suffix(name, opened.media_type),
    )
    response.headers["Content-Length"] = str(opened.size)
    return _guarded(response, tag, is_pdf=is_pdf)


def finished_file(request: HttpRequest, path: Path, *, name: str, mark: str) -> HttpResponseBase:
    """A file that we made, under a name that says what it is, with the same headers as what people sent.

    `mark` is another one whenever the content is.
    """
    tag = f'"{salted_hmac(__name__, f"{name} {mark}").hexdigest()[:32]}"'
    is_pdf = path.suffix == ".pdf"
    if request.headers.get("If-None-Match") == tag:
        return _guarded(HttpResponseNotModified(), tag, is_pdf=is_pdf)
    media_type = next(kind for kind, suffixes in _SUFFIXES.items() if path.suffix in suffixes)
    response = FileResponse(path.open("rb"), content_type=media_type, as_attachment=not is_pdf, filename=name)
    response.block_size = _BLOCK
    return _guarded(response, tag, is_pdf=is_pdf)


def _guarded(response: HttpResponse | FileResponse, tag: str, *, is_pdf: bool) -> HttpResponseBase:
    # Browsers do not show a PDF in a sandbox; it was checked for scripts, and none could reach our pages.
    sandbox = "" if is_pdf else "; sandbox"
    response.headers["Content-Security-Policy"] = _NOTHING_RUNS + sandbox
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, max-age=300, must-revalidate"
    response.headers["ETag"] = tag
    return response


def _with_suffix(name: str, media_type: str) -> str:
    """The last part of the name, ending as content of this type does."""
    suffixes = _SUFFIXES[media_type]
    plain = PurePosixPath(name.replace("\\", "/")).name or "file"
    return plain if plain.lower().endswith(suffixes) else plain + suffixes[0]
