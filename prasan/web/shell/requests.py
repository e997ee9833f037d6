"""The request that a view gets behind `login_required`."""

from django.http import HttpRequest

from prasan.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request whose person is known; for annotations only."""

    user: User
