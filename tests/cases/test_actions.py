import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from prasan.agencies.models import Posting, Role
from prasan.cases.actions import NOTE_LIMIT, begin, erase_note, move
from prasan.cases.models import Note
from prasan.cases.queries import case_kinds
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry, Unsealed
from tests.factories.accounts import make_person
from tests.factories.agencies import make_holder, make_posting
from tests.factories.cases import Errand, make_errand
from tests.factories.ledger import kinds_about

pytestmark = pytest.mark.django_db


def posting_of(person):
    return Posting.objects.get(person=person)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def head():
    return make_holder("village_head", "32070401")


@pytest.fixture
def secretary():
    return make_holder("amphoe_secretary", "3207")


@pytest.fixture
def errand(head):
    return make_errand(by=head)


@pytest.fixture
def submitted(errand, head):
    return move(errand, "submit", by=head)


def test_begin_saves_the_first_state_and_records_it(head):
    posting = posting_of(head)

    errand = begin(Errand(area=posting.area, title="Well"), by=head, posting=posting.pk, after={"wells": 1})

    errand.refresh_from_db()
    entry = Entry.objects.get()
    assert (errand.state, errand.created_by) == ("draft", head)
    assert (entry.kind, entry.subject_kind, entry.subject_id) == (
        "cases.errand.begin",
        "cases.errand",
        str(errand.pk),
    )
    assert (entry.actor_id, entry.posting_id) == (head.pk, posting.pk)
    assert entry.after == {"state": "draft", "wells": 1}


def test_begin_of_a_saved_case_is_our_fault(errand, head):
    with pytest.raises(ValueError, match="once"):
        begin(errand, by=head)


def test_move_takes_the_step_and_records_who_in_which_post(errand, head):
    moved = move(errand, "submit", by=head, after={"wells": 2})

    entry = Entry.objects.latest("id")
    assert moved.state == "submitted"
    assert Errand.objects.get().state == "submitted"
    assert (entry.kind, entry.actor_id, entry.posting_id) == (
        "cases.errand.submit",
        head.pk,
        posting_of(head).pk,
    )
    assert (entry.before, entry.after) == ({"state": "draft"}, {"state": "submitted", "wells": 2})
    assert entry.note_digest is None


def test_move_leaves_the_case_given_as_it_was(errand, head):
    move(errand, "submit", by=head)

    assert errand.state == "draft"


def test_move_does_not_save_other_changes_of_the_case_given(errand, head):
    errand.title = "Changed in memory only"

    moved = move(errand, "submit", by=head)

    assert moved.title == "Errand"
    assert Errand.objects.get().title == "Errand"


@pytest.mark.parametrize("role", ["amphoe_secretary", "governor"])
def test_move_without_the_right_is_refused_with_its_reason(errand, role):
    with pytest.raises(Refused, match=r"^Only the village head submits\.$"):
        move(errand, "submit", by=make_holder(role, "32"))

    assert kinds_about(errand) == ["cases.errand.begin"]


def test_move_from_another_area_is_refused(errand):
    with pytest.raises(Refused, match="Only the village head"):
        move(errand, "submit", by=make_holder("village_head", "32070402"))


def test_move_by_someone_not_signed_in_is_refused(errand):
    with pytest.raises(Refused, match="Only the village head"):
        move(errand, "submit", by=AnonymousUser())


def test_nobody_decides_what_he_submitted(head):
    make_posting("amphoe_secretary", "3207", person=head)
    errand = move(make_errand(by=head), "submit", by=head)

    with pytest.raises(Refused, match="Nobody decides what he submitted"):
        move(errand, "approve", by=head)


def test_the_system_is_bound_by_no_right_but_by_state_and_guard(errand):
    assert move(errand, "submit", by=None).state == "submitted"
    with pytest.raises(Refused):
        move(errand, "submit", by=None)

    assert Entry.objects.latest("id").actor_id is None


def test_guard_that_objects_is_heard(head):
    errand = make_errand(by=head, title="")

    with pytest.raises(Refused, match=r"^Please give it a title\.$"):
        move(errand, "submit", by=head)

    assert Errand.objects.get().state == "draft"


def test_unknown_step_is_refused(errand, head):
    with pytest.raises(Refused, match="does not exist"):
        move(errand, "explode", by=head)


def test_case_that_is_gone_is_refused(errand, head):
    Errand.objects.all().delete()

    with pytest.raises(Refused, match="no longer there"):
        move(errand, "submit", by=head)


@pytest.mark.parametrize("note", ["", "   ", "\u200b\n"])
def test_step_that_needs_a_reason_is_refused_without_one(submitted, secretary, note):
    with pytest.raises(Refused, match="Please give a reason"):
        move(submitted, "return", by=secretary, note=note, internal_note="Not enough for the village")

    assert Errand.objects.get().state == "submitted"
    assert Note.objects.count() == 0


def test_note_longer_than_the_limit_is_refused(submitted, secretary):
    with pytest.raises(Refused, match="4000"):
        move(submitted, "return", by=secretary, note="ก" * (NOTE_LIMIT + 1))


def test_notes_are_kept_beside_the_ledger_never_in_it(submitted, secretary):
    move(submitted, "return", by=secretary, note="เ\u0e40กินงบ", internal_note="Ask the owner of the land")

    entry = Entry.objects.latest("id")
    public, internal = Note.objects.order_by("pk")
    assert (public.text, public.audience) == ("แกินงบ", "public")
    assert (internal.text, internal.audience) == ("Ask the owner of the land", "internal")
    assert {public.entry_id, internal.entry_id} == {entry.pk}
    assert (public.subject_kind, public.subject_id) == ("cases.errand", str(submitted.pk))
    assert (public.written_by, public.posting_id) == (secretary, posting_of(secretary).pk)
    assert len(entry.note_digest) == 64
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(e::text, '') FROM ledger_entry AS e")
        whole = cursor.fetchone()[0]
    assert "กินงบ" not in whole
    assert "land" not in whole


