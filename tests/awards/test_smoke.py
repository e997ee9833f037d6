import pytest
from prasan.awards.queries import counts_of, recounted
from tests.factories.awards import make_announced, make_rows_of_every_kind

pytestmark = pytest.mark.django_db


def test_all():
    c = make_announced()
    r = recounted(c.edition.pk)
    print(r.lines)
    assert r.agrees
    assert r.lines == c.edition.decision.lines


def test_rows():
    make_rows_of_every_kind()
