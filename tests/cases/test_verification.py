import pytest

from prasan.cases.actions import erase_note, move
from prasan.cases.models import Note
from prasan.cases.verification import NoteTally, verify_notes
from prasan.ledger.actions import seal_pending
from prasan.ledger.verification import verify
from tests.factories.agencies import make_holder
from tests.factories.cases import make_errand

pytestmark = pytest.mark.django_db


def look():
    found = []
    tally = verify_notes(found.append)
    return tally, [(fault.code, fault.subject) for fault in found]


@pytest.fixture
def notes():
    """A public and an internal note on one step, a public one on another."""
    secretary = make_holder("amphoe_secretary", "3207")
    errand = make_errand()
    for internal in ("Aside", ""):
        errand = move(errand, "submit", by=None)
        errand = move(errand, "return", by=secretary, note="Reason", internal_note=internal)
    return list(Note.objects.order_by("pk"))


def test_notes_as_written_are_intact(notes):
    assert look() == (NoteTally(intact=3), [])


def test_erased_note_is_erased_not_broken_and_the_ledger_stays_valid(notes, settings, tmp_path):
    settings.LEDGER_KEY = tmp_path / "key"
    seal_pending()

    erase_note(notes[0], by=None)
    seal_pending()

    faults = []
    verify(faults.append)
    assert faults == []
    assert look() == (NoteTally(intact=2, erased=1), [])


def test_changed_words_are_broken(notes):
    Note.objects.filter(pk=notes[1].pk).update(text="Another aside")

    assert look() == (NoteTally(intact=2, broken=1), [("note.broken", str(notes[1].entry_id))])


def test_note_moved_to_another_audience_is_broken(notes):
    Note.objects.filter(pk=notes[2].pk).update(audience="internal")

    assert look() == (NoteTally(intact=2, broken=1), [("note.broken", str(notes[2].entry_id))])


def test_words_blanked_without_an_act_are_broken(notes):
    Note.objects.filter(pk=notes[0].pk).update(text="", salt=None, erased_at="2025-01-01T00:00Z")

    assert look() == (NoteTally(intact=2, broken=1), [("note.broken", str(notes[0].entry_id))])


def test_removed_row_is_broken_even_beside_an_erased_one(notes):
    erase_note(notes[0], by=None)
    notes[1].delete()

    assert look() == (NoteTally(intact=1, erased=1, broken=1), [("note.broken", str(notes[0].entry_id))])


def test_note_that_no_entry_knows_is_told(notes):
    Note.objects.create(
        entry_id=notes[0].entry_id + 10**6,
        subject_kind="x",
        subject_id="1",
        audience="public",
        text="No",
        salt=b"x",
    )

    tally, faults = look()

    assert (tally.broken, [code for code, _subject in faults]) == (1, ["note.added"])
