from types import SimpleNamespace

import pytest

from prasan.config import production
from prasan.config.faults import Fault

GOOD = {
    "IN_PRODUCTION": True,
    "SECRET_KEY": "kT4-q9_Zr7xW2mB8vL5nC1dF6hJ3sGyPuEaRwQzX",
    "DEBUG": False,
    "ALLOWED_HOSTS": ["prasan.go.th"],
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
}


def test_production_with_everything_in_place_may_start():
    production.require_safe_settings(SimpleNamespace(**GOOD))


def test_production_without_a_proxy_trusts_none():
    changed = {"SECURE_PROXY_SSL_HEADER": None, "ALLAUTH_TRUSTED_PROXY_COUNT": 0}

    production.require_safe_settings(SimpleNamespace(**GOOD | changed))


def test_demonstration_may_be_open():
    changed = {"IN_PRODUCTION": False, "SECRET_KEY": "", "DEBUG": True, "ALLOWED_HOSTS": ["*"]}
    changed["ALLAUTH_TRUSTED_PROXY_COUNT"] = 0

    production.require_safe_settings(SimpleNamespace(**GOOD | changed))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + GOOD["SECRET_KEY"]}, "SECRET_KEY"),
        ({"DEBUG": True}, "DEBUG"),
        ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ["prasan.go.th", "*"]}, "ALLOWED_HOSTS"),
        ({"ALLAUTH_TRUSTED_PROXY_COUNT": 0}, "TRUSTED_PROXIES"),
    ],
)
def test_unsafe_production_is_refused_with_the_reason(changed, reason):
    with pytest.raises(Fault, match=reason) as caught:
        production.require_safe_settings(SimpleNamespace(**GOOD | changed))

    assert caught.value.exit_code == 2


@pytest.mark.django_db
def test_production_refuses_a_database_with_people_of_the_demonstration(django_user_model):
    settings = SimpleNamespace(**GOOD)
    production.require_no_demonstration(settings)

    django_user_model.objects.create(username="demo-32", name="ผู้ว่าราชการจังหวัด", is_demonstration=True)

    with pytest.raises(Fault, match="demonstration logins") as caught:
        production.require_no_demonstration(settings)
    assert caught.value.exit_code == 2
