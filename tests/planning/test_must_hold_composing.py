"""Money adds up at every level after any order of merges and splits, and no original entry is ever lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.kernel.refusals import Refused
from prasan.places.models import Area
from prasan.planning import actions
from prasan.planning.actions.composing import activities_of
from prasan.planning.models import ActivityBudget, Descent, Proposal
from prasan.planning.queries import figures_of
from prasan.planning.queries.overview import PUT_TOGETHER
from tests.factories.agencies import make_area
from tests.factories.planning import YEAR, World, need_words, proposal_words

pytestmark = pytest.mark.django_db

VILLAGES = ("32070401", "32070402", "32070501", "32080101")
LEVELS = ("TH", "32", "3207", "3208", "320704", "320705", "320801", *VILLAGES)
LIVE = ("submitted", "tambon_review")

acts = st.one_of(
    st.tuples(st.just("merge"), st.lists(st.integers(0, 9), min_size=2, max_size=3)),
    st.tuples(st.just("split"), st.lists(st.integers(0, 9), min_size=2, max_size=2)),
    st.tuples(st.just("take apart"), st.lists(st.integers(0, 19), min_size=1, max_size=1)),
    st.tuples(st.just("revise"), st.lists(st.integers(0, 9), min_size=1, max_size=1)),
    st.tuples(st.just("fold"), st.just([])),
)


@dataclass
class Original:
    """What a village submitted, as it was then."""

    key: int
    author: int | None
    content: dict[str, Any]
    needs: set[int]


@dataclass
class Told:
    """All that was submitted, and what must be asked for by now."""

    originals: list[Original] = field(default_factory=list)
    asked: Decimal = Decimal(0)


def tell(code: str, amounts: list[int], told: Told) -> None:
    """A village asks for a project with so many activities, and submits it."""
    need = actions.enter_need(actions.draft_need(make_area(code), need_words(), by=None), by=None)
    activities = tuple(
        actions.ActivityWords(f"งาน {code} {number}", {YEAR: Decimal(amount)})
        for number, amount in enumerate(amounts)
    )
    words = proposal_words(budget_asked=Decimal(sum(amounts)), activities=activities)
    proposal = actions.submit_proposal(actions.propose_from_needs([need], words, by=None), by=None)
    told.asked += proposal.budget_asked
    told.originals.append(
        Original(proposal.pk, proposal.created_by_id, proposal.versions.get().content, {need.pk})
    )


def live() -> list[Proposal]:
    return list(Proposal.objects.filter(state__in=LIVE).order_by("pk"))


def do(act: str, which: list[int], told: Told) -> None:
    rows = live()
    chosen = [rows[each % len(rows)] for each in which]
    match act:
        case "merge":
            actions.merge_proposals(chosen, name="รวม", by=None, note="เรื่องเดียวกัน")
        case "split":
            numbers = [row.number for row in chosen[0].activities.all()]
            cut = 1 + which[1] % max(1, len(numbers) - 1)
            parts = [
                actions.Part("ช่วงแรก", tuple(numbers[:cut])),
                actions.Part("ช่วงหลัง", tuple(numbers[cut:])),
            ]
            actions.split_proposal(chosen[0], parts, by=None, note="คนละปี")
        case "take apart":
            every = list(Proposal.objects.order_by("pk"))
            actions.take_apart(every[which[0] % len(every)], by=None, note="ย้อนกลับ")
        case "revise":
            revise(chosen[0], told)
        case "fold":
            actions.fold_tally()


def revise(proposal: Proposal, told: Told) -> None:
    activities = activities_of(proposal)
    more = (*activities, actions.ActivityWords("งานเพิ่ม", {YEAR: Decimal("0.50")}))
    words = proposal_words(
        name=proposal.name, budget_asked=proposal.budget_asked + Decimal("0.50"), activities=more
    )
    actions.revise_proposal(proposal, words, by=None)
    told.asked += Decimal("0.50")


def check_sums(told: Told) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for code in LEVELS:
        area = make_area(code)
        whole, parts = figures_of(area)
        rows = Proposal.objects.filter(area__path__startswith=area.path).exclude(state__in=PUT_TOGETHER)
        by_hand = rows.filter(state__in=LIVE).aggregate(sum=Sum("budget_asked"))["sum"] or 0
        activities = ActivityBudget.objects.filter(
            activity__proposal__area__path__startswith=area.path, activity__proposal__state__in=LIVE
        )
        assert whole.asked == by_hand == (activities.aggregate(sum=Sum("amount"))["sum"] or 0)
        assert whole.proposals == Counter(rows.values_list("state", flat=True))
        here = sum((each.budget_asked for each in rows.filter(area=area, state__in=LIVE)), Decimal(0))
        below = [figures_of(child)[0].asked for child in Area.objects.filter(parent=area)]
        assert whole.asked == here + sum(below) == here + sum(part.asked for part in parts.values())
    for code in ("TH", "32"):
        assert figures_of(make_area(code))[0].asked == told.asked


def check_originals(told: Told) -> None:
    living = {each.pk for each in live()}
    children: dict[int, set[int]] = {}
    for parent, child in Descent.objects.values_list("parent", "child"):
        children.setdefault(parent, set()).add(child)

    def heirs(key: int) -> set[int]:
        found = {key} & living
        return found.union(*(heirs(child) for child in children.get(key, ())))

    for each in told.originals:
        proposal = Proposal.objects.get(pk=each.key)
        assert proposal.created_by_id == each.author
        assert proposal.versions.first().content == each.content
        assert set(proposal.needs.values_list("pk", flat=True)) == each.needs
        assert proposal.state in (*LIVE, *PUT_TOGETHER)
        now = heirs(each.key)
        assert now, "what a village told is carried on by nothing"
        carried = set(Proposal.objects.filter(pk__in=now).values_list("needs", flat=True))
        assert each.needs <= carried
    originals = {each.key for each in told.originals}
    assert living <= set().union(*(heirs(key) for key in originals)), "something came of nothing"


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    asked=st.lists(
        st.tuples(st.sampled_from(VILLAGES), st.lists(st.integers(1, 99_999_999), min_size=1, max_size=3)),
        min_size=2,
        max_size=5,
    ),
    history=st.lists(acts, max_size=9),
)
def test_sums_and_originals_hold_at_every_level_after_any_order(world: World, asked, history) -> None:
    with transaction.atomic():
        told = Told()
        for code in LEVELS:
            make_area(code)
        for code, amounts in asked:
            tell(code, amounts, told)
        check_sums(told)
        for act, which in history:
            before = told.asked
            try:
                with transaction.atomic():
                    do(act, which, told)
            except Refused:
                told.asked = before
            check_sums(told)
            check_originals(told)
        transaction.set_rollback(True)


def test_originals_cannot_be_taken_away(world: World) -> None:
    proposal = world.proposal("merged")
    child = Descent.objects.get(parent=proposal).child

    entered = proposal.needs.get()
    for act in (proposal.delete, child.delete, entered.delete, Proposal.objects.all().delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    for change in (
        f"DELETE FROM planning_proposalversion WHERE proposal_id = {proposal.pk}",
        f"DELETE FROM planning_descent WHERE parent_id = {proposal.pk}",
        f"DELETE FROM planning_proposal WHERE id = {proposal.pk}",
        f"DELETE FROM planning_need WHERE id = {entered.pk}",
        "UPDATE planning_proposalversion SET content = '{}'",
        "UPDATE planning_descent SET child_id = parent_id",
    ):
        with (
            pytest.raises(IntegrityError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


def test_drafts_can_be_thrown_away(world: World) -> None:
    need = world.need("draft")

    need.delete()

    assert need.pk is None
