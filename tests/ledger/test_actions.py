import threading
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.events import Event
from prasan.ledger.actions import _checked, hearing, record, seal_pending, tell_listeners
from prasan.ledger.keys import KeyFault, public_key, signing_key
from prasan.ledger.models import Batch, Entry, Unsealed
from prasan.ledger.queries import entries_about, kind_of, rows_of
from prasan.ledger.seals import unpack_ids
from prasan.places.models import Area
from tests.factories.accounts import make_person
from tests.factories.cases import Errand
from tests.factories.ledger import write_entries


def jobs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        return [(name, args) for name, args in cursor.fetchall()]


@pytest.mark.django_db
def test_record_writes_the_entry_and_one_job():
    person = make_person()

    entry = record(
        "places.area.rename",
        ("places.area", "32"),
        by=person,
        posting=9,
        before={"name": "x"},
        after={"n": [1, None]},
    )

    kept = Entry.objects.get()
    assert kept.pk == entry.pk
    assert (kept.kind, kept.subject_kind, kept.subject_id) == ("places.area.rename", "places.area", "32")
    assert (kept.actor_id, kept.posting_id) == (person.pk, 9)
    assert (kept.before, kept.after, kept.note_digest) == ({"name": "x"}, {"n": [1, None]}, None)
    assert kept.at == entry.at
    assert jobs() == [("prasan.ledger.tell", f'{{"entry_id": {entry.pk}}}')]


@pytest.mark.django_db
def test_record_of_an_act_that_fails_leaves_no_trace():
    with transaction.atomic():
        record("places.area.rename", ("places.area", "32"), by=None)
        transaction.set_rollback(True)

    assert Entry.objects.count() == 0
    assert Unsealed.objects.count() == 0
    assert jobs() == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_record_outside_a_transaction_is_our_fault():
    with pytest.raises(RuntimeError, match="outside the transaction"):
        record("places.area.rename", ("places.area", "32"), by=None)


@pytest.mark.parametrize("fact", [1.5, Decimal("1"), b"x", {"a": 1}, [[1]], [1.5], object()])
def test_facts_of_other_kinds_are_our_fault(fact):
    with pytest.raises(TypeError, match="write codes"):
        _checked("x.y", {"fact": fact})


@pytest.mark.parametrize("fact", ["two\nlines", "ก" * 201, "zero\x00", ["fine", "tab\there"]])
def test_free_text_is_our_fault(fact):
    with pytest.raises(ValueError, match="free text"):
        _checked("x.y", {"fact": fact})


FACT = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(st.characters(exclude_categories=("C", "Z")), max_size=40)
)


@pytest.mark.django_db
@given(
    facts=st.dictionaries(
        st.text(st.characters(codec="ascii", min_codepoint=97), max_size=9), FACT | st.lists(FACT)
    )
)
def test_facts_come_back_as_recorded(facts):
    with transaction.atomic():
        entry = record("x.y.z", ("x.y", 1), by=None, after=facts)

    kept = Entry.objects.get(pk=entry.pk)
    assert kept.after == facts
    assert [type(kept.after[name]) for name in facts] == [type(fact) for fact in facts.values()]
    assert rows_of([entry.pk])[0][8] == facts


def test_subjects_are_known_by_workflow_or_table():
    assert kind_of(Errand) == "cases.errand"
    assert kind_of(Area) == "places.area"


