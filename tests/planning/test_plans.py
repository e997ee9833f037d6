from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from prasan.agencies.queries import forget_standing
from prasan.cases.actions import move
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.places.models import Level
from prasan.planning import actions
from prasan.planning.models import Plan, PlanItem, PlanVersion
from prasan.planning.queries import (
    by_area,
    by_issue,
    figures_of,
    item_of,
    items_for,
    plans_for,
    totals_below,
    totals_of,
    versions_to_include,
    whole_history,
    work_pieces,
)
from tests.factories.agencies import make_area, make_holder, make_posting
from tests.factories.planning import AMPHOE, PROVINCE, TAMBON, World, make_issue, make_resolution


def test_inclusion_makes_an_item_at_the_place_and_price_of_the_proposal(world: World) -> None:
    proposal = world.proposal("included", budget_asked=Decimal("1250000.50"))

    item = item_of(proposal)

    assert item is not None
    assert (item.amount, item.area, item.placing, item.priority) == (
        Decimal("1250000.50"),
        proposal.area,
        "proposal",
        1,
    )
    assert (item.title, item.version.state) == (proposal.name, "draft")


def test_items_stand_in_the_order_decided(world: World) -> None:
    proposals = [world.proposal("included") for _ in range(3)]

    items = items_for(None).filter(version=world.version())

    assert [item.proposal for item in items] == proposals
    assert [item.priority for item in items] == [1, 2, 3]


@pytest.mark.parametrize("plan", [{"area": "40"}, {"first_year": 2566, "last_year": 2570}])
def test_plan_of_another_province_or_other_years_does_not_take_it(
    world: World, plan: dict[str, object]
) -> None:
    fields = {"area": PROVINCE, "first_year": 2571, "last_year": 2575} | plan
    version = actions.open_plan(
        "five_year",
        make_area(fields["area"]),
        first_year=fields["first_year"],
        last_year=fields["last_year"],
        by=make_holder("provincial_head", fields["area"]),
    )
    proposal = world.proposal("accepted")

    assert list(versions_to_include(proposal)) == []
    with pytest.raises(Refused):
        actions.include_in_plan(proposal, version, by=world.person("governor"))

    assert PlanItem.objects.count() == 0


def test_acting_governor_includes_and_the_history_says_for_whom(world: World) -> None:
    governor = make_posting("governor", PROVINCE)
    acting = make_posting("governor", PROVINCE, acting_for=governor).person
    proposal = world.proposal("accepted")

    actions.include_in_plan(proposal, world.version(), by=acting)

    last = whole_history(proposal)[1].happenings[-1]
    assert (last.kind, last.acting_for, last.person) == ("planning.proposal.include", str(governor), "")


def test_inclusion_is_undone_while_the_version_is_a_draft(world: World) -> None:
    proposal = world.proposal("included")
    governor = world.person("governor")

    back = actions.take_out_of_plan(proposal, by=governor, note="ขอทบทวนวงเงิน")

    assert (back.state, PlanItem.objects.count()) == ("accepted", 0)
    again = actions.include_in_plan(back, world.version(), by=governor)
    assert again.state == "included"


def test_inclusion_stands_once_the_version_is_endorsed(world: World) -> None:
    proposal = world.proposal("included")
    actions.endorse_version(
        world.version(), resolution=make_resolution(PROVINCE, "province"), by=world.person("provincial_head")
    )

    with pytest.raises(Refused):
        actions.take_out_of_plan(proposal, by=world.person("governor"), note="ช้าไป")

    proposal.refresh_from_db()
    assert (proposal.state, PlanItem.objects.count()) == ("included", 1)


def test_plan_is_endorsed_by_its_committee_and_adopted_by_the_governor(world: World) -> None:
    world.proposal("included")
    version, head = world.version(), world.person("provincial_head")
    with pytest.raises(Refused):
        actions.adopt_version(version, by=world.person("governor"))
    with pytest.raises(Refused):
        actions.endorse_version(version, resolution=make_resolution(TAMBON), by=head)

    endorsed = actions.endorse_version(version, resolution=make_resolution(PROVINCE, "province"), by=head)
    with pytest.raises(Refused):
        actions.adopt_version(endorsed, by=head)
    adopted = actions.adopt_version(endorsed, by=world.person("governor"))

    assert adopted.state == "adopted"


