"""Rules of eligibility: met, not met or unknown, and the day from which nothing but time is missing."""

from datetime import date

import pytest

from prasan.awards import actions, eligibility
from prasan.awards.eligibility import Facts, Outcome, eligible_from, fault_of, tell, words_of
from prasan.awards.models import Programme, RuleSet
from prasan.awards.queries import eligibility_of, outlook_of, programmes
from prasan.innovations.actions import ensure_registers
from prasan.kernel.refusals import Refused
from tests.factories.awards import add_entry, make_announced, make_edition, words
from tests.factories.innovations import make_innovation, make_owner, make_provinces

FACTS = {
    "day": date(2026, 11, 28),
    "owner_level": "local",
    "owner_kind": "อบต.",
    "started_on": date(2024, 10, 1),
    "finished_on": date(2025, 9, 30),
    "opens": date(2026, 11, 1),
    "closes": date(2026, 12, 31),
}


def facts(**other):
    return Facts(**{**FACTS, **other})


@pytest.mark.parametrize(
    ("kind", "parameters", "other", "outcome", "met_from"),
    [
        ("owner_level", {"codes": ["local"]}, {}, "met", None),
        ("owner_level", {"codes": ["central"]}, {}, "not_met", None),
        ("owner_kind", {"codes": ["อบต.", "ทต."]}, {}, "met", None),
        ("owner_kind", {"codes": ["ทน."]}, {}, "not_met", None),
        ("owner_kind", {"codes": ["ทน."]}, {"owner_kind": None}, "unknown", None),
        ("years_in_operation", {"years": 2, "on": "2026-09-30"}, {}, "not_met", date(2026, 10, 1)),
        ("years_in_operation", {"years": 2, "on": "2026-10-01"}, {}, "met", None),
        ("years_in_operation", {"years": 3}, {}, "not_met", date(2027, 10, 1)),
        ("years_in_operation", {"years": 2}, {"started_on": None}, "unknown", None),
        ("years_in_operation", {"years": 1}, {"started_on": date(2024, 2, 29), "closes": None}, "met", None),
        ("finished_inside_year", {"year": 2568}, {}, "met", None),
        ("finished_inside_year", {"year": 2568}, {"finished_on": date(2025, 10, 1)}, "not_met", None),
        ("finished_inside_year", {"year": 2568}, {"finished_on": None}, "unknown", None),
        ("window", {}, {}, "met", None),
        ("window", {}, {"day": date(2026, 12, 31)}, "met", None),
        ("window", {}, {"day": date(2027, 1, 1)}, "not_met", None),
        ("window", {}, {"day": date(2026, 10, 31)}, "not_met", date(2026, 11, 1)),
        ("window", {}, {"opens": None}, "unknown", None),
        ("not_awarded_before", {}, {}, "met", None),
        ("not_awarded_before", {}, {"won": (2567,)}, "not_met", None),
        ("not_awarded_before", {"years": 2}, {"won": (2567,)}, "not_met", date(2027, 1, 1)),
        ("not_awarded_before", {"years": 1}, {"won": (2567,)}, "met", None),
    ],
)
def test_rule_tells_its_outcome_with_a_sentence_and_a_day(kind, parameters, other, outcome, met_from):
    told = tell(kind, parameters, facts(**other))

    assert (told.outcome.value, told.met_from) == (outcome, met_from)
    assert len(told.sentence) > 10
    assert fault_of(kind, parameters) is None
    assert words_of(kind, parameters)


def test_day_of_eligibility_is_told_only_where_nothing_but_time_is_missing():
    in_time = tell("years_in_operation", {"years": 3}, facts())
    never = tell("owner_level", {"codes": ["central"]}, facts())
    met = tell("window", {}, facts())

    assert eligible_from([in_time, met]) == date(2027, 10, 1)
    assert eligible_from([in_time, never]) is None
    assert eligible_from([met]) is None


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("nonsense", {}),
        ("owner_level", {}),
        ("owner_kind", {"codes": []}),
        ("owner_kind", {"codes": "อบต."}),
        ("years_in_operation", {"years": 0}),
        ("years_in_operation", {"years": True}),
        ("finished_inside_year", {"year": 2025}),
    ],
)
def test_rule_that_cannot_be_evaluated_is_refused(kind, parameters):
    assert fault_of(kind, parameters)


@pytest.mark.django_db
def test_un_award_tells_from_which_day_an_innovation_is_eligible(time_machine):
    time_machine.move_to("2026-08-01 12:00:00+07:00")
    make_provinces()
    ensure_registers()
    actions.ensure_programmes()
    innovation = make_innovation(make_owner(), "registered", started_on=date(2024, 10, 1), finished_on=None)

    found = dict(outlook_of(innovation, programmes().filter(code="un-public-service")))

    told = found[Programme.objects.get(code="un-public-service")]
    assert (told.is_met, told.met_from) == (False, date(2026, 10, 1))
    assert "2569" in told.met_from_words


@pytest.mark.django_db
def test_versions_follow_each_other_and_an_edition_keeps_its_own():
    contest = make_edition()
    first = actions.write_rules(
        contest.programme,
        2569,
        [actions.RuleWords(eligibility.OWNER_LEVEL, {"codes": ["local"]})],
        by=contest.organiser,
        source_th="ประกาศ 1",
    )
    edition = actions.write_terms(contest.edition, words(rule_set=first), by=contest.organiser)
    contest.edition = actions.open_edition(edition, by=contest.organiser)
    second = actions.write_rules(contest.programme, 2570, [], by=contest.organiser, source_th="ประกาศ 2")
    entry = add_entry(contest, state="submitted")

    assert (first.number, second.number) == (1, 2)
    assert [each.told.outcome for each in eligibility_of(entry).findings] == [Outcome.NOT_MET]
    with pytest.raises(Refused):
        actions.admit_entry(entry, by=contest.organiser)
    refused = actions.refuse_entry(entry, by=contest.organiser, note="ไม่ใช่ อปท.", rule=first.rules.get())
    assert (refused.state, refused.refused_by) == ("ineligible", first.rules.get())
    back = actions.reconsider_entry(refused, by=contest.organiser, note="พิจารณาใหม่")
    admitted = actions.admit_entry(back, by=contest.organiser, note="เข้าข่ายตามมติ")
    again = actions.reconsider_entry(admitted, by=contest.organiser, note="รับผิดราย")

    assert (back.refused_by, admitted.state, again.state) == (None, "eligible", "submitted")


@pytest.mark.django_db
def test_what_won_before_does_not_meet_the_rule_and_nothing_is_made_up():
    contest = make_announced()
    rule_set = actions.write_rules(
        contest.programme,
        2570,
        [actions.RuleWords(eligibility.NOT_AWARDED_BEFORE)],
        by=contest.organiser,
        source_th="ประกาศ",
    )
    winner, loser = contest.entries[0].innovation, contest.entries[3].innovation

    def told(innovation):
        return [each.is_met for _programme, each in outlook_of(innovation, [contest.programme])]

    assert (told(winner), told(loser)) == ([False], [True])
    assert RuleSet.objects.get() == rule_set
