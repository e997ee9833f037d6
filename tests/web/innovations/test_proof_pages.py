"""Figures and evidence on their forms: each kept once, none written over, nothing lost that is not asked."""

from decimal import Decimal

import pytest
from django.urls import reverse

from prasan.innovations.models import ImpactMeasure
from tests.factories.innovations import make_innovation, make_owner

pytestmark = pytest.mark.django_db

FIGURE = {"name": "จำนวนผู้ใช้", "unit": "คน", "value": "3,292", "source": "รายงาน 2568"}


@pytest.fixture
def innovation(client):
    owner = make_owner()
    client.force_login(owner.writer)
    return make_innovation(owner, "registered")


def address(name, innovation, *more):
    return reverse(f"innovations:{name}", args=[innovation.pk, *more])


def test_figure_and_evidence_that_are_sent_twice_are_kept_once(client, innovation):
    before = innovation.measures.count(), innovation.evidence.count()
    for _twice in range(2):
        client.post(address("measure-new", innovation), FIGURE)
        client.post(
            address("evidence-new", innovation), {"title": "คำสั่ง", "address": "https://example.go.th/1"}
        )
        client.post(address("evidence-new", innovation), {"title": "คำสั่งที่ 12/2568"})
    client.post(address("measure-new", innovation), {**FIGURE, "value": "3300"})

    assert innovation.measures.count() == before[0] + 2
    assert innovation.evidence.count() == before[1] + 2


def test_two_who_change_a_figure_write_nothing_over(client, innovation):
    measure = innovation.measures.get()
    page = address("measure", innovation, measure.pk)
    read = client.get(page).context["form"]["read"].value()

    first = client.post(page, {**FIGURE, "read": read})
    second = client.post(page, {**FIGURE, "value": "4000", "read": read})
    measure.refresh_from_db()
    kept = measure.value
    again = client.post(page, {**FIGURE, "value": "4000", "read": second.context["form"]["read"].value()})
    measure.refresh_from_db()

    assert (first.status_code, second.status_code, again.status_code) == (302, 422, 302)
    assert "3292 คน" in second.content.decode()
    assert (kept, measure.value) == (Decimal(3292), Decimal(4000))


def test_what_the_form_does_not_ask_stays_as_the_source_says_it(client, innovation):
    measure = innovation.measures.get()
    ImpactMeasure.objects.update(
        published_percent=Decimal("93.9"), name="จำนวนผู้ใช้", name_en="Users", unit="คน", unit_en="people"
    )
    page = address("measure", innovation, measure.pk)

    client.post(page, {**FIGURE, "unit": "ครัวเรือน"})
    measure.refresh_from_db()

    assert measure.published_percent == Decimal("93.9")
    assert (measure.name_en, measure.unit, measure.unit_en) == ("Users", "ครัวเรือน", "")
