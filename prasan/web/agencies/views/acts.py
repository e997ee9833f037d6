"""What every form of an act does: try it, and show the form again with what was typed when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from prasan.kernel.refusals import Refused
from prasan.web.shell.trail import Crumb

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def sent(request: HttpRequest) -> QueryDict | None:
    """What the form sent; None while it is only shown."""
    return request.POST if request.method == "POST" else None


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
    about: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Show the form of an act; when it is sent and right, do the act and go back with a word that it is done.

    An act that gives a page of its own, such as a password to be shown once, is answered with that page.
    A template of another room extends this one and shows beside the form what it is `about`.
    """
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
        **(about or {}),
    }
    return render(request, template, context, status=422 if request.method == "POST" else 200)
