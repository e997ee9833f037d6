"""Writing a cookbook on one page, by several people: every section is saved by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.innovations.actions import Overtaken, add_cookbook_file, remove_cookbook_file, write_section
from prasan.innovations.models import Cookbook, CookbookFile, CookbookSection
from prasan.innovations.queries import files_of, sections_of
from prasan.kernel.refusals import Refused
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.innovations.cookbook_forms import CookbookFileForm, SectionForm
from prasan.web.innovations.trails import under_cookbook
from prasan.web.innovations.views.cookbook import own_cookbook
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@dataclass(frozen=True, slots=True)
class Sheet:
    """A section with its form; `other` is what somebody else saved meanwhile."""

    section: CookbookSection
    form: SectionForm
    refusal: Refused | None = None
    other: CookbookSection | None = None
    is_saved: bool = False


@login_required
@require_safe
def cookbook_write(request: SignedInRequest, pk: int) -> HttpResponse:
    """All sections, each with a form of its own."""
    return _show(request, own_cookbook(request, pk))


@login_required
@require_http_methods(["GET", "POST"])
def cookbook_section(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Save one section; whoever comes second finds both texts side by side, his own still in its box."""
    cookbook = own_cookbook(request, pk)
    section = get_object_or_404(cookbook.sections.select_related("edited_by"), code=code)
    if request.method != "POST":
        return redirect(f"{reverse('innovations:cookbook-write', args=[pk])}#{code}")
    form = SectionForm(sent(request), section=section)
    if not form.is_valid():
        return _answer(request, cookbook, _sheet(section, form))
    told = form.cleaned_data
    try:
        saved = write_section(cookbook, code, told["text"], edits=told["edits"], by=request.user)
    except Overtaken as overtaken:
        form = SectionForm({"text": told["text"], "edits": overtaken.section.edits}, section=section)
        return _answer(request, cookbook, _sheet(section, form, refusal=overtaken, other=overtaken.section))
    except Refused as refusal:
        return _answer(request, cookbook, _sheet(section, form, refusal=refusal))
    if not request.htmx:  # type: ignore[attr-defined]  # set by the middleware of django-htmx
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('innovations:cookbook-write', args=[pk])}#{code}")
    return _answer(request, cookbook, _sheet(saved, SectionForm(section=saved), is_saved=True), status=200)


@login_required
@require_http_methods(["GET", "POST"])
def file_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a form or document that others need to do the same."""
    cookbook = own_cookbook(request, pk)
    form = CookbookFileForm(sent(request), request.FILES or None)
    return act_form(
        request,
        form,
        lambda: _add(request, cookbook, form),
        title=_("Add a form or document"),
        button=_("Save"),
        back=reverse("innovations:cookbook-write", args=[pk]),
        done=_("Saved."),
        trail=under_cookbook(cookbook),
        effect=_("Everybody can open it once the cookbook is published."),
    )


@login_required
@require_POST
def file_remove(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Take a file out; a version that was published keeps it."""
    kept = get_object_or_404(files_of(own_cookbook(request, pk)), pk=number)
    try:
        remove_cookbook_file(kept, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Removed."))
    return redirect("innovations:cookbook-write", pk)


def _sheet(
    section: CookbookSection,
    form: SectionForm,
    *,
    refusal: Refused | None = None,
    other: CookbookSection | None = None,
    is_saved: bool = False,
) -> Sheet:
    return Sheet(section, form, refusal, other, is_saved)


def _answer(request: SignedInRequest, cookbook: Cookbook, sheet: Sheet, status: int = 422) -> HttpResponse:
    """The one section where only it is asked for, else the whole page with what was typed in it."""
    if not request.htmx:  # type: ignore[attr-defined]  # set by the middleware of django-htmx
        return _show(request, cookbook, sheet, status)
    context = {"cookbook": cookbook, "sheet": sheet}
    return render(request, "innovations/cookbook_write.html#section", context, status=status)


def _show(
    request: SignedInRequest, cookbook: Cookbook, tried: Sheet | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "cookbook": cookbook,
        "sheets": [
            tried
            if tried is not None and tried.section.pk == section.pk
            else _sheet(section, SectionForm(section=section))
            for section in sections_of(cookbook)
        ],
        "files": list(files_of(cookbook)),
        "trail": [*under_cookbook(cookbook), Crumb(_("Write"))],
    }
    return render(request, "innovations/cookbook_write.html", context, status=status)


def _add(request: SignedInRequest, cookbook: Cookbook, form: CookbookFileForm) -> CookbookFile:
    told = form.cleaned_data
    return add_cookbook_file(
        cookbook,
        title=told["title"],
        stream=cast(BinaryIO, told["file"]),
        name=told["file"].name,
        by=request.user,
    )
