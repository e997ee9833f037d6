"""How a person wants to read: language, digits, light or dark; kept with the account and in cookies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Literal

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User

DigitStyle = Literal["arabic", "thai"]
THEMES = [("auto", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))]
COOKIE_AGE = 365 * 24 * 3600
OF_ACCOUNTS = ("language", "digits")
"""Choices that go with the account; the theme goes with the device."""
CHOSEN = "chosen_before_signing_in"
"""Where the session keeps the choices of somebody who has not signed in yet."""

_digits: ContextVar[DigitStyle] = ContextVar("digits", default="arabic")


def digits_now() -> DigitStyle:
    """The digits that the person reading now wants to see."""
    return _digits.get()


def theme_of(request: HttpRequest) -> str:
    """The chosen theme: light, dark, or auto, which follows the device."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in dict(THEMES) else "auto"


class Preferences:
    """Shows pages in the person's language and digits; Thai comes first, whatever the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            # What was chosen on the way to signing in is meant for the account, too.
            if chosen := request.session.pop(CHOSEN, None):
                _keep_with_account(request.user, chosen)
            language, digits = request.user.language, request.user.digits
        else:
            language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
            digits = request.COOKIES.get("digits", "")
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        token = _digits.set("thai" if digits == User.Digits.THAI else "arabic")
        try:
            with translation.override(language):
                answer = self.get_response(request)
        finally:
            _digits.reset(token)
        answer.headers.setdefault("Content-Language", language)
        return answer


def chosen_by(request: HttpRequest) -> dict[str, str]:
    """The preferences in force."""
    return {"language": get_language() or "th", "digits": digits_now(), "theme": theme_of(request)}


def _keep_with_account(person: User, chosen: Mapping[str, str]) -> None:
    for name in OF_ACCOUNTS:
        setattr(person, name, chosen.get(name, getattr(person, name)))
    person.save(update_fields=OF_ACCOUNTS)


class PreferencesForm(forms.Form):
    """How the person wants to read."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    digits = forms.ChoiceField(label=_("Digits"), choices=User.Digits.choices)
    theme = forms.ChoiceField(label=_("Light or dark"), choices=THEMES)

    def keep(self, request: HttpRequest, answer: HttpResponse) -> None:
        """Remember the choices in cookies and, for someone signed in, with the account."""
        for name, value in self.cleaned_data.items():
            answer.set_cookie(
                name,
                value,
                max_age=COOKIE_AGE,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
            )
        if request.user.is_authenticated:
            _keep_with_account(request.user, self.cleaned_data)
        else:
            pressed = {name: self.cleaned_data[name] for name in OF_ACCOUNTS if name in request.POST}
            request.session[CHOSEN] = request.session.get(CHOSEN, {}) | pressed
