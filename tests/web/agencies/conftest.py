import pytest

from tests.factories.agencies import make_agency, make_area, make_posting


@pytest.fixture
def admin(client):
    """The administrator of Surin, signed in, with an agency and an amphoe to work with."""
    posting = make_posting("province_admin", "32", agency=make_agency("32", name_th="สำนักงานจังหวัดสุรินทร์"))
    make_area("320704")
    client.force_login(posting.person)
    return posting.person


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """The real hasher is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
