"""Returned entries: the organiser sees and reminds of them, and none is left out of the judging unsaid."""

import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from prasan.awards import actions
from prasan.awards.models import Entry
from prasan.awards.queries import (
    entries_for,
    entries_to_enter_again,
    evidence_content,
    evidence_of,
    returned_in,
)
from prasan.awards.queries.seeing import Proof
from prasan.awards.states import ENTRY
from prasan.cases.models import Note
from prasan.innovations.actions import add_evidence
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry as Happened
from tests.at_once import meeting
from tests.factories.awards import add_entry, close_window, make_edition
from tests.factories.innovations import make_owner
from tests.made_once import made_once

pytestmark = pytest.mark.django_db


def make_returned(entries=1):
    """An edition that is screened, with an eligible entry and some that were returned."""
    contest = make_edition("open")
    add_entry(contest)
    sent = [add_entry(contest, state="submitted") for _number in range(entries)]
    close_window(contest)
    actions.begin_screening(contest.edition, by=contest.organiser)
    for entry in sent:
        actions.return_entry(entry, today() + timedelta(days=2), by=contest.organiser, note="แนบรายงาน")
    contest.fresh()
    return contest


def state_of(entry):
    return Entry.objects.get(pk=entry.pk).state


def test_organiser_sees_returned_entries_with_reason_and_day_and_no_draft():
    contest = make_returned(2)
    draft = add_entry(make_edition("open"), state="draft")
    early, late = contest.entries[1:]

    told = returned_in(contest.edition)

    assert [each.entry for each in told] == [early, late]
    assert {(each.why, each.reminded_at, each.entry.mend_by, each.entry.is_late) for each in told} == {
        ("แนบรายงาน", None, today() + timedelta(days=2), False)
    }
    assert entries_for(contest.organiser).filter(pk=early.pk).exists()
    assert not entries_for(contest.ministry).filter(pk=draft.pk).exists()
    assert not entries_for(make_owner("57").writer).filter(pk=early.pk).exists()


def test_returned_entry_is_late_once_its_day_is_over(time_machine):
    contest = make_returned()
    time_machine.move_to(timezone.now() + timedelta(days=3))

    assert [each.entry.is_late for each in returned_in(contest.edition)] == [True]


def test_returned_entry_is_mended_and_comes_back_until_judging_begins():
    contest = make_returned()
    entry, writer = contest.entries[1], contest.owners[1].writer
    first_sent = entry.submitted_at
    assert list(entries_to_enter_again(writer)) == [entry]

    actions.change_entry(entry, entry.category, supporters=[contest.owners[0].agency], by=writer)
    entry.innovation.title = "แก้ไขแล้ว"
    entry.innovation.save()
    again = actions.submit_entry(entry, by=writer)

    assert (again.state, again.mend_by, again.submitted_at) == ("submitted", None, first_sent)
    assert again.title == "แก้ไขแล้ว"
    assert returned_in(contest.edition) == []
    assert not entries_to_enter_again(writer).exists()


def test_entry_that_was_taken_back_does_not_come_in_after_the_window():
    contest = make_edition("open")
    entry = add_entry(contest, state="submitted")
    writer = contest.owners[0].writer
    actions.take_back_entry(entry, by=writer)
    assert list(entries_to_enter_again(writer)) == [entry]

    close_window(contest)
    actions.begin_screening(contest.edition, by=contest.organiser)

    with pytest.raises(Refused, match="ไม่อยู่ในช่วงเปิดรับ"):
        actions.submit_entry(entry, by=writer)
    assert not entries_to_enter_again(writer).exists()


def test_innovation_that_was_withdrawn_does_not_come_back():
    contest = make_returned()
    entry = contest.entries[1]
    type(entry.innovation).objects.filter(pk=entry.innovation_id).update(state="withdrawn")

    with pytest.raises(Refused, match="ถอนแล้ว"):
        actions.submit_entry(entry, by=contest.owners[1].writer)


def test_entry_is_returned_with_reason_and_day_to_come_while_it_is_screened_by_the_organiser():
    contest = make_edition("open")
    entry = add_entry(contest, state="submitted")

    for day, note, who in (
        (today() - timedelta(days=1), "แนบรายงาน", contest.organiser),
        (today(), "…", contest.organiser),
        (today(), "แนบรายงาน", contest.owners[0].writer),
    ):
        with pytest.raises(Refused):
            actions.return_entry(entry, day, by=who, note=note)

    assert (state_of(entry), Entry.objects.get(pk=entry.pk).mend_by) == ("submitted", None)
    actions.return_entry(entry, today(), by=contest.organiser, note="แนบรายงาน")
    told = Happened.objects.get(kind=f"{ENTRY.code}.return")
    assert told.after == {"state": "returned", "mend_by": today().isoformat()}


