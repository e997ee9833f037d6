"""Public holidays as rows that the ministry keeps, and the clocks that follow them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from prasan.agencies.actions import add_holiday, remove_holiday
from prasan.agencies.models import Holiday
from prasan.complaints.actions.clock import read_clocks_by_new_holidays
from prasan.complaints.models import Complaint
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import tell_listeners
from prasan.ledger.models import Entry
from tests.factories.agencies import make_area, make_holder
from tests.factories.complaints import make_complaint

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    return make_holder("ministry_officer")


def test_ministry_adds_a_day_and_takes_it_away_again(client, ministry):
    client.force_login(ministry)
    sent = {"day": "16/04/2569", "name_th": "วันหยุดพิเศษ", "name_en": "Special holiday"}

    assert client.get(reverse("agencies:holiday-add")).status_code == 200
    assert client.post(reverse("agencies:holiday-add"), {**sent, "name_en": " "}).status_code == 422
    assert client.post(reverse("agencies:holiday-add"), sent).status_code == 302
    assert client.post(reverse("agencies:holiday-add"), sent).status_code == 422
    told = client.get(reverse("agencies:holiday-list"), {"year": "2026"}).content.decode()
    assert "วันหยุดพิเศษ" in told
    assert "2569" in told
    for day, status in (("2026-04-16", 302), ("2026-04-16", 404), ("yesterday", 404)):
        assert client.post(reverse("agencies:holiday-remove", args=[day])).status_code == status
    assert not Holiday.objects.exists()


def test_others_read_and_do_not_change(client):
    officer = make_holder("complaint_officer", make_area("32"))
    client.force_login(officer)
    for year in ("", "2026", "๒๕๖๙", "9" * 50, "-1"):
        assert client.get(reverse("agencies:holiday-list"), {"year": year}).status_code == 200
    assert client.get(reverse("agencies:holiday-add")).status_code == 404
    holiday = Holiday.objects.create(day="2026-04-13", name_th="วันสงกรานต์", name_en="Songkran")
    client.post(reverse("agencies:holiday-remove", args=["2026-04-13"]))
    with pytest.raises(Refused):
        add_holiday(holiday.day, name_th="ก", name_en="a", by=officer)
    with pytest.raises(Refused):
        remove_holiday(holiday, by=make_holder("ministry_officer"))
    assert Holiday.objects.count() == 1


def test_clocks_of_open_complaints_follow_a_new_holiday(ministry):
    complaint = make_complaint()
    due = Complaint.objects.get(pk=complaint.pk).due_on

    add_holiday(due, name_th="วันหยุดพิเศษ", name_en="Special holiday", by=ministry)
    entry = Entry.objects.latest("pk")
    assert tell_listeners(entry.pk) == 1
    read_clocks_by_new_holidays(entry.pk)

    assert due < Complaint.objects.get(pk=complaint.pk).due_on <= due + timedelta(days=6)
