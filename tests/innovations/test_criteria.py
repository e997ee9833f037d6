"""The criteria as dated versions: set for years to come, never under what was given already."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.innovations import actions
from prasan.innovations.models import CriteriaSet
from prasan.innovations.queries import criteria_for, criteria_versions, self_check
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from tests.factories.innovations import appraise, make_innovation, make_owner

pytestmark = pytest.mark.django_db

NOW = "2026-11-28"
"""In fiscal year 2570."""


def words(**other):
    rows = criteria_for(2561).rows.exclude(group="gate")
    weights = {each.code: Decimal(10) for each in rows} | {"benefit": Decimal(15), "aspect": Decimal(5)}
    return replace(actions.CriteriaWords(weights, ["new", "finished"], 5, "มติคณะกรรมการ"), **other)


def test_criteria_are_set_for_years_to_come_and_earlier_years_keep_theirs(time_machine):
    time_machine.move_to(NOW)
    owner, old, right = make_owner(), criteria_for(2561), words()

    new = actions.set_criteria(2571, right, by=owner.ministry)

    assert [criteria_for(year) for year in (2570, 2571, 2575, 2550)] == [old, new, new, old]
    assert {row.code: row.weight for row in new.rows.all() if row.group != "gate"} == right.weights
    assert [(row.code, row.weight) for row in new.rows.filter(group="gate")] == [("new", 0), ("finished", 0)]
    entry = Entry.objects.get(kind="innovations.criteria.set")
    assert entry.after["weights"][0] == "rationale=10"
    assert "มติ" not in str(entry.after)


@pytest.mark.parametrize(
    ("year", "wrong", "said"),
    [
        (2570, {}, "ยังไม่เริ่ม"),
        (2571, {"remark": " "}, "อ้างอิง"),
        (2571, {"weights": {"benefit": Decimal(100)}}, "ทุกเกณฑ์"),
        (2571, {"weights": "heavier"}, "รวมกันได้ 101"),
        (2571, {"weights": "nought"}, "ทุกเกณฑ์"),
        (2571, {"weights": "fine"}, "ทศนิยม"),
        (2571, {"scale": 0}, "1 ถึง 10"),
        (2571, {"scale": 11}, "1 ถึง 10"),
        (2571, {"gates": []}, "อย่างน้อย"),
        (2571, {"gates": ["new", "rationale"]}, "ไม่มีเงื่อนไข"),
        (2571, {"new_gate_th": "ผ่านการตรวจ"}, "ภาษาอังกฤษ"),
        (2571, {"weights": "equal"}, "อยู่แล้ว"),
    ],
)
def test_bad_version_is_refused_in_a_clear_sentence(time_machine, year, wrong, said):
    time_machine.move_to(NOW)
    owner, right = make_owner(), words()
    kinds = {
        "heavier": {**right.weights, "benefit": Decimal(16)},
        "nought": {**right.weights, "benefit": Decimal(0)},
        "fine": {**right.weights, "benefit": Decimal("14.995"), "aspect": Decimal("5.005")},
        "equal": dict.fromkeys(right.weights, Decimal(10)),
    }
    if isinstance(wrong.get("weights"), str):
        wrong = {"weights": kinds[wrong["weights"]]}

    with pytest.raises(Refused, match=said):
        actions.set_criteria(year, replace(right, **wrong), by=owner.ministry)

    assert CriteriaSet.objects.count() == 1


def test_only_the_ministry_sets_criteria(time_machine):
    time_machine.move_to(NOW)
    owner = make_owner()

    with pytest.raises(Refused, match="กระทรวง"):
        actions.set_criteria(2571, words(), by=owner.writer)


def test_year_by_whose_criteria_something_was_appraised_stays_as_it_is(time_machine):
    time_machine.move_to(NOW)
    owner = make_owner()
    early = make_innovation(owner, "proposed", fiscal_year=2571, finished_on=None, started_on=None)
    appraise(early, by=owner.ministry)

    with pytest.raises(Refused, match="ประเมินไปแล้ว"):
        actions.set_criteria(2571, words(), by=owner.ministry)
    later = actions.set_criteria(2572, words(), by=owner.ministry)
    again = actions.set_criteria(2572, words(scale=10), by=owner.ministry)

    assert later == again
    assert {row.scale for row in again.rows.exclude(group="gate")} == {10}


def test_gate_is_added_judged_by_people_and_taken_away_again(time_machine):
    time_machine.move_to(NOW)
    owner = make_owner()
    added = words(new_gate_th="ไม่ละเมิดลิขสิทธิ์", new_gate_en="It breaks no copyright", gates=["new"])
    actions.set_criteria(2571, added, by=owner.ministry)
    innovation = make_innovation(owner, "proposed", fiscal_year=2571, finished_on=None, started_on=None)

    found = [(each.criterion.code, each.outcome.value) for each in self_check(innovation).gates]
    actions.set_criteria(2573, words(gates=["new", "finished"]), by=owner.ministry)
    back = actions.set_criteria(2574, words(gates=["new", "gate-2571-1"]), by=owner.ministry)

    assert found == [("new", "met"), ("gate-2571-1", "look")]
    assert [str(each) for each in back.rows.filter(code="gate-2571-1")] == ["ไม่ละเมิดลิขสิทธิ์"]
    told = [
        (
            version.criteria.fiscal_year_from,
            version.first_day,
            version.last_day,
            {
                each.criterion.code: (each.before is not None, each.after is not None)
                for each in version.changes
            },
        )
        for version in criteria_versions()
    ]
    assert told == [
        (
            2574,
            date(2030, 10, 1),
            None,
            {"gate-2571-1": (False, True), "finished": (True, False)},
        ),
        (
            2573,
            date(2029, 10, 1),
            date(2030, 9, 30),
            {"finished": (False, True), "gate-2571-1": (True, False)},
        ),
        (
            2571,
            date(2027, 10, 1),
            date(2029, 9, 30),
            {
                "gate-2571-1": (False, True),
                "finished": (True, False),
                "aspect": (True, True),
                "benefit": (True, True),
            },
        ),
        (2561, date(2017, 10, 1), date(2027, 9, 30), {}),
    ]


@given(years=st.sets(st.integers(2562, 2600), max_size=6), asked=st.integers(2540, 2610))
def test_every_year_has_the_latest_version_that_is_not_later(years, asked):
    CriteriaSet.objects.filter(fiscal_year_from__gt=2561).delete()
    CriteriaSet.objects.bulk_create(CriteriaSet(fiscal_year_from=year) for year in years)

    expected = max((year for year in {2561, *years} if year <= asked), default=2561)

    assert criteria_for(asked).fiscal_year_from == expected