def test_who_prepared_a_version_cannot_adopt_it_while_acting_for_the_governor(world: World) -> None:
    world.proposal("included")
    head, governor = world.person("provincial_head"), world.person("governor")
    resolution = make_resolution(PROVINCE, "province")
    first = actions.endorse_version(world.version(), resolution=resolution, by=head)
    make_posting("governor", PROVINCE, person=head)
    forget_standing(head)

    with pytest.raises(Refused, match="ผู้จัดทำแผนฉบับนี้"):
        actions.adopt_version(first, by=head)

    actions.adopt_version(first, by=governor)
    second = actions.draft_next_version(first.plan, by=make_holder("provincial_head", PROVINCE))
    second = actions.endorse_version(second, resolution=resolution, by=head)
    assert actions.adopt_version(second, by=head).state == "adopted"


def test_empty_plan_is_not_endorsed(world: World) -> None:
    with pytest.raises(Refused):
        actions.endorse_version(
            world.version(),
            resolution=make_resolution(PROVINCE, "province"),
            by=world.person("provincial_head"),
        )


def test_next_version_carries_the_items_and_replaces_the_one_before(world: World) -> None:
    first_item = world.proposal("included")
    head, governor = world.person("provincial_head"), world.person("governor")
    resolution = make_resolution(PROVINCE, "province")
    first = actions.endorse_version(world.version(), resolution=resolution, by=head)
    first = actions.adopt_version(first, by=governor)
    second = actions.draft_next_version(first.plan, by=head)
    with pytest.raises(Refused):
        actions.draft_next_version(first.plan, by=head)
    later_item = world.proposal("included")
    second = actions.endorse_version(second, resolution=resolution, by=head)

    actions.adopt_version(second, by=governor)

    assert list(PlanVersion.objects.order_by("number").values_list("number", "state")) == [
        (1, "replaced"),
        (2, "adopted"),
    ]
    assert [item.proposal for item in items_for(None).filter(version=second)] == [first_item, later_item]
    assert first.items.count() == 1


def test_plan_is_opened_once_by_the_office_of_the_province(world: World) -> None:
    area = make_area(PROVINCE)
    world.version()

    with pytest.raises(Refused):
        actions.open_plan(
            "five_year", area, first_year=2571, last_year=2575, by=world.person("provincial_head")
        )
    with pytest.raises(Refused):
        actions.open_plan("yearly", area, first_year=2571, last_year=2571, by=world.person("analyst"))
    with pytest.raises(Refused):
        actions.open_plan("yearly", area, first_year=2572, last_year=2571, by=world.person("provincial_head"))

    assert Plan.objects.count() == 1


def test_public_sees_the_whole_history_without_a_name(world: World) -> None:
    proposal = world.proposal("included")
    names = {str(entry) for entry in world._people.values()}

    chapters = whole_history(proposal, viewer=AnonymousUser())

    assert [chapter.case.workflow.code for chapter in chapters] == [
        "planning.need",
        "planning.proposal",
        "planning.routing",
    ]
    told = [happening for chapter in chapters for happening in chapter.happenings]
    assert {happening.person for happening in told} == {""}
    assert not names & {happening.post for happening in told}
    assert [happening.kind for happening in chapters[0].happenings] == [
        "planning.need.begin",
        "planning.need.enter",
        "planning.need.answer",
    ]


def test_internal_notes_stay_inside(world: World) -> None:
    proposal = world.proposal("forwarded")
    lead = move(world.lead(proposal), "receive", by=world.person("agency_officer"))
    actions.accept_routing(
        lead, by=world.person("agency_officer"), note="รับดำเนินการ", internal_note="ผู้รับเหมาเคยทิ้งงาน"
    )
    proposal.refresh_from_db()
    actions.include_in_plan(proposal, world.version(), by=world.person("governor"))

    def words(viewer: object) -> set[str]:
        chapters = whole_history(proposal, viewer=viewer)
        return {remark.text for chapter in chapters for act in chapter.happenings for remark in act.remarks}

    assert words(AnonymousUser()) == {"รับดำเนินการ"}
    assert words(world.person("village_head")) == {"รับดำเนินการ"}
    assert words(world.person("governor")) == {"รับดำเนินการ", "ผู้รับเหมาเคยทิ้งงาน"}


