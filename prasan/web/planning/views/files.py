"""Files of needs and proposals. Who may open one is decided by the case that it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prasan.kernel.refusals import Refused
from prasan.planning.actions import attach, detach, show_file
from prasan.planning.models import Attachment, Need, Proposal
from prasan.planning.queries import files_for, needs_for, proposals_for
from prasan.web.documents.serving import file_response
from prasan.web.planning.forms import FileForm, FilesForm, ReleaseForm
from prasan.web.shell.requests import SignedInRequest


def kinds_of_files(files: Sequence[Attachment]) -> list[tuple[Any, int]]:
    """How many files of each kind there are, so that what is missing is seen."""
    held = Counter(attachment.kind for attachment in files)
    return [(kind.label, held[kind]) for kind in Attachment.Kind]


@require_safe
def need_file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A file of a need, for those who may see the need, and for everybody once released."""
    return _serve(request, get_object_or_404(Need, pk=pk), number)


@require_safe
def need_thumbnail(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The small picture of it."""
    return _serve(request, get_object_or_404(Need, pk=pk), number, thumbnail=True)


@require_safe
def proposal_file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A file of a proposal, for those inside, and for everybody once released."""
    return _serve(request, get_object_or_404(Proposal, pk=pk), number)


@require_safe
def proposal_thumbnail(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The small picture of it."""
    return _serve(request, get_object_or_404(Proposal, pk=pk), number, thumbnail=True)


@login_required
@require_POST
def need_files_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add photographs to a need."""
    need = get_object_or_404(needs_for(request.user), pk=pk)
    form = FilesForm(request.POST, request.FILES)
    if not form.is_valid():
        _tell_faults(request, form)
    elif not form.photographs:
        messages.warning(request, _("Please choose a photograph first."))
    else:
        _try(request, lambda: [_add(request, need, photograph) for photograph in form.photographs])
    return redirect("planning:need", pk)


@login_required
@require_POST
def proposal_files_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a file to a proposal."""
    proposal = get_object_or_404(proposals_for(request.user), pk=pk)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        _try(request, lambda: _add(request, proposal, given["file"], given["kind"]))
    else:
        _tell_faults(request, form)
    return redirect("planning:proposal", pk)


@login_required
@require_POST
def need_file_remove(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Remove a file of a need."""
    need = get_object_or_404(needs_for(request.user), pk=pk)
    _remove(request, need, number)
    return redirect("planning:need", pk)


@login_required
@require_POST
def proposal_file_remove(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Remove a file of a proposal."""
    proposal = get_object_or_404(proposals_for(request.user), pk=pk)
    _remove(request, proposal, number)
    return redirect("planning:proposal", pk)


@login_required
@require_POST
def need_file_release(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Release a file of a need to the public, or hide it again."""
    need = get_object_or_404(needs_for(request.user), pk=pk)
    _release(request, need, number)
    return redirect("planning:need", pk)


@login_required
@require_POST
def proposal_file_release(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Release a file of a proposal to the public, or hide it again."""
    proposal = get_object_or_404(proposals_for(request.user), pk=pk)
    _release(request, proposal, number)
    return redirect("planning:proposal", pk)


def _serve(
    request: HttpRequest, case: Need | Proposal, number: int, *, thumbnail: bool = False
) -> HttpResponseBase:
    attachment = get_object_or_404(files_for(request.user, case), pk=number)
    return file_response(request, attachment.file, name=attachment.name, thumbnail=thumbnail)


def _add(
    request: SignedInRequest,
    case: Need | Proposal,
    file: UploadedFile[bytes],
    kind: str = Attachment.Kind.PHOTOGRAPH,
) -> Attachment:
    return attach(case, cast(BinaryIO, file), name=file.name or "", kind=kind, by=request.user)


def _remove(request: SignedInRequest, case: Need | Proposal, number: int) -> None:
    attachment = get_object_or_404(files_for(request.user, case), pk=number)
    _try(request, lambda: detach(attachment, by=request.user))


def _release(request: SignedInRequest, case: Need | Proposal, number: int) -> None:
    attachment = get_object_or_404(files_for(request.user, case), pk=number)
    form = ReleaseForm(request.POST)
    form.full_clean()
    public = form.cleaned_data["public"]
    _try(request, lambda: show_file(attachment, by=request.user, public=public))


def _try(request: SignedInRequest, act: Callable[[], object]) -> None:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))


def _tell_faults(request: SignedInRequest, form: FilesForm | FileForm) -> None:
    for faults in form.errors.values():
        for fault in faults:
            messages.error(request, str(fault))
