from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from prasan.ledger.models import Entry
from prasan.planning.imports.lists import receive_file
from prasan.planning.jobs import take_in
from prasan.planning.models import Proposal, ProposalList
from tests.at_once import meeting
from tests.factories.agencies import make_area, make_holder
from tests.factories.planning import PROVINCE, World
from tests.planning.test_lists import HEADINGS, ROWS, sheet

NEW = reverse("planning:list-new")


def send(client, content=None, area=PROVINCE):
    file = SimpleUploadedFile("บัญชี.csv", sheet(*ROWS) if content is None else content)
    return client.post(NEW, {"area": area, "file": file})


@pytest.fixture
def places(world):
    make_area("320704")


def test_list_is_sent_confirmed_looked_at_and_taken_in(world, places, browser):
    client = browser("analyst")

    sent = send(client)
    listing = ProposalList.objects.get()
    columns = client.get(sent.headers["Location"])
    form = {f"column_{n}": field.initial for n, field in enumerate(_column_fields(columns))}
    client.post(sent.headers["Location"], {**form, "standing": "submitted", "fiscal_year": ""})
    shown = client.get(reverse("planning:list", args=[listing.pk]))
    client.post(reverse("planning:list-take", args=[listing.pk]))
    waiting = client.get(reverse("planning:list", args=[listing.pk])).content.decode()
    take_in(listing.pk, world.person("analyst").pk)
    done = client.get(reverse("planning:list", args=[listing.pk])).content.decode()

    assert "ขุดลอกหนองน้ำ" in columns.content.decode()
    assert (shown.context["new"], [fault.line for fault in shown.context["faults"]]) == (2, [4, 5])
    assert "กำลังนำเข้า" in waiting
    assert "นำเข้าแล้ว 2 โครงการ" in done
    assert sorted(each.name for each in Proposal.objects.all()) == ["ขุดลอกหนองน้ำ", "ถนนคอนกรีต"]


def _column_fields(page):
    form = page.context["form"]
    return [form.fields[f"column_{number}"] for number in range(len(HEADINGS.split(";")))]


def test_taking_in_is_ordered_once(world, places, browser):
    client = browser("analyst")
    send(client)
    listing = ProposalList.objects.get()
    ProposalList.objects.update(is_confirmed=True)

    for _twice in range(2):
        client.post(reverse("planning:list-take", args=[listing.pk]))

    assert ProcrastinateJob.objects.filter(task_name="prasan.planning.take_in_list").count() == 1


def test_job_that_runs_twice_takes_in_once(world, places, browser):
    send(browser("analyst"))
    listing = ProposalList.objects.get()
    ProposalList.objects.update(is_confirmed=True)

    for _twice in range(2):
        take_in(listing.pk, world.person("analyst").pk)

    assert Proposal.objects.count() == 2


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\x03\x04rubbish", b"\x00\x01\x02"])
def test_file_that_is_no_table_is_told_on_the_form(world, browser, content):
    answer = send(browser("analyst"), content)

    assert (answer.status_code, ProposalList.objects.count()) == (422, 0)
    assert answer.context["refusal"] is not None


def test_file_that_is_too_large_is_told_on_the_form(world, browser, monkeypatch):
    monkeypatch.setattr("prasan.web.agencies.columns.LARGEST_FILE", 10)

    answer = send(browser("analyst"))

    assert list(answer.context["form"].errors) == ["file"]


@pytest.mark.parametrize(
    "role", ["governor", "village_head", "tambon_secretary", "agency_officer", "auditor"]
)
def test_lists_are_hidden_from_whom_they_do_not_concern(world, browser, role):
    client = browser(role)

    assert [client.get(reverse("planning:list-list")).status_code, client.get(NEW).status_code] == [404, 404]


def test_analyst_of_another_province_finds_no_list(world, places, browser, client):
    send(browser("analyst"))
    listing = ProposalList.objects.get()
    client.force_login(make_holder("analyst", "40"))

    found = [
        client.get(reverse(f"planning:{name}", args=[listing.pk])).status_code
        for name in ("list", "list-columns")
    ]
    taken = client.post(reverse("planning:list-take", args=[listing.pk])).status_code

    assert (found, taken) == ([404, 404], 404)


def test_province_that_is_not_ones_own_cannot_be_chosen(world, browser):
    make_area("40")

    answer = send(browser("analyst"), area="40")

    assert list(answer.context["form"].errors) == ["area"]


def test_list_sent_again_with_its_form_is_kept_once_and_answered_alike(world, places, browser):
    client, key = browser("analyst"), uuid4()

    def send_with_key():
        file = SimpleUploadedFile("บัญชี.csv", sheet(*ROWS))
        return client.post(NEW, {"area": PROVINCE, "file": file, "form_key": key})

    first, again = send_with_key(), send_with_key()

    listing = ProposalList.objects.get()
    assert first.headers["Location"] == again.headers["Location"]
    assert (listing.form_key, Entry.objects.filter(kind="planning.list.received").count()) == (key, 1)
    ProposalList.objects.update(is_confirmed=True, taken_at=listing.sent_at, content=None)
    assert send_with_key().headers["Location"] == reverse("planning:list", args=[listing.pk])
    send(client)
    assert ProposalList.objects.count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_list_sent_twice_at_once_is_kept_once(tmp_path, settings):
    settings.FILES_DIR = tmp_path
    world, key = World(), uuid4()

    first, second = meeting(
        *(
            lambda: receive_file(
                make_area(PROVINCE), sheet(*ROWS), name="x.csv", by=world.person("analyst"), form_key=key
            )
            for _twice in range(2)
        )
    )

    assert first == second == ProposalList.objects.get()
