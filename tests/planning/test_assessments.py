"""What an agency thinks of a proposal: written by its officers, kept in every version, deciding nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.accounts.models import User
from prasan.agencies.queries import decide
from prasan.cases.actions import erase_note, move
from prasan.cases.models import Note
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.planning import actions, rules
from prasan.planning.models import Assessment, AssessmentVersion, Proposal, Routing
from prasan.planning.queries import (
    assessed,
    assessments_of,
    inbox_for,
    own_list_of,
    projects_to_compare,
    waiting_for,
)
from tests.factories.agencies import make_agency, make_holder, make_posting
from tests.factories.planning import (
    PROVINCE,
    TAMBON,
    World,
    assessment_words,
    proposal_words,
)

pytestmark = pytest.mark.django_db

PUBLIC, INSIDE = "ที่ดินเป็นที่สาธารณประโยชน์ ทำได้", "ผู้รับเหมารายเดิมเคยทิ้งงาน"


def received(world: World) -> Routing:
    proposal = world.proposal("forwarded")
    world._receive(proposal)
    return world.lead(proposal)


def written(world: World, routing: Routing | None = None, **fields: object) -> Assessment:
    more = {"since": fields.pop("since", 0), "form_key": fields.pop("form_key", None)}
    return actions.write_assessment(
        routing or received(world),
        assessment_words(**fields),
        by=world.person("agency_officer"),
        note=PUBLIC,
        internal_note=INSIDE,
        **more,
    )


def remarks_for(person: User | None, routing: Routing) -> list[str]:
    found = assessments_of(person, Routing.objects.filter(pk=routing.pk))
    return [
        remark.text for each in found for told in [each.now, *each.earlier] for remark in told.told.remarks
    ]


def test_assessment_is_kept_beside_the_proposal_and_decides_nothing(world: World) -> None:
    assessment = written(world, estimate=Decimal("1500000.00"))

    version = assessment.versions.get()
    proposal = assessment.routing.proposal
    assert (assessment.state, version.number, version.read.number) == ("written", 1, 1)
    assert (version.asked, version.difference) == (proposal.budget_asked, Decimal("250000.00"))
    assert (proposal.state, Routing.objects.get().state) == ("forwarded", "received")


def test_each_writing_is_a_version_and_its_words_stay_with_it(world: World) -> None:
    routing = received(world)
    written(world, routing)

    written(world, routing, since=1, recommendation="return", estimate=None)

    (found,) = assessments_of(world.person("agency_officer"), Routing.objects.all())
    assert (found.now.version.number, found.now.version.recommendation) == (2, "return")
    assert [(each.version.number, each.version.recommendation) for each in found.earlier] == [(1, "accept")]
    assert [len(each.told.remarks) for each in (found.now, *found.earlier)] == [2, 2]
    assert found.now.version.difference is None


def test_revision_of_the_proposal_is_told_beside_the_assessment(world: World) -> None:
    routing = received(world)
    written(world, routing)
    head = world.person("village_head")

    actions.revise_proposal(routing.proposal, proposal_words(households=77), by=head)

    (found,) = assessments_of(head, Routing.objects.all())
    assert found.is_of_older_words
    written(world, routing, since=1)
    (found,) = assessments_of(head, Routing.objects.all())
    assert not found.is_of_older_words


@pytest.mark.parametrize(
    ("role", "read"),
    [
        ("agency_officer", [PUBLIC, INSIDE]),
        *((role, [PUBLIC]) for role in ("village_head", "kamnan", "tambon_secretary", "amphoe_secretary")),
        *((role, [PUBLIC]) for role in ("analyst", "provincial_head", "governor", "local_officer")),
        ("province_admin", []),
    ],
)
def test_internal_note_is_read_in_the_agency_alone(world: World, role: str, read: list[str]) -> None:
    routing = received(world)
    written(world, routing)

    assert remarks_for(world.person(role), routing) == read


def test_strangers_and_other_agencies_read_nothing(world: World) -> None:
    routing = received(world)
    written(world, routing)
    elsewhere = make_holder("tambon_secretary", "450101")
    other = make_holder("agency_officer", PROVINCE, agency=make_agency(PROVINCE))

    assert [remarks_for(person, routing) for person in (None, elsewhere, other)] == [[], [], []]


def test_agency_that_helps_writes_its_own_and_reads_the_public_part_of_the_lead(world: World) -> None:
    helper = make_agency(PROVINCE)
    officer = make_holder("agency_officer", PROVINCE, agency=helper)
    proposal = actions.forward_proposal(
        world.proposal("amphoe_review"),
        lead=world.agency,
        co_agencies=[helper],
        by=world.person("amphoe_secretary"),
    )
    lead, helping = world.lead(proposal), proposal.routings.get(agency=helper)
    move(lead, "receive", by=world.person("agency_officer"))
    move(helping, "receive", by=officer)
    written(world, lead)

    actions.write_assessment(helping, assessment_words(power="partly"), by=officer, internal_note="ของเรา")

    assert remarks_for(officer, lead) == [PUBLIC]
    assert remarks_for(officer, helping) == ["ของเรา"]
    assert remarks_for(world.person("agency_officer"), helping) == []
    with pytest.raises(Refused):
        actions.write_assessment(lead, assessment_words(), since=1, by=officer)


def test_whoever_wrote_or_submitted_the_proposal_does_not_assess_it(world: World) -> None:
    officer = make_holder("agency_officer", PROVINCE, agency=world.agency)
    make_posting("kamnan", TAMBON, person=officer)
    proposal = actions.submit_proposal(world.proposal("draft"), by=officer)
    for step in ("review", "classify", "pass_on", "forward", "receive"):
        getattr(world, f"_{step}")(Proposal.objects.get(pk=proposal.pk))

    with pytest.raises(Refused, match="เพื่อนร่วมงาน"):
        actions.write_assessment(world.lead(proposal), assessment_words(), by=officer)

    assert not decide(officer, rules.ASSESS, world.lead(proposal))


@pytest.mark.parametrize("state", ["forwarded", "accepted", "declined"])
def test_only_what_was_received_and_not_answered_is_assessed(world: World, state: str) -> None:
    routing = world.lead(world.proposal(state))

    with pytest.raises(Refused):
        written(world, routing)

    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"power": "maybe"},
        {"recommendation": ""},
        {"mandate": "​ "},
        {"power": "partly", "mandate": " — "},
        {"feasibility": "hard"},
        {"feasibility": "not", "feasibility_words": "..."},
        {"estimate": Decimal("-1")},
        {"estimate": Decimal("0.001")},
        {"estimate": Decimal("NaN")},
        {"mandate": "ก" * 8001},
    ],
)
def test_assessment_that_leaves_out_what_matters_is_refused_and_leaves_nothing(
    world: World, fields: dict
) -> None:
    routing = received(world)
    before = Entry.objects.count()

    with pytest.raises(Refused):
        written(world, routing, **fields)

    assert (Assessment.objects.count(), Entry.objects.count()) == (0, before)


@pytest.mark.parametrize("reason", ["", " \n", "​⁠", "ㅤ", "—…"])
def test_advice_against_a_proposal_has_words_for_everybody(world: World, reason: str) -> None:
    routing = received(world)

    with pytest.raises(Refused):
        actions.write_assessment(
            routing,
            assessment_words(recommendation="decline"),
            by=world.person("agency_officer"),
            note=reason,
            internal_note="ไม่มีงบ",
        )


def test_duplicates_are_of_the_agency_s_own_list_and_seen_as_far_as_one_may(world: World) -> None:
    routing = received(world)
    own = world.proposal("included")
    foreign = world.proposal("submitted")
    with pytest.raises(Refused):
        written(world, routing, duplicates=(foreign,))

    written(world, routing, duplicates=(own,))

    (inside,) = assessments_of(world.person("governor"), Routing.objects.filter(pk=routing.pk))
    assert (inside.now.duplicates, inside.now.others) == ([own], 0)
    Proposal.objects.filter(pk=own.pk).update(state="ranked", area=make_agency("450101").area)
    (outside,) = assessments_of(world.person("village_head"), Routing.objects.filter(pk=routing.pk))
    assert (outside.now.duplicates, outside.now.others) == ([], 1)


def test_form_sent_twice_is_one_version(world: World) -> None:
    routing, key = received(world), uuid4()

    made = [written(world, routing, form_key=key, **more) for more in ({}, {"recommendation": "return"})]

    assert made[0] == made[1]
    assert [row.recommendation for row in AssessmentVersion.objects.all()] == ["accept"]
    assert Note.objects.count() == 2


def test_who_has_not_read_the_version_of_a_colleague_is_told(world: World) -> None:
    routing = received(world)
    written(world, routing)

    with pytest.raises(Refused, match="ฉบับที่ 1"):
        written(world, routing, since=0)

    assert AssessmentVersion.objects.count() == 1


def test_erased_note_leaves_the_versions_and_the_record(world: World) -> None:
    routing = received(world)
    written(world, routing)

    erase_note(Note.objects.get(audience="internal"), by=world.person("province_admin"))

    assert remarks_for(world.person("agency_officer"), routing) == [PUBLIC, ""]
    assert AssessmentVersion.objects.count() == 1


def test_answer_names_the_version_on_which_it_rests(world: World) -> None:
    routing = received(world)
    written(world, routing)

    actions.accept_routing(routing, by=world.person("agency_officer"))

    entry = Entry.objects.get(kind="planning.routing.accept")
    assert entry.after["assessment"] == 1


def test_agency_answers_without_an_assessment_if_it_must(world: World) -> None:
    assert world.proposal("accepted").state == "accepted"
    assert Entry.objects.get(kind="planning.routing.accept").after["assessment"] is None


def test_database_keeps_versions_as_they_were_written(world: World) -> None:
    assessment = written(world)
    proposal = assessment.routing.proposal

    for table, key in (
        ("assessmentversion", assessment.versions.get()),
        ("proposalversion", proposal.versions.get()),
    ):
        for change in (
            "UPDATE planning_{} SET number = 9 WHERE id = %s",
            "DELETE FROM planning_{} WHERE id = %s",
        ):
            with (
                pytest.raises(IntegrityError, match="never changed"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(change.format(table), [key.pk])


def test_inbox_holds_what_was_sent_to_the_agency_and_nothing_else(world: World) -> None:
    routing, answered = received(world), world.lead(world.proposal("accepted"))
    elsewhere = make_holder("agency_officer", PROVINCE, agency=make_agency(PROVINCE))
    handed = world.lead(world.proposal("handed_over"))

    officer = world.person("agency_officer")
    assert list(inbox_for(officer)) == [routing, answered]
    assert list(inbox_for(world.person("local_officer"))) == [handed]
    assert [list(inbox_for(person)) for person in (elsewhere, world.person("governor"), None)] == [[]] * 3
    written(world, routing)
    assert list(assessed(inbox_for(officer), are=True)) == [routing]
    assert list(assessed(inbox_for(officer), are=False)) == [answered]
    assert [row.recommended for row in inbox_for(officer)] == ["accept", None]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ages=st.lists(st.integers(0, 70), max_size=4), days=st.sampled_from((7, 15, 30, 60)))
def test_what_waits_so_long_is_what_counting_days_says(world: World, ages: list[int], days: int) -> None:
    with transaction.atomic():
        proposals = [world.proposal("forwarded") for _ in ages]
        for proposal, age in zip(proposals, ages, strict=True):
            proposal.routings.update(created_at=timezone.now() - timedelta(days=age, seconds=1))
        found = set(waiting_for(inbox_for(world.person("agency_officer")), days))
        assert {row.proposal_id for row in found} == {
            proposal.pk for proposal, age in zip(proposals, ages, strict=True) if age >= days
        }
        transaction.set_rollback(True)


def test_lists_of_the_agency_leave_drafts_and_this_proposal_out(world: World) -> None:
    routing = received(world)
    world.own_project()
    submitted = actions.submit_own_project(world.own_project(), by=world.person("agency_officer"))

    assert list(own_list_of(routing)) == [submitted]
    assert list(projects_to_compare(routing)) == [submitted]
