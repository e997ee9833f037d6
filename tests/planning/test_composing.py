from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.cases.queries import timeline
from prasan.kernel.refusals import Refused
from prasan.planning import actions
from prasan.planning.models import ActivityBudget, Attachment, Descent, Proposal, ProposalVersion
from prasan.planning.queries import totals_below
from tests.factories.documents import make_file
from tests.factories.planning import YEAR, World, proposal_words

pytestmark = pytest.mark.django_db


def merged(world: World, *parents: Proposal, name: str = "แหล่งน้ำรวม") -> Proposal:
    return actions.merge_proposals(parents, name=name, by=world.person("tambon_secretary"), note="เรื่องเดียวกัน")


def halves(world: World, parent: Proposal) -> list[Proposal]:
    parts = [actions.Part("ช่วงแรก", (1,)), actions.Part("ช่วงหลัง", (2,))]
    return actions.split_proposal(parent, parts, by=world.person("tambon_secretary"), note="คนละปี")


def test_merge_puts_one_in_the_place_of_several(world: World) -> None:
    first, second = world.proposal("submitted"), world.proposal("tambon_review")

    child = merged(world, first, second)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (child.state, first.state, second.state) == ("tambon_review", "merged", "merged")
    assert child.budget_asked == first.budget_asked + second.budget_asked
    assert [row.name for row in child.activities.all()] == [
        row.name for parent in (first, second) for row in parent.activities.all()
    ]
    assert set(child.needs.all()) == {*first.needs.all(), *second.needs.all()}
    assert [need.state for need in child.needs.all()] == ["answered", "answered"]
    assert [each.kind for each in timeline(first)][-1] == "planning.proposal.merge"
    assert [version.why for version in child.versions.all()] == ["composed"]


def test_who_brought_what_was_merged_or_split_decides_on_none_of_it(world: World) -> None:
    first, second = world.proposal("draft"), world.proposal("submitted")
    kamnan, head = world.person("kamnan"), world.person("village_head")
    first = actions.submit_proposal(first, by=kamnan)

    child = merged(world, first, second)
    grandchildren = actions.split_proposal(
        child,
        [actions.Part("ช่วงแรก", (1, 2)), actions.Part("ช่วงหลัง", (3, 4))],
        by=world.person("tambon_secretary"),
        note="คนละปี",
    )

    assert [set(each.submitters.all()) - {world.person("tambon_secretary")} for each in grandchildren] == [
        {kamnan, head}
    ] * 2


def test_merge_takes_over_the_files_of_all_each_once(world: World) -> None:
    parents = [world.proposal("submitted"), world.proposal("submitted")]
    plan, sheet = make_file(), make_file()
    for parent, file, kind in (
        (parents[0], plan, "drawing"),
        (parents[1], sheet, "cost_estimate"),
        (parents[1], plan, "drawing"),
        (parents[1], plan, "other"),
    ):
        Attachment.objects.create(proposal=parent, file=file, kind=kind, name="ไฟล์")

    child = merged(world, *parents)

    assert list(child.attachments.order_by("pk").values_list("file", "kind")) == [
        (plan.pk, "drawing"),
        (sheet.pk, "cost_estimate"),
        (plan.pk, "other"),
    ]


def test_split_gives_each_activity_to_one_part(world: World) -> None:
    parent = world.proposal("tambon_review")

    children = halves(world, parent)

    parent.refresh_from_db()
    assert parent.state == "split"
    assert [(child.name, child.budget_asked) for child in children] == [
        ("ช่วงแรก", Decimal("1000000.00")),
        ("ช่วงหลัง", Decimal("250000.00")),
    ]
    assert [list(child.needs.all()) for child in children] == [list(parent.needs.all())] * 2


@pytest.mark.parametrize("parts", [((1,),), ((1,), ()), ((1, 2), (2,)), ((1,), (3,))])
def test_split_that_loses_or_doubles_an_activity_is_refused(world: World, parts: tuple) -> None:
    parent = world.proposal("tambon_review")

    with pytest.raises(Refused):
        actions.split_proposal(
            parent,
            [actions.Part("ส่วน", numbers) for numbers in parts],
            by=world.person("tambon_secretary"),
            note="แยก",
        )

    parent.refresh_from_db()
    assert (parent.state, Descent.objects.count()) == ("tambon_review", 0)


