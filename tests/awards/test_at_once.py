"""Acts that meet: entries get numbers of their own, and nothing is made twice."""

import pytest

from prasan.awards import actions
from prasan.awards.models import Award, Decision, ScoreSheet
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from tests.at_once import at_once, meeting
from tests.factories.awards import add_entry, close_window, make_edition, make_judging, marks_of, score_all

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_entries_sent_at_once_get_numbers_of_their_own():
    contest = make_edition("open")
    entries = [add_entry(contest, state="draft") for _number in range(3)]

    given = at_once(
        *[
            lambda entry=entry, owner=owner: actions.submit_entry(entry, by=owner.writer)
            for entry, owner in zip(entries, contest.owners, strict=True)
        ]
    )

    assert sorted(each.number for each in given) == [1, 2, 3]


def test_assigning_and_handing_in_at_once_makes_nothing_twice():
    contest = make_judging(entries=2, judges=2)
    before = ScoreSheet.objects.count()
    at_once(*[lambda: actions.assign_judges(contest.edition, by=contest.organiser)] * 2)
    sheet = ScoreSheet.objects.order_by("pk").first()
    judge = sheet.judge.person
    given = at_once(*[lambda: actions.hand_in(sheet, marks_of(sheet, 5, 5), by=judge)] * 2)

    assert ScoreSheet.objects.count() == before
    assert sorted(isinstance(each, Refused) for each in given) == [False, True]
    assert sheet.scores.count() == 3


def test_decision_is_recorded_once():
    contest = make_judging()
    score_all(contest)
    actions.end_scoring(contest.edition, by=contest.organiser)

    given = at_once(
        *[lambda: actions.decide_edition(contest.edition, today(), "มติ", by=contest.organiser)] * 2
    )

    assert sorted(isinstance(each, Refused) for each in given) == [False, True]
    assert (Decision.objects.count(), Award.objects.count()) == (1, 3)


def test_sheet_is_not_opened_again_while_the_scoring_ends():
    contest = make_judging()
    score_all(contest)
    sheet = ScoreSheet.objects.order_by("pk").first()

    ended, answer = meeting(
        lambda: actions.end_scoring(contest.edition, by=contest.organiser),
        lambda: actions.reopen_sheet(sheet, by=contest.organiser, note="แก้ไข"),
    )

    assert ended.state == "deliberation"
    assert isinstance(answer, Refused)
    assert ScoreSheet.objects.get(pk=sheet.pk).state == "handed_in"


def test_entry_is_not_screened_anew_while_judging_begins():
    contest = make_edition("open")
    add_entry(contest)
    refused = add_entry(contest, state="submitted")
    close_window(contest)
    actions.begin_screening(contest.edition, by=contest.organiser)
    actions.refuse_entry(refused, by=contest.organiser, note="ไม่ครบ")

    begun, answer = meeting(
        lambda: actions.begin_judging(contest.edition, by=contest.organiser),
        lambda: actions.reconsider_entry(refused, by=contest.organiser, note="ขอดูใหม่"),
    )

    assert begun.state == "judging"
    assert isinstance(answer, Refused)
