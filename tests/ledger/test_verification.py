from datetime import timedelta
from threading import Thread

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from prasan.kernel.refusals import Refused
from prasan.ledger import verification
from prasan.ledger.actions import record, seal_pending
from prasan.ledger.anchors import make_anchor, read_anchor
from prasan.ledger.keys import make_signing_key, signing_key
from prasan.ledger.models import Batch, Entry, Unsealed
from prasan.ledger.queries import rows_of
from prasan.ledger.seals import chained_root, leaf_of, sealed_words, split_leaves, unpack_ids
from prasan.ledger.verification import Tally, _Ids, verify
from tests.factories.ledger import guards_off, write_entries


def faults(anchor=None):
    found = []
    verify(found.append, anchor=read_anchor(anchor) if anchor else None)
    return [(fault.code, fault.subject) for fault in found]


@pytest.fixture
def entries(db):
    """Two sealed batches of three."""
    entries = write_entries(6)
    seal_pending(limit=3)
    return entries


def test_an_untouched_ledger_has_no_fault(entries):
    write_entries(2)
    found = []

    tally = verify(found.append)

    assert found == []
    assert tally == Tally(entries=6, batches=2, waiting=2)


def test_an_empty_ledger_has_no_fault(db, ledger_key):
    assert faults() == [("key.missing", "key")]


CHANGES = {
    "at": "at + interval '1 microsecond'",
    "kind": "'planning.need.withdraw'",
    "subject_kind": "'planning.proposal'",
    "subject_id": "'999'",
    "actor_id": "77",
    "posting_id": "77",
    "before": '\'{"state": "draft"}\'',
    "after": '\'{"n": 1, "state": "answered"}\'',
    "note_digest": "'\\x00'",
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_column_is_found_and_named(entries, column):
    with guards_off() as cursor:
        cursor.execute(f"UPDATE ledger_entry SET {column} = {CHANGES[column]} WHERE id = {entries[4].pk}")

    assert faults() == [("entry.changed", str(entries[4].pk))]


def test_every_column_is_tried():
    assert {field.name for field in Entry._meta.fields} == {"id", *CHANGES}


def test_the_sentence_names_id_and_kind(entries):
    with guards_off() as cursor:
        cursor.execute(f"UPDATE ledger_entry SET actor_id = 5 WHERE id = {entries[0].pk}")
    found = []

    verify(found.append)

    assert f"{entries[0].pk} (planning.need.enter)" in found[0].sentence


def test_a_missing_entry_is_found_and_named(entries):
    with guards_off() as cursor:
        cursor.execute(f"DELETE FROM ledger_entry WHERE id = {entries[2].pk}")

    assert faults() == [("entry.missing", str(entries[2].pk))]


def test_an_added_entry_is_found_and_named(entries):
    with guards_off() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry (id, at, kind, subject_kind, subject_id, before, after)"
            " VALUES (900000000000, now(), 'planning.need.answer', 'planning.need', '1', '{}', '{}')"
        )

    assert faults() == [("entry.added", "900000000000")]


def test_swapped_entries_are_found_and_named(entries):
    first, second = sorted((entries[1].pk, entries[4].pk))
    with guards_off() as cursor:
        cursor.execute(f"UPDATE ledger_entry SET id = -1 WHERE id = {first}")
        cursor.execute(f"UPDATE ledger_entry SET id = {first} WHERE id = {second}")
        cursor.execute(f"UPDATE ledger_entry SET id = {second} WHERE id = -1")

    assert faults() == [("entry.swapped", str(first)), ("entry.swapped", str(second))]


def test_an_entry_gone_before_its_seal_is_found(entries):
    (lost,) = write_entries(1)
    with guards_off() as cursor:
        cursor.execute(f"DELETE FROM ledger_entry WHERE id = {lost.pk}")

    assert faults() == [("entry.missing", str(lost.pk))]


def test_entries_that_wait_long_for_their_seal_are_told(entries):
    write_entries(2)

    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        assert faults() == [("seal.late", "2")]


@pytest.mark.parametrize(
    "column", ["leaves", "root", "entry_ids", "count", "sealed_at", "previous_root", "signature"]
)
def test_a_changed_batch_is_found(entries, column):
    value = {
        "count": "2",
        "sealed_at": "sealed_at - interval '1 day'",
        "entry_ids": "set_byte(entry_ids, 7, 255 - get_byte(entry_ids, 7))",
        "leaves": "set_byte(leaves, 40, 255 - get_byte(leaves, 40))",
    }.get(column, f"set_byte({column}, 5, 255 - get_byte({column}, 5))")
    with guards_off() as cursor:
        cursor.execute(f"UPDATE ledger_batch SET {column} = {value} WHERE number = 2")

    assert faults() != []
    assert {code for code, _subject in faults()} >= {
        "leaves": {"batch.broken"},
        "root": {"batch.broken", "signature.wrong"},
        "entry_ids": {"entry.missing", "entry.added"},
        "count": {"batch.broken", "signature.wrong"},
        "sealed_at": {"signature.wrong"},
        "previous_root": {"batch.broken", "chain.broken", "signature.wrong"},
        "signature": {"signature.wrong"},
    }[column]


def test_a_batch_taken_from_the_middle_is_found(entries):
    write_entries(1)
    seal_pending()
    with guards_off() as cursor:
        cursor.execute("DELETE FROM ledger_batch WHERE number = 2")

    assert faults() == [
        ("batch.missing", "2"),
        ("chain.broken", "3"),
        *[("entry.added", str(entry.pk)) for entry in entries[3:]],
    ]


