"""Extending a window: longer only, until screening begins, with both days kept, and nothing else changed."""

from datetime import timedelta

import pytest

from prasan.awards import actions
from prasan.awards.models import Decision
from prasan.awards.queries import recounted, terms_of
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry as Happened
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

LATER = timedelta(days=20)


def extended(contest, days=LATER, by=None, note="น้ำท่วมหลายจังหวัด"):
    return actions.extend_window(contest.edition, today() + days, by=by or contest.organiser, note=note)


def test_extension_keeps_old_and_new_last_day_in_the_ledger_and_changes_no_terms():
    contest = make_edition("open")
    before, terms = contest.edition.closes, terms_of(contest.edition)

    edition = extended(contest)
    twice = extended(contest, LATER + timedelta(days=5))

    assert (edition.state, edition.closes, edition.first_closes) == ("open", today() + LATER, before)
    assert (twice.closes, twice.first_closes) == (today() + LATER + timedelta(days=5), before)
    assert terms_of(twice) == terms
    first, second = Happened.objects.filter(kind="awards.edition.extend").order_by("pk")
    assert (first.after["closed_before"], first.after["closes"]) == (
        before.isoformat(),
        edition.closes.isoformat(),
    )
    assert second.after["closed_before"] == edition.closes.isoformat()
    assert first.note_digest
    assert "น้ำท่วม" not in str(first.after)


def test_window_that_is_over_is_opened_again_until_screening_begins():
    contest = make_edition("open")
    close_window(contest)
    owner = make_owner()
    innovation, category = make_innovation(owner, "registered"), contest.edition.categories.get()
    entry = lambda: actions.begin_entry(contest.fresh(), category, innovation, by=owner.writer)  # noqa: E731
    with pytest.raises(Refused):
        actions.submit_entry(entry(), by=owner.writer)

    extended(contest, timedelta(days=0))
    submitted = actions.submit_entry(owner_entry(contest, owner, innovation), by=owner.writer)
    with pytest.raises(Refused, match="ยังอยู่ในช่วงเปิดรับ"):
        actions.begin_screening(contest.edition, by=contest.organiser)
    close_window(contest)
    actions.begin_screening(contest.edition, by=contest.organiser)

    assert submitted.state == "submitted"
    with pytest.raises(Refused):
        extended(contest)


def owner_entry(contest, owner, innovation):
    found = contest.edition.entries.filter(innovation=innovation).first()
    category = contest.edition.categories.get()
    return found or actions.begin_entry(contest.fresh(), category, innovation, by=owner.writer)


@pytest.mark.parametrize("days", [-3, -1, 9, 10, 10 + 367])
def test_window_is_never_shortened_nor_ended_in_the_past_nor_extended_without_bound(days):
    contest = make_edition("open")
    close = contest.edition.closes

    with pytest.raises(Refused):
        extended(contest, timedelta(days=days))
    assert contest.fresh().closes == close
    assert not Happened.objects.filter(kind="awards.edition.extend").exists()


def test_day_in_the_past_does_not_extend_a_window_that_is_over():
    contest = make_edition("open", opens=today() - timedelta(days=30))
    type(contest.edition).objects.update(closes=today() - timedelta(days=9))

    with pytest.raises(Refused, match="ผ่านไปแล้ว"):
        extended(contest, timedelta(days=-2))


def test_extension_needs_a_reason_and_the_right_to_organise():
    contest = make_edition("open")

    for who, note in (
        (contest.organiser, " "),
        (contest.organiser, "…"),
        (make_owner("57").writer, "ขอเวลา"),
    ):
        with pytest.raises(Refused):
            extended(contest, by=who, note=note)
    assert contest.fresh().first_closes is None


def test_whoever_may_enter_is_told_of_each_extension():
    owner = make_owner()
    make_innovation(owner)
    contest = make_edition("open")
    tell_all()

    extended(contest)
    tell_all()
    extended(contest, LATER + timedelta(days=5))
    letters = [each for each in tell_all() if each.kind == "awards.edition.extend"]

    assert [each.person for each in letters] == [owner.writer] * 2
    assert str(contest.edition) in letters[0].title
    assert letters[0].words != letters[1].words


def test_results_of_an_extended_edition_are_counted_anew_byte_for_byte():
    contest = make_edition("open")
    for _number in range(2):
        add_entry(contest)
    extended(contest)
    for _number in range(2):
        add_entry(contest)
    close_window(contest)
    actions.begin_screening(contest.edition, by=contest.organiser)
    for _number in range(3):
        add_judge(contest)
    actions.begin_judging(contest.edition, by=contest.organiser)
    actions.assign_judges(contest.edition, by=contest.organiser)
    score_all(contest)
    actions.end_scoring(contest.edition, by=contest.organiser)
    actions.decide_edition(contest.edition, today(), "มติ", by=contest.organiser)

    found = recounted(contest.edition.pk)
    assert found.agrees
    assert found.lines == Decision.objects.get().lines


def test_edition_prepared_anew_forgets_its_extension():
    contest = make_edition("open")
    extended(contest)
    actions.redraft_edition(contest.edition, by=contest.organiser, note="แก้เกณฑ์")

    assert actions.write_terms(contest.edition, words(), by=contest.organiser).first_closes is None


def test_judging_that_has_begun_is_not_extended():
    contest = make_judging()

    with pytest.raises(Refused):
        extended(contest)
