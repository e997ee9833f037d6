"""Every address of the room at once: none is open to a stranger or to another site by oversight."""

import pytest
from django.test import Client
from django.urls import reverse

from prasan.web.planning.urls import urlpatterns
from tests.factories.agencies import make_holder
from tests.made_once import made_once

PUBLIC = {
    "call-list",
    "call",
    "plan-list",
    "version",
    "version-book",
    "version-book-file",
    "version-briefs",
    "version-changes",
    "version-summary",
    "item",
    "item-paper",
    "item-points",
    "need-file",
    "need-thumbnail",
    "own-overview",
    "proposal-file",
    "proposal-thumbnail",
}
NAMES = [pattern.name for pattern in urlpatterns]


def address_of(name):
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    values = {"pk": 1, "number": 1, "since": 1, "code": "enter", "kind": "pdf"}
    return reverse(f"planning:{name}", kwargs={key: values[key] for key in pattern.pattern.converters})


@pytest.mark.parametrize("name", sorted(set(NAMES) - PUBLIC))
def test_stranger_is_asked_to_sign_in(db, client, name):
    address = address_of(name)

    answers = (client.get(address), client.post(address))

    assert {answer.headers.get("Location") for answer in answers} == {f"/accounts/login/?next={address}"}


def secretary():
    return make_holder("tambon_secretary", "320704")


@pytest.mark.parametrize("name", NAMES)
def test_post_from_another_site_is_refused(db, name):
    client = Client(enforce_csrf_checks=True)
    client.force_login(made_once(secretary))

    assert client.post(address_of(name)).status_code == 403


@pytest.mark.parametrize("name", [each.name for each in urlpatterns if each.pattern.converters])
def test_case_that_does_not_exist_is_not_found(db, client, name):
    client.force_login(made_once(secretary))
    address = address_of(name)

    answers = {client.get(address).status_code, client.post(address).status_code}

    assert answers in ({404}, {404, 405})
