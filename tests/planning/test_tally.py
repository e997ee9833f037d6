"""The figures of every area are what counting by hand gives, whatever happens and whoever folds meanwhile."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.places.models import Area
from prasan.planning.actions import fold_tally
from prasan.planning.actions.tally import FOLD
from prasan.planning.models import Need, Proposal, Tally, TallyChange
from prasan.planning.queries import figures_of
from prasan.planning.queries.overview import DRAFTS, PUT_TOGETHER
from tests.at_once import at_once
from tests.factories.agencies import make_area
from tests.factories.planning import make_sector

PLACES = ("TH", "32", "3207", "320704", "32070401", "320705", "40")
NEED_STATES = ("draft", "entered", "answered", "joined", "withdrawn")
PROPOSAL_STATES = ("draft", "agency_draft", "submitted", "included", "merged", "split", "withdrawn")

acts = st.one_of(
    st.tuples(st.just("need"), st.sampled_from(PLACES), st.sampled_from(NEED_STATES)),
    st.tuples(
        st.just("proposals"),
        st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(PROPOSAL_STATES), st.integers(0, 9))),
    ),
    st.tuples(st.just("state"), st.integers(0, 9), st.sampled_from(PROPOSAL_STATES)),
    st.tuples(st.just("place"), st.integers(0, 9), st.sampled_from(PLACES)),
    st.tuples(st.just("money"), st.integers(0, 9), st.integers(0, 9)),
    st.tuples(st.just("need moved"), st.integers(0, 9), st.sampled_from(PLACES)),
    st.tuples(st.just("gone"), st.integers(0, 9)),
    st.tuples(st.just("fold")),
)


def make_need(code: str, state: str) -> Need:
    return Need.objects.create(area=make_area(code), state=state, title="น้ำ", sector=make_sector())


def new_proposal(code: str, state: str, money: int) -> Proposal:
    return Proposal(
        area=make_area(code),
        state=state,
        name="โครงการ",
        sector=make_sector(),
        fiscal_year=2571,
        budget_asked=Decimal(money),
    )


def do(act: tuple) -> None:
    match act:
        case ("need", code, state):
            make_need(code, state)
        case ("proposals", rows):
            Proposal.objects.bulk_create([new_proposal(*row) for row in rows])
        case ("state", which, state):
            Proposal.objects.filter(pk__in=_one(Proposal, which)).update(state=state)
        case ("place", which, code):
            Proposal.objects.filter(pk__in=_one(Proposal, which)).update(area=make_area(code))
        case ("money", which, money):
            Proposal.objects.filter(pk__in=_one(Proposal, which)).update(budget_asked=money)
        case ("need moved", which, code):
            Need.objects.filter(pk__in=_one(Need, which)).update(area=make_area(code), state="entered")
        case ("gone", which):
            rows = Proposal.objects.filter(pk__in=_one(Proposal, which))
            rows.update(state="draft")  # the database lets nothing else go
            rows.delete()
        case ("fold",):
            fold_tally()


def _one(model, which: int) -> list[int]:
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
    return keys[which % len(keys) :][:1] if keys else []


def counted_by_hand(area: Area) -> tuple[Counter, Counter, Decimal, Decimal]:
    needs = [need.state for need in Need.objects.filter(area__path__startswith=area.path)]
    proposals = [
        (proposal.state, proposal.budget_asked)
        for proposal in Proposal.objects.filter(area__path__startswith=area.path)
        if proposal.state not in (*DRAFTS, *PUT_TOGETHER)
    ]
    return (
        Counter(state for state in needs if state not in DRAFTS),
        Counter(state for state, _money in proposals),
        sum((money for state, money in proposals if state != "withdrawn"), Decimal(0)),
        sum((money for state, money in proposals if state == "included"), Decimal(0)),
    )


def told(totals) -> tuple[Counter, Counter, Decimal, Decimal]:
    return totals.needs, totals.proposals, totals.asked, totals.included


def check_every_area() -> None:
    for code in PLACES:
        area = make_area(code)
        whole, parts = figures_of(area)
        assert told(whole) == counted_by_hand(area)
        assert all((*whole.needs.values(), *whole.proposals.values()))
        for child in Area.objects.filter(parent=area):
            by_hand = counted_by_hand(child)
            assert (child.code in parts) == any(by_hand)
            if child.code in parts:
                assert told(parts[child.code]) == by_hand


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(acts, st.booleans()), max_size=14))
def test_figures_are_what_counting_by_hand_gives_after_any_history(history):
    with transaction.atomic():
        for code in PLACES:
            make_area(code)
        for act, is_kept in history:
            with transaction.atomic():
                do(act)
                if not is_kept:
                    transaction.set_rollback(True)
            check_every_area()
        transaction.set_rollback(True)


def test_joined_needs_count_once_and_are_told_each(db):
    for state in ("draft", "entered", "joined"):
        make_need("32070401", state)

    totals = figures_of(make_area("32"))[0]

    assert (totals.all_needs, totals.needs_told) == (1, 2)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_folders_and_writers_at_once_lose_and_double_nothing():
    for code in PLACES:
        make_area(code)
    sector = make_sector()

    def write() -> None:
        for number in range(10):
            need = Need.objects.create(area_id="32070401", state="draft", title="น้ำ", sector=sector)
            Need.objects.filter(pk=need.pk).update(state="entered", area_id=PLACES[number % len(PLACES)])

    def fold() -> None:
        for _each in range(10):
            fold_tally()

    at_once(write, fold, write, fold)

    check_every_area()
    fold_tally()
    assert TallyChange.objects.count() == 0
    check_every_area()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_folder_that_dies_in_the_middle_leaves_the_figures_as_they_were():
    make_need("32070401", "entered")
    dying = connection.copy()
    dying.set_autocommit(False)
    with dying.cursor() as cursor:
        cursor.execute(FOLD)
    check_every_area()

    dying.connection.pgconn.finish()

    fold_tally()
    check_every_area()
    assert Tally.objects.get(area_code="3207", state="entered").number == 1
