"""Figures and evidence of an innovation."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import decide
from prasan.innovations import rules
from prasan.innovations.actions import (
    MeasureOvertaken,
    add_evidence,
    keep_measure,
    remove_evidence,
    remove_measure,
)
from prasan.innovations.models import Evidence, Innovation
from prasan.innovations.queries import innovations_for
from prasan.kernel.refusals import Refused
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.documents.serving import file_response
from prasan.web.innovations.forms import EvidenceForm, MeasureForm
from prasan.web.innovations.trails import under_gallery
from prasan.web.shell.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "POST"])
def measure_form(request: SignedInRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Add a figure, or change one."""
    innovation = _own(request, pk)
    measure = get_object_or_404(innovation.measures, pk=number) if number else None
    form = MeasureForm(sent(request), measure=measure)

    def act() -> None:
        read = form.cleaned_data["read"] or None
        try:
            keep_measure(innovation, form.words, measure=measure, read=read, by=request.user)
        except MeasureOvertaken as overtaken:
            form.read_again(overtaken.measure)
            raise

    return act_form(
        request,
        form,
        act,
        title=_("Change a figure") if measure else _("Add a figure"),
        button=_("Save"),
        back=reverse("innovations:innovation", args=[pk]),
        done=_("Saved."),
        effect=_("Per cents are computed from the two values."),
        trail=under_gallery(innovation),
    )


@login_required
@require_POST
def measure_remove(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Take a figure away."""
    measure = get_object_or_404(_own(request, pk).measures, pk=number)
    return _removed(request, pk, lambda: remove_measure(measure, by=request.user))


@login_required
@require_http_methods(["GET", "POST"])
def evidence_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add evidence: a file, an address, or the name of a document."""
    innovation = _own(request, pk)
    form = EvidenceForm(sent(request), request.FILES or None)
    return act_form(
        request,
        form,
        lambda: _add(request, innovation, form),
        title=_("Add evidence"),
        button=_("Save"),
        back=reverse("innovations:innovation", args=[pk]),
        done=_("Saved."),
        trail=under_gallery(innovation),
    )


@login_required
@require_POST
def evidence_remove(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Take evidence away from a draft."""
    evidence = get_object_or_404(_own(request, pk).evidence, pk=number)
    return _removed(request, pk, lambda: remove_evidence(evidence, by=request.user))


@require_safe
def evidence_file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A file of an innovation, for those who may see the innovation."""
    innovation = get_object_or_404(innovations_for(request.user), pk=pk)
    evidence = get_object_or_404(innovation.evidence.select_related("file"), pk=number, file__isnull=False)
    return _served(request, evidence)


def _served(request: HttpRequest, evidence: Evidence) -> HttpResponseBase:
    if evidence.file is None:
        raise Http404
    return file_response(request, evidence.file, name=evidence.title)


def _own(request: SignedInRequest, pk: int) -> Innovation:
    innovation = get_object_or_404(innovations_for(request.user), pk=pk)
    if not decide(request.user, rules.WRITE, innovation):
        raise Http404
    return innovation


def _add(request: SignedInRequest, innovation: Innovation, form: EvidenceForm) -> Evidence:
    told = form.cleaned_data
    file = told["file"]
    return add_evidence(
        innovation,
        title=told["title"],
        address=told["address"],
        stream=cast(BinaryIO, file) if file else None,
        name=file.name if file else "",
        by=request.user,
    )


def _removed(request: SignedInRequest, pk: int, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Removed."))
    return redirect("innovations:innovation", pk)
