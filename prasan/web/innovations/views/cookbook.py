"""A cookbook as everybody reads it: page, papers, files, and what changed."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.accounts.models import User
from prasan.agencies.queries import decide
from prasan.cases.queries import open_steps, timeline
from prasan.innovations import rules
from prasan.innovations.actions import begin_cookbook, note_opening
from prasan.innovations.models import Cookbook
from prasan.innovations.papers.cookbook import words_of_cookbook
from prasan.innovations.papers.shelf import KINDS, kept_paper
from prasan.innovations.queries import (
    changes_between,
    content_now,
    cookbooks_for,
    files_for,
    innovations_for,
    published_of,
    versions_to_compare,
)
from prasan.kernel.refusals import Refused
from prasan.web.agencies.views.stepping import asking_step, bare_step
from prasan.web.documents.serving import file_response, finished_file
from prasan.web.innovations.steps import OF_COOKBOOKS
from prasan.web.innovations.trails import under_cookbook, under_gallery
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@require_safe
def cookbook_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The cookbook as it was last published; for its writers also the way to write on."""
    cookbook = found_cookbook(request, pk)
    if request.method == "GET" and isinstance(request.user, User) and cookbook.state == "published":
        note_opening(cookbook, by=request.user)
    return _show(request, cookbook)


@login_required
@require_POST
def cookbook_begin(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin the cookbook of an innovation with its words, and go on to write it."""
    innovation = get_object_or_404(innovations_for(request.user), pk=pk)
    if not decide(request.user, rules.WRITE_COOKBOOK, Cookbook(innovation=innovation)):
        raise Http404
    try:
        begin_cookbook(innovation, by=request.user)
    except Refused as refusal:
        raise Http404 from refusal  # the page offers it for what is registered only
    return redirect("innovations:cookbook-write", pk)


@login_required
@require_POST
def cookbook_step(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Withdraw a cookbook, or bring it back."""
    cookbook = found_cookbook(request, pk)
    return bare_step(
        request,
        cookbook,
        code,
        back=reverse("innovations:cookbook", args=[pk]),
        show=lambda told, status: _show(request, cookbook, told, status),
    )


@login_required
@require_http_methods(["GET", "POST"])
def cookbook_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Publish a cookbook, with what changed since it was last published."""
    cookbook = own_cookbook(request, pk)
    last, now = cookbook.versions.last(), content_now(cookbook)
    return asking_step(
        request,
        cookbook,
        code,
        asked=OF_COOKBOOKS,
        back=reverse("innovations:cookbook", args=[pk]),
        trail=under_cookbook(cookbook),
        template="innovations/publish_form.html",
        about={
            "changes": changes_between(last.content, now) if last else None,
            "is_changed": last is not None and last.content != now,
        },
    )


@require_safe
def cookbook_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The published cookbook as PDF or DOCX, in Thai."""
    cookbook = found_cookbook(request, pk)
    version = published_of(cookbook)
    if version is None or kind not in KINDS:
        raise Http404
    path, mark = kept_paper(version, kind)
    return finished_file(request, path, name=f"cookbook-{pk}-{version.number}.{kind}", mark=mark)


@require_safe
def cookbook_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version says otherwise than the one before; for writers also what is not published yet."""
    cookbook = found_cookbook(request, pk)
    versions = versions_to_compare(request.user, cookbook)
    if not versions:
        raise Http404
    may_write = bool(decide(request.user, rules.WRITE_COOKBOOK, cookbook))
    now = content_now(cookbook)
    context = {
        "cookbook": cookbook,
        "may_write": may_write,
        "last": versions[0],
        "before": versions[1] if len(versions) > 1 else None,
        "changes": changes_between(versions[1].content, versions[0].content) if len(versions) > 1 else None,
        "unpublished": changes_between(versions[0].content, now) if may_write else None,
        "is_changed": versions[0].content != now,
        "trail": [*under_cookbook(cookbook), Crumb(_("What changed"))],
    }
    return render(request, "innovations/cookbook_changes.html", context)


@require_safe
def cookbook_file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A file of a cookbook, for those who may see it."""
    cookbook = found_cookbook(request, pk)
    kept = get_object_or_404(files_for(request.user, cookbook), pk=number)
    return file_response(request, kept.file, name=kept.title)


def found_cookbook(request: HttpRequest, pk: int) -> Cookbook:
    """The cookbook of an innovation, as far as the person may see it; not found otherwise."""
    return get_object_or_404(cookbooks_for(request.user), innovation=pk)


def own_cookbook(request: HttpRequest, pk: int) -> Cookbook:
    """The cookbook of an innovation for one of its writers; not found by anybody else."""
    cookbook = found_cookbook(request, pk)
    if not decide(request.user, rules.WRITE_COOKBOOK, cookbook):
        raise Http404
    return cookbook


def _show(
    request: HttpRequest, cookbook: Cookbook, told: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    user = request.user
    cookbook = cookbooks_for(user).filter(pk=cookbook.pk).first() or cookbook
    version = published_of(cookbook)
    may_write = bool(decide(user, rules.WRITE_COOKBOOK, cookbook))
    is_changed = version is not None and may_write and version.content != content_now(cookbook)
    context = {
        "cookbook": cookbook,
        "innovation": cookbook.innovation,
        "version": version,
        "words": words_of_cookbook(version) if version else None,
        "files": version.content["files"] if version else (),
        "may_write": may_write,
        "is_changed": is_changed,
        "steps": [
            each
            for each in open_steps(cookbook, user)
            if not each.step.by_action or each.step.code in OF_COOKBOOKS
        ],
        "events": timeline(cookbook, viewer=user),
        "trail": [*under_gallery(cookbook.innovation), Crumb(_("Cookbook"))],
        **(told or {}),
    }
    return render(request, "innovations/cookbook_page.html", context, status=status)
