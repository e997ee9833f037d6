"""An edition from its terms to the ceremony: what is fixed, who may, what cannot be skipped."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from prasan.awards import actions
from prasan.awards.models import Award, Edition, Entry, ScoreSheet
from prasan.awards.queries import terms_of
from prasan.cases.actions import move
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry as Happened
from tests.factories.agencies import make_agency, make_area
from tests.factories.awards import (
    add_entry,
    add_judge,
    close_window,
    make_announced,
    make_decided,
    make_edition,
    make_judging,
    make_programme,
    score_all,
    words,
)
from tests.factories.innovations import make_innovation, make_owner

pytestmark = pytest.mark.django_db


def test_what_is_declared_is_frozen_by_opening():
    contest = make_edition()
    other = words(
        quotas=[actions.QuotaWords("winner", 5)], tie_rules=["draw|"], draw="1", judges_wanted=7, year=2570
    )
    opened = actions.open_edition(contest.edition, by=contest.organiser)
    before = terms_of(opened)

    for who in (contest.organiser, contest.ministry, None):
        with pytest.raises(Refused):
            actions.write_terms(opened, other, by=who)

    assert terms_of(Edition.objects.get()) == before
    opening = Happened.objects.get(kind="awards.edition.open")
    assert type(before).from_facts(opening.after) == before
    assert (opening.after["draw"], opening.after["judges_wanted"]) == ("835492", 2)
    assert opening.after["ties"] == ["criterion|use", "smaller_spread|", "draw|"]


def test_edition_is_taken_back_only_while_nobody_has_begun_to_enter():
    contest = make_edition("open")
    prepared = actions.redraft_edition(contest.edition, by=contest.organiser, note="แก้เกณฑ์")
    assert actions.write_terms(prepared, words(year=2571), by=contest.organiser).year == 2571
    actions.open_edition(prepared, by=contest.organiser)
    add_entry(contest, state="draft")

    with pytest.raises(Refused):
        actions.redraft_edition(contest.edition, by=contest.organiser, note="แก้อีก")


ROUND = words().rounds[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"draw": ""},
        {"categories": []},
        {"rounds": []},
        {"rounds": [replace(ROUND, criteria=ROUND.criteria[:1])]},
        {"rounds": [replace(ROUND, goes_on=3)]},
        {"rounds": [ROUND, replace(ROUND, name_th="รอบสอง")]},
        {"quotas": []},
        {"tie_rules": []},
        {"tie_rules": ["criterion|nonsense", "draw|"]},
        {"tie_rules": ["nonsense|", "draw|"]},
        {"opens": today() - timedelta(days=9), "closes": today() - timedelta(days=1)},
    ],
)
def test_incomplete_edition_does_not_open(wrong):
    programme, organiser, _ministry = make_programme()
    edition = actions.begin_edition(programme, words(**wrong), by=organiser)

    with pytest.raises(Refused):
        actions.open_edition(edition, by=organiser)
    edition.refresh_from_db()
    assert edition.state == "prepared"


@pytest.mark.parametrize(
    "wrong",
    [
        {"year": 2026},
        {"closes": today() - timedelta(days=90)},
        {"judges_wanted": 0},
        {"most_of_body": 0},
        {"quotas": [actions.QuotaWords("unknown", 1)]},
        {"quotas": [actions.QuotaWords("winner", 0)]},
        {"quotas": [actions.QuotaWords("winner", 1), actions.QuotaWords("winner", 2)]},
        {
            "quotas": [
                actions.QuotaWords("excellent", None, Decimal(10)),
                actions.QuotaWords("distinguished", None, Decimal(20)),
            ]
        },
        {"categories": [actions.CategoryWords(" ")]},
        {"rounds": [replace(ROUND, criteria=[actions.CriterionWords("a|b", "ก")])]},
        {"rounds": [replace(ROUND, criteria=[actions.CriterionWords("a", "ก", Decimal(0))])]},
        {"rounds": [replace(ROUND, criteria=[actions.CriterionWords("a", "ก")] * 2)]},
    ],
)
def test_terms_that_contradict_themselves_are_refused_whole(wrong):
    programme, organiser, _ministry = make_programme()

    with pytest.raises(Refused):
        actions.begin_edition(programme, words(**wrong), by=organiser)
    assert not Edition.objects.exists()


def test_only_the_organiser_and_the_ministry_run_an_edition():
    contest = make_edition("open")
    add_entry(contest)
    stranger = make_owner("57").writer
    judge = add_judge(contest).person

    for who in (stranger, judge, contest.owners[0].writer):
        for act in (
            lambda who: actions.begin_edition(contest.programme, words(year=2570), by=who),
            lambda who: actions.begin_screening(contest.edition, by=who),
            lambda who: actions.begin_judging(contest.edition, by=who),
            lambda who: actions.make_panel(contest.edition, "ก", by=who),
            lambda who: actions.seat_judge(contest.panel, who, outside_body="ก", by=who),
            lambda who: actions.assign_judges(contest.edition, by=who),
            lambda who: actions.decide_edition(contest.edition, today(), "ก", by=who),
            lambda who: actions.announce_results(contest.edition, today(), by=who),
            lambda who: actions.set_ceremony(contest.edition, today(), by=who),
            lambda who: actions.write_rules(contest.programme, 2569, [], by=who, source_th="ก"),
            lambda who: actions.found_programme("x-y", "ก", contest.programme.organiser, by=who),
            lambda who: actions.admit_entry(contest.entries[0], by=who, note="ก"),
        ):
            before = Happened.objects.count()
            with pytest.raises(Refused):
                act(who)
            assert Happened.objects.count() == before


def test_form_sent_twice_makes_one_edition_and_one_entry():
    programme, organiser, _ministry = make_programme()
    key = uuid4()
    first = actions.begin_edition(programme, words(), by=organiser, form_key=key)
    second = actions.begin_edition(programme, words(), by=organiser, form_key=key)
    edition = actions.open_edition(first, by=organiser)
    owner, key = make_owner(), uuid4()
    innovation = make_innovation(owner, "registered")
    category = edition.categories.get()
    made = [
        actions.begin_entry(edition, category, innovation, by=owner.writer, form_key=key) for _twice in "ab"
    ]

    assert first == second
    assert made[0] == made[1]
    with pytest.raises(Refused):
        actions.begin_edition(programme, words(), by=organiser)
    with pytest.raises(Refused):
        actions.begin_entry(edition, category, innovation, by=owner.writer)


def test_window_is_inclusive_in_bangkok(time_machine):
    time_machine.move_to("2026-06-30 23:59:59+07:00")
    contest = make_edition("open", opens=today() + timedelta(days=1), closes=today() + timedelta(days=62))
    entry = add_entry(contest, state="draft")
    writer = contest.owners[0].writer

    with pytest.raises(Refused):
        actions.submit_entry(entry, by=writer)
    time_machine.move_to("2026-07-01 00:00:00+07:00")
    entry = actions.submit_entry(entry, by=writer)
    entry = actions.take_back_entry(entry, by=writer)
    time_machine.move_to("2026-08-31 23:59:59+07:00")
    entry = actions.submit_entry(entry, by=writer)
    with pytest.raises(Refused):
        actions.begin_screening(contest.edition, by=contest.organiser)
    time_machine.move_to("2026-09-01 00:00:00+07:00")
    with pytest.raises(Refused):
        actions.take_back_entry(entry, by=writer)
    actions.begin_screening(contest.edition, by=contest.organiser)

    returned = actions.return_entry(entry, today(), by=contest.organiser, note="แนบรายงาน")
    again = actions.submit_entry(returned, by=writer)
    assert (again.state, again.submitted_at) == ("submitted", entry.submitted_at)


def test_entry_stands_as_the_innovation_read_when_it_was_entered():
    contest = make_edition("open")
    entry = add_entry(contest, title="เดิม")
    entry.innovation.title = "ใหม่"
    entry.innovation.save()

    assert Entry.objects.get().title == "เดิม"


def test_body_enters_several_and_an_innovation_once_in_a_category():
    contest = make_edition("open")
    owner = make_owner()
    first, second = add_entry(contest, owner), add_entry(contest, owner, title="อีกเรื่อง")

    assert (first.number, second.number) == (1, 2)
    assert first.owner == second.owner


def test_who_entered_does_not_screen_his_own():
    contest = make_edition("open")
    agency = contest.programme.organiser
    owner = make_owner()
    owner.agency, owner.writer = agency, contest.organiser
    entry = add_entry(contest, owner, state="submitted")

    with pytest.raises(Refused):
        actions.admit_entry(entry, by=contest.organiser)
    assert actions.admit_entry(entry, by=contest.ministry).state == "eligible"


def test_judging_waits_for_screening_and_deliberation_for_all_sheets():
    contest = make_edition("open")
    add_entry(contest, state="submitted")
    close_window(contest)
    actions.begin_screening(contest.edition, by=contest.organiser)
    with pytest.raises(Refused):
        actions.begin_judging(contest.edition, by=contest.organiser)
    actions.admit_entry(contest.entries[0], by=contest.organiser)
    actions.begin_judging(contest.edition, by=contest.organiser)
    with pytest.raises(Refused):
        actions.end_scoring(contest.edition, by=contest.organiser)
    add_judge(contest)
    actions.assign_judges(contest.edition, by=contest.organiser)
    with pytest.raises(Refused):
        actions.end_scoring(contest.edition, by=contest.organiser)
    score_all(contest)

    assert actions.end_scoring(contest.edition, by=contest.organiser).state == "deliberation"


def test_results_are_announced_and_the_ceremony_held_on_days_of_their_own():
    contest = make_decided()
    edition, organiser = contest.edition, contest.organiser
    assert set(contest.edition.entries.values_list("state", flat=True)) == {"judged"}
    for wrong in (today() + timedelta(days=1), today() - timedelta(days=1)):
        with pytest.raises(Refused):
            actions.announce_results(edition, wrong, by=organiser)
    with pytest.raises(Refused):
        actions.set_ceremony(edition, today(), by=organiser)

    actions.announce_results(edition, today(), by=organiser)
    with pytest.raises(Refused):
        actions.set_ceremony(edition, today() - timedelta(days=1), by=organiser)
    held = actions.set_ceremony(edition, today() + timedelta(days=26), by=organiser)

    assert (held.announced_on, held.ceremony_on) == (today(), today() + timedelta(days=26))
    states = list(edition.entries.order_by("number").values_list("state", flat=True))
    assert states == ["awarded", "awarded", "awarded", "not_awarded"]
    assert list(Award.objects.order_by("pk").values_list("level", flat=True)) == [
        "excellent",
        "distinguished",
        "distinguished",
    ]


def test_a_reason_takes_the_jury_back_to_judging_and_results_follow_anew():
    contest = make_judging()
    score_all(contest)
    actions.end_scoring(contest.edition, by=contest.organiser)
    with pytest.raises(Refused):
        actions.resume_judging(contest.edition, by=contest.organiser, note=" ")
    actions.resume_judging(contest.edition, by=contest.organiser, note="กรอกผิด")
    sheet = ScoreSheet.objects.order_by("pk").first()
    actions.reopen_sheet(sheet, by=contest.organiser, note="กรอกผิด")
    with pytest.raises(Refused):
        actions.end_scoring(contest.edition, by=contest.organiser)
    score_all(contest)

    assert actions.end_scoring(contest.edition, by=contest.organiser).state == "deliberation"


def test_decision_without_minutes_or_of_a_day_to_come_leaves_nothing():
    contest = make_judging()
    score_all(contest)
    actions.end_scoring(contest.edition, by=contest.organiser)

    for day, minutes in ((today(), "…"), (today() + timedelta(days=1), "มติ")):
        with pytest.raises(Refused):
            actions.decide_edition(contest.edition, day, minutes, by=contest.organiser)
    with pytest.raises(Refused):
        actions.decide_edition(
            contest.edition, today(), "มติ", settled={contest.entries[0].pk: "winner"}, by=contest.organiser
        )
    assert not Award.objects.exists()
    assert contest.fresh().state == "deliberation"


def test_withdrawn_entry_leaves_the_judges_and_the_count():
    contest = make_judging()
    gone = contest.entries[0]
    score_all(contest)
    actions.withdraw_entry(gone, by=contest.owners[0].writer, note="ข้อมูลไม่ถูกต้อง")
    actions.end_scoring(contest.edition, by=contest.organiser)
    actions.decide_edition(contest.edition, today(), "มติ", by=contest.organiser)

    assert set(gone.sheets.values_list("state", flat=True)) == {"withdrawn"}
    assert f'"entry":"{gone.pk}"' not in contest.fresh().decision.lines
    assert Award.objects.filter(entry=gone).count() == 0


def test_programme_of_wrong_code_or_twice_is_refused():
    programme, _organiser, ministry = make_programme()
    agency = make_agency(make_area())

    for code, name in (("ไทย", "ก"), (programme.code, "ก"), ("good", " ")):
        with pytest.raises(Refused):
            actions.found_programme(code, name, agency, by=ministry)


def test_announced_edition_is_closed_and_stays():
    contest = make_announced()
    closed = move(contest.edition, "close", by=contest.organiser)

    assert closed.is_closed
    with pytest.raises(Refused):
        actions.set_ceremony(closed, today(), by=contest.organiser)


def test_nothing_is_scored_once_the_scoring_has_ended():
    contest = make_judging()
    score_all(contest)
    sheet = ScoreSheet.objects.order_by("pk").first()
    actions.end_scoring(contest.edition, by=contest.organiser)

    for act in (
        lambda: actions.reopen_sheet(sheet, by=contest.organiser, note="แก้"),
        lambda: actions.withdraw_sheet(sheet, by=contest.organiser, note="แก้"),
        lambda: actions.assign_judges(contest.edition, by=contest.organiser),
        lambda: actions.begin_next_round(contest.edition, by=contest.organiser),
        lambda: actions.make_panel(contest.edition, "อีกคณะ", by=contest.organiser),
        lambda: actions.state_tie(
            contest.judges[0], body=contest.owners[0].agency, why="ก", by=contest.judges[0].person
        ),
    ):
        with pytest.raises(Refused):
            act()
    assert set(ScoreSheet.objects.values_list("state", flat=True)) == {"handed_in"}
