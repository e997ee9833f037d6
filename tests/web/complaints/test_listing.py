import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from xlsxwriter import Workbook

from prasan.complaints.jobs import take_in
from prasan.complaints.models import Complaint, ComplaintList
from tests.complaints.test_lists import HEADINGS, ROWS, many, sheet
from tests.factories.agencies import make_area, make_holder
from tests.factories.complaints import PROVINCE, VILLAGE, make_centre

pytestmark = pytest.mark.django_db

NEW = reverse("complaints:list-new")


@pytest.fixture
def centre():
    make_area(VILLAGE)
    return make_centre()


@pytest.fixture
def officer(client, centre):
    client.force_login(centre.officer)
    return client


def send(client, centre, content=None, **given):
    file = SimpleUploadedFile("เรื่อง.csv", sheet(*ROWS) if content is None else content)
    return client.post(NEW, {"area": PROVINCE, "agency": centre.agency.pk, "file": file, **given})


def confirm(client, listing, manner="confidential"):
    address = reverse("complaints:list-columns", args=[listing.pk])
    form = client.get(address).context["form"]
    given = {f"column_{n}": form.fields[f"column_{n}"].initial for n in range(len(listing.headers))}
    return client.post(address, {**given, "manner": manner})


def page(client, listing, name="list-page"):
    return client.get(reverse(f"complaints:{name}", args=[listing.pk]))


def test_list_is_sent_confirmed_looked_through_and_taken_in(officer, centre):
    sent = send(officer, centre)
    listing = ComplaintList.objects.get()
    columns = officer.get(sent.headers["Location"]).content.decode()
    confirm(officer, listing)
    shown = page(officer, listing)
    officer.post(reverse("complaints:list-take", args=[listing.pk]))
    waiting = page(officer, listing).content.decode()
    take_in(listing.pk, centre.officer.pk)
    done = page(officer, listing).content.decode()

    assert "ไฟทางดับสามวัน" in columns
    assert (shown.context["new"], [fault.line for fault in shown.context["faults"]]) == (2, [4, 5, 6, 7, 8])
    assert "บรรทัดที่ 7: คอลัมน์ “อีเมล” ไม่ใช่ที่อยู่อีเมล" in shown.content.decode()
    assert re.search(r"<dt>เบอร์โทรศัพท์</dt><dd>โทรศัพท์</dd>", shown.content.decode())
    assert "ทำแล้ว 0 จาก 7 แถว" in waiting
    assert "4, 5, 6, 7, 8" in done
    assert Complaint.objects.count() == 2
    complaint = Complaint.objects.order_by("pk").first()
    own = officer.get(reverse("complaints:complaint", args=[complaint.pk])).content.decode()
    assert "<dt>เลขที่เดิม</dt><dd>รบ 12/2569</dd>" in own


def test_page_of_rows_shows_no_name_of_a_sender(officer, centre):
    send(officer, centre)
    listing = ComplaintList.objects.get()
    confirm(officer, listing)

    shown = page(officer, listing)

    assert "สมศรี" not in shown.content.decode()
    assert "0812345678" not in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]


def test_workbook_is_read_as_well(officer, centre):
    written = io.BytesIO()
    with Workbook(written) as book:
        tab = book.add_worksheet()
        for line, row in enumerate((HEADINGS, *ROWS[:2])):
            tab.write_row(line, 0, row.split(";"))
    send(officer, centre, written.getvalue())
    listing = ComplaintList.objects.get()
    confirm(officer, listing)

    assert page(officer, listing).context["new"] == 2


def test_taking_in_is_ordered_once(officer, centre):
    send(officer, centre)
    listing = ComplaintList.objects.get()
    confirm(officer, listing)

    for _twice in range(2):
        officer.post(reverse("complaints:list-take", args=[listing.pk]))

    jobs = ProcrastinateJob.objects.filter(task_name="prasan.complaints.take_in_list")
    assert jobs.count() == 1


def test_list_can_be_thrown_away(officer, centre):
    send(officer, centre)
    listing = ComplaintList.objects.get()

    officer.post(reverse("complaints:list-discard", args=[listing.pk]))

    assert "ทิ้งไฟล์แล้ว" in page(officer, listing).content.decode()
    assert page(officer, listing, "list-columns").status_code == 404
    assert officer.post(reverse("complaints:list-take", args=[listing.pk])).status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="prasan.complaints.take_in_list").count() == 0


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\x03\x04rubbish", b"\x00\x01\x02"])
def test_file_that_is_no_table_is_told_on_the_form(officer, centre, content):
    answer = send(officer, centre, content)

    assert answer.status_code == 422
    assert ComplaintList.objects.count() == 0


def test_file_that_is_too_large_is_told_on_the_form(officer, centre, monkeypatch):
    monkeypatch.setattr("prasan.web.agencies.columns.LARGEST_FILE", 10)

    answer = send(officer, centre)

    assert (answer.status_code, ComplaintList.objects.count()) == (422, 0)
    assert "20" in answer.content.decode()


@pytest.mark.parametrize("role", ["governor", "agency_officer", "province_admin"])
@pytest.mark.parametrize("name", ["list-page", "list-columns", "list-take", "list-discard"])
def test_nobody_else_finds_a_list(client, officer, centre, role, name):
    send(officer, centre)
    listing = ComplaintList.objects.get()
    client.force_login(make_holder(role, PROVINCE, agency=centre.agency))
    address = reverse(f"complaints:{name}", args=[listing.pk])

    answer = client.post(address) if name in ("list-take", "list-discard") else client.get(address)

    assert answer.status_code == 404
    assert client.get(reverse("complaints:list-list")).status_code == 404
    assert client.get(NEW, follow=True).status_code == 404


def test_list_of_another_province_is_not_found(client, officer, centre):
    send(officer, centre)
    listing = ComplaintList.objects.get()
    client.force_login(make_centre("40").officer)

    assert page(client, listing).status_code == 404
    assert "เรื่อง.csv" not in client.get(reverse("complaints:list-list")).content.decode()


def test_lists_take_as_many_queries_for_three_as_for_one(officer, centre):
    counts = []
    for number in (1, 2):
        for turn in range(number):
            send(officer, centre, sheet(*many(1, first=10 * number + turn)))
        with CaptureQueriesContext(connection) as asked:
            officer.get(reverse("complaints:list-list"))
        counts.append(len(asked))

    assert counts[0] == counts[1]
