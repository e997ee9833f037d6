"""The front page, a person's desk, preferences, health, and the pages shown when something goes wrong."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from prasan.notices.queries import unread_letters_of
from prasan.places.queries import provinces
from prasan.web.shell.desk import beginnings_for, waiting_for
from prasan.web.shell.preferences import PreferencesForm, chosen_by
from prasan.web.shell.requests import SignedInRequest


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What Prasan is, and the way into the provinces."""
    listed = provinces().order_by("name_en") if get_language() == "en" else provinces()
    return render(request, "shell/home_page.html", {"provinces": listed})


@login_required
@require_GET
def my(request: SignedInRequest) -> HttpResponse:
    """What waits for the person, oldest first."""
    return render(
        request,
        "shell/my_page.html",
        {
            "work": waiting_for(request.user),
            "beginnings": beginnings_for(request.user),
            "unread": unread_letters_of(request.user),
        },
    )


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep one or more choices of how to read, and go back to where they were made."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "shell:home"
    answer = redirect(back)
    form = PreferencesForm(chosen_by(request) | request.POST.dict())
    if form.is_valid():
        form.keep(request, answer)
    return answer


@never_cache
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Whether the site answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script by which a form opens without a signal; at the root, so that it may serve every page."""
    name = staticfiles_storage.stored_name("js/worker.js")  # type: ignore[attr-defined]  # kept by a manifest
    with staticfiles_storage.open(name) as script:
        return HttpResponse(
            script.read(), content_type="text/javascript", headers={"Cache-Control": "no-cache"}
        )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, and 413 where more was sent than a page takes; plain where nobody knows yet who asks."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render(request, "413.html", status=413)
    if not hasattr(request, "user"):  # another host was asked for, which is found before the session is read
        return HttpResponseBadRequest(loader.render_to_string("400.html", {"plain": True}))
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; also given for what is outside the person's reach, so that it does not confirm that it exists."""
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or from one that was open for too long."""
    return render(request, "403_csrf.html", status=403)


def fault(request: HttpRequest) -> HttpResponse:
    """500: our fault. Shown without the frame, since what failed may be what the frame needs."""
    return HttpResponseServerError(loader.render_to_string("500.html", {"plain": True}))
