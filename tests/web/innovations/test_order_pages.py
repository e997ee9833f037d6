"""Orders in their list and on their form: in which order, by which names, and who carries them out."""

from datetime import timedelta

import pytest
from django.urls import reverse

from prasan.cases.actions import move
from prasan.innovations.models import FollowUpOrder
from prasan.kernel.calendar import today
from tests.factories.agencies import make_agency, make_holder
from tests.factories.innovations import make_innovation, make_order, make_owner

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"innovations:{name}", args=args)


def test_orders_that_are_over_stand_behind_and_are_found_by_whom_they_were_given_to(client):
    owner = make_owner()
    innovation = make_innovation(owner, "registered")
    agencies = [make_agency("40", name_th=f"สำนักงาน{name}") for name in ("ที่ดิน", "ป่าไม้", "ประมง")]
    given = [
        make_order(innovation, each, by=owner.ministry, due_on=today() + timedelta(days=number))
        for number, each in enumerate(agencies)
    ]
    move(given[0], "call_off", by=owner.ministry, note="ไม่ต้องทำแล้ว")
    client.force_login(owner.ministry)

    rows = [each.pk for each in client.get(address("orders")).context["frame"].rows]
    found = [each.pk for each in client.get(address("orders"), {"q": "ป่าไม้"}).context["frame"].rows]

    assert rows == [given[1].pk, given[2].pk, given[0].pk]
    assert found == [given[1].pk]


def test_agencies_of_one_name_are_told_apart_by_their_codes_and_not_too_many_are_named(client):
    owner = make_owner()
    innovation = make_innovation(owner, "registered")
    twins = [make_agency(code, name_th="องค์การบริหารส่วนตำบลนาดี") for code in ("32", "40")]
    client.force_login(owner.ministry)
    page = client.get(address("order-new", innovation.pk), follow=True).request["PATH_INFO"]
    told = {"words": "ให้รายงานผล", "due_on": "1/1/2580"}

    twice = client.post(page, {**told, "agencies": twins[0].name_th}).content.decode()
    many = client.post(page, {**told, "agencies": "\n".join(f"x{number}" for number in range(101))})

    assert all(f"องค์การบริหารส่วนตำบลนาดี = {each.code}" in twice for each in twins)
    assert "ไม่เกิน 100 หน่วยงาน" in many.content.decode()
    client.post(page, {**told, "agencies": f"{twins[1].code}\n{twins[1].code}"})
    assert FollowUpOrder.objects.get().agency == twins[1]


def test_governor_carries_out_what_was_ordered_of_his_hall(client):
    owner, hall = make_owner(), make_agency("40")
    order = make_order(make_innovation(owner, "registered"), hall, by=owner.ministry)
    governor = make_holder("governor", "40", agency=hall)

    client.force_login(governor)
    work = [each.address for each in client.get("/my/").context["work"]]
    client.post(address("order-step", order.pk, "acknowledge"), {"note": ""})
    client.post(address("order-act", order.pk, "report"), {"report": "ดำเนินการแล้ว"})

    order.refresh_from_db()
    assert work == [address("order", order.pk)]
    assert (order.state, order.report) == ("reported", "ดำเนินการแล้ว")
