"""An innovation from draft to register: who may, what is kept, and what the self-check says."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.cases.actions import move
from prasan.documents.models import File
from prasan.innovations import actions
from prasan.innovations.models import ImpactMeasure, Innovation
from prasan.innovations.queries import innovations_for, self_check
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from tests.factories.agencies import make_agency, make_area, make_holder
from tests.factories.innovations import MEASURE, TOLD, appraise, make_innovation, make_owner

pytestmark = pytest.mark.django_db


def outcomes(innovation):
    check = self_check(innovation)
    found = (*check.gates, *check.parts, *check.quality)
    return {each.criterion.code: each.outcome.value for each in found}


def last_entry(innovation):
    return Entry.objects.filter(subject_id=str(innovation.pk)).latest("id")


def test_form_sent_twice_makes_one_innovation():
    owner, key = make_owner(), uuid4()

    first = actions.begin_innovation(owner.agency, TOLD, by=owner.writer, form_key=key)
    second = actions.begin_innovation(owner.agency, TOLD, by=owner.writer, form_key=key)

    assert first == second
    assert Innovation.objects.count() == 1


def test_only_officers_of_the_agency_write():
    owner, other = make_owner(), make_owner("40")

    with pytest.raises(Refused):
        actions.begin_innovation(owner.agency, TOLD, by=other.writer)
    with pytest.raises(Refused):
        actions.begin_innovation(owner.agency, TOLD, by=owner.ministry)
    innovation = make_innovation(owner)
    with pytest.raises(Refused):
        actions.edit_innovation(innovation, TOLD, by=other.writer)
    with pytest.raises(Refused):
        actions.keep_measure(innovation, MEASURE, by=other.writer)
    with pytest.raises(Refused):
        actions.add_evidence(innovation, title="รายงาน", by=other.writer)


def test_draft_is_seen_by_its_agency_alone_and_the_registered_one_by_everybody():
    owner, other = make_owner(), make_owner("40")
    governor = make_holder("governor", make_area("32"))
    everybody = {"writer": owner.writer, "other": other.writer, "governor": governor, "public": None}
    everybody["ministry"] = owner.ministry

    seen = {}
    for state in ("draft", "proposed", "registered"):
        innovation = make_innovation(owner, state)
        seen[state] = {
            name for name, who in everybody.items() if innovations_for(who).filter(pk=innovation.pk).exists()
        }

    assert seen == {
        "draft": {"writer"},
        "proposed": {"writer", "governor", "ministry"},
        "registered": set(everybody),
    }


def test_self_check_names_what_is_missing_and_nothing_where_all_is_told():
    owner = make_owner()
    bare = actions.begin_innovation(owner.agency, actions.InnovationWords("จองคิว"), by=owner.writer)
    told = make_innovation(owner)

    assert {code: found for code, found in outcomes(bare).items() if found != "missing"} == {"new": "met"}
    assert {code: found for code, found in outcomes(told).items() if found != "met"} == {
        "benefit": "look",
        "references": "missing",
    }
    actions.keep_measure(told, MEASURE, by=owner.writer)
    actions.add_evidence(told, title="รายงาน", by=owner.writer)
    assert set(outcomes(told).values()) == {"met"}


@pytest.mark.parametrize(
    ("finished", "found"),
    [
        (date(2024, 9, 30), "missing"),
        (date(2024, 10, 1), "met"),
        (date(2025, 9, 30), "met"),
        (date(2025, 10, 1), "missing"),
        (None, "missing"),
    ],
)
def test_finished_means_inside_the_fiscal_year_to_the_day(finished, found):
    innovation = make_innovation(make_owner(), fiscal_year=2568, started_on=None, finished_on=finished)

    assert outcomes(innovation)["finished"] == found


def test_incomplete_one_is_proposed_only_with_a_word_why_and_that_is_recorded():
    owner = make_owner()
    innovation = make_innovation(owner)

    with pytest.raises(Refused, match="ยังขาด"):
        actions.propose_innovation(innovation, by=owner.writer)
    proposed = actions.propose_innovation(innovation, by=owner.writer, note="หลักฐานส่งเป็นเอกสาร")

    assert proposed.state == "proposed"
    assert last_entry(proposed).after["missing"] == ["references"]
    assert proposed.versions.get().content["title"] == TOLD.title


def test_what_lies_at_the_ministry_stands_still():
    owner = make_owner()
    innovation = make_innovation(owner, "proposed")

    for change in (
        lambda: actions.edit_innovation(innovation, TOLD, by=owner.writer),
        lambda: actions.keep_measure(innovation, MEASURE, by=owner.writer),
        lambda: actions.add_evidence(innovation, title="รายงาน", by=owner.writer),
    ):
        with pytest.raises(Refused, match="อยู่ที่กระทรวง"):
            change()


def test_writer_of_the_ministry_does_not_judge_his_own():
    owner = make_owner()
    agency = make_agency(make_area(), level="central")
    both = make_holder("ministry_officer", make_area(), agency=agency)
    make_holder("agency_officer", make_area(), agency=agency, person=both)
    innovation = actions.begin_innovation(agency, TOLD, by=both)
    proposed = actions.propose_innovation(innovation, by=both, note="เสนอ")

    with pytest.raises(Refused, match="ผู้ที่เขียน"):
        appraise(proposed, by=both)
    appraise(proposed, by=owner.ministry)
    with pytest.raises(Refused, match="ผู้ที่เขียน"):
        actions.register_innovation(proposed, by=both)
    assert actions.register_innovation(proposed, by=owner.ministry).state == "registered"


def test_revising_what_is_registered_keeps_how_it_read_and_records_no_words():
    owner = make_owner()
    innovation = make_innovation(owner, "registered")
    told = replace(TOLD, areas=[owner.agency.area])

    actions.edit_innovation(innovation, told, by=owner.writer)
    assert innovation.versions.count() == 1
    actions.edit_innovation(innovation, replace(told, impact="เวลารอลดลงเหลือ 10 นาที"), by=owner.writer)

    versions = list(innovation.versions.values_list("number", "why", "content__impact"))
    assert versions == [(1, "proposed", "เวลารอลดลง"), (2, "revised", "เวลารอลดลงเหลือ 10 นาที")]
    entry = last_entry(innovation)
    assert (entry.kind, entry.after["version"]) == ("innovations.innovation.revised", 2)
    assert "นาที" not in str(entry.before) + str(entry.after)


def test_returned_one_is_mended_and_withdrawn_one_comes_back_with_a_reason():
    owner = make_owner()
    innovation = make_innovation(owner, "proposed")

    back = move(innovation, "return", by=owner.ministry, note="ขอหลักฐานเพิ่ม")
    gone = move(back, "withdraw", by=owner.writer, note="ซ้ำกับเรื่องเดิม")
    with pytest.raises(Refused):
        move(gone, "bring_back", by=owner.writer)

    assert move(gone, "bring_back", by=owner.writer, note="แก้ไขแล้ว").state == "draft"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"source": " "}, "ที่มา"),
        ({"unit": ""}, "หน่วย"),
        ({"base_year": None}, "ปีฐานของ"),
        ({"year": 2565}, "ปีฐานต้อง"),
        ({"value": None}, "ระบุค่า"),
        ({"whole": Decimal(3)}, "ทั้งหมด"),
    ],
)
def test_figure_that_says_too_little_is_refused(words, said):
    owner = make_owner()
    innovation = make_innovation(owner)

    with pytest.raises(Refused, match=said):
        actions.keep_measure(innovation, replace(MEASURE, **words), by=owner.writer)
    assert not innovation.measures.exists()


amounts = st.decimals(0, 10**9, places=2)


@given(base=amounts, value=amounts)
def test_change_is_that_of_a_hand_calculator_and_never_of_nothing(base, value):
    measure = ImpactMeasure(base_year=2560, base_value=base, value=value)

    if base == 0:
        assert measure.change is None
    else:
        exact = (value - base) * 100 / base
        assert abs(measure.change - exact) <= Decimal("0.05")
    assert measure.share is None


def test_figure_is_changed_and_taken_away_and_the_version_keeps_it():
    owner = make_owner()
    innovation = make_innovation(owner, "registered")
    measure = innovation.measures.get()

    actions.keep_measure(innovation, replace(MEASURE, value=Decimal(10)), measure=measure, by=owner.writer)
    actions.remove_measure(measure, by=owner.writer)
    with pytest.raises(Refused, match="แล้ว"):
        actions.remove_measure(measure, by=owner.writer)

    values = [[each["value"] for each in row.content["measures"]] for row in innovation.versions.all()]
    assert values == [["12"], ["10"], []]


def test_file_that_is_evidence_goes_with_it_and_the_same_counts_once(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    owner = make_owner()
    innovation = make_innovation(owner)
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"

    with pytest.raises(Refused):
        actions.add_evidence(
            innovation, title="แฟ้ม", stream=BytesIO(b"GARBAGE"), name="x.exe", by=owner.writer
        )
    first = actions.add_evidence(
        innovation, title="รายงาน", stream=BytesIO(pdf), name="r.pdf", by=owner.writer
    )
    again = actions.add_evidence(
        innovation, title="รายงาน", stream=BytesIO(pdf), name="r.pdf", by=owner.writer
    )

    assert first == again
    assert File.objects.count() == 1
    actions.remove_evidence(first, by=owner.writer)
    assert not innovation.evidence.exists()


def test_evidence_of_what_was_sent_stays():
    owner = make_owner()
    innovation = make_innovation(owner, "registered")

    with pytest.raises(Refused, match="คงหลักฐาน"):
        actions.remove_evidence(innovation.evidence.get(), by=owner.writer)