def test_an_entry_sealed_twice_is_found(entries):
    again = Batch.objects.get(number=2)
    before = bytes(again.root)
    again.number, again.previous_root = 3, before
    again.root = chained_root(before, split_leaves(bytes(again.leaves)))
    words = sealed_words(3, again.count, again.sealed_at, again.root, before)
    again.signature = signing_key().sign(words)
    again.save(force_insert=True)

    assert faults() == [("entry.twice", str(entry.pk)) for entry in entries[3:]]


def rewrite_whole(ledger_key):
    """History with one entry changed, sealed anew by someone who also has the key."""
    from prasan.ledger.queries import rows_of

    previous = bytes(32)
    with guards_off() as cursor:
        cursor.execute("UPDATE ledger_entry SET actor_id = 666 WHERE id = (SELECT min(id) FROM ledger_entry)")
        for batch in Batch.objects.order_by("number"):
            leaves = [leaf_of(row) for row in rows_of(unpack_ids(bytes(batch.entry_ids)))]
            root = chained_root(previous, leaves)
            signature = signing_key().sign(
                sealed_words(batch.number, batch.count, batch.sealed_at, root, previous)
            )
            cursor.execute(
                "UPDATE ledger_batch SET leaves = %s, root = %s, previous_root = %s, signature = %s"
                " WHERE number = %s",
                [b"".join(leaves), root, previous, signature, batch.number],
            )
            previous = root


def test_a_history_rewritten_whole_shows_against_an_anchor_alone(entries, ledger_key):
    anchor = make_anchor()

    rewrite_whole(ledger_key)

    assert faults() == []
    assert faults(anchor) == [("anchor.rewritten", "2")]


def test_a_history_rewritten_under_another_key_shows_against_an_anchor(entries, ledger_key):
    anchor = make_anchor()

    for path in list(ledger_key.parent.iterdir()):
        path.unlink()
    make_signing_key()
    rewrite_whole(ledger_key)

    assert faults() == []
    assert faults(anchor) == [("anchor.rewritten", "2"), ("anchor.key", "key")]


def test_a_cut_tail_shows_against_an_anchor(entries):
    anchor = make_anchor()
    with guards_off() as cursor:
        cursor.execute("DELETE FROM ledger_batch WHERE number = 2")
        cursor.execute("DELETE FROM ledger_entry WHERE id = ANY(%s)", [[entry.pk for entry in entries[3:]]])

    assert faults() == []
    assert faults(anchor) == [("anchor.cut", "2")]


def test_an_anchor_still_holds_after_more_was_written(entries):
    anchor = make_anchor()
    write_entries(4)
    seal_pending()

    assert faults(anchor) == []


def test_an_anchor_says_what_it_holds(entries):
    anchor = read_anchor(make_anchor())

    last = Batch.objects.get(number=2)
    assert (anchor.number, anchor.count, anchor.root) == (2, 6, bytes(last.root))


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"number": "x"}', "\x00"])
def test_another_file_is_refused_as_an_anchor(text):
    with pytest.raises(Refused, match=r"(?i)anchor|หลักฐาน"):
        read_anchor(text)


def test_a_changed_anchor_is_refused(entries):
    with pytest.raises(Refused, match=r"changed|แก้ไข"):
        read_anchor(make_anchor().replace('"count": 6', '"count": 7'))


def test_nothing_sealed_gives_no_anchor(db):
    with pytest.raises(Refused):
        make_anchor()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_entries_written_meanwhile_are_no_fault():
    write_entries(3)
    seal_pending()
    real_leaf = leaf_of
    once = []

    def meanwhile(row):
        if not once:
            once.append(True)
            write_in_another_connection()
        return real_leaf(row)

    def write_in_another_connection():
        def write():
            write_entries(2)
            seal_pending()
            connection.close()

        thread = Thread(target=write)
        thread.start()
        thread.join()

    found = []
    before, verification.leaf_of = verification.leaf_of, meanwhile
    try:
        tally = verify(found.append)
    finally:
        verification.leaf_of = before

    assert found == []
    assert (tally.entries, Entry.objects.count(), Unsealed.objects.count()) == (3, 5, 0)


@given(st.lists(st.integers(0, 2**62)))
def test_ids_are_a_set(numbers):
    ids, known = _Ids(), set()

    for number in numbers:
        assert ids.add(number) == (number not in known)
        known.add(number)

    assert all(number in ids for number in numbers)
    assert [number for number in range(200) if number in ids] == sorted(known & set(range(200)))


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_tampering_is_found_and_names_just_what_was_touched(data):
    with transaction.atomic():
        entries = [
            record("x.y.z", ("x.y", n), by=None, posting=n % 3 or None, after={"n": n}) for n in range(9)
        ]
        seal_pending(limit=4)
        touched = data.draw(
            st.lists(st.sampled_from(entries), min_size=1, max_size=4, unique_by=lambda e: e.pk)
        )
        expected = set()
        with guards_off() as cursor:
            for entry in touched:
                if data.draw(st.booleans()):
                    column = data.draw(st.sampled_from(sorted(CHANGES)))
                    cursor.execute(
                        f"UPDATE ledger_entry SET {column} = {CHANGES[column]} WHERE id = {entry.pk}"
                    )
                    expected.add(("entry.changed", str(entry.pk)))
                else:
                    cursor.execute(f"DELETE FROM ledger_entry WHERE id = {entry.pk}")
                    expected.add(("entry.missing", str(entry.pk)))

        assert set(faults()) == expected
        transaction.set_rollback(True)


def test_leaves_of_a_batch_are_those_of_its_entries(entries):
    batch = Batch.objects.get(number=1)
    rows = rows_of([entry.pk for entry in entries[:3]])

    assert split_leaves(bytes(batch.leaves)) == [leaf_of(row) for row in rows]
