"""Any case can be told as it stood at any instant: by the record, as somebody who watched it would tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.cases.models import Case
from prasan.cases.queries import facts_as_of, state_as_of
from prasan.kernel.calendar import BANGKOK
from prasan.kernel.refusals import Refused
from prasan.planning import actions
from prasan.planning.models import Proposal
from prasan.planning.queries.versions import Standing
from tests.factories.planning import World, proposal_words
from tests.planning.test_invariants import ACTS, FORWARD, try_to

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 11, 1, 8, 0, tzinfo=BANGKOK)

PAUSES = st.one_of(
    st.just(timedelta(0)),
    st.just(timedelta(microseconds=1)),
    st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=40)),
)
"""How long nothing happens: also not at all, so that several acts fall on one instant."""

Watched = dict[Case, list[tuple[datetime, str, str]]]
"""What somebody saw who wrote down after each act how every case stood and what the proposal asked for."""


def cases_of(proposal: Proposal) -> Iterator[Case]:
    yield proposal
    yield from proposal.needs.all()
    yield from proposal.routings.all()


def watch(proposal: Proposal, now: datetime, watched: Watched) -> None:
    proposal = Proposal.objects.get(pk=proposal.pk)
    for case in cases_of(proposal):
        watched.setdefault(case, []).append((now, case.state, str(proposal.budget_asked)))


def said_of(watched: list[tuple[datetime, str, str]], moment: datetime) -> tuple[str | None, str | None]:
    before = [(state, asked) for at, state, asked in watched if at <= moment]
    return before[-1] if before else (None, None)


def revise(world: World, proposal: Proposal, baht: int) -> None:
    proposal.refresh_from_db()
    words = proposal_words(name=proposal.name, budget_asked=Decimal(baht), activities=())
    by = world.person("village_head")
    act = actions.edit_proposal if proposal.state == "draft" else actions.revise_proposal
    act(proposal, words, by=by)


def instants(watched: Watched, more: list[datetime]) -> set[datetime]:
    """The very instants of the acts, the last one before each and the first one after, and any others."""
    least = timedelta(microseconds=1)
    exact = {at for told in watched.values() for at, _state, _asked in told}
    return {*exact, *(at - least for at in exact), *(at + least for at in exact), *more}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    acts=st.lists(
        st.tuples(
            PAUSES,
            st.one_of(st.sampled_from(FORWARD), st.sampled_from(sorted(ACTS)), st.integers(1, 10**9)),
        ),
        max_size=12,
    ),
    more=st.lists(
        st.datetimes(datetime(2026, 10, 1), datetime(2028, 6, 1), timezones=st.just(BANGKOK)), max_size=5
    ),
)
def test_state_and_money_as_of_any_instant_are_what_was_seen_then(
    world: World, acts: list[tuple[timedelta, Any]], more: list[datetime]
) -> None:
    watched: Watched = {}
    now = BEGAN
    with time_machine.travel(now, tick=False) as clock:
        world.version()
        proposal = world.proposal("draft")
        watch(proposal, now, watched)
        for pause, act in acts:
            now += pause
            clock.move_to(now)
            if isinstance(act, str):
                try_to(act, world, proposal)
            else:
                tolerant_revision(world, proposal, act)
            watch(proposal, now, watched)

    for case, told in watched.items():
        for moment in instants(watched, more):
            state, asked = said_of(told, moment)
            found = state_as_of(case, moment)
            assert (found.code if found else None) == state
            if case == proposal:
                assert facts_as_of(case, moment).get("budget_asked") == asked


def tolerant_revision(world: World, proposal: Proposal, baht: int) -> None:
    try:
        revise(world, proposal, baht)
    except Refused:
        proposal.refresh_from_db()


def test_what_is_told_of_a_day_in_the_past_does_not_change_by_what_happens_later(world: World) -> None:
    with time_machine.travel(BEGAN, tick=False) as clock:
        proposal = world.proposal("submitted")
        before = [(case, state_as_of(case, BEGAN).code) for case in cases_of(proposal)]
        clock.shift(timedelta(days=90))
        actions.withdraw_proposal(proposal, by=world.person("village_head"), note="ขอทบทวน")

    assert [(case, state_as_of(case, BEGAN).code) for case, _state in before] == before
    assert state_as_of(proposal, BEGAN + timedelta(days=90)).code == "withdrawn"
    assert state_as_of(proposal, BEGAN - timedelta(microseconds=1)) is None


def test_page_of_a_proposal_tells_how_it_stood_on_a_day(world: World) -> None:
    with time_machine.travel(BEGAN, tick=False) as clock:
        proposal = world.proposal("submitted")
        clock.shift(timedelta(days=20))
        revise(world, proposal, 990_000)
        world._review(proposal)
        client = Client()
        client.force_login(world.person("tambon_secretary"))

        def then(day: str) -> Standing:
            return client.get(f"/proposals/{proposal.pk}/", {"as_of": day}).context["then"]

        first, last, before = then("๑ พ.ย. ๒๕๖๙"), then("21/11/2569"), then("31 ต.ค. 2569")
        wrong = [client.get(f"/proposals/{proposal.pk}/", {"as_of": day}) for day in ("", "x", "1/1/2600")]

    assert (first.state.code, first.version.number, first.asked) == ("submitted", 1, Decimal("1250000.00"))
    assert (last.state.code, last.version.number, last.asked) == ("tambon_review", 2, Decimal("990000.00"))
    assert (before.state, before.version, before.asked) == (None, None, None)
    assert [(page.status_code, page.context["then"]) for page in wrong] == [(200, None)] * 3
