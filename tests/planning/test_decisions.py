from decimal import Decimal

import pytest

from prasan.agencies.models import Resolution
from prasan.kernel.refusals import Refused
from prasan.ledger.queries import entries_about
from prasan.planning import actions
from prasan.planning.actions import Decided, Verdict
from prasan.planning.models import Plan, PlanVersion, Proposal
from prasan.planning.queries import changes_between, money_of, overlaps_among, sheet_of
from tests.factories.agencies import make_holder
from tests.factories.planning import AMPHOE, PROVINCE, YEAR, World, make_issue, make_resolution, make_sector
from tests.planning.test_scoring import give, make_sheet

pytestmark = pytest.mark.django_db


def ceiling(world: World, amount: int) -> PlanVersion:
    version = world.version()
    actions.set_ceiling(version.plan, Decimal(amount), by=world.person("provincial_head"))
    return PlanVersion.objects.select_related("plan__area").get(pk=version.pk)


def test_list_is_decided_with_one_resolution(world: World) -> None:
    first, second, third, fourth = (world.proposal("accepted") for _ in range(4))
    resolution = make_resolution(PROVINCE, "province")
    version = world.version()

    actions.decide_list(
        version,
        [
            Decided(first, Verdict.INCLUDE),
            Decided(second, Verdict.RESERVE, "รองบประมาณ"),
            Decided(third, Verdict.RETURN, "ขอแบบแปลน"),
            Decided(fourth, Verdict.REFUSE, "ซ้ำซ้อน"),
        ],
        resolution=resolution,
        by=world.person("governor"),
    )

    states = [Proposal.objects.get(pk=each.pk).state for each in (first, second, third, fourth)]
    assert states == ["included", "reserve", "forwarded", "refused"]
    assert entries_about(version).last().after == {
        "resolution": resolution.pk,
        "over_ceiling": False,
        "include": [first.pk],
        "reserve": [second.pk],
        "return": [third.pk],
        "refuse": [fourth.pk],
    }


def test_one_decision_that_cannot_be_takes_back_all(world: World) -> None:
    first, second = world.proposal("accepted"), world.proposal("accepted")

    with pytest.raises(Refused):
        actions.decide_list(
            world.version(),
            [Decided(first, Verdict.INCLUDE), Decided(second, Verdict.REFUSE, "")],
            by=world.person("governor"),
        )

    assert {Proposal.objects.get(pk=each.pk).state for each in (first, second)} == {"accepted"}


def test_more_than_the_ceiling_needs_to_be_said(world: World) -> None:
    first, second = world.proposal("accepted"), world.proposal("accepted")
    version, governor = ceiling(world, 2_000_000), world.person("governor")
    decisions = [Decided(first, Verdict.INCLUDE), Decided(second, Verdict.INCLUDE)]

    with pytest.raises(Refused, match="500,000"):
        actions.decide_list(version, decisions, by=governor)
    actions.decide_list(version, decisions, over_ceiling=True, by=governor)

    assert entries_about(version).last().after["over_ceiling"] is True
    money = money_of(version, sheet_of(governor, version))
    assert (money.ceiling, money.included, money.waiting, money.left) == (2_000_000, 2_500_000, 0, -500_000)


@pytest.mark.parametrize("role", ["provincial_head", "analyst", "amphoe_secretary", "village_head"])
def test_only_the_governor_decides_on_a_list(world: World, role: str) -> None:
    proposal = world.proposal("accepted")

    with pytest.raises(Refused):
        actions.decide_list(world.version(), [Decided(proposal, Verdict.INCLUDE)], by=world.person(role))


def test_governor_of_another_province_decides_nothing(world: World) -> None:
    proposal = world.proposal("accepted")

    with pytest.raises(Refused):
        actions.decide_list(
            world.version(), [Decided(proposal, Verdict.INCLUDE)], by=make_holder("governor", "40")
        )


def test_resolution_of_another_committee_stands_behind_no_list(world: World) -> None:
    proposal = world.proposal("accepted")
    foreign: Resolution = make_resolution(AMPHOE, "amphoe")

    with pytest.raises(Refused):
        actions.decide_list(
            world.version(),
            [Decided(proposal, Verdict.INCLUDE)],
            resolution=foreign,
            by=world.person("governor"),
        )