@pytest.mark.django_db
def test_event_is_recorded_by_its_code():
    event = Event("ledger.test.happened", "Happened")

    record(event, ("x.y", 1), by=None)

    assert list(entries_about(("x.y", 1)).values_list("kind", flat=True)) == ["ledger.test.happened"]
    with pytest.raises(ValueError, match="twice"):
        Event("ledger.test.happened", "Happened again")


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_batch"])
@pytest.mark.parametrize("change", ["UPDATE {} SET {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_change(table, change):
    write_entries(1)
    seal_pending()
    column = {"ledger_entry": "kind = 'other'", "ledger_batch": "count = 9"}[table]

    with pytest.raises(DatabaseError, match="the ledger is never changed"), transaction.atomic():
        connection.cursor().execute(change.format(table, column))

    assert (Entry.objects.get().kind, Batch.objects.get().count) == ("planning.need.enter", 1)


@pytest.mark.django_db
def test_rows_inserted_past_record_wait_for_their_seal_too():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry (at, kind, subject_kind, subject_id, before, after)"
            " SELECT now(), 'x', 'y', n::text, '{}', '{}' FROM generate_series(1, 3) AS n"
        )

    assert Unsealed.objects.count() == 3


@pytest.mark.django_db
def test_seal_takes_every_entry_once():
    entries = write_entries(7)

    assert seal_pending(limit=3) == 7
    assert seal_pending() == 0

    batches = Batch.objects.order_by("number")
    assert [(batch.number, batch.count) for batch in batches] == [(1, 3), (2, 3), (3, 1)]
    sealed = [pk for batch in batches for pk in unpack_ids(bytes(batch.entry_ids))]
    assert sealed == [entry.pk for entry in entries]
    assert [bytes(batch.previous_root) for batch in batches] == [
        bytes(32),
        *(bytes(b.root) for b in batches[:2]),
    ]
    assert Unsealed.objects.count() == 0


@pytest.mark.django_db
def test_first_seal_makes_the_key_for_its_owner_alone(ledger_key):
    write_entries(1)

    seal_pending()

    assert ledger_key.stat().st_mode & 0o777 == 0o600
    assert public_key().public_bytes_raw() == signing_key().public_key().public_bytes_raw()
    assert [path.name for path in sorted(ledger_key.parent.iterdir())] == ["ledger_key", "ledger_key.pub"]


@pytest.mark.django_db
def test_a_lost_key_is_a_fault_and_never_replaced(ledger_key):
    write_entries(1)
    seal_pending()
    ledger_key.unlink()
    write_entries(1)

    with pytest.raises(KeyFault, match="please put back the copy"):
        seal_pending()

    assert not ledger_key.exists()
    assert Unsealed.objects.count() == 1


@pytest.mark.django_db
def test_a_damaged_key_is_a_fault(ledger_key):
    ledger_key.parent.mkdir()
    ledger_key.write_text("not a key", encoding="ascii")
    write_entries(1)

    with pytest.raises(KeyFault):
        seal_pending()


@pytest.mark.django_db
def test_every_listener_gets_its_own_job(settings):
    settings.LEDGER_LISTENERS = ("a.first", "b.second")

    assert tell_listeners(5) == 2

    assert [(name, args) for name, args in jobs()] == [
        ("prasan.ledger.listen", '{"entry_id": 5, "listener": "a.first"}'),
        ("prasan.ledger.listen", '{"entry_id": 5, "listener": "b.second"}'),
    ]


@hearing(["ledger.test.heard"])
def hear_some(entry_id):
    raise AssertionError("only queued here")


@pytest.mark.django_db
def test_listener_that_names_its_kinds_is_told_of_those_only(settings):
    settings.LEDGER_LISTENERS = (f"{__name__}.hear_some", "a.second")
    with transaction.atomic():
        heard, other = (
            record(f"ledger.test.{kind}", ("ledger.test", 1), by=None).pk for kind in ("heard", "other")
        )

    assert (tell_listeners(heard), tell_listeners(other), tell_listeners(10**9)) == (2, 1, 1)


@pytest.mark.django_db
def test_without_listeners_nothing_is_queued(settings):
    settings.LEDGER_LISTENERS = ()

    assert tell_listeners(5) == 0

    assert jobs() == []


def in_thread(act):
    """Start an act in a thread with a connection of its own."""

    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_entry_committed_late_is_sealed_though_a_later_id_was_sealed_before():
    written, may_end = threading.Event(), threading.Event()

    def write_slowly():
        with transaction.atomic():
            record("x.slow", ("x.y", 1), by=None)
            written.set()
            may_end.wait(10)

    slow = in_thread(write_slowly)
    written.wait(10)
    (quick,) = write_entries(1)
    assert seal_pending() == 1
    may_end.set()
    slow.join(10)

    assert seal_pending() == 1

    first, second = (unpack_ids(bytes(batch.entry_ids)) for batch in Batch.objects.order_by("number"))
    assert first == (quick.pk,)
    assert second < first


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_writers_do_not_wait_for_a_sealer_and_a_second_sealer_gives_way(monkeypatch):
    write_entries(2)
    sealing, may_end = threading.Event(), threading.Event()
    signed_slowly = signing_key

    def sign_slowly():
        sealing.set()
        may_end.wait(10)
        return signed_slowly()

    monkeypatch.setattr("prasan.ledger.actions.signing_key", sign_slowly)
    sealer = in_thread(seal_pending)
    sealing.wait(10)

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '2s'")
    write_entries(3)
    given_way = seal_pending()
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")
    may_end.set()
    sealer.join(10)

    assert given_way == 0
    assert seal_pending() == 3
    assert [batch.count for batch in Batch.objects.order_by("number")] == [2, 3]
