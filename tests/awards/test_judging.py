"""Panels, conflicts, assignment and sheets: nobody judges what he is tied to, nobody what is not his."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from prasan.agencies.models import Posting
from prasan.agencies.queries import forget_standing
from prasan.awards import actions
from prasan.awards.models import ConflictFound, Score, ScoreSheet
from prasan.awards.queries import own_sheets, sheets_for
from prasan.cases.actions import move
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry as Happened
from tests.factories.agencies import make_agency, make_area, make_holder, make_posting
from tests.factories.awards import (
    add_entry,
    add_judge,
    close_window,
    make_edition,
    make_judging,
    marks_of,
    words,
)

pytestmark = pytest.mark.django_db


def begin(contest):
    close_window(contest)
    actions.begin_screening(contest.edition, by=contest.organiser)
    actions.begin_judging(contest.edition, by=contest.organiser)


def reasons(judge):
    return sorted(ConflictFound.objects.filter(judge=judge).values_list("reason", flat=True))


def own(judge):
    return ScoreSheet.objects.filter(judge=judge).exclude(state="withdrawn")


def test_conflicts_follow_from_tree_postings_authorship_support_and_statements():
    contest = make_edition("open")
    entry = add_entry(contest)
    owner = contest.owners[0]
    above = make_agency("32", level="provincial")
    below = make_agency("32", level="provincial", parent=owner.agency)
    owner.agency.parent = above
    owner.agency.save()
    supporter = make_agency("32", level="provincial")
    entry.supporters.add(supporter)
    tied = make_agency("40")

    judges = {
        "own": add_judge(contest, owner.agency),
        "above": add_judge(contest, above),
        "below": add_judge(contest, below),
        "supporter": add_judge(contest, supporter),
        "free": add_judge(contest, tied),
    }
    posted = make_posting("judge", "40", agency=make_agency("40")).person
    make_posting("agency_officer", "32", person=posted, agency=owner.agency)
    judges["posted"] = add_judge(contest, make_agency("40"), person=posted)
    make_posting("judge", "40", person=owner.writer, agency=make_agency("40"))
    forget_standing(owner.writer)
    judges["author"] = add_judge(contest, make_agency("40"), person=owner.writer)
    stated = add_judge(contest, make_agency("40"))
    actions.state_tie(stated, body=supporter, why="คู่สมรสทำงานที่นั่น", by=stated.person)

    assert {name: reasons(judge) for name, judge in judges.items()} == {
        "own": ["own_body"],
        "above": ["above_owner"],
        "below": ["below_owner"],
        "supporter": ["supporter"],
        "free": [],
        "posted": ["own_body"],
        "author": ["author", "own_body"],
    }
    assert reasons(stated) == ["stated_body"]
    path = ConflictFound.objects.get(judge=judges["above"]).path
    assert path == [above.pk, owner.agency.pk]


def test_ministry_ties_nobody_merely_by_standing_above_two_bodies():
    contest = make_edition("open")
    add_entry(contest)
    ministry = make_agency(make_area(), level="central")
    owner = contest.owners[0].agency
    owner.parent = ministry
    owner.save()
    department = make_agency(make_area(), level="central", parent=ministry)

    assert reasons(add_judge(contest, department)) == []


def test_no_conflicted_judge_is_assigned_by_any_way():
    contest = make_edition("open")
    add_entry(contest)
    add_entry(contest)
    tied = add_judge(contest, contest.owners[0].agency)
    free = add_judge(contest)
    begin(contest)

    shortages = actions.assign_judges(contest.edition, by=contest.organiser)

    assert {sheet.entry for sheet in own(tied)} == {contest.entries[1]}
    assert {sheet.entry for sheet in own(free)} == set(contest.entries)
    assert [(each.reason, each.found) for each in shortages] == [("too_few_free", 1)]
    with pytest.raises(Refused):
        actions.assign_by_hand(contest.entries[0], tied, by=contest.organiser)
    assert not own(tied).filter(entry=contest.entries[0]).exists()


def test_tie_stated_during_judging_takes_the_sheet_off_even_when_it_was_handed_in():
    contest = make_judging()
    judge = contest.judges[0]
    sheet = own(judge).first()
    actions.hand_in(sheet, marks_of(sheet, 5, 5), by=judge.person)

    actions.state_tie(judge, entry=sheet.entry, why="เคยเป็นที่ปรึกษา", by=judge.person)

    sheet.refresh_from_db()
    assert sheet.state == "withdrawn"
    assert reasons(judge) == ["stated_entry"]
    with pytest.raises(Refused):
        actions.restore_sheet(sheet, by=contest.organiser, note="คืน")
    actions.assign_judges(contest.edition, by=contest.organiser)
    assert not own(judge).filter(entry=sheet.entry).exists()
    assert not sheets_for(judge.person).filter(pk=sheet.pk).exists()


def test_judge_cannot_withdraw_a_tie_or_state_one_of_another():
    contest = make_judging()
    judge, other = contest.judges[:2]
    tie = actions.state_tie(judge, body=contest.owners[0].agency, why="เคยทำงาน", by=judge.person)

    with pytest.raises(Refused):
        actions.withdraw_tie(tie, by=judge.person)
    with pytest.raises(Refused):
        actions.state_tie(other, body=contest.owners[0].agency, why="ก", by=judge.person)
    actions.withdraw_tie(tie, by=contest.organiser)
    assert reasons(judge) == []
    with pytest.raises(Refused):
        actions.withdraw_tie(tie, by=contest.organiser)


@pytest.mark.parametrize("wrong", [{}, {"both": True}, {"why": " "}])
def test_tie_names_one_thing_and_says_why(wrong):
    contest = make_judging()
    told = {"body": contest.owners[0].agency, "why": wrong.get("why", "เคยทำงาน")}
    if wrong.get("both"):
        told["entry"] = contest.entries[0]
    if not wrong:
        told["body"] = None

    with pytest.raises(Refused):
        actions.state_tie(contest.judges[0], **told, by=contest.judges[0].person)


def test_conflict_that_comes_up_after_assigning_keeps_the_sheet_from_being_handed_in():
    contest = make_judging()
    judge = contest.judges[0]
    sheet = own(judge).first()
    make_posting("agency_officer", "32", person=judge.person, agency=sheet.entry.owner)

    with pytest.raises(Refused):
        actions.hand_in(sheet, marks_of(sheet, 5, 5), by=judge.person)
    assert actions.look_for_conflicts(contest.edition, by=contest.organiser) == 1
    sheet.refresh_from_db()
    assert sheet.state == "withdrawn"


def test_assignment_is_even_and_the_same_again():
    contest = make_judging(entries=6, judges=4)

    loads = [own(judge).count() for judge in contest.judges]
    before = set(ScoreSheet.objects.values_list("entry", "judge"))
    assert actions.assign_judges(contest.edition, by=contest.organiser) == ()
    assert loads == [3, 3, 3, 3]
    assert set(ScoreSheet.objects.values_list("entry", "judge")) == before


def test_judge_needs_the_post_and_one_body():
    contest = make_edition("open")
    panel = actions.make_panel(contest.edition, "คณะ", by=contest.organiser)
    nobody = make_holder("agency_officer", "40")
    judge = make_holder("judge", "40")
    body = make_agency("40")

    for person, told in (
        (nobody, {"body": body}),
        (judge, {}),
        (judge, {"body": body, "outside_body": "สมาคม"}),
        (judge, {"body": body, "least": 3, "most": 2}),
    ):
        with pytest.raises(Refused):
            actions.seat_judge(panel, person, **told, by=contest.organiser)
    seated = actions.seat_judge(panel, judge, outside_body="สมาคม", by=contest.organiser)
    assert (str(seated), seated.body) == ("สมาคม", None)
    with pytest.raises(Refused):
        actions.seat_judge(panel, judge, outside_body="สมาคม", by=contest.organiser)


def test_judge_who_leaves_loses_what_is_open_and_his_post_his_right():
    contest = make_judging()
    judge, other = contest.judges[:2]
    done, *_left = own(judge).order_by("pk")
    actions.hand_in(done, marks_of(done, 5, 5), by=judge.person)
    actions.unseat_judge(judge, by=contest.organiser, note="ลาออก")

    assert list(own(judge)) == [done]
    with pytest.raises(Refused):
        actions.unseat_judge(judge, by=contest.organiser, note="อีก")
    sheet = own(other).first()
    make_ended(other.person)
    with pytest.raises(Refused):
        actions.hand_in(sheet, marks_of(sheet, 5, 5), by=other.person)


def make_ended(person):
    Posting.objects.filter(person=person).update(ends=today() - timedelta(days=1))
    forget_standing(person)


def test_nobody_scores_an_entry_that_is_not_assigned_to_him():
    contest = make_judging()
    judge, other = contest.judges[:2]
    foreign = ScoreSheet.objects.exclude(judge=judge).first()

    for who in (judge.person, contest.organiser, contest.ministry, contest.owners[0].writer):
        for act in (actions.keep_scores, actions.hand_in):
            with pytest.raises(Refused):
                act(foreign, marks_of(foreign, 10, 10), by=who)
    assert not Score.objects.exists()
    assert not sheets_for(judge.person).filter(pk=foreign.pk).exists()
    assert set(own_sheets(judge.person)) == set(own(judge))
    assert other.person != judge.person


@pytest.mark.parametrize(
    "marks",
    [
        {"use": Decimal(11)},
        {"use": Decimal(-1)},
        {"use": Decimal("NaN")},
        {"use": Decimal("Infinity")},
        {"use": Decimal("1.234")},
        {"new": Decimal("0.5")},
        {"nonsense": Decimal(1)},
    ],
)
def test_mark_outside_its_scale_is_refused(marks):
    contest = make_judging()
    sheet = own(contest.judges[0]).first()

    with pytest.raises(Refused):
        actions.keep_scores(sheet, marks, by=contest.judges[0].person)
    with pytest.raises(Refused):
        actions.hand_in(sheet, {**marks_of(sheet, 1, 1), **marks}, by=contest.judges[0].person)
    assert not Score.objects.exists()


def test_sheet_is_kept_handed_in_whole_and_opened_again_only_by_the_organiser_with_a_reason():
    contest = make_judging()
    judge = contest.judges[0]
    sheet = own(judge).first()

    actions.keep_scores(sheet, {"use": Decimal("7.5")}, by=judge.person, remark="ดูหลักฐาน")
    with pytest.raises(Refused):
        actions.hand_in(sheet, {"use": Decimal("7.5")}, by=judge.person)
    done = actions.hand_in(sheet, marks_of(sheet, "7.5", 3), by=judge.person)
    assert done.state == "handed_in"
    for act in (
        lambda: actions.keep_scores(sheet, {}, by=judge.person),
        lambda: actions.hand_in(sheet, marks_of(sheet, 1, 1), by=judge.person),
        lambda: actions.reopen_sheet(sheet, by=judge.person, note="ผิด"),
        lambda: actions.reopen_sheet(sheet, by=contest.organiser, note=""),
        lambda: move(sheet, "hand_in", by=contest.organiser),
    ):
        with pytest.raises(Refused):
            act()
    assert {each.criterion.code: each.value for each in sheet.scores.all()} == marks_of(sheet, "7.5", 3)

    actions.reopen_sheet(sheet, by=contest.organiser, note="กรอกผิดช่อง")
    actions.hand_in(sheet, marks_of(sheet, 3, "7.5"), by=judge.person)
    entries = Happened.objects.filter(subject_kind="awards.sheet", kind="awards.sheet.hand_in")
    assert [each.after["marks"] for each in entries.order_by("id")] == [
        ["copy|3", "new|1", "use|7.5"],
        ["copy|7.5", "new|1", "use|3"],
    ]
    assert "หลักฐาน" not in "".join(str(each.after) for each in Happened.objects.all())


def test_taken_off_sheet_is_not_assigned_anew_and_can_be_given_back():
    contest = make_judging(judges=2)
    sheet = ScoreSheet.objects.first()

    actions.withdraw_sheet(sheet, by=contest.organiser, note="ขอเปลี่ยน")
    shortages = actions.assign_judges(contest.edition, by=contest.organiser)
    sheet.refresh_from_db()
    assert (sheet.state, len(shortages)) == ("withdrawn", 1)
    assert actions.restore_sheet(sheet, by=contest.organiser, note="ตกลงกันแล้ว").state == "open"


def test_act_that_fails_at_its_end_leaves_nothing(monkeypatch):
    contest = make_judging()
    sheet = own(contest.judges[0]).first()
    before = Happened.objects.count()

    def fail(*_args, **_options):
        raise RuntimeError

    monkeypatch.setattr("prasan.awards.actions.sheet.move_in_act", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.hand_in(sheet, marks_of(sheet, 5, 5), by=contest.judges[0].person)
    assert not Score.objects.exists()
    assert Happened.objects.count() == before


def test_two_presentations_do_not_share_a_place_and_time():
    contest = make_judging()
    told, at = contest.edition.rounds.get(), timezone.now()
    first, second = contest.entries[:2]

    def put(entry, minutes, place="ห้อง 1", length=20):
        starts = at + timedelta(minutes=minutes)
        ends = starts + timedelta(minutes=length)
        return actions.set_presentation(told, entry, starts, ends, place, by=contest.organiser)

    kept = put(first, 0)
    for wrong in ({"minutes": 10}, {"minutes": 30, "length": 0}, {"minutes": 30, "place": " "}):
        with pytest.raises(Refused):
            put(second, **wrong)
    put(second, 20)
    moved = put(first, 60)
    assert (moved.pk, told.presentations.count()) == (kept.pk, 2)
    actions.remove_presentation(moved, by=contest.organiser)
    with pytest.raises(Refused):
        actions.remove_presentation(moved, by=contest.organiser)
    with pytest.raises(Refused):
        put(add_entry(make_edition("open")), 90)


def test_whoever_runs_a_blind_edition_does_not_judge_it_and_nobody_presents_in_it():
    told = words()
    contest = make_judging(rounds=[replace(told.rounds[0], is_blind=True)])
    make_posting("judge", person=contest.organiser, agency=make_agency())
    forget_standing(contest.organiser)

    with pytest.raises(Refused):
        actions.seat_judge(contest.panel, contest.organiser, outside_body="สมาคม", by=contest.ministry)
    sheet = own(contest.judges[0]).first()
    judge = contest.judges[0].person
    make_posting("agency_officer", person=judge, agency=contest.programme.organiser)
    forget_standing(judge)
    with pytest.raises(Refused):
        actions.hand_in(sheet, marks_of(sheet, 5, 5), by=judge)
    at = timezone.now()
    with pytest.raises(Refused):
        actions.set_presentation(
            contest.edition.rounds.get(),
            contest.entries[0],
            at,
            at + timedelta(minutes=20),
            "ห้อง 1",
            by=contest.organiser,
        )
