"""Who sits where and with which load: once for an entry, and nothing changes once the scoring has ended."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from prasan.awards import actions
from prasan.awards.models import ScoreSheet
from prasan.awards.queries import panels_of
from prasan.cases.models import Note
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry as Happened
from tests.factories.agencies import make_agency, make_area, make_holder, make_posting
from tests.factories.awards import (
    add_entry,
    add_judge,
    close_window,
    make_edition,
    make_judging,
    score_all,
    words,
)

pytestmark = pytest.mark.django_db


def test_load_of_a_judge_is_told_by_round_the_present_one_first():
    told = words()
    contest = make_judging(
        4, 2, rounds=[replace(told.rounds[0], goes_on=2), replace(told.rounds[0], name_th="รอบสุดท้าย")]
    )
    sheets = ScoreSheet.objects.filter(judge=contest.judges[0]).order_by("pk")
    actions.withdraw_sheet(sheets[0], by=contest.organiser, note="ขอเปลี่ยน")

    first = loads_of(contest)
    score_all(contest)
    actions.begin_next_round(contest.fresh(), by=contest.organiser)
    between = loads_of(contest)
    actions.assign_judges(contest.fresh(), by=contest.organiser)

    assert first == [[("รอบตัดสิน", 3, 0)], [("รอบตัดสิน", 4, 0)]]
    assert between == [
        [("รอบสุดท้าย", 0, 0), ("รอบตัดสิน", 3, 3)],
        [("รอบสุดท้าย", 0, 0), ("รอบตัดสิน", 4, 4)],
    ]
    assert [each[0] for each in loads_of(contest)] == [("รอบสุดท้าย", 2, 0)] * 2
    assert loads_of(make_edition("open")) == []


def test_nobody_sits_on_two_panels_that_judge_the_same_entries():
    told = [actions.CategoryWords("บริการ"), actions.CategoryWords("ทั่วไป")]
    contest = make_edition("open", categories=told)
    one, other = contest.edition.categories.all()
    body = make_agency(make_area(), level="central")
    person = make_holder("judge", make_area(), agency=body)

    def panel(name, category):
        return actions.make_panel(contest.edition, name, category=category, by=contest.organiser)

    def seat(on):
        return actions.seat_judge(on, person, body=body, by=contest.organiser)

    first = seat(panel("ก", one))
    seat(panel("ข", other))

    for name, category in (("ค", None), ("ง", one)):
        with pytest.raises(Refused, match="จึงจะให้คะแนนซ้ำ"):
            seat(panel(name, category))
    actions.unseat_judge(first, by=contest.organiser, note="ย้ายคณะ")
    assert seat(panel("จ", one)).panel.name == "จ"


def test_reason_why_a_judge_leaves_is_kept_also_where_he_had_no_sheet():
    contest = make_edition("open")
    judge = add_judge(contest)

    with pytest.raises(Refused, match="ระบุเหตุผล"):
        actions.unseat_judge(judge, by=contest.organiser, note="…")
    actions.unseat_judge(judge, by=contest.organiser, note="ลาออก")

    told = Happened.objects.get(kind="awards.judge.unseated")
    assert Note.objects.get(entry_id=told.pk).text == "ลาออก"


def test_nothing_takes_a_sheet_away_once_the_scoring_has_ended():
    contest = make_judging()
    judge = contest.judges[0]
    sheet = judge.sheets.first()
    tie = actions.state_tie(judge, body=make_agency(make_area()), why="เคยทำงานที่นั่น", by=judge.person)
    score_all(contest)
    actions.end_scoring(contest.edition, by=contest.organiser)
    make_posting("analyst", person=judge.person, agency=sheet.entry.owner)

    for act in (
        lambda: actions.look_for_conflicts(contest.edition, by=contest.organiser),
        lambda: actions.withdraw_tie(tie, by=contest.organiser),
        lambda: actions.unseat_judge(judge, by=contest.organiser, note="ลาออก"),
    ):
        with pytest.raises(Refused, match="ปิดการให้คะแนนแล้ว"):
            act()

    sheet.refresh_from_db()
    judge.refresh_from_db()
    assert (sheet.state, judge.left_at) == ("handed_in", None)


def test_entry_for_whose_category_there_is_no_panel_is_told():
    told = [actions.CategoryWords("บริการ"), actions.CategoryWords("ทั่วไป")]
    contest = make_edition("open", categories=told)
    entry = add_entry(contest)
    close_window(contest)
    actions.begin_screening(contest.edition, by=contest.organiser)
    actions.begin_judging(contest.edition, by=contest.organiser)

    with pytest.raises(Refused, match="ยังไม่มีกรรมการในคณะใด"):
        actions.assign_judges(contest.edition, by=contest.organiser)
    contest.panel = actions.make_panel(
        contest.edition, "ข", category=contest.edition.categories.last(), by=contest.organiser
    )
    add_judge(contest)
    shortages = actions.assign_judges(contest.edition, by=contest.organiser)

    assert [(each.reason, each.entry, each.wanted, each.found) for each in shortages] == [
        ("no_panel", str(entry.pk), 2, 0)
    ]


def test_withdrawn_entry_is_put_on_no_timetable_and_none_changes_after_judging():
    contest = make_judging()
    told, starts = contest.edition.rounds.get(), timezone.now()
    gone, kept = contest.entries[:2]
    times = (starts, starts + timedelta(hours=1), "ห้อง 1")
    shown = actions.set_presentation(told, kept, *times, by=contest.organiser)
    actions.withdraw_entry(gone, by=contest.owners[0].writer, note="ไม่พร้อม")

    with pytest.raises(Refused, match="ไม่ได้อยู่ในรอบ"):
        actions.set_presentation(told, gone, *times[:2], "ห้อง 2", by=contest.organiser)
    score_all(contest)
    actions.end_scoring(contest.edition, by=contest.organiser)
    with pytest.raises(Refused, match="ไม่ได้อยู่ระหว่างการตัดสิน"):
        actions.remove_presentation(shown, by=contest.organiser)


def loads_of(contest):
    return [
        [(each.round.name_th, each.given, each.handed_in) for each in seated.loads]
        for _panel, seats in panels_of(contest.edition)
        for seated in seats
    ]
