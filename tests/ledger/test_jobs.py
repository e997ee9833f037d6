from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from prasan.ledger.jobs import listen, requeue_stalled, seal, tell
from prasan.ledger.models import Batch, Entry
from tests.factories.ledger import write_entries

heard: list[int] = []


def hear(entry_id):
    heard.append(entry_id)


def stumble(entry_id):
    raise ConnectionError("not reachable now")


@pytest.fixture(autouse=True)
def _nothing_heard():
    heard.clear()


def states_of_jobs():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args ->> 'listener', status::text, attempts"
            " FROM procrastinate_jobs ORDER BY id"
        )
        return cursor.fetchall()


def work():
    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        worker_app.run_worker(
            queues=["ledger"], wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1
        )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_worker_tells_each_listener_apart_and_tries_again_what_failed(settings):
    settings.LEDGER_LISTENERS = (f"{__name__}.stumble", f"{__name__}.hear")
    (entry,) = write_entries(1)

    work()

    assert heard == [entry.pk]
    assert [job for job in states_of_jobs() if job[0] in (tell.name, listen.name)] == [
        ("prasan.ledger.tell", None, "succeeded", 1),
        ("prasan.ledger.listen", f"{__name__}.stumble", "todo", 1),
        ("prasan.ledger.listen", f"{__name__}.hear", "succeeded", 1),
    ]


@pytest.mark.django_db
def test_seal_job_seals():
    write_entries(2)

    seal(timestamp=0)

    assert Batch.objects.get().count == 2


@pytest.mark.django_db
def test_jobs_that_record_queues_exist():
    write_entries(1)

    assert {tell.name, listen.name} <= set(app.tasks)
    assert [job[0] for job in states_of_jobs()] == [tell.name]
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_job_of_a_worker_that_died_is_put_back_and_that_of_a_living_one_is_left():
    write_entries(3)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id")
        living = cursor.fetchone()[0]
        cursor.execute("SELECT id FROM procrastinate_jobs ORDER BY id")
        left, taken, _waiting = (pk for (pk,) in cursor.fetchall())
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [left])
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [living, taken]
        )

    async_to_sync(requeue_stalled.func)(context=SimpleNamespace(app=app), timestamp=0)

    assert [status for _task, _listener, status, _attempts in states_of_jobs()] == ["todo", "doing", "todo"]