def test_same_words_leave_different_digests(errand, head, secretary):
    digests = set()
    for _round in range(2):
        errand = move(move(errand, "submit", by=head), "return", by=secretary, note="Same words")
        digests.add(bytes(Entry.objects.latest("id").note_digest))

    assert len(digests) == 2


def test_closed_case_is_left_only_by_reopening_with_a_reason(submitted, secretary):
    approved = move(submitted, "approve", by=secretary)
    with pytest.raises(Refused):
        move(approved, "return", by=secretary, note="Reason")
    with pytest.raises(Refused, match="Please give a reason"):
        move(approved, "reopen", by=secretary)

    assert move(approved, "reopen", by=secretary, note="New facts").state == "submitted"


def test_late_step_names_the_state_and_the_post_that_was_quicker(submitted, secretary):
    other = make_posting("amphoe_secretary", "3207", title_en="Deputy secretary").person
    move(submitted, "approve", by=other)

    with pytest.raises(Refused) as refusal:
        move(submitted, "return", by=secretary, note="Reason")

    assert "“Approved”" in str(refusal.value)
    assert "(Approve, Deputy secretary)" in str(refusal.value)
    assert other.name not in str(refusal.value)


def test_late_step_of_a_right_that_holds_in_some_states_says_the_same(submitted, secretary):
    move(submitted, "approve", by=secretary)

    with pytest.raises(Refused, match="“Approved”"):
        move(submitted, "decline", by=secretary, note="Reason")


def test_failed_act_leaves_neither_state_nor_entry_nor_note(submitted, secretary):
    class Broken(Exception):
        pass

    def act():
        with transaction.atomic():
            move(submitted, "return", by=secretary, note="Reason")
            raise Broken

    with pytest.raises(Broken):
        act()

    assert Errand.objects.get().state == "submitted"
    assert kinds_about(submitted) == ["cases.errand.begin", "cases.errand.submit"]
    assert Note.objects.count() == 0


def test_move_takes_three_statements_beside_the_transaction(submitted, secretary):
    move(submitted, "return", by=secretary, note="Warm: postings are loaded now")
    again = move(submitted, "submit", by=None)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        move(again, "approve", by=secretary)

    statements = [query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert statements == ["SELECT", "UPDATE", "SELECT"]


def test_erased_note_is_gone_and_the_erasure_recorded(submitted, secretary):
    admin = make_holder("province_admin", "32")
    move(submitted, "return", by=secretary, note="Call 081-000-0000")
    note = Note.objects.get()

    erased = erase_note(note, by=admin)

    note.refresh_from_db()
    assert (note.text, note.salt) == ("", None)
    assert note.erased_at == erased.erased_at
    assert timezone.now() - note.erased_at < timedelta(minutes=1)
    entry = Entry.objects.latest("id")
    assert (entry.kind, entry.subject_kind, entry.subject_id) == (
        "cases.note.erase",
        "cases.note",
        str(note.pk),
    )
    assert entry.after == {"entry": note.entry_id}
    assert kinds_about(submitted)[-1] == "cases.errand.return"


def test_note_is_erased_once(submitted, secretary):
    move(submitted, "return", by=secretary, note="Words")
    note = erase_note(Note.objects.get(), by=None)

    with pytest.raises(Refused, match="erased already"):
        erase_note(note, by=None)


@pytest.mark.parametrize(
    ("role", "area"), [("amphoe_secretary", "3207"), ("governor", "32"), ("province_admin", "40")]
)
def test_only_the_administrator_of_the_province_erases(submitted, secretary, role, area):
    move(submitted, "return", by=secretary, note="Words")

    with pytest.raises(Refused, match="Only the administrator"):
        erase_note(Note.objects.get(), by=make_holder(role, area))

    assert Note.objects.get().text == "Words"


def test_database_refuses_a_note_half_erased(submitted, secretary):
    move(submitted, "return", by=secretary, note="Words")

    with pytest.raises(IntegrityError), transaction.atomic():
        Note.objects.update(erased_at=timezone.now())


def test_kinds_of_case_are_found():
    assert case_kinds()["cases.errand"] is Errand


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_officers_at_once_one_wins_and_the_other_is_told():
    for code in ("village_head", "amphoe_secretary"):
        Role.objects.get_or_create(code=code, defaults={"name_th": code, "name_en": code})
    errand = move(make_errand(by=None), "submit", by=None)
    officers = [
        make_posting("amphoe_secretary", "3207", title_en=f"Secretary {number}").person for number in (1, 2)
    ]
    start, answers = threading.Barrier(2), []

    def decide(officer, step):
        try:
            with translation.override("en"):
                start.wait(10)
                answers.append(move(errand, step, by=officer, note="Reason").state)
        except Refused as refusal:
            answers.append(str(refusal))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=pair)
        for pair in zip(officers, ("approve", "decline"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    state = Errand.objects.get().state
    (told,) = [answer for answer in answers if answer != state]
    winner, act = {"approved": ("Secretary 1", "approve"), "declined": ("Secretary 2", "decline")}[state]
    assert winner in told
    assert kinds_about(errand) == ["cases.errand.begin", "cases.errand.submit", f"cases.errand.{act}"]
    assert Note.objects.count() == 1
    assert Unsealed.objects.count() == 3


def test_person_made_for_tests_has_no_right(errand):
    with pytest.raises(Refused):
        move(errand, "submit", by=make_person())
