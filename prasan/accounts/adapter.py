"""How sign-in behaves: no open sign-up, no rights from outside, a lock that no trick of spelling opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from prasan.accounts.identity import identity_digest
from prasan.accounts.models import User
from prasan.kernel.identity import is_thai_id

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest

IDENTITY_CLAIMS = ("pid", "national_id")
"""Claims in which identity providers of Thailand give the 13-digit number."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # the package has no types
    """Sign-in with a user name and a password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right. Please try again."),
        "too_many_login_attempts": _(
            "Sign-in to this account is locked after several failed attempts. Please try again in 15 minutes."
        ),
        "temporary_password_expired": _(
            "This temporary password has expired. Please ask your administrator for a new one."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by those who may appoint people, never by visitors."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """A temporary password opens nothing after its days; only who knows it learns that it expired."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if isinstance(user, User) and user.has_expired_password:
            raise self.validation_error("temporary_password_expired")
        return user

    def set_password(self, user: User, password: str) -> None:
        """A password that its owner chose is no longer a temporary one."""
        user.temporary_until = None
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After choosing a password one goes on to one's work."""
        return settings.LOGIN_REDIRECT_URL

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # The key of the package holds the Host header, whose port a visitor may vary to be counted anew.
        return str(credentials.get("username", "")).strip().lower()


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # the package has no types
    """Sign-in through an identity provider: to accounts that exist, and to nothing more than they have."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Someone whom the provider knows and we do not gets no account."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Link a first sign-in to the one account that the provider's own word identifies.

        What else the provider tells, such as the 13-digit number itself, is not kept.
        """
        claims = _claims(sociallogin.account.extra_data)
        sociallogin.account.extra_data = {}
        if sociallogin.account.pk:
            sociallogin.account.save(update_fields=["extra_data"])
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        if person := _person_known_by(claims):
            sociallogin.connect(request, person)


def _person_known_by(claims: dict[str, object]) -> User | None:
    people = User.objects.filter(is_active=True)
    for name in IDENTITY_CLAIMS:
        number = claims.get(name)
        if isinstance(number, str) and is_thai_id(number):
            return people.filter(identity_digest=identity_digest(number)).first()
    email = claims.get("email")
    if isinstance(email, str) and email and claims.get("email_verified") is True:
        found = people.filter(email__iexact=email)[:2]
        return found[0] if len(found) == 1 else None
    return None


def _claims(told: dict[str, Any]) -> dict[str, object]:
    """What the provider says of the person: its token, then the details it serves for the same person."""
    parts = [part for part in (told.get("userinfo"), told.get("id_token")) if isinstance(part, dict)]
    if len({part.get("sub") for part in parts}) > 1:
        return {}
    return {name: value for part in parts or [told] for name, value in part.items()}
