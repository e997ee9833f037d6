"""Certificates: one, all of an edition as one ZIP, and the page where anybody checks one."""

from __future__ import annotations

from tempfile import TemporaryFile
from zipfile import ZIP_STORED, ZipFile

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from prasan.awards.papers.certificate import certificate_pdf
from prasan.awards.papers.codes import NotGenuine, facts_in
from prasan.awards.queries import entries_for
from prasan.awards.queries.certificates import (
    award_of,
    certificate_of,
    certificates_of,
    has_certificates,
)
from prasan.documents.face import fonts
from prasan.kernel.dates import parse_date
from prasan.ledger.keys import public_key, words_of
from prasan.web.awards.trails import under_awards
from prasan.web.awards.views.editions import organised
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate of an entry whose result is announced."""
    entry = get_object_or_404(entries_for(request.user), pk=pk)
    if not has_certificates(entry.edition) or entry.state not in ("awarded", "not_awarded"):
        raise Http404
    made = certificate_of(entry.edition, entry)
    answer = HttpResponse(certificate_pdf(made.paper, fonts()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{made.name}"'
    return answer


@login_required
@require_safe
def certificates_zip(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The certificates of all entries of an edition, or of the winners alone, as one file."""
    edition = organised(request, pk)
    if not has_certificates(edition):
        raise Http404
    winners_only = request.GET.get("of") == "winners"
    written = TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    with ZipFile(written, "w", ZIP_STORED) as packed:
        for each in certificates_of(edition, winners_only=winners_only):
            folder = "winners" if award_of(each.entry) else "entrants"
            packed.writestr(f"{folder}/{each.name}", certificate_pdf(each.paper, fonts()))
    written.seek(0)
    name = f"certificates-{edition.programme.code}-{edition.year}.zip"
    return FileResponse(written, as_attachment=True, filename=name, content_type="application/zip")


class CheckForm(forms.Form):
    """The code of a certificate, as its square holds it."""

    code = forms.CharField(
        label=_("Code of the certificate"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("Read the square with a telephone: it opens this page with the code filled in."),
    )


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Whether a certificate is genuine, and what it says; asked of the signature alone, of no table."""
    code, key = request.GET.get("code", "").strip(), public_key()
    facts, is_false = None, False
    if code and key is not None:
        try:
            facts = facts_in(code, key)
        except NotGenuine:
            is_false = True
    context = {
        "form": CheckForm(initial={"code": code}),
        "facts": facts,
        "day": parse_date(facts.day) if facts and facts.day else None,
        "is_false": is_false,
        "key": words_of(key) if key is not None else "",
        "trail": [*under_awards(), Crumb(_("Check a certificate"))],
    }
    return render(request, "awards/check_page.html", context)
