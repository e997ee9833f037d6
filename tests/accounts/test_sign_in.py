from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from prasan.accounts.actions import create_account, renew_password
from prasan.accounts.models import User
from tests.factories.accounts import PASSWORD, make_person

pytestmark = pytest.mark.django_db

LOCKED = "too_many_login_attempts"


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def person():
    return make_person("headman-32070401", password=PASSWORD)


def sign_in(client, username, password, **headers):
    return client.post(reverse("account_login"), {"login": username, "password": password}, headers=headers)


def faults(response):
    return [fault.code for fault in response.context["form"].non_field_errors().as_data()]


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_right_password_signs_in_whatever_the_case_of_the_user_name(client, person):
    sign_in(client, "HeadMan-32070401", PASSWORD)

    assert client.session["_auth_user_id"] == str(person.pk)


def test_five_wrong_passwords_lock_the_account_for_the_right_one_too(client, person):
    for _attempt in range(5):
        assert faults(sign_in(client, person.username, "wrong")) == ["username_password_mismatch"]

    response = sign_in(client, person.username, PASSWORD)

    assert faults(response) == [LOCKED]
    assert "15" in response.context["form"].non_field_errors()[0]
    assert not is_signed_in(client)


def test_four_wrong_passwords_do_not_lock(client, person):
    for _attempt in range(4):
        sign_in(client, person.username, "wrong")

    sign_in(client, person.username, PASSWORD)

    assert is_signed_in(client)


def test_other_accounts_are_not_locked(client, person):
    other = make_person("kamnan-320704", password=PASSWORD)
    for _attempt in range(6):
        sign_in(client, person.username, "wrong")

    sign_in(client, other.username, PASSWORD)

    assert client.session["_auth_user_id"] == str(other.pk)


def test_lock_opens_after_its_time(client, person):
    with time_machine.travel("2026-05-01T09:00:00+07:00", tick=False) as clock:
        for _attempt in range(5):
            sign_in(client, person.username, "wrong")
        clock.shift(14 * 60)
        still = faults(sign_in(client, person.username, PASSWORD))
        clock.shift(2 * 60)
        sign_in(client, person.username, PASSWORD)

        assert still == [LOCKED]
        assert is_signed_in(client)


@pytest.mark.parametrize(
    "spelling",
    [
        lambda username, attempt: (username.upper() if attempt % 2 else username.title(), {}),
        lambda username, attempt: (f" {username} ", {}),
        lambda username, attempt: (username, {"host": f"localhost:{8000 + attempt}"}),
    ],
    ids=["case", "spaces", "port"],
)
def test_no_spelling_of_the_name_or_address_is_counted_anew(client, person, spelling):
    for attempt in range(5):
        username, headers = spelling(person.username, attempt)
        sign_in(client, username, "wrong", **headers)

    assert faults(sign_in(client, person.username, PASSWORD)) == [LOCKED]


def test_names_without_an_account_answer_like_those_with_one(client, person):
    known = [faults(sign_in(client, person.username, "wrong")) for _attempt in range(6)]
    unknown = [faults(sign_in(client, "nobody-here", "wrong")) for _attempt in range(6)]

    assert known == unknown


def test_closed_account_does_not_sign_in(client, person):
    User.objects.update(is_active=False)

    sign_in(client, person.username, PASSWORD)

    assert not is_signed_in(client)


def test_cross_site_post_of_a_password_is_refused(person):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)

    response = sign_in(client, person.username, PASSWORD)

    assert response.status_code == 403
    assert not is_signed_in(client)


def test_there_is_no_open_sign_up(client, rf):
    from prasan.accounts.adapter import AccountAdapter

    response = client.post(
        "/accounts/signup/", {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert response.status_code == 404
    assert not AccountAdapter().is_open_for_signup(rf.get("/"))
    assert not User.objects.exists()


def code_of(totp):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(totp.instance.data["secret"], counter))


def test_second_factor_is_asked_for_and_a_wrong_code_lets_nobody_in(client, person):
    totp = TOTP.activate(person, "JBSWY3DPEHPK3PXP")

    sign_in(client, person.username, PASSWORD)
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_signed_in(client)

    client.post(reverse("mfa_authenticate"), {"code": code_of(totp)})
    assert is_signed_in(client)


def test_recovery_code_works_once(client, person):
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(person).get_unused_codes()

    for signed_in in (True, False):
        client.logout()
        sign_in(client, person.username, PASSWORD)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert is_signed_in(client) is signed_in


def test_second_factor_locks_after_repeated_wrong_codes(client, person):
    totp = TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    sign_in(client, person.username, PASSWORD)
    for _attempt in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    client.post(reverse("mfa_authenticate"), {"code": code_of(totp)})

    assert not is_signed_in(client)


def test_own_password_replaces_a_temporary_one(client, person):
    User.objects.update(temporary_until=timezone.now() + timedelta(days=7))
    sign_in(client, person.username, PASSWORD)
    new = "a-longer-phrase-of-mine"

    client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    person.refresh_from_db()
    assert person.check_password(new)
    assert not person.has_temporary_password


def test_temporary_password_signs_in_for_seven_days_and_then_asks_for_a_new_one(client):
    with time_machine.travel("2026-05-01T09:00:00+07:00", tick=False) as clock:
        person, password = create_account("kamnan-320704", "กำนันตำบลเมืองแก", by=None)
        clock.shift(timedelta(days=7, seconds=-1))
        sign_in(client, person.username, password)
        was_signed_in = is_signed_in(client)
        client.logout()
        clock.shift(timedelta(seconds=1))

        response = sign_in(client, person.username, password)

        assert was_signed_in
        assert faults(response) == ["temporary_password_expired"]
        assert not is_signed_in(client)
        assert faults(sign_in(client, person.username, "wrong")) == ["username_password_mismatch"]
        sign_in(client, person.username, renew_password(person, by=None))
        assert is_signed_in(client)


def test_own_password_does_not_expire(client, person):
    with time_machine.travel(timezone.now() + timedelta(days=1000)):
        sign_in(client, person.username, PASSWORD)

        assert is_signed_in(client)


@pytest.mark.parametrize("weak", ["12345678", "password", "headman-32070401", "short"])
def test_weak_password_is_refused(client, person, weak):
    sign_in(client, person.username, PASSWORD)

    client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_session_ends_twelve_hours_after_signing_in_though_it_is_used(client, person):
    with time_machine.travel("2026-05-01T09:00:00+07:00", tick=False) as clock:
        sign_in(client, person.username, PASSWORD)
        clock.shift(timedelta(hours=12, seconds=-1))
        before = client.get(reverse("me")).status_code
        clock.shift(timedelta(seconds=1))
        after = client.get(reverse("me"))

    assert before == 200
    assert (after.status_code, after.url.split("?")[0]) == (302, reverse("account_login"))


def test_sessions_are_listed_and_one_can_be_ended_from_another(client, person):
    from django.test import Client

    phone = Client()
    sign_in(phone, person.username, PASSWORD)
    sign_in(client, person.username, PASSWORD)
    from allauth.usersessions.models import UserSession

    assert UserSession.objects.filter(user=person).count() == 2
    UserSession.objects.get(session_key=phone.session.session_key).end()

    assert not is_signed_in(phone)
    assert is_signed_in(client)
