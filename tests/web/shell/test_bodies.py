import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse

from prasan.web.shell.bodies import LimitedBody
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024


def sent(client, size, **headers):
    """A body that is announced and never has to be read."""
    return client.generic("POST", "/preferences/", b"", CONTENT_LENGTH=str(size), **headers)


@pytest.mark.parametrize("announced", [3 * MEGABYTE, 10**30])
def test_stranger_cannot_fill_the_disk(client, announced):
    response = sent(client, announced, content_type="multipart/form-data; boundary=x")

    assert response.status_code == 413
    assert "ข้อมูลที่ส่งมีขนาดใหญ่เกินไป" in response.content.decode()


@pytest.mark.parametrize("size", ["", "0", "x", str(400 * MEGABYTE)])
def test_twenty_large_photographs_pass_for_someone_signed_in(rf, size):
    request = rf.post("/")
    request.user, request.META["CONTENT_LENGTH"] = make_person(), size

    assert LimitedBody(lambda _request: HttpResponse("read"))(request).content == b"read"


def test_more_than_any_page_takes_is_refused_for_someone_signed_in_too(rf):
    request = rf.post("/")
    request.user, request.META["CONTENT_LENGTH"] = make_person(), str(421 * MEGABYTE)

    with pytest.raises(RequestDataTooBig):
        LimitedBody(lambda _request: HttpResponse("read"))(request)
