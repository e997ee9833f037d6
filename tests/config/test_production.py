import pytest

from prasan.config import production
from prasan.config.faults import Fault

GOOD = {
    "secret_key": "kT4-q9_Zr7xW2mB8vL5nC1dF6hJ3sGyPuEaRwQzX",
    "debug": False,
    "allowed_hosts": ["prasan.go.th"],
}


def test_production_with_everything_in_place_may_start():
    production.require_safe_settings(**GOOD)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"secret_key": ""}, "SECRET_KEY"),
        ({"secret_key": "short"}, "SECRET_KEY"),
        ({"secret_key": "a" * 60}, "SECRET_KEY"),
        ({"secret_key": "django-insecure-" + GOOD["secret_key"]}, "SECRET_KEY"),
        ({"debug": True}, "DEBUG"),
        ({"allowed_hosts": []}, "ALLOWED_HOSTS"),
        ({"allowed_hosts": ["prasan.go.th", "*"]}, "ALLOWED_HOSTS"),
    ],
)
def test_unsafe_production_is_refused_with_the_reason(changed, reason):
    with pytest.raises(Fault, match=reason) as caught:
        production.require_safe_settings(**GOOD | changed)

    assert caught.value.exit_code == 2


@pytest.mark.django_db
def test_production_refuses_a_database_with_people_of_the_demonstration(django_user_model):
    production.require_no_demonstration()

    django_user_model.objects.create(username="demo-32", name="ผู้ว่าราชการจังหวัด", is_demonstration=True)

    with pytest.raises(Fault, match="demonstration logins") as caught:
        production.require_no_demonstration()
    assert caught.value.exit_code == 2
