"""Letters to those who read for the agencies to which a cookbook was sent: once each, in portions."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prasan.accounts.models import User
from prasan.agencies.models import Agency, Posting
from prasan.cases.actions import move
from prasan.innovations import actions
from prasan.ledger.models import Entry
from prasan.notices import jobs
from prasan.notices.actions import write_letters, writing
from prasan.notices.models import Letter
from tests.factories.agencies import make_agency, make_area, make_holder
from tests.factories.innovations import make_cookbook, make_owner
from tests.killing import killed_when, run_to_its_end

pytestmark = pytest.mark.django_db

KIND = "innovations.cookbook.sent"


def waiting() -> list[dict[str, int]]:
    """Portions that are queued."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo' ORDER BY id",
            [writing.TELL_OF_COOKBOOK],
        )
        found = [json.loads(row[0]) for row in cursor.fetchall()]
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'",
            [writing.TELL_OF_COOKBOOK],
        )
    return found


def tell(entry: Entry) -> int:
    """Write the letters of an entry as the worker does, portion by portion; how many portions."""
    write_letters(entry.pk)
    portions = 1
    while found := waiting():
        for told in found:
            jobs.tell_of_cookbook(**told)
            portions += 1
    return portions


def sendings() -> list[Entry]:
    return list(Entry.objects.filter(kind=KIND).order_by("pk"))


def test_everybody_who_reads_for_the_agency_hears_once_however_often_it_is_sent(client) -> None:
    owner = make_owner()
    province = make_area("40")
    first, second = (make_agency(province, level=level) for level in ("provincial", "local"))
    reader = make_holder("agency_officer", province, agency=first)
    make_holder("local_officer", province, agency=second, person=reader)
    also = make_holder("local_officer", province, agency=second)
    make_holder("village_head", province, agency=first)
    gone = make_holder("agency_officer", province, agency=first)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    cookbook = make_cookbook(owner, "published")

    actions.send_cookbook(cookbook, ["provincial"], by=owner.ministry)
    actions.send_cookbook(cookbook, ["local"], by=owner.ministry)
    late = make_holder("agency_officer", province, agency=first)
    for _twice in range(2):
        for entry in sendings():
            tell(entry)

    told = list(Letter.objects.filter(kind=KIND).order_by("pk"))
    assert [letter.person for letter in told] == [reader, late, also]
    assert "จองคิว" in told[0].title
    assert owner.agency.name_th in told[0].words
    client.force_login(reader)
    page = client.get(f"/my/letters/{told[0].pk}/").content.decode()
    assert f"/innovations/{cookbook.innovation_id}/cookbook/" in page


def test_ledger_holds_no_person_and_a_cookbook_withdrawn_since_is_told_to_nobody() -> None:
    owner = make_owner()
    make_holder("agency_officer", "40")
    cookbook = make_cookbook(owner, "published")
    actions.send_cookbook(cookbook, ["provincial"], by=owner.ministry)
    (entry,) = sendings()
    move(cookbook, "withdraw", by=owner.writer, note="มีข้อผิดพลาด")

    tell(entry)

    assert entry.after.keys() == {"version", "levels", "agencies", "sent_at"}
    assert not Letter.objects.exists()


def test_cookbook_of_an_innovation_withdrawn_since_is_told_to_nobody() -> None:
    owner = make_owner()
    make_holder("agency_officer", "40")
    cookbook = make_cookbook(owner, "published")
    actions.send_cookbook(cookbook, ["provincial"], by=owner.ministry)
    move(cookbook.innovation, "withdraw", by=owner.writer, note="ซ้ำกับเรื่องเดิม")

    tell(*sendings())

    assert not Letter.objects.filter(kind=KIND).exists()


def make_readers(number: int) -> None:
    """So many agencies of one province with an officer each."""
    province = make_area("40")
    agencies = Agency.objects.bulk_create(
        Agency(
            code=f"many-{place}",
            name_th=f"หน่วยที่ {place}",
            name_en=f"Unit {place}",
            level="local",
            area=province,
            sort_key=f"{place:05}",
        )
        for place in range(number)
    )
    people = User.objects.bulk_create(
        User(username=f"reader-{place}", name=f"ผู้อ่าน {place}") for place in range(number)
    )
    Posting.objects.bulk_create(
        Posting(person=person, role_id="local_officer", agency=agency, area=province, starts=timezone.now())
        for person, agency in zip(people, agencies, strict=True)
    )