def test_what_is_taken_out_again_is_ranked_as_before(world: World) -> None:
    proposal, sheet, governor = world.proposal("accepted"), make_sheet(world), world.person("governor")
    give(sheet, proposal, 5, 5, world.person("analyst"))
    actions.freeze_ranking(sheet, by=world.person("provincial_head"))
    actions.include_in_plan(proposal, world.version(), by=governor)

    taken = actions.take_out_of_plan(proposal, by=governor, note="ทบทวน")

    assert taken.state == "ranked"


def test_sheet_groups_by_issue_and_tells_places_and_overlaps(world: World) -> None:
    issue = make_issue()
    roads = make_sector("roads")
    pond, twin = (
        world.proposal("accepted", name="ขุดลอกหนองแวง"),
        world.proposal("accepted", name="ขุดลอก หนองแวง"),
    )
    road = world.proposal("accepted", name="ถนนคอนกรีตสายบ้านเหนือ", sector=roads)
    Proposal.objects.filter(pk=road.pk).update(issue=issue, serves="issue")

    groups = sheet_of(world.person("governor"), world.version())

    assert [(group.issue, [each.proposal for each in group.candidates]) for group in groups] == [
        (issue, [road]),
        (None, [pond, twin]),
    ]
    assert [
        [(each.other, each.is_same_tambon, each.metres) for each in candidate.overlaps]
        for candidate in groups[1].candidates
    ] == [[(twin, True, None)], [(pond, True, None)]]
    assert groups[0].candidates[0].overlaps == []


def test_points_near_each_other_overlap_whatever_the_kind(world: World) -> None:
    near = [
        world.proposal("accepted", name=name, sector=make_sector(sector), needs=[need])
        for name, sector, need in (
            ("ระบบประปา", "water", world.need(latitude=15.0, longitude=103.5)),
            ("ศาลาประชาคม", "culture", world.need(latitude=15.0, longitude=103.503)),
            ("โรงเรือนเลี้ยงไหม", "trade", world.need(latitude=15.1, longitude=103.5)),
        )
    ]

    found = overlaps_among(Proposal.objects.filter(pk__in=[each.pk for each in near]).order_by("pk"))

    assert {pk: [(each.other, each.metres) for each in told] for pk, told in found.items()} == {
        near[0].pk: [(near[1], 322)],
        near[1].pk: [(near[0], 322)],
    }


def test_yearly_plan_takes_what_a_year_spends(world: World) -> None:
    activities = (
        actions.ActivityWords("ช่วงแรก", {YEAR: Decimal(300), YEAR + 1: Decimal(700)}),
        actions.ActivityWords("ช่วงหลัง", {YEAR + 1: Decimal(500)}),
    )
    proposal = world.proposal("included", budget_asked=Decimal(1500), activities=activities)
    world.proposal("included", budget_asked=Decimal(80))
    head = world.person("provincial_head")

    draft = actions.derive_yearly_plan(world.version(), YEAR + 1, by=head)
    again = actions.derive_yearly_plan(world.version(), YEAR + 1, by=head)

    assert draft == again
    assert (draft.plan.kind, draft.plan.first_year) == (Plan.Kind.YEARLY, YEAR + 1)
    assert [(item.proposal, item.amount, item.priority) for item in draft.items.all()] == [
        (proposal, Decimal(1200), 1)
    ]


def test_changes_between_versions_add_up(world: World) -> None:
    stays, goes = world.proposal("included"), world.proposal("included")
    head, governor = world.person("provincial_head"), world.person("governor")
    first = world.version()
    actions.endorse_version(first, resolution=make_resolution(PROVINCE, "province"), by=head)
    actions.adopt_version(first, by=governor)
    second = actions.draft_next_version(first.plan, by=head)
    actions.take_out_of_plan(goes, by=governor, note="เลื่อน")
    comes = world.proposal("included", budget_asked=Decimal(50))
    second.items.filter(proposal=stays).update(amount=Decimal(999))

    changes = changes_between(first, second)

    assert [item.proposal for item in changes.added] == [comes]
    assert [item.proposal for item in changes.removed] == [goes]
    assert [(each.before.proposal, each.difference) for each in changes.changed] == [
        (stays, Decimal(999) - Decimal(1250000))
    ]
    assert changes.same == 0
    totals = [sum(item.amount for item in version.items.all()) for version in (first, second)]
    assert changes.difference == totals[1] - totals[0]
