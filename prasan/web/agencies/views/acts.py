"""What every form of an act does: try it, and show the form again with what was typed when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from prasan.agencies.actions import wait_for_turn
from prasan.kernel.refusals import Refused
from prasan.web.shell.fields import form_key_of
from prasan.web.shell.trail import Crumb

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

M = TypeVar("M", bound=Model)


def sent(request: HttpRequest) -> QueryDict | None:
    """What the form sent; None while it is only shown."""
    return request.POST if request.method == "POST" else None


def filled(request: HttpRequest) -> dict[str, Any]:
    """How the form was sent: to be judged (`data`), or only to come back with more rows (`typed`)."""
    if request.method != "POST":
        return {}
    return {"typed" if "more" in request.POST else "data": request.POST}


def made_already(request: HttpRequest, own: QuerySet[M]) -> M | None:
    """What this form made when it was sent before, among the rows that the person can have made; and says so.

    It is asked before the form is looked at, which may no longer be right: what it chose is taken by then.
    The view is one transaction, so that a form sent twice at once waits here for the first to be answered.
    The way back to a form that was sent leads on to what it made, too.
    """
    if (form_key := form_key_of(request.POST if request.method == "POST" else request.GET)) is None:
        return None
    wait_for_turn(form_key)
    if (made := own.filter(form_key=form_key).only("pk").first()) is not None:
        messages.info(
            request, _("This form was sent already and is kept once. For another one, please open it anew.")
        )
    return made


def act_form(
    request: HttpRequest,
    form: Form,
    act: Callable[[], object],
    *,
    title: str | StrPromise,
    button: str | StrPromise,
    back: str,
    done: str | StrPromise = "",
    trail: Iterable[Crumb] = (),
    effect: str | StrPromise = "",
    danger: bool = False,
    template: str = "agencies/act_form.html",
    about: Mapping[str, object] | Callable[[], Mapping[str, object]] | None = None,
) -> HttpResponse:
    """Show the form of an act; when it is sent and right, do the act and go back with a word that it is done.

    An act that gives a page of its own, such as a password to be shown once, is answered with that page.
    A template of another room extends this one and shows beside the form what it is `about`; given as a
    function, that is asked only when the form is shown. A form with a
    key stands under an address with that key, so that the way back after sending leads to the same form.
    One that was sent only to come back with more rows is not bound: it is shown, and nothing is done.
    """
    if "form_key" in form.fields and request.method != "POST":
        if (form_key := form_key_of(request.GET)) is None:
            return redirect(_address_with_key(request))
        form.initial["form_key"] = form_key
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            answer = act()
        except Refused as refused:
            refusal = refused
        else:
            if isinstance(answer, HttpResponse):
                return answer
            messages.success(request, done)
            return redirect(back)
    context = {
        "form": form,
        "refusal": refusal,
        "title": title,
        "button": button,
        "back": back,
        "effect": effect,
        "danger": danger,
        "trail": [*trail, Crumb(title)],
        **((about() if callable(about) else about) or {}),
    }
    return render(request, template, context, status=422 if form.is_bound else 200)


def _address_with_key(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked["form_key"] = str(uuid4())
    return f"{request.path}?{asked.urlencode()}"