def test_plan_is_read_by_issue_and_by_area(world: World) -> None:
    issue = make_issue()
    serving = world.proposal("tambon_review", budget_asked=Decimal(100))
    serving = actions.classify_proposal(
        serving,
        doer="joint",
        issue=issue,
        resolution=make_resolution(TAMBON),
        by=world.person("tambon_secretary"),
    )
    serving = move(serving, "pass_on", by=world.person("tambon_secretary"))
    serving = world._accept(world._receive(world._forward(serving)))
    serving.refresh_from_db()
    actions.include_in_plan(serving, world.version(), by=world.person("governor"))
    world.proposal("included", budget_asked=Decimal(20))
    items = items_for(None).filter(version=world.version())

    issues = [(group.key, group.amount) for group in by_issue(items)]
    areas = [(group.key, group.amount) for group in by_area(items, Level.AMPHOE)]

    assert issues == [(str(issue.pk), Decimal(100)), ("none", Decimal(20))]
    assert areas == [(AMPHOE, Decimal(120))]
    assert totals_of(world.version()).amount == Decimal(120)


def test_figures_agree_at_every_level(world: World) -> None:
    for state in ("submitted", "included", "refused", "withdrawn"):
        world.proposal(state, budget_asked=Decimal(10))
    world.proposal("draft", budget_asked=Decimal(10))
    world.need("draft")

    levels = [totals_below(make_area(code)) for code in ("TH", PROVINCE, AMPHOE, TAMBON, world.village.code)]

    for totals in levels:
        assert totals.needs == {"answered": 2, "entered": 3}  # the need of a refused proposal waits again
        assert totals.proposals == {"submitted": 1, "included": 1, "refused": 1, "withdrawn": 1}
        assert (totals.asked, totals.included) == (Decimal(30), Decimal(10))
    assert figures_of(make_area(TAMBON)) == (levels[3], {world.village.code: levels[4]})
    assert totals_below(make_area("40")).all_proposals == 0


def test_work_waits_for_whom_it_belongs_to_longest_first(world: World) -> None:
    for state in (
        "draft",
        "submitted",
        "tambon_review",
        "classified",
        "amphoe_review",
        "forwarded",
        "accepted",
    ):
        world.proposal(state)

    waiting = {
        role: [piece.case.state for piece in work_pieces(world.person(role))]
        for role in (
            "tambon_secretary",
            "amphoe_secretary",
            "agency_officer",
            "governor",
            "analyst",
            "auditor",
        )
    }

    assert waiting["amphoe_secretary"] == ["amphoe_review"]
    assert waiting["agency_officer"] == ["sent"]
    assert waiting["governor"] == ["accepted"]
    assert waiting["analyst"] == waiting["auditor"] == []
    assert sorted(waiting["tambon_secretary"]) == [
        "classified",
        "entered",
        "submitted",
        "tambon_review",
    ]
    pieces = work_pieces(world.person("tambon_secretary"))
    assert [piece.since for piece in pieces] == sorted(piece.since for piece in pieces)


def test_plans_of_an_area_are_public(world: World) -> None:
    version = world.version()

    assert list(plans_for(AnonymousUser(), make_area(PROVINCE))) == [version.plan]
    assert list(plans_for(AnonymousUser(), make_area("40"))) == []


def test_decision_is_recorded_with_its_facts(world: World) -> None:
    proposal = world.proposal("included", budget_asked=Decimal("5.25"))

    entry = Entry.objects.get(kind="planning.proposal.include")

    assert entry.after == {
        "state": "included",
        "version": world.version().pk,
        "amount": "5.25",
        "priority": 1,
    }
    assert entry.subject_id == str(proposal.pk)
