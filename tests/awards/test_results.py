"""Results: the same for every order, broken ties, rounds, counted anew from the ledger, entitlements."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import transaction

from prasan.awards import actions, counting
from prasan.awards.models import (
    Award,
    Category,
    Criterion,
    Decision,
    Edition,
    EntitlementRule,
    Programme,
    Quota,
    Score,
    ScoreSheet,
)
from prasan.awards.queries import (
    announced_entries,
    counts_of,
    entitlements,
    recounted,
    recounting,
    statistics_of,
)
from prasan.awards.queries.recounting import CountedOtherwise
from prasan.innovations.actions import ensure_registers
from prasan.innovations.models import Innovation
from prasan.judging.levels import Level
from prasan.judging.scores import Mark
from prasan.judging.version import VERSION
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry as Happened
from prasan.places.models import Area
from tests.factories.agencies import make_area
from tests.factories.awards import make_announced, make_decided, make_edition, make_judging, score_all, words
from tests.factories.innovations import make_provinces

MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
GOLDEN = "ee7409ac75397baf86526c89422014df85e0e0772d20dfab959de3e0579198f7"
"""What the first version gives for made-up scores, to the last digit; a change needs another version."""
TERMS = counting.Terms(
    criteria={
        1: (
            counting.Ask("g", True, Decimal(0), Decimal(1)),
            counting.Ask("c", False, Decimal(2), Decimal(10)),
        )
    },
    goes_on={1: None},
    ties=("smaller_spread|", "draw|"),
    levels=(Level("excellent", 1), Level("distinguished", 2, Fraction(10))),
    draw="42",
)


def marked(points, gate=1):
    """Marks of judges by entry; each entry is scored by the judges named."""
    return [
        mark
        for entry, by_judge in points.items()
        for judge, value in by_judge.items()
        for mark in (Mark(judge, entry, "g", Decimal(gate)), Mark(judge, entry, "c", Decimal(str(value))))
    ]


def entered(*entries):
    return [counting.Entered(entry, "1", MOMENT) for entry in entries]


def test_terms_come_back_from_the_ledger_as_they_were():
    assert counting.Terms.from_facts(TERMS.as_facts()) == TERMS


def test_same_input_in_any_order_gives_the_same_bytes():
    points = {str(e): {str(j): (e * 7 + j * 3) % 11 for j in range(e % 3, e % 3 + 4)} for e in range(1, 13)}
    points = {e: {j: min(v, 10) for j, v in by.items()} for e, by in points.items()}
    marks, all_entries = marked(points), entered(*points)
    expected = counting.lines_of(counting.count(TERMS, 1, all_entries, marks))

    for seed in range(5):
        shuffler = random.Random(seed)
        shuffler.shuffle(marks)
        shuffler.shuffle(all_entries)
        assert counting.lines_of(counting.count(TERMS, 1, all_entries, marks)) == expected


def test_raw_is_by_hand_and_stands_beside_the_adjusted_value():
    (found,) = counting.count(
        TERMS, 1, entered("1", "2"), marked({"1": {"a": 5, "b": 8}, "2": {"a": 4, "b": 9}})
    )

    assert [row.estimate.raw for row in found.rows] == [Fraction(13), Fraction(13)]
    assert [row.estimate.adjusted for row in found.rows] == [None, None]
    assert found.adjustment.reason == "all_see_all"
    assert [row.entry for row in found.rows] == ["1", "2"]
    assert [each.rule.kind for each in found.rows[0].standing.broken] == ["smaller_spread"]


def test_strict_judge_costs_nobody_his_place_once_scores_are_adjusted():
    strict = {str(e): {"a": 8 - e % 2, "b": 8 - e % 2} for e in range(1, 7)}
    strict |= {str(e): {"b": 8 - e % 2, "c": 4 - e % 2} for e in range(7, 13)}
    (found,) = counting.count(TERMS, 1, entered(*strict), marked(strict))

    assert found.adjustment.reason is None
    by_entry = {row.entry: row.estimate for row in found.rows}
    assert by_entry["2"].raw > by_entry["8"].raw
    assert abs(by_entry["2"].adjusted - by_entry["8"].adjusted) < Decimal("0.5")
    assert all(row.estimate.low <= row.estimate.adjusted <= row.estimate.high for row in found.rows)


def test_failed_gate_and_missing_scores_have_no_place():
    marks = marked({"1": {"a": 9}}, gate=0) + marked({"2": {"a": 3}})
    (found,) = counting.count(TERMS, 1, entered("1", "2", "3"), marks)

    assert [(row.entry, row.place, row.why_not) for row in found.rows] == [
        ("2", 1, ""),
        ("1", None, "gate"),
        ("3", None, "no_score"),
    ]
    assert found.rows[1].level == ""


def test_tie_that_no_rule_breaks_is_left_to_people():
    terms = replace(TERMS, ties=("smaller_spread|",), levels=(Level("winner", 1),))
    marks = marked({"1": {"a": 5, "b": 5}, "2": {"a": 5, "b": 5}})
    (found,) = counting.count(terms, 1, entered("1", "2"), marks)
    (settled,) = counting.count(terms, 1, entered("1", "2"), marks, {"1": "", "2": "winner"})
    (nonsense,) = counting.count(terms, 1, entered("1", "2"), marks, {"1": "gold"})

    assert found.undecided == {"1": ("winner", ""), "2": ("winner", "")}
    assert {row.entry: row.level for row in settled.rows} == {"1": "", "2": "winner"}
    assert settled.undecided == {}
    assert nonsense.undecided == found.undecided


@pytest.mark.django_db
def test_ledger_alone_gives_what_was_decided_byte_for_byte():
    contest = make_judging(entries=6, judges=4)
    score_all(contest, [(9, "8.5"), ("8.25", 8), (7, 7), (7, 7), (5, 5), (2, 1)])
    sheet = ScoreSheet.objects.order_by("pk").first()
    actions.reopen_sheet(sheet, by=contest.organiser, note="ผิดช่อง")
    score_all(contest, [(10, 1)] * 6)
    taken = ScoreSheet.objects.order_by("pk").last()
    actions.withdraw_sheet(taken, by=contest.organiser, note="ผิดคน")
    actions.end_scoring(contest.edition, by=contest.organiser)
    actions.decide_edition(contest.edition, today(), "มติ", by=contest.organiser)
    kept = Decision.objects.get().lines

    with transaction.atomic():
        for table in (Award, Decision, Score, ScoreSheet, Criterion, Quota):
            table.objects.all().delete()
        Edition.objects.update(tie_rules=[], draw="")
        found = recounted(contest.edition.pk)
        transaction.set_rollback(True)

    assert found.lines.encode() == kept.encode()
    assert found.agrees
    assert kept == counting.lines_of(counts_of(contest.fresh()))
    assert len(kept.splitlines()) == 7


@pytest.mark.django_db
def test_results_of_another_mathematics_are_not_counted_again(monkeypatch):
    told = words()
    two = [replace(told.rounds[0], goes_on=2), replace(told.rounds[0], name_th="รอบสุดท้าย")]
    contest = make_judging(rounds=two)
    score_all(contest)
    monkeypatch.setattr("prasan.awards.actions.edition.VERSION", "2")
    actions.begin_next_round(contest.edition, by=contest.organiser)
    actions.assign_judges(contest.edition, by=contest.organiser)
    score_all(contest)
    actions.end_scoring(contest.edition, by=contest.organiser)
    actions.decide_edition(contest.edition, today(), "มติ", by=contest.organiser)
    decided = Happened.objects.get(kind="awards.edition.decide")

    assert decided.after["mathematics"] == VERSION == "1"
    with pytest.raises(CountedOtherwise, match="รุ่น 2"):
        recounted(contest.edition.pk)


@pytest.mark.django_db
def test_decision_from_before_versions_were_kept_is_of_the_first(monkeypatch):
    contest = make_decided()
    told = recounting._told_of(contest.edition.pk)
    assert told.versions == {1: "1", 0: "1"}
    early = Happened(kind="awards.edition.decide", after={"settled": [], "digest": "x"})

    assert recounting._version_in(early) == "1"


def test_mathematics_that_gives_other_results_has_another_version():
    points = {
        str(e): {str(j): 3 + (e * 5 % 7) / 2 + (j % 3) + (e * j % 4) / 4 for j in range(e % 4, e % 4 + 4)}
        for e in range(1, 25)
    }
    (found,) = counting.count(TERMS, 1, entered(*points), marked(points))
    assert found.adjustment.reason is None

    assert (VERSION, counting.digest_of(counting.lines_of([found]))) == ("1", GOLDEN)


@pytest.mark.django_db
def test_score_that_was_changed_behind_the_ledger_is_found():
    contest = make_decided()
    Score.objects.filter(criterion__code="use").update(value=1)

    assert counting.lines_of(counts_of(contest.edition)) != recounted(contest.edition.pk).lines
    assert recounted(contest.edition.pk).agrees


@pytest.mark.django_db
def test_edition_without_decision_cannot_be_counted_anew():
    with pytest.raises(Refused):
        recounted(make_edition("open").edition.pk)
    with pytest.raises(Refused):
        recounted(987654321)


@pytest.mark.django_db
def test_first_of_each_category_go_on_to_the_last_round_and_only_it_decides():
    told = words()
    rounds = [
        replace(told.rounds[0], name_th="คัดกรอง", goes_on=2, is_blind=True),
        replace(told.rounds[0], name_th="นำเสนอ"),
    ]
    contest = make_judging(rounds=rounds)
    with pytest.raises(Refused):
        actions.begin_next_round(contest.edition, by=contest.organiser)
    score_all(contest)
    with pytest.raises(Refused):
        actions.end_scoring(contest.edition, by=contest.organiser)
    actions.begin_next_round(contest.edition, by=contest.organiser)
    actions.assign_judges(contest.edition, by=contest.organiser)
    with pytest.raises(Refused):
        actions.reopen_sheet(
            ScoreSheet.objects.filter(round__number=1).first(), by=contest.organiser, note="ย้อน"
        )
    score_all(contest, [(1, 1), (10, 10), (0, 0), (0, 0)])
    with pytest.raises(Refused):
        actions.begin_next_round(contest.edition, by=contest.organiser)
    actions.end_scoring(contest.edition, by=contest.organiser)
    actions.decide_edition(contest.edition, today(), "มติ", by=contest.organiser)

    assert set(ScoreSheet.objects.filter(round__number=2).values_list("entry", flat=True)) == {
        each.pk for each in contest.entries[:2]
    }
    won = dict(Award.objects.values_list("entry", "level"))
    assert won == {contest.entries[1].pk: "excellent", contest.entries[0].pk: "distinguished"}
    found = recounted(contest.edition.pk)
    assert (found.agrees, found.wrong_rounds) == (True, ())


@pytest.mark.django_db
def test_round_in_which_others_took_part_than_followed_is_told(monkeypatch):
    told = words()
    rounds = [replace(told.rounds[0], goes_on=2), replace(told.rounds[0], name_th="นำเสนอ")]
    contest = make_judging(rounds=rounds)
    score_all(contest)
    others = [str(each.pk) for each in contest.entries[1:3]]
    monkeypatch.setattr("prasan.awards.actions.edition.counting.going_on", lambda *_told: others)
    actions.begin_next_round(contest.edition, by=contest.organiser)
    monkeypatch.undo()
    actions.assign_judges(contest.edition, by=contest.organiser)
    score_all(contest)
    actions.end_scoring(contest.edition, by=contest.organiser)
    actions.decide_edition(contest.edition, today(), "มติ", by=contest.organiser)

    found = recounted(contest.edition.pk)

    assert (found.agrees, found.wrong_rounds) == (False, (2,))


@pytest.mark.django_db
def test_results_stand_in_dictionary_order_of_provinces():
    make_provinces()
    ensure_registers()
    actions.ensure_programmes()
    edition = Edition.objects.get(programme__code="local-digital")

    rows = list(announced_entries(edition))

    assert [each.number for each in rows] == list(range(1, 46))
    by_code_point = sorted(rows, key=lambda each: (each.innovation.area.name_th, each.number))
    assert [each.number for each in by_code_point] != [each.number for each in rows]


@pytest.mark.django_db
def test_an_innovation_of_a_tambon_stands_under_its_province():
    make_provinces()
    ensure_registers()
    actions.ensure_programmes()
    edition = Edition.objects.get(programme__code="local-digital")
    innovation = announced_entries(edition)[0].innovation
    tambon = make_area(f"{innovation.province}0101")  # its own name sorts behind those of all provinces
    Area.objects.filter(pk=tambon.pk).update(sort_key="ฮ")
    Innovation.objects.filter(pk=innovation.pk).update(area=tambon)

    assert [each.number for each in announced_entries(edition)] == list(range(1, 46))


@pytest.mark.django_db
def test_contest_of_2564_gives_its_figures_and_keeps_unknown_unknown():
    make_provinces()
    ensure_registers()
    actions.ensure_programmes()
    before = Edition.objects.count()
    edition = Edition.objects.get(programme__code="local-digital")

    found = statistics_of(edition)

    assert actions.ensure_programmes() == 0
    assert Edition.objects.count() == before == 3
    assert (found.entries, found.owners, found.provinces, found.untold) == (45, 44, 27, 38)
    assert (found.most_of_province.names, found.most_of_province.number) == (("เชียงราย",), 6)
    assert dict(found.by_kind) == {"ทต.": 12, "ทน.": 12, "อบต.": 12, "ทม.": 7, "อบจ.": 2}
    assert [number for _level, number in found.by_level] == [7]
    assert found.ways is None
    told = {each.printed.code: (int(each.printed.value), each.computed) for each in found.published}
    assert told["kind:e-service"] == (25, None)
    assert told["entries"] == (45, 45)
    assert (edition.opens.isoformat(), edition.closes.isoformat()) == ("2021-07-01", "2021-08-31")
    excellent = Edition.objects.get(programme__code="excellent-innovation")
    assert (excellent.announced_on.isoformat(), excellent.ceremony_on.isoformat()) == (
        "2024-07-25",
        "2024-08-20",
    )


@pytest.mark.django_db
def test_overall_excellence_follows_from_three_branches_in_one_year_and_from_nothing_less():
    contest = make_announced(entries=3)
    rule = EntitlementRule.objects.create(
        programme=contest.programme,
        code="overall",
        name_th="ยอดเยี่ยม",
        name_en="overall",
        levels=["distinguished"],
        branches=["service", "quality", "participation"],
    )
    awards = list(Award.objects.order_by("pk"))
    owner = contest.owners[0].agency
    for award, branch in zip(awards, rule.branches, strict=True):
        type(award.entry).objects.filter(pk=award.entry_id).update(owner=owner)
        Award.objects.filter(pk=award.pk).update(level="distinguished", branch=branch)

    (found,) = entitlements(contest.programme)
    assert (found.owner, found.year, {each.pk for each in found.proof}) == (
        owner,
        2569,
        {each.pk for each in awards},
    )
    assert entitlements(contest.programme, 2570) == []

    for change in ({"level": "winner"}, {"branch": "service"}):
        with transaction.atomic():
            Award.objects.filter(pk=awards[2].pk).update(**change)
            assert entitlements(contest.programme) == []
            transaction.set_rollback(True)
    Edition.objects.filter(pk=contest.edition.pk).update(year=2569)
    with transaction.atomic():
        other = contest.owners[1].agency
        type(awards[2].entry).objects.filter(pk=awards[2].entry_id).update(owner=other)
        assert entitlements(contest.programme) == []
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_awards_of_an_edition_that_is_not_announced_entitle_to_nothing():
    contest = make_decided()
    EntitlementRule.objects.create(
        programme=contest.programme,
        code="x",
        name_th="ก",
        name_en="x",
        levels=["excellent"],
        branches=["service"],
    )
    Award.objects.update(branch="service")

    assert entitlements(contest.programme) == []
    actions.announce_results(contest.edition, today(), by=contest.organiser)
    assert len(entitlements(contest.programme)) == 1


@pytest.mark.django_db
def test_past_lert_rat_is_known_by_branch_and_entitles_nobody():
    make_provinces()
    ensure_registers()
    actions.ensure_programmes()
    programme = Programme.objects.get(code="lert-rat")

    assert entitlements(programme) == []
    assert Category.objects.filter(edition__programme=programme).count() == 3


@pytest.mark.django_db
def test_decision_is_taken_back_with_a_reason_until_it_is_announced():
    contest = make_decided()
    before = recounted(contest.edition.pk)
    with pytest.raises(Refused):
        actions.take_back_decision(contest.edition, by=contest.organiser, note="")
    assert Award.objects.count() == 3

    actions.take_back_decision(contest.edition, by=contest.organiser, note="นับคะแนนใหม่")
    assert (Award.objects.count(), Decision.objects.count()) == (0, 0)
    actions.resume_judging(contest.edition, by=contest.organiser, note="กรอกผิด")
    sheet = ScoreSheet.objects.order_by("pk").first()
    actions.reopen_sheet(sheet, by=contest.organiser, note="กรอกผิด")
    score_all(contest, [(0, 0)] * 4)
    actions.end_scoring(contest.edition, by=contest.organiser)
    actions.decide_edition(contest.edition, today(), "มติใหม่", by=contest.organiser)

    assert recounted(contest.edition.pk).agrees
    assert recounted(contest.edition.pk).lines != before.lines
    actions.announce_results(contest.edition, today(), by=contest.organiser)
    with pytest.raises(Refused):
        actions.take_back_decision(contest.edition, by=contest.organiser, note="สาย")
