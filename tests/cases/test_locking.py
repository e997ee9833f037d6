from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prasan.agencies.queries.belonging import reading_of
from prasan.cases.locking import lock, write_state
from prasan.cases.models import Case
from prasan.kernel.rights import Reach
from tests.factories.agencies import make_agency, make_area
from tests.factories.any_row import make_any
from tests.factories.cases import Errand, make_errand

CASES = sorted((m for m in apps.get_models() if issubclass(m, Case)), key=lambda m: m.workflow.code)
pytestmark = pytest.mark.django_db


def columns_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("model", CASES, ids=lambda model: model.workflow.code)
def test_locked_case_is_what_a_query_set_would_give(model):
    make_area("32070401")
    case = make_any(model, state=model.workflow.first.code)

    locked = lock(case)

    expected = model._base_manager.get(pk=case.pk)
    assert (type(locked), locked) == (model, expected)
    assert columns_of(locked) == columns_of(expected)
    assert [type(value) for value in columns_of(locked).values()] == [
        type(value) for value in columns_of(expected).values()
    ]
    assert not locked._state.adding
    for name, related in locked._state.fields_cache.items():
        other = getattr(expected, name)
        assert related == other
        assert other is None or columns_of(related) == columns_of(other)


def test_rows_that_say_whose_it_is_come_with_it():
    locked = lock(make_errand(agency=make_agency("32")))

    with CaptureQueriesContext(connection) as queries:
        paths = reading_of(Errand).by_reach[Reach.AREA](locked)

    assert len(queries) == 0
    assert paths == ("32/3207/320704/32070401/",)


def test_key_that_leads_nowhere_stays_empty():
    assert lock(make_errand(agency=None)).agency_id is None


def test_case_that_is_gone_is_none():
    errand = make_errand()
    Errand.objects.all().delete()

    assert lock(errand) is None


def test_write_state_saves_the_state_and_since_when_alone():
    errand, moment = lock(make_errand()), timezone.now() - timedelta(days=3)
    errand.state, errand.state_since, errand.title = "submitted", moment, "Changed in memory only"

    write_state(errand)

    kept = Errand.objects.get()
    assert (kept.state, kept.state_since, kept.title) == ("submitted", moment, "Errand")
