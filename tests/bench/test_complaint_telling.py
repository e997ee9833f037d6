"""The forms of complaints that are measured: the same rows as the plain view, and what the storm counts."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from bench import complaint_storm, complaint_submit
from bench.complaint_telling import ComplaintForm, receipt_shown
from prasan.complaints.models import Complaint
from tests.factories.agencies import make_area
from tests.factories.complaints import VILLAGE, make_centre

pytestmark = pytest.mark.django_db
TABLES = ("complaints_complaint", "ledger_entry", "ledger_unsealed", "procrastinate_jobs")


def rows():
    with connection.cursor() as cursor:
        counted = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counted[table] = cursor.fetchone()[0]
    return counted


def test_plain_view_writes_the_rows_of_the_form(settings):
    settings.ROOT_URLCONF = "bench.reference_site"
    client = Client()
    client.force_login(make_centre().officer)
    form = ComplaintForm(cookie="", token="", area=make_area(VILLAGE).pk)
    key = uuid4()
    receipts, written = [], []
    for address, filled in (
        ("", form.filled("เสาที่ 1", key)),
        ("", form.filled("เสาที่ 1", key)),
        (complaint_submit.PLAIN, form.filled("เสาที่ 1")),
    ):
        before = rows()
        answer = client.generic("POST", address or filled[0], filled[1], filled[2]["Content-Type"])
        written.append({table: count - before[table] for table, count in rows().items()})
        receipts.append(receipt_shown(answer.content))

    assert written[0] == written[2] == dict.fromkeys(TABLES, 1)
    assert written[1] == dict.fromkeys(TABLES, 0)
    assert receipts[0] == receipts[1] != receipts[2] != ""
    first, second = Complaint.objects.values("state", "area_id", "kind", "words", "channel", "manner")
    assert first == second


def test_storm_counts_a_complaint_as_whole_while_its_clocks_run():
    client = Client()
    client.force_login(make_centre().officer)
    key, title = uuid4(), f"{complaint_storm.MARK} 7"
    filled = ComplaintForm(cookie="", token="", area=make_area(VILLAGE).pk).filled(title, key)

    client.generic("POST", filled[0], filled[1], filled[2]["Content-Type"])

    complaint = Complaint.objects.get(form_key=key)
    assert kept_by_storm() == [(title, complaint.receipt, key, True)]
    Complaint.objects.update(due_on=None)
    assert kept_by_storm() == [(title, complaint.receipt, key, False)]


def kept_by_storm():
    with connection.cursor() as cursor:
        cursor.execute(complaint_storm.KEPT, [f"{complaint_storm.MARK} %"])
        return cursor.fetchall()
