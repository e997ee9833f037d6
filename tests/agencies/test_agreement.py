"""`decide` and `within_reach` give the same answer, for every right, person and row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.accounts.models import User
from prasan.agencies.models import (
    Agency,
    Attendance,
    Call,
    CallAnswer,
    Committee,
    Holiday,
    Meeting,
    Posting,
    Resolution,
    Role,
)
from prasan.agencies.queries import decide, within_reach
from prasan.agencies.queries.belonging import reading_of
from prasan.kernel.rights import ANYBODY, Bar, Belonging, Grant, Reach, Right
from prasan.places.models import Area, LocalGovernment
from tests.factories.accounts import make_person
from tests.factories.agencies import make_agency, make_area, make_committee, make_posting, make_seat

pytestmark = pytest.mark.django_db

ROOMS = [
    name.split(".")[1]
    for name in sorted(config.name for config in apps.get_app_configs())
    if "prasan." in name
]
PLACES = ("TH", "32", "3207", "320704", "32070401", "3208", "40")
ENDED = date(2021, 1, 1)


def rights_of_all_rooms() -> Iterator[Right]:
    for room in ROOMS:
        if find_spec(f"prasan.{room}.rules"):
            for value in vars(import_module(f"prasan.{room}.rules")).values():
                found = value.values() if isinstance(value, dict) else [value]
                yield from (right for right in found if isinstance(right, Right))


RIGHTS = sorted(set(rights_of_all_rooms()), key=lambda right: right.code)
DIFFERENT = list({(right.grants, right.phases, right.unless): right for right in RIGHTS}.values())
"""One right of those that differ in nothing but code and sentences, of which neither reader takes notice."""
TABLES = [model for model in apps.get_models() if isinstance(getattr(model, "belonging", None), Belonging)]


@pytest.fixture
def people() -> list[User | AnonymousUser | None]:
    """Holders of every role, and those who have nothing, only had it, or act for another."""
    roles = list(Role.objects.values_list("code", flat=True))
    agencies = {code: make_agency(code) for code in PLACES}
    holders = [
        make_posting(role, PLACES[number % len(PLACES)], agency=agencies[PLACES[number % len(PLACES)]])
        for number, role in enumerate(roles)
    ]
    for number, holder in enumerate(holders):
        committee = Committee.objects.filter(kind="jury", area=holder.area).first()
        if number % 3 == 0:
            make_seat(committee or make_committee(holder.area, kind="jury"), holder)
    closed = make_posting("ministry_officer").person
    closed.is_active = False
    closed.save()
    return [
        None,
        AnonymousUser(),
        make_person(),
        closed,
        make_posting("ministry_officer", ends=ENDED).person,
        make_posting("governor", "32", acting_for=holders[0], agency=agencies["32"]).person,
        *(holder.person for holder in holders),
    ]


@pytest.fixture
def rows(people) -> None:
    """A few rows of every table of this room, spread over the places; other rooms bring theirs."""
    for committee in Committee.objects.all():
        meeting = Meeting.objects.create(
            committee=committee, number=1, year=2569, held_on=date(2026, 1, 5), quorum=1
        )
        for membership in committee.memberships.all():
            Attendance.objects.create(meeting=meeting, membership=membership)
        Resolution.objects.create(meeting=meeting, number=1, text="รับทราบ")
    for agency in Agency.objects.all():
        call = Call.objects.create(
            agency=agency,
            area=agency.area,
            title="รอบเปิดรับ",
            fiscal_year=2570,
            opens=date(2026, 1, 1),
            closes=date(2026, 2, 1),
        )
        CallAnswer.objects.create(call=call, area=agency.area)
        CallAnswer.objects.create(call=call, agency=agency)
    Holiday.objects.create(day=date(2026, 4, 13), name_th="วันสงกรานต์", name_en="Songkran")
    for code in ("3207", "3208"):
        body = LocalGovernment.objects.create(code=code, province=make_area("32"), amphoe=make_area(code))
        body.areas.add(make_area("320704"), make_area("40"))
    for room in ROOMS:
        name = f"tests.factories.{room}"
        if find_spec(name) and hasattr(import_module(name), "make_rows_of_every_kind"):
            import_module(name).make_rows_of_every_kind()


def found_by(rows: QuerySet, known: dict[object, list]) -> list:
    """The sorted ids of the rows; the very same query is not sent twice, since no row changes meanwhile."""
    try:
        query = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    if query not in known:
        known[query] = sorted(rows)
    return known[query]


def test_there_are_rights_and_tables_to_compare():
    assert len(RIGHTS) > 20
    assert {Area, Agency, Posting, Committee, Meeting, Resolution, Call, CallAnswer, User} <= set(TABLES)


def test_every_right_gives_each_person_the_same_rows_one_by_one_and_together(people, rows):
    allowed = 0
    known: dict[object, list] = {}
    without_rows = [model.__name__ for model in TABLES if not model._base_manager.exists()]
    assert without_rows == []
    for model in TABLES:
        everything = list(model._base_manager.all())
        ids = model._base_manager.values_list("pk", flat=True)
        for right in DIFFERENT:
            for person in people:
                one_by_one = sorted(row.pk for row in everything if decide(person, right, row))
                together = found_by(within_reach(person, right, ids), known)
                assert together == one_by_one, f"{right.code} of {person!r} on {model.__name__}"
                allowed += len(together)

    assert allowed > 1000


DECLARED = {
    Committee: {
        "owner": ["memberships__posting__person", "memberships__posting__person_id"],
        "assignees": ["memberships__posting__delegations__person"],
        "committees": ["id", "pk", "memberships__committee_id"],
        "agencies": ["agency", "agency_id", "agency__parent"],
        "routed": ["memberships__posting__agency"],
        "area": ["area__path", "agency__parent__area__path", "memberships__posting__area__path"],
        "state": ["kind", "agency__level"],
        "submitter": ["memberships__posting__person"],
        "subject_users": ["memberships__posting__delegations__person"],
        "subject_agencies": ["agency__parent", "memberships__posting__agency"],
    },
    Posting: {
        "owner": ["person", "acting_for__person"],
        "assignees": ["delegations__person"],
        "committees": ["memberships__committee", "acting_for__memberships__committee"],
        "agencies": ["agency", "acting_for__agency"],
        "routed": ["agency__parent", "agency__units"],
        "area": ["area__path", "acting_for__area__path"],
        "state": ["role", "acting_for__role", "agency__level"],
        "submitter": ["acting_for__person"],
        "subject_users": ["person", "delegations__person"],
        "subject_agencies": ["agency__units", "acting_for__agency"],
    },
}
STATES = ("jury", "tambon", "provincial", "local", "governor", "kamnan", "analyst")
ROLES = ("governor", "kamnan", "analyst", "judge", "ministry_officer")


@st.composite
def declarations(draw, model: type[Model]) -> Belonging:
    lookups = DECLARED[model]
    several = {
        name: tuple(draw(st.lists(st.sampled_from(choices), unique=True, max_size=2)))
        for name, choices in lookups.items()
        if name != "state"
    }
    return Belonging(state=draw(st.sampled_from(["", *lookups["state"]])), **several)


@st.composite
def rights(draw) -> Right:
    phases = st.lists(st.sampled_from(STATES), unique=True, max_size=3).map(tuple)
    to_a_role = st.builds(
        Grant, st.sampled_from(ROLES), st.sampled_from([r for r in Reach if r is not Reach.PUBLIC]), phases
    )
    to_anybody = st.builds(
        Grant, st.just(ANYBODY), st.sampled_from([Reach.OWN, Reach.ASSIGNED, Reach.PUBLIC]), phases
    )
    return Right(
        "test.random",
        "No.",
        tuple(draw(st.lists(st.one_of(to_a_role, to_anybody), unique=True, max_size=4))),
        phases=draw(st.one_of(st.just(()), phases)),
        unless=tuple(draw(st.lists(st.sampled_from(Bar), unique=True, max_size=2))),
        barred_reason="Barred.",
    )


@pytest.mark.parametrize("model", DECLARED)
def test_any_declaration_and_right_give_the_same_rows_one_by_one_and_together(model, monkeypatch):
    agencies = [make_agency("32"), make_agency("3207", level="local")]
    agencies += [make_agency("40", parent=agencies[0]), make_agency("3207", parent=agencies[1])]
    postings = [
        make_posting(role, PLACES[number], agency=agencies[number % 4]) for number, role in enumerate(ROLES)
    ]
    postings += [
        make_posting("governor", "32", agency=agencies[1], acting_for=postings[0], person=postings[2].person),
        make_posting("kamnan", "3207", agency=agencies[0], acting_for=postings[1]),
        make_posting("kamnan", "320704", agency=agencies[2], ends=ENDED),
        make_posting("judge", "40", agency=agencies[3], person=postings[0].person),
    ]
    committees = [make_committee(code, agency=agencies[n]) for n, code in enumerate(("320704", "3208", "40"))]
    committees.append(make_committee("32", kind="jury", agency=agencies[3]))
    for number, posting in enumerate(postings):
        make_seat(committees[number % 3], posting, ends=ENDED if number == 4 else None)
        make_seat(committees[3], posting)
    everybody = [None, make_person(), *{posting.person for posting in postings}]
    everything = list(model.objects.all())

    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def compare(data):
        monkeypatch.setattr(model, "belonging", data.draw(declarations(model)))
        reading_of.cache_clear()
        right = data.draw(rights())
        prefetched = data.draw(st.booleans())
        held = model.objects.prefetch_related("memberships") if prefetched else everything
        for person in everybody:
            one_by_one = sorted(row.pk for row in held if decide(person, right, row))
            assert sorted(row.pk for row in within_reach(person, right, model.objects.all())) == one_by_one

    try:
        compare()
    finally:
        monkeypatch.undo()
        reading_of.cache_clear()
