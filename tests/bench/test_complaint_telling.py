"""The forms of complaints that are measured: the same rows as the plain view, and the storm's counting."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from bench import complaint_storm, complaint_submit
from bench.complaint_telling import ComplaintForm, receipt_shown
from bench.storm import Findings, Sending
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


def row(sent, receipt, **other):
    told = {
        "title": sent.title,
        "receipt": receipt,
        "key": sent.form_key,
        "runs": True,
        "entries": 1,
        **other,
    }
    return tuple(told.values())


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        (lambda sent: [row(sent, "6900000012")], Findings(0, 0, 0, 0)),
        (lambda sent: [], Findings(1, 0, 0, 0)),
        (lambda sent: [row(sent, "6900000020")], Findings(1, 0, 0, 0)),
        (lambda sent: [row(sent, "6900000012", key=uuid4())], Findings(1, 0, 0, 0)),
        (lambda sent: [row(sent, "6900000020", key=uuid4()), row(sent, "6900000012")], Findings(0, 1, 0, 0)),
        (lambda sent: [row(sent, "6900000012", runs=False)], Findings(0, 0, 1, 0)),
        (lambda sent: [row(sent, "6900000012", entries=2)], Findings(0, 0, 1, 0)),
        (lambda sent: [row(sent, "6900000012"), row(sent, "6900000020", title="อื่น")], Findings(0, 0, 0, 1)),
    ],
)
def test_what_is_lost_doubled_half_or_strange_is_counted(kept, found):
    sent = Sending("หนึ่ง", address="69-0000-0012")

    assert complaint_storm.findings([sent], kept(sent)) == found