def test_portions_follow_one_another_and_ask_the_database_no_more_for_more(monkeypatch) -> None:
    owner = make_owner()
    make_readers(25)
    monkeypatch.setattr(writing, "PORTION", 10)
    actions.send_cookbook(make_cookbook(owner, "published"), ["local"], by=owner.ministry)
    (entry,) = sendings()

    portions = tell(entry)

    assert portions == 3
    assert Letter.objects.filter(kind=KIND).count() == 25
    counts = []
    for size in (2, 20):
        Letter.objects.all().delete()
        monkeypatch.setattr(writing, "PORTION", size)
        with CaptureQueriesContext(connection) as asked:
            write_letters(entry.pk)
        counts.append(len(asked))
        assert len(waiting()) == 1
    assert counts[0] == counts[1]


def is_written_but_not_kept() -> bool:
    """Whether a process has written a portion that it is going to keep."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE application_name = 'at the point'")
        return cursor.fetchone() is not None


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_portion_that_is_killed_is_written_once_and_loses_nobody() -> None:
    owner = make_owner()
    make_readers(1200)
    actions.send_cookbook(make_cookbook(owner, "published"), ["local"], by=owner.ministry)
    (entry,) = sendings()
    program = f"""
from prasan.notices.actions import writing
keep = writing._queue
def slowly(letters):
    import time
    keep(letters)
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('application_name', 'at the point', false)")
    time.sleep(60)
writing._queue = slowly
writing.write_letters({entry.pk})
"""

    killed_when(program, is_written_but_not_kept)
    after_the_kill = Letter.objects.count(), len(waiting())
    portions = tell(entry)

    assert after_the_kill == (0, 0)
    assert portions == 3
    assert Letter.objects.values("person").distinct().count() == Letter.objects.count() == 1200


WORKER = """
import time
from django.db import connection
from procrastinate.contrib.django import app
from prasan.ledger.jobs import requeue_stalled
from prasan.notices.actions import writing
settings.LEDGER_KEY = {key!r}
writing.PORTION = {portion}
write, written = writing._write, []
def slowly(*about, **options):
    number = write(*about, **options)
    written.append(number)
    if len(written) == {stuck_in}:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('application_name', 'at the point', false)")
        time.sleep(60)
    return number
writing._write = slowly
requeue_stalled.defer(timestamp=0)
with app.replace_connector(app.connector.get_worker_connector()) as working:
    working.run_worker(queues=["ledger", "notices"], concurrency=1, wait=False, delete_jobs="successful")
"""
"""The worker as `prasan worker` starts it, but it ends when nothing waits; stuck in one of its portions."""


@pytest.mark.parametrize("portions_before", [1, 2])
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_worker_that_is_killed_in_a_later_portion_tells_each_agency_once(portions_before, settings) -> None:
    owner = make_owner()
    make_readers(250)
    actions.send_cookbook(make_cookbook(owner, "published"), ["local"], by=owner.ministry)
    worker = {"key": str(settings.LEDGER_KEY), "portion": 100}

    def letters() -> int:
        return Letter.objects.filter(kind=KIND).count()

    killed_when(WORKER.format(**worker, stuck_in=portions_before + 1), is_written_but_not_kept)
    after_the_kill = letters()
    with connection.cursor() as cursor:  # half a minute without a beat of its heart: it is taken for dead
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    run_to_its_end(WORKER.format(**worker, stuck_in=-1))

    assert after_the_kill == portions_before * 100
    assert letters() == 250
    assert set(Agency.objects.filter(code__startswith="many-").values_list("pk", flat=True)) == set(
        Posting.objects.filter(person__in=Letter.objects.values("person")).values_list("agency", flat=True)
    )
    assert Letter.objects.values("person").distinct().count() == 250