def test_taking_apart_brings_back_what_went_in(world: World) -> None:
    first, second = world.proposal("submitted"), world.proposal("submitted")
    child = merged(world, first, second)

    back = actions.take_apart(child, by=world.person("tambon_secretary"), note="เข้าใจผิด")

    child.refresh_from_db()
    assert child.state == "withdrawn"
    assert [(each.pk, each.state) for each in back] == [
        (first.pk, "tambon_review"),
        (second.pk, "tambon_review"),
    ]


def test_what_has_gone_on_is_not_taken_apart(world: World) -> None:
    parent = world.proposal("tambon_review")
    child, _other = halves(world, parent)
    world._classify(child)

    with pytest.raises(Refused, match="ดำเนินการต่อไปแล้ว"):
        actions.take_apart(parent, by=world.person("tambon_secretary"), note="ลองใหม่")


def test_village_head_neither_merges_nor_splits(world: World) -> None:
    first, second = world.proposal("submitted"), world.proposal("submitted")

    with pytest.raises(Refused):
        actions.merge_proposals([first, second], name="รวม", by=world.person("village_head"), note="รวม")


def test_joined_needs_stay_to_be_read_and_can_be_parted(world: World) -> None:
    need, twin = world.need(), world.need()
    secretary = world.person("tambon_secretary")

    joined = actions.join_needs(need, twin, by=secretary, note="เรื่องเดียวกัน")

    assert (joined.state, joined.joined_to, list(twin.joined.all())) == ("joined", twin, [joined])
    with pytest.raises(Refused):
        actions.join_needs(twin, world.need(), by=secretary, note="ต่อกัน")
    parted = actions.part_need(joined, by=secretary, note="คนละเรื่อง")
    assert (parted.state, parted.joined_to) == ("entered", None)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from("msa"), st.integers(0, 9), st.integers(0, 9)), max_size=8))
def test_money_adds_up_and_nothing_is_lost_in_any_order(world: World, acts: list) -> None:
    for role in ("village_head", "tambon_secretary"):
        world.person(role)
    with transaction.atomic():
        told = {world.proposal("submitted").pk for _ in range(3)}
        asked = totals_below(world.village.parent.parent).asked
        for act, one, other in acts:
            live = list(Proposal.objects.filter(state__in=("submitted", "tambon_review")).order_by("pk"))
            first, second = live[one % len(live)], live[other % len(live)]
            try:
                with transaction.atomic():
                    if act == "m":
                        merged(world, first, second)
                    elif act == "s":
                        halves(world, first)
                    else:
                        actions.take_apart(first, by=world.person("tambon_secretary"), note="ย้อน")
            except Refused:
                continue
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

        live = Proposal.objects.filter(state__in=("submitted", "tambon_review"))
        assert sum(each.budget_asked for each in live) == asked
        assert totals_below(world.village.parent.parent).asked == asked
        kept = ProposalVersion.objects.filter(proposal__in=told, why="submitted")
        assert sorted(kept.values_list("proposal", flat=True)) == sorted(told)
        transaction.set_rollback(True)


def test_database_refuses_activities_that_do_not_add_up(world: World) -> None:
    proposal = world.proposal("submitted")

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="the activities of proposal"):
        ActivityBudget.objects.filter(activity__proposal=proposal, activity__number=1).update(amount=1)


def test_activities_that_do_not_add_up_are_refused_with_both_sums(world: World) -> None:
    words = proposal_words(
        budget_asked=Decimal(500),
        activities=(
            actions.ActivityWords("ขุด", {YEAR: Decimal(300)}),
            actions.ActivityWords("ปู", {YEAR + 1: Decimal(100)}),
        ),
    )

    with pytest.raises(Refused, match=r"400.*500"):
        actions.propose_from_needs([world.need()], words, by=world.person("village_head"))


def test_agency_proposes_for_itself_without_a_village(world: World) -> None:
    officer = world.person("agency_officer")
    draft = world.own_project()

    submitted = actions.submit_own_project(draft, by=officer)

    assert (draft.state, submitted.state, submitted.own_by) == ("agency_draft", "accepted", world.agency)
    with pytest.raises(Refused):
        actions.edit_proposal(submitted, proposal_words(), by=officer)


def test_village_does_not_write_the_draft_of_an_agency(world: World) -> None:
    draft = world.own_project()

    with pytest.raises(Refused):
        actions.edit_proposal(draft, proposal_words(), by=world.person("tambon_secretary"))
