"""The photographs of a complaint. Who may open one is decided by the complaint."""

from __future__ import annotations

import time

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from prasan.complaints.actions import read_letter
from prasan.complaints.models import Complaint, Photograph
from prasan.complaints.queries import complaints_for, opened_by, photographs_for, photographs_of
from prasan.kernel.refusals import Refused
from prasan.web.documents.serving import file_response
from prasan.web.shell.requests import SignedInRequest

_FOLLOWED = "complaints_followed"
_SECONDS = 30 * 60
"""How long after its page was opened with number and secret a sender sees the photographs on it."""


@login_required
@require_safe
def photograph(request: SignedInRequest, pk: int, number: int) -> HttpResponseBase:
    """A file of a complaint, for those who may see the complaint."""
    return _served(request, _found(request, pk, number))


@login_required
@require_safe
def thumbnail(request: SignedInRequest, pk: int, number: int) -> HttpResponseBase:
    """The small picture of it."""
    return _served(request, _found(request, pk, number), thumbnail=True)


@login_required
@require_POST
def letter(request: SignedInRequest, pk: int, number: int) -> HttpResponseBase:
    """The scan of a letter, for those who may know its sender; each look is recorded."""
    found = _found(request, pk, number, is_letter=True)
    try:
        read_letter(found, by=request.user)
    except Refused:
        raise Http404 from None
    return file_response(request, found.file, name=found.name)


@require_safe
def followed_photograph(request: HttpRequest, number: int) -> HttpResponseBase:
    """A photograph on the page of a complaint that this browser opened with number and secret."""
    return _served_to_sender(request, number)


@require_safe
def followed_thumbnail(request: HttpRequest, number: int) -> HttpResponseBase:
    """The small picture of it."""
    return _served_to_sender(request, number, thumbnail=True)


def note_followed(request: HttpRequest, complaint: Complaint) -> list[Photograph]:
    """Let this browser see, for a while, what its sender sent and what was done; which these are."""
    shown = [each for each in photographs_of(complaint) if each.shows != Photograph.Shows.PROOF]
    course = opened_by(complaint)
    shown += [each for each in photographs_of(course) if each.shows == Photograph.Shows.PROOF]
    if shown:
        until = int(time.time()) + _SECONDS
        request.session[_FOLLOWED] = {"until": until, "photographs": [each.pk for each in shown]}
    return shown


def _served_to_sender(request: HttpRequest, number: int, *, thumbnail: bool = False) -> HttpResponseBase:
    followed = request.session.get(_FOLLOWED, {})
    if number not in followed.get("photographs", ()) or followed["until"] < time.time():
        raise Http404
    found = get_object_or_404(Photograph.objects.select_related("file"), pk=number)
    return _served(request, found, thumbnail=thumbnail)


def _found(request: SignedInRequest, pk: int, number: int, *, is_letter: bool = False) -> Photograph:
    complaint = get_object_or_404(complaints_for(request.user), pk=pk)
    rows = photographs_for(request.user, complaint)
    letters = rows.filter(shows=Photograph.Shows.LETTER)
    return get_object_or_404(letters if is_letter else rows.exclude(pk__in=letters), pk=number)


def _served(request: HttpRequest, found: Photograph, *, thumbnail: bool = False) -> HttpResponseBase:
    return file_response(request, found.file, name=found.name, thumbnail=thumbnail)
