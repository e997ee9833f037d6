"""Certificates: one, all of an edition as one file, who signs them, and the page where anybody checks one."""

from __future__ import annotations

import logging

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.awards.actions import cancel_certificates, mend_signer, order_certificates, set_signers
from prasan.awards.papers.certificate import certificate_pdf
from prasan.awards.papers.codes import NotGenuine, facts_in
from prasan.awards.papers.shelf import CERTIFICATES
from prasan.awards.queries import entries_for
from prasan.awards.queries.certificates import certificate_of, has_certificates, sets_for
from prasan.documents.face import fonts
from prasan.kernel.dates import parse_date
from prasan.kernel.refusals import Refused
from prasan.ledger.keys import public_key, words_of
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.awards.forms import MendSignerForm, SignersForm
from prasan.web.awards.trails import under_awards, under_edition
from prasan.web.awards.views.editions import TOLD, organised, told_of_certificates
from prasan.web.documents.serving import finished_file
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

WINNERS = "winners"
"""What an address says that is about the certificates of winners alone."""

log = logging.getLogger(__name__)


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
def certificates_part(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the files have come, for a page that asks again and again; others go to the page itself."""
    edition = organised(request, pk)
    if not request.htmx:  # type: ignore[attr-defined]  # set by the middleware of django-htmx
        return redirect("awards:edition", pk)
    context = {"edition": edition, **told_of_certificates(edition, request.user)}
    return render(request, "awards/edition_page.html#certificates", context)


@login_required
@require_POST
def certificates_order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the certificates of all, or of the winners alone, made as one file."""
    edition = organised(request, pk)
    try:
        order_certificates(edition, winners_only=request.POST.get("of") == WINNERS, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("awards:edition", args=[pk]) + "#certificates")


@login_required
@require_POST
def certificates_cancel(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Give up a file that is waiting or being made."""
    edition = organised(request, pk)
    ordered = get_object_or_404(sets_for(request.user), pk=number, edition=edition)
    try:
        cancel_certificates(ordered, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The file is not made any more."))
    return redirect(reverse("awards:edition", args=[pk]) + "#certificates")


@login_required
@require_safe
def certificates_file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The finished file of all certificates, or of those of the winners."""
    edition = organised(request, pk)
    rows = sets_for(request.user).filter(edition=edition, winners_only=request.GET.get("of") == WINNERS)
    made = rows.filter(finished_at__isnull=False).first()
    if made is None:
        raise Http404
    path = CERTIFICATES.place_of(made.pk, "zip")
    if not path.exists():
        log.error("file %d of certificates is missing on disk", made.pk)
        raise Http404
    of = "winners" if made.winners_only else "all"
    name = f"certificates-{edition.programme.code}-{edition.year}-{of}.zip"
    return finished_file(request, path, name=name, mark=f"{made.pk} {made.finished_at}")


@login_required
@require_http_methods(["GET", "POST"])
def signers_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say who signs the certificates."""
    edition = organised(request, pk)
    if edition.state in TOLD:
        raise Http404
    form = SignersForm(sent(request), edition=edition)
    return act_form(
        request,
        form,
        lambda: set_signers(edition, form.words, by=request.user),
        title=_("Signers of the certificates"),
        button=_("Save"),
        back=reverse("awards:edition", args=[pk]),
        done=_("Saved."),
        effect=_(
            "They are printed on every certificate. Once the results are announced they stay, and only slips "
            "are mended. Where nobody is named, there is room to sign for the organiser."
        ),
        trail=under_edition(edition),
    )


@login_required
@require_http_methods(["GET", "POST"])
def signer_mend(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Mend a slip in the name or post of a signer, once certificates are given."""
    edition = organised(request, pk)
    if edition.state not in TOLD:
        raise Http404
    signer = get_object_or_404(edition.signers.select_related("edition"), position=number)
    form = MendSignerForm(sent(request), signer=signer)
    return act_form(
        request,
        form,
        lambda: mend_signer(signer, form.words, by=request.user, note=form.cleaned_data["note"]),
        title=_("Mend a slip in the name of a signer"),
        button=_("Save"),
        back=reverse("awards:edition", args=[pk]),
        done=_("Saved."),
        effect=_(
            "Certificates made from now on say it rightly. Those given before stay genuine; files made "
            "before are marked as older."
        ),
        trail=under_edition(edition),
    )


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
