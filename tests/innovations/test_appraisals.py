"""What the ministry finds of an innovation: gates, marks, the total that follows, and who reads it when."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from prasan.cases.actions import move
from prasan.innovations import actions
from prasan.innovations.models import Appraisal, AppraisalMark, CriteriaSet, Criterion
from prasan.innovations.queries import results_for, told_total, why_not_to_register
from prasan.innovations.queries.appraisals import result_of
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from tests.at_once import at_once
from tests.factories.agencies import make_agency, make_area, make_holder
from tests.factories.innovations import TOLD, appraise, make_innovation, make_owner, words_of_appraisal

pytestmark = pytest.mark.django_db


def last_entry(innovation):
    return Entry.objects.filter(
        subject_id=str(innovation.pk), kind="innovations.innovation.appraised"
    ).latest("id")


def test_total_follows_from_marks_and_weights_and_the_ledger_keeps_no_words():
    owner = make_owner()
    innovation = make_innovation(owner, "proposed")

    appraisal = appraise(innovation, by=owner.ministry, value=5, benefit=2, remark="ดีมาก")
    (result,) = results_for(owner.ministry, innovation)

    assert (result.appraisal, result.total, result.is_passed) == (appraisal, Fraction(94), True)
    assert [each.points for each in result.parts] == [Fraction(10)] * 5
    assert {each.mark.criterion.code: each.points for each in result.quality}["benefit"] == Fraction(4)
    entry = last_entry(innovation)
    assert entry.after == {
        "appraisal": 1,
        "version": 1,
        "criteria": 2561,
        "fiscal_year": 2568,
        "gates": ["new=passed", "finished=passed"],
        "marks": [
            *(
                f"{code}=5"
                for code in (
                    "rationale",
                    "objective",
                    "work_done",
                    "expected_result",
                    "actual_result",
                    "aspect",
                    "problem_fit",
                    "difference",
                )
            ),
            "benefit=2",
            "references=5",
        ],
        "total": "94.00",
    }
    assert (entry.actor_id, entry.posting_id) == (owner.ministry.pk, appraisal.posting_id)


weights = st.decimals("0.01", "100", places=2)
rows = st.lists(
    st.integers(1, 10).flatmap(lambda scale: st.tuples(weights, st.just(scale), st.integers(0, scale))),
    min_size=1,
    max_size=10,
)


@given(rows=rows, gates=st.lists(st.booleans(), max_size=4))
def test_total_is_that_of_brute_force_and_gates_change_nothing_of_it(rows, gates):
    marks = [
        AppraisalMark(criterion=Criterion(code=f"g{place}", group="gate", position=place), is_passed=passed)
        for place, passed in enumerate(gates)
    ]
    marks += [
        AppraisalMark(
            criterion=Criterion(
                code=f"c{place}",
                group=("part", "quality")[place % 2],
                position=20 + place,
                weight=weight,
                scale=scale,
            ),
            value=value,
        )
        for place, (weight, scale, value) in enumerate(rows)
    ]
    held = Appraisal(pk=1)
    held._prefetched_objects_cache = {"marks": marks}

    result = result_of(held)

    exact = sum(Fraction(w) * v / s for w, s, v in rows) / sum(Fraction(w) for w, _s, _v in rows) * 100
    assert result.total == exact
    assert sum(each.points for _label, group in result.groups for each in group) == exact
    assert result.is_passed == all(gates)
    assert abs(Fraction(told_total(exact)) - exact) <= Fraction(1, 200)
    assert 0 <= result.total <= 100


def test_registered_only_where_every_gate_is_passed_and_it_was_appraised_as_it_reads():
    owner = make_owner()
    innovation = make_innovation(owner, "proposed")

    with pytest.raises(Refused, match="ประเมินก่อน"):
        actions.register_innovation(innovation, by=owner.ministry)
    appraise(innovation, by=owner.ministry, failed="new", value=5)
    with pytest.raises(Refused, match="ไม่ผ่านเงื่อนไข"):
        actions.register_innovation(innovation, by=owner.ministry)
    back = move(innovation, "return", by=owner.ministry, note="ขอให้ปรับ")
    actions.edit_innovation(back, replace(TOLD, impact="เวลารอลดลงครึ่งหนึ่ง"), by=owner.writer)
    again = actions.propose_innovation(back, by=owner.writer, note="ปรับแล้ว")
    with pytest.raises(Refused, match="ประเมินก่อน"):
        actions.register_innovation(again, by=owner.ministry)
    appraise(again, by=owner.ministry, value=3)

    registered = actions.register_innovation(again, by=owner.ministry)

    assert registered.state == "registered"
    moved = Entry.objects.get(subject_id=str(innovation.pk), kind="innovations.innovation.register")
    assert (moved.after["appraisal"], moved.after["version"]) == (2, 2)
    told = [(each.appraisal.number, each.is_passed, each.total) for each in results_for(owner.writer, again)]
    assert told == [(2, True, Fraction(60)), (1, False, Fraction(100))]


def test_owner_reads_it_once_it_is_decided_and_the_public_never():
    owner, other = make_owner(), make_owner("40")
    governor = make_holder("governor", make_area("32"))
    people = {"owner": owner.writer, "other": other.writer, "governor": governor, "public": None}
    people["ministry"] = owner.ministry

    def readers(innovation):
        return {name for name, who in people.items() if results_for(who, innovation)}

    innovation = make_innovation(owner, "proposed")
    appraise(innovation, by=owner.ministry)
    seen = {"proposed": readers(innovation)}
    innovation = move(innovation, "take_back", by=owner.writer)
    seen["taken back"] = readers(innovation)
    innovation = actions.propose_innovation(innovation, by=owner.writer, note="เสนอ")
    assert why_not_to_register(innovation) == ""
    seen["registered"] = readers(actions.register_innovation(innovation, by=owner.ministry))
    declined = make_innovation(owner, "proposed")
    appraise(declined, by=owner.ministry, failed="finished")
    seen["declined"] = readers(move(declined, "decline", by=owner.ministry, note="ไม่แล้วเสร็จ"))

    decided = {"owner", "governor", "ministry"}
    assert seen == {
        "proposed": {"ministry"},
        "taken back": {"ministry"},
        "registered": decided,
        "declined": decided,
    }


def test_neither_writer_nor_who_proposed_nor_another_agency_appraises():
    owner, other = make_owner(), make_owner("40")
    agency = make_agency(make_area(), level="central")
    proposer = make_holder("ministry_officer", make_area(), agency=agency)
    make_holder("agency_officer", make_area("32"), agency=owner.agency, person=proposer)
    innovation = make_innovation(owner)
    innovation = actions.propose_innovation(innovation, by=proposer, note="เสนอแทนเพื่อน")

    with pytest.raises(Refused, match="ผู้ที่เขียน"):
        appraise(innovation, by=proposer)
    for who in (owner.writer, other.writer):
        with pytest.raises(Refused, match="กระทรวง"):
            appraise(innovation, by=who)

    assert not innovation.appraisals.exists()
    assert appraise(innovation, by=owner.ministry).number == 1


def test_correction_is_a_new_appraisal_with_a_reason_and_never_fails_a_gate_of_what_is_registered():
    owner = make_owner()
    innovation = make_innovation(owner, "registered")

    with pytest.raises(Refused, match="เหตุใด"):
        appraise(innovation, by=owner.ministry, remark=" ")
    with pytest.raises(Refused, match="ถอน"):
        appraise(innovation, by=owner.ministry, failed="new")
    corrected = appraise(innovation, by=owner.ministry, value=5)

    assert corrected.number == 2
    assert [each.total for each in results_for(owner.writer, innovation)] == [100, 80]


@pytest.mark.parametrize("state", ["draft", "declined", "loaded"])
def test_what_does_not_lie_at_the_ministry_is_not_appraised(state):
    owner = make_owner()
    innovation = make_innovation(owner, "draft" if state == "draft" else "proposed")
    words = replace(words_of_appraisal(make_innovation(owner, "proposed")), version=1)
    if state == "declined":
        innovation = move(innovation, "decline", by=owner.ministry, note="ไม่ใช่นวัตกรรม")
    if state == "loaded":  # as registers of the sources are taken in
        innovation = move(innovation, "register", by=None)

    with pytest.raises(Refused, match="ไม่ได้อยู่ที่กระทรวง"):
        actions.appraise_innovation(innovation, words, by=owner.ministry)


def test_appraisal_that_says_too_little_or_of_other_words_is_refused_and_leaves_nothing():
    owner = make_owner()
    innovation = make_innovation(owner, "proposed")
    right = words_of_appraisal(innovation)
    gate, mark = actions.GateFinding(True, "ครบ"), actions.GivenMark(3)

    for wrong, said in (
        (replace(right, version=2), "มีการแก้ไข"),
        (replace(right, gates={**right.gates, "new": actions.GateFinding(True, " ")}), "เหตุผล"),
        (replace(right, gates={"new": gate}), "เกณฑ์มีการเปลี่ยน"),
        (replace(right, marks={**right.marks, "more": mark}), "เกณฑ์มีการเปลี่ยน"),
        (replace(right, marks={**right.marks, "benefit": actions.GivenMark(6)}), "0 ถึง 5"),
        (replace(right, marks={**right.marks, "benefit": actions.GivenMark(-1)}), "0 ถึง 5"),
        (replace(right, marks={**right.marks, "benefit": actions.GivenMark(1, "ก" * 1001)}), "1000"),
    ):
        with pytest.raises(Refused, match=said):
            actions.appraise_innovation(innovation, wrong, by=owner.ministry)

    assert not AppraisalMark.objects.exists()
    assert not Entry.objects.filter(kind="innovations.innovation.appraised").exists()


def test_form_sent_twice_is_one_appraisal_and_another_keeps_no_key_of_it():
    owner = make_owner()
    innovation, key = make_innovation(owner, "proposed"), uuid4()
    words = words_of_appraisal(innovation)

    first = actions.appraise_innovation(innovation, words, by=owner.ministry, form_key=key)
    again = actions.appraise_innovation(innovation, words, by=owner.ministry, form_key=key)
    with pytest.raises(Refused, match="อีกไม่ได้"):
        actions.appraise_innovation(
            innovation, words, by=make_holder("ministry_officer", make_area()), form_key=key
        )

    assert first == again
    assert Appraisal.objects.count() == 1


def test_database_keeps_gates_and_marks_apart():
    owner = make_owner()
    innovation = make_innovation(owner, "proposed")
    mark = appraise(innovation, by=owner.ministry).marks.get(criterion__code="new")

    for wrong in ({"value": 3}, {"is_passed": None}, {"reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AppraisalMark.objects.filter(pk=mark.pk).update(**wrong)


def test_other_weights_for_the_next_year_change_no_total_that_was_given(time_machine):
    time_machine.move_to("2026-11-28")
    owner = make_owner()
    old = make_innovation(owner, "registered", fiscal_year=2570, finished_on=None, started_on=None)
    appraise(old, by=owner.ministry, value=3, benefit=5, rationale=0)
    before = [(each.appraisal.pk, each.total) for each in results_for(owner.ministry, old)]
    rows = CriteriaSet.objects.get().rows.exclude(group="gate")
    heavy = {each.code: Decimal(5) for each in rows} | {"benefit": Decimal(55)}

    actions.set_criteria(2571, actions.CriteriaWords(heavy, ["new", "finished"], 10, "มติ"), by=owner.ministry)
    new = make_innovation(owner, "proposed", fiscal_year=2571, finished_on=None, started_on=None)
    appraise(new, by=owner.ministry, value=4, benefit=10)

    assert [(each.appraisal.pk, each.total) for each in results_for(owner.ministry, old)] == before
    assert [each.total for each in results_for(owner.ministry, new)] == [Fraction(9 * 5 * 4, 10) + 55]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_criteria_are_not_set_under_an_appraisal(time_machine):
    time_machine.move_to("2026-11-28", tick=False)
    owner = make_owner()
    innovation = make_innovation(owner, "proposed", fiscal_year=2571, finished_on=None, started_on=None)
    words = words_of_appraisal(innovation)
    rows = CriteriaSet.objects.get().rows.exclude(group="gate")
    equal = {each.code: Decimal(10) for each in rows} | {"benefit": Decimal(5), "aspect": Decimal(15)}

    answers = at_once(
        lambda: actions.appraise_innovation(innovation, words, by=owner.ministry),
        lambda: actions.set_criteria(
            2571, actions.CriteriaWords(equal, ["new", "finished"], 5, "มติ"), by=owner.ministry
        ),
    )

    refused = [isinstance(each, Refused) for each in answers]
    sets = CriteriaSet.objects.count()
    appraisal = innovation.appraisals.get()
    assert refused in ([False, True], [False, False])
    assert (sets, appraisal.criteria.fiscal_year_from) == ((1, 2561) if refused[1] else (2, 2571))