def test_agency_is_reminded_once_a_day_and_only_of_what_is_returned(time_machine):
    contest = make_returned()
    entry = contest.entries[1]

    actions.remind_of_entry(entry, by=contest.organiser)
    with pytest.raises(Refused, match="เตือนหน่วยงานแล้วในวันนี้"):
        actions.remind_of_entry(entry, by=contest.ministry)
    assert returned_in(contest.edition)[0].reminded_at is not None
    time_machine.move_to(timezone.now() + timedelta(days=1))
    actions.remind_of_entry(entry, by=contest.ministry)

    for wrong, who in ((contest.entries[0], contest.organiser), (entry, contest.owners[1].writer)):
        with pytest.raises(Refused):
            actions.remind_of_entry(wrong, by=who)
    assert Happened.objects.filter(kind="awards.entry.reminded").count() == 2


def test_judging_begins_without_returned_entries_only_where_each_is_named_with_a_reason():
    contest = make_returned(2)
    early, late = contest.entries[1:]

    for without, note in (([], ""), ([early], "ไม่ส่งกลับ"), ([early, late], " ")):
        with pytest.raises(Refused):
            actions.begin_judging(contest.edition, by=contest.organiser, note=note, without=without)
    with pytest.raises(Refused, match=f"ยังไม่ได้ส่งกลับมา: {late.number} {late.title}"):
        actions.begin_judging(contest.edition, by=contest.organiser, note="ไม่ส่งกลับ", without=[early])
    assert (contest.fresh().state, state_of(early)) == ("screening", "returned")

    actions.begin_judging(contest.edition, by=contest.organiser, note="ไม่ส่งกลับ", without=[early, late])

    told = Happened.objects.get(kind="awards.edition.judge")
    assert told.after == {"state": "judging", "eligible": 1, "without": [early.pk, late.pk]}
    assert Note.objects.get(entry_id=told.pk).text == "ไม่ส่งกลับ"
    assert (state_of(early), state_of(late)) == ("left_out", "left_out")
    assert list(contest.edition.rounds.get().taking_part.values_list("entry", flat=True)) == [
        contest.entries[0].pk
    ]
    with pytest.raises(Refused):
        actions.submit_entry(early, by=contest.owners[1].writer)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_entry_does_not_come_back_while_judging_begins_without_it():
    contest = made_once(make_returned)
    entry = contest.entries[1]

    begun, answer = meeting(
        lambda: actions.begin_judging(contest.edition, by=contest.organiser, note="สาย", without=[entry]),
        lambda: actions.submit_entry(entry, by=contest.owners[1].writer),
    )

    assert begun.state == "judging"
    assert isinstance(answer, Refused)
    assert state_of(entry) == "left_out"


def test_drafts_that_were_returned_before_there_was_a_state_for_it_are_found():
    contest = make_returned()
    returned = contest.entries[1]
    other = make_edition("open")
    taken_back = add_entry(other, state="submitted")
    actions.take_back_entry(taken_back, by=other.owners[0].writer)
    migration = importlib.import_module("prasan.awards.migrations.0003_returned_entries")

    migration.tell_no_more(apps, None)
    before = state_of(returned)
    migration.tell_returned(apps, None)

    assert (before, state_of(returned), state_of(taken_back)) == ("draft", "returned", "draft")


def test_what_was_entered_before_evidence_was_kept_has_what_judges_saw_until_then():
    contest = make_returned()
    entry, draft = contest.entries[0], add_entry(make_edition("open"), state="draft")
    add_evidence(entry.innovation, title="ภาพถ่าย", address="https://example.go.th/", by=None)
    migration = importlib.import_module("prasan.awards.migrations.0004_evidence_as_entered")

    before = [each.title for each in evidence_of(entry)]
    migration.keep_evidence(apps, None)
    entry.refresh_from_db()
    draft.refresh_from_db()

    assert before == ["รายงานประจำปี 2568"]
    assert entry.content["evidence"] == evidence_content(entry.innovation)
    assert evidence_of(entry)[1] == Proof("ภาพถ่าย", "https://example.go.th/")
    assert draft.content == {}
