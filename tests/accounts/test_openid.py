import json
import time
from urllib.parse import parse_qs, urlparse

import jwt
import pytest
import requests
from allauth.core import context
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.urls import reverse

from prasan.accounts.adapter import SocialAccountAdapter
from prasan.accounts.identity import identity_digest
from prasan.accounts.models import User
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db

NUMBER = "1101700230708"
SERVER = "https://id.example.go.th"


@pytest.fixture(autouse=True)
def _provider(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "national",
                    "name": "Digital ID",
                    "client_id": "prasan",
                    "secret": "kept",
                    "settings": {"server_url": SERVER, "fetch_userinfo": True, "oauth_pkce_enabled": True},
                }
            ]
        }
    }


@pytest.fixture
def request_(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    request.session = {}
    request._messages = FallbackStorage(request)
    with context.request_context(request):
        yield request


def login_of(sub="abc", **claims):
    told = {"userinfo": {"sub": sub, **claims}, "id_token": {"sub": sub}}
    return SocialLogin(user=User(), account=SocialAccount(provider="national", uid=sub, extra_data=told))


def linked(request, login):
    SocialAccountAdapter().pre_social_login(request, login)
    return list(SocialAccount.objects.values_list("uid", "user__username"))


def test_identity_number_links_to_the_account_that_has_it(request_):
    make_person("officer", identity_digest=identity_digest(NUMBER))

    assert linked(request_, login_of(pid=NUMBER)) == [("abc", "officer")]


def test_number_and_details_of_the_provider_are_not_kept(request_):
    make_person("officer", identity_digest=identity_digest(NUMBER))

    linked(request_, login_of(pid=NUMBER, name="ชื่อจริง"))

    assert SocialAccount.objects.get().extra_data == {}
    assert NUMBER not in User.objects.get().identity_digest


def test_verified_address_links_to_the_one_account_that_has_it(request_):
    make_person("officer", email="officer@example.go.th")

    login = login_of(email="Officer@example.go.th", email_verified=True)

    assert linked(request_, login) == [("abc", "officer")]


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_address_that_the_provider_did_not_verify_links_to_nothing(request_, verified):
    make_person("officer", email="officer@example.go.th")

    assert linked(request_, login_of(email="officer@example.go.th", email_verified=verified)) == []


def test_address_of_two_accounts_links_to_neither(request_):
    make_person(email="shared@example.go.th")
    make_person(email="shared@example.go.th")

    assert linked(request_, login_of(email="shared@example.go.th", email_verified=True)) == []


@pytest.mark.parametrize("number", ["1101700230700", "", "abc", 1101700230708])
def test_malformed_number_links_to_nothing(request_, number):
    make_person(identity_digest=identity_digest(NUMBER))

    assert linked(request_, login_of(pid=number)) == []


def test_closed_account_is_not_linked(request_):
    make_person(identity_digest=identity_digest(NUMBER), is_active=False)

    assert linked(request_, login_of(pid=NUMBER)) == []


def test_known_number_is_not_overruled_by_an_address(request_):
    make_person("other", email="other@example.go.th")

    assert linked(request_, login_of(pid=NUMBER, email="other@example.go.th", email_verified=True)) == []


def test_details_of_another_person_than_the_token_are_not_believed(request_):
    make_person(identity_digest=identity_digest(NUMBER))
    login = login_of(pid=NUMBER)
    login.account.extra_data["id_token"]["sub"] = "someone-else"

    assert linked(request_, login) == []


def test_stranger_gets_no_account(request_):
    login = login_of(pid=NUMBER, email="stranger@example.go.th", email_verified=True)

    assert not SocialAccountAdapter().is_open_for_signup(request_, login)
    assert linked(request_, login) == []
    assert not User.objects.exists()


class FakeProvider:
    """Answers at the addresses of an identity provider as it would over the network."""

    def __init__(self, **claims):
        self.claims = {"sub": "abc", **claims}

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        return None

    def get(self, url, **_details):
        if url.endswith("openid-configuration"):
            return self._answer(
                issuer=SERVER,
                authorization_endpoint=f"{SERVER}/authorize",
                token_endpoint=f"{SERVER}/token",
                userinfo_endpoint=f"{SERVER}/userinfo",
                jwks_uri=f"{SERVER}/keys",
            )
        return self._answer(**self.claims)

    def request(self, _method, _url, **_details):
        expires = int(time.time()) + 60
        claims = {"sub": "abc", "iss": SERVER, "aud": "prasan", "iat": expires - 60, "exp": expires}
        token = jwt.encode(claims, "a-key-that-is-not-checked-over-tls", algorithm="HS256")
        return self._answer(access_token="t", token_type="Bearer", id_token=token)

    def _answer(self, **told):
        response = requests.Response()
        response.status_code, response._content = 200, json.dumps(told).encode()
        response.headers["content-type"] = "application/json"
        return response


def come_back_from(provider, client, monkeypatch):
    monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", lambda self: provider)
    leaving = client.post(reverse("openid_connect_login", kwargs={"provider_id": "national"}))
    asked = parse_qs(urlparse(leaving.url).query)
    back = reverse("openid_connect_callback", kwargs={"provider_id": "national"})
    return asked, client.get(back, {"code": "c", "state": asked["state"][0]})


def test_person_known_to_the_provider_is_signed_in_to_his_account(client, monkeypatch):
    person = make_person("officer", identity_digest=identity_digest(NUMBER))

    asked, response = come_back_from(FakeProvider(pid=NUMBER), client, monkeypatch)

    assert asked["code_challenge_method"] == ["S256"]
    assert (response.status_code, response.url) == (302, "/my/")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_stranger_who_comes_from_the_provider_is_told_and_gets_no_account(client, monkeypatch):
    _asked, response = come_back_from(FakeProvider(pid=NUMBER), client, monkeypatch)

    assert "_auth_user_id" not in client.session
    assert not User.objects.exists()
    assert "account/signup_closed.html" in [template.name for template in response.templates]
