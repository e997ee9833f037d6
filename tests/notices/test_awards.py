"""Letters of awards: who may enter, who entered, who judges; nothing in them gives a blind entry away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from prasan.awards import actions
from prasan.kernel.calendar import today
from prasan.kernel.dates import format_date
from prasan.ledger.models import Entry
from prasan.notices.actions import remind_of_editions, write_letters
from prasan.notices.models import Letter
from tests.factories.awards import (
    add_entry,
    add_judge,
    close_window,
    make_edition,
    make_judging,
    score_all,
    words,
)
from tests.factories.innovations import make_innovation, make_owner
from tests.factories.notices import tell_all

pytestmark = pytest.mark.django_db


def of(letters: list[Letter], kind: str) -> list[str]:
    return sorted(each.person.username for each in letters if each.kind == kind)


def test_opening_is_told_to_those_who_may_enter() -> None:
    owner, without = make_owner(), make_owner("57")
    make_innovation(owner)
    contest = make_edition("open")

    letters = tell_all()

    assert of(letters, "awards.edition.open") == [owner.writer.username]
    told = next(each for each in letters if each.kind == "awards.edition.open")
    assert str(contest.edition) in told.title
    assert without.writer.username not in {each.person.username for each in letters}


def test_entrant_is_told_how_screening_and_results_came_out() -> None:
    contest = make_edition("open")
    first, second, third, fourth = (add_entry(contest, state="submitted") for _number in range(4))
    close_window(contest)
    actions.begin_screening(contest.edition, by=contest.organiser)
    actions.return_entry(first, today(), by=contest.organiser, note="ขอรายงานฉบับเต็ม")
    actions.refuse_entry(second, by=contest.organiser, note="ส่งซ้ำกับปีก่อน")
    for entry in (third, fourth):
        actions.admit_entry(entry, by=contest.organiser)
    add_judge(contest)
    actions.remind_of_entry(first, by=contest.organiser)
    actions.begin_judging(contest.edition, by=contest.organiser, note="ไม่ส่งกลับตามกำหนด", without=[first])
    actions.assign_judges(contest.edition, by=contest.organiser)
    score_all(contest)
    actions.end_scoring(contest.edition, by=contest.organiser)
    actions.decide_edition(contest.edition, today(), "มติ", by=contest.organiser)
    before = tell_all()
    actions.announce_results(contest.edition, today(), by=contest.organiser)
    letters = tell_all()

    writers = [owner.writer.username for owner in contest.owners]
    for kind in ("return", "reminded", "leave_out"):
        assert of(before, f"awards.entry.{kind}") == [writers[0]]
    told = {each.kind: each for each in before}
    day = format_date(today(), "th")
    assert f"ภายในวันที่ {day}" in told["awards.entry.return"].words
    assert f"ภายในวันที่ {day}" in told["awards.entry.reminded"].words
    assert told["awards.entry.reminded"].title == f"โปรดแก้ไขและส่งอีกครั้ง: {first.title}"
    assert of(before, "awards.entry.refuse") == [writers[1]]
    assert of(before, "awards.entry.admit") == sorted(writers[2:])
    assert of(before, "awards.entry.award") == []
    assert of(letters, "awards.entry.award") == sorted(writers[2:])


def test_judge_is_told_of_his_entries_but_not_which_they_are() -> None:
    told = words()
    contest = make_judging(rounds=[replace(told.rounds[0], is_blind=True)])

    letters = [each for each in tell_all() if each.kind == "awards.edition.judges_assigned"]

    assert sorted(each.person.username for each in letters) == sorted(
        judge.person.username for judge in contest.judges
    )
    for letter in letters:
        for entry in contest.entries:
            assert entry.title not in letter.words + letter.title
            assert str(entry.owner) not in letter.words + letter.title


def test_who_began_and_did_not_enter_is_reminded_once() -> None:
    contest = make_edition("open", opens=today() - timedelta(days=9), closes=today() + timedelta(days=3))
    add_entry(contest, state="draft")
    add_entry(contest)

    assert (remind_of_editions(), remind_of_editions()) == (1, 0)
    (letter,) = Letter.objects.all()
    assert letter.person == contest.owners[0].writer
    assert Entry.objects.get(kind="notices.edition.closes").after == {"letters": 1}


def test_whoever_has_a_draft_is_reminded_again_before_the_day_to_which_it_was_extended() -> None:
    contest = make_edition("open", closes=today() + timedelta(days=1))
    add_entry(contest, state="draft")
    assert (remind_of_editions(), remind_of_editions()) == (1, 0)

    actions.extend_window(contest.edition, today() + timedelta(days=9), by=contest.organiser, note="น้ำท่วม")
    assert remind_of_editions() == 0
    type(contest.edition).objects.update(closes=today() + timedelta(days=2))

    assert (remind_of_editions(), remind_of_editions()) == (1, 0)


def test_edition_that_closes_later_reminds_nobody() -> None:
    contest = make_edition("open", closes=today() + timedelta(days=4))
    add_entry(contest, state="draft")

    assert remind_of_editions() == 0


def test_told_twice_is_written_once_and_letters_lead_to_their_page(client) -> None:
    contest = make_edition("open")
    add_entry(contest)
    tell_all()
    count = Letter.objects.count()
    for entry in Entry.objects.all():
        write_letters(entry.pk)
    letter = Letter.objects.get(kind="awards.entry.admit")
    client.force_login(letter.person)

    shown = client.get(reverse("notices:letter", args=[letter.pk])).content.decode()

    assert Letter.objects.count() == count
    assert reverse("awards:entry", args=[contest.entries[0].pk]) in shown
