from __future__ import annotations

from itertools import pairwise

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.agencies.queries import decide, forget_standing
from prasan.planning import actions, rules
from prasan.planning.models import Need, Proposal
from prasan.planning.queries import similar
from prasan.planning.queries.similar import SoFar, similar_to, so_far_of
from prasan.planning.states import NEED
from tests.factories.agencies import make_area, make_holder
from tests.factories.planning import PROVINCE, TAMBON, World, make_sector, need_words

POND = "ขุดลอกหนองน้ำสาธารณะ"
POINT = (15.2, 103.5)
ROLES = ("village_head", "kamnan", "tambon_secretary", "amphoe_secretary", "agency_officer", "governor")


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def secretary(world: World):
    return world.person("tambon_secretary")


def other_village(world: World, code: str = f"{TAMBON}88", **fields: object) -> Need:
    head = make_holder("village_head", code)
    return actions.enter_need(actions.draft_need(make_area(code), need_words(**fields), by=head), by=head)


def written(world: World, **fields: object) -> SoFar:
    return SoFar(**{"text": POND, "area": world.village, "sector": make_sector().pk, **fields})


def cases(found) -> list[object]:
    return [each.case for each in found]


def test_the_same_thing_in_another_village_of_the_tambon_is_found(world, secretary) -> None:
    need = other_village(world, title="ขุดลอกหนองน้ำสาธารณะบ้านเรา", sector=make_sector("other"))

    (found,) = similar_to(secretary, written(world, sector="water"))

    assert (found.case, found.is_need, found.metres) == (need, True, None)
    assert found.alike >= 90


def test_a_missing_tone_mark_and_the_other_way_round_are_forgiven(world, secretary) -> None:
    need = other_village(world, title="ขุดลอกหนองน้ำสาธารณะ", sector=make_sector("other"))

    found = similar_to(secretary, written(world, text="หนองนำสาธารณะ ขุดลอก", sector=""))

    assert cases(found) == [need]


def test_other_words_of_another_sector_are_not_similar(world, secretary) -> None:
    other_village(world, title="ติดตั้งไฟส่องสว่างริมทาง", sector=make_sector("other"))

    assert similar_to(secretary, written(world, sector=make_sector("water").pk)) == []


def test_of_one_sector_something_else_is_shown_behind_what_is_alike(world, secretary) -> None:
    sector = make_sector()
    light = other_village(world, title="ติดตั้งไฟส่องสว่างริมทาง", sector=sector)
    pond = other_village(world, f"{TAMBON}87", title=POND, sector=sector)

    assert cases(similar_to(secretary, written(world))) == [pond, light]


def test_another_tambon_is_found_only_near_the_point(world) -> None:
    kamnan = make_holder("amphoe_secretary", TAMBON[:4])
    near = other_village(world, f"{TAMBON[:4]}9901", title=POND, latitude=15.21, longitude=103.5)
    other_village(world, f"{TAMBON[:4]}9902", title=POND, latitude=15.23, longitude=103.5)

    without, around = (similar_to(kamnan, written(world, point=point)) for point in (None, POINT))

    assert without == []
    assert [(each.case, each.metres) for each in around] == [(near, 1112)]


def test_of_what_is_equally_alike_the_nearest_comes_first_and_the_unknown_last(world, secretary) -> None:
    unknown = other_village(world, f"{TAMBON}81", title=POND)
    far = other_village(world, f"{TAMBON}82", title=POND, latitude=15.215, longitude=103.5)
    near = other_village(world, f"{TAMBON}83", title=POND, latitude=15.2, longitude=103.501)

    found = similar_to(secretary, written(world, point=POINT))

    assert cases(found) == [near, far, unknown]


def test_itself_and_what_it_answers_are_left_out(world, secretary) -> None:
    need = world.need(title=POND, latitude=POINT[0], longitude=POINT[1])
    proposal = world.proposal("submitted", needs=[need], name=POND)
    told = written(world, point=POINT)

    assert cases(similar_to(secretary, told, but=need)) == [proposal]
    assert cases(similar_to(secretary, told, but=proposal)) == [need]
    assert similar_to(secretary, told, but=proposal, answered=[need.pk]) == []


def test_a_need_and_a_proposal_of_one_number_are_not_taken_for_one(world, secretary) -> None:
    proposal = world.proposal("submitted", name=POND, needs=[world.need(title="ประปา")])
    need = other_village(world, title=POND)
    Need.objects.filter(pk=need.pk).update(id=proposal.pk + 1000)
    Proposal.objects.filter(pk=proposal.pk).update(state="withdrawn")
    twin = Proposal.objects.get(pk=proposal.pk)
    twin.pk = proposal.pk + 1000

    assert [each.pk for each in cases(similar_to(secretary, written(world), but=twin))][:1] == [twin.pk]


def test_no_more_than_five_are_shown(world, secretary) -> None:
    for number in range(81, 88):
        other_village(world, f"{TAMBON}{number}", title=POND)

    assert len(similar_to(secretary, written(world, point=POINT))) == 5


def test_what_no_longer_stands_for_itself_is_left_out(world, secretary) -> None:
    joined, into = other_village(world, f"{TAMBON}81", title=POND), world.need(title=POND)
    actions.join_needs(joined, into, by=secretary, note="เรื่องเดียวกัน")
    world.need("withdrawn", title=POND)
    world.proposal("withdrawn", name=POND, needs=[into])
    merged = world.proposal("merged", name=POND)

    found = cases(similar_to(secretary, written(world)))

    assert into in found
    assert not {joined, merged} & set(found)
    assert {each.state for each in found} <= {"entered", "answered", "tambon_review"}


def test_draft_of_another_village_is_shown_to_none_there(world) -> None:
    world.need("draft", title=POND)
    neighbour = make_holder("village_head", f"{TAMBON}88")

    assert similar_to(neighbour, written(world)) == []


def test_all_is_shown_that_may_be_seen_and_nothing_else(world, monkeypatch) -> None:
    monkeypatch.setattr(similar, "MOST", 100)
    for state in NEED.states:
        world.need(state.code, title=POND, latitude=POINT[0], longitude=POINT[1])
    for state in ("draft", "tambon_review", "forwarded", "included", "agency_draft"):
        world.proposal(state, name=POND)
    other_village(world, title=POND)
    people = [AnonymousUser(), make_holder("village_head", "45010101"), *map(world.person, ROLES)]
    rights = {Need: rules.VIEW_NEED, Proposal: rules.VIEW_PROPOSAL}
    standing = [
        case
        for model in rights
        for case in model.objects.exclude(state__in=("withdrawn", "joined", "merged", "split"))
    ]

    shown = {
        (person, point): cases(similar_to(person, written(world, point=point)))
        for person in people
        for point in (None, POINT)
    }

    for (person, _point), found in shown.items():
        assert set(found) == {case for case in standing if decide(person, rights[type(case)], case)}
        assert len(found) == len(set(found))
    assert len({len(found) for found in shown.values()}) > 3


def test_where_a_proposal_lies_is_told_only_inside(world) -> None:
    proposal = world.proposal("included", name=POND)
    Proposal.objects.filter(pk=proposal.pk).update(latitude=15.201, longitude=103.5)
    stranger = make_holder("village_head", "45010101")
    elsewhere = written(world, area=make_area("45010101"), point=POINT)

    inside = similar_to(world.person("governor"), elsewhere)

    assert [(each.case, each.metres) for each in inside] == [(proposal, 111)]
    assert similar_to(stranger, elsewhere) == []
    assert [each.metres for each in similar_to(stranger, written(world, point=POINT))] == [None]


def test_a_larger_area_is_compared_with_what_asks_for_the_very_same(world) -> None:
    governor = world.person("governor")
    of_tambon, of_province = world.proposal("submitted", name=POND), world.proposal("submitted", name=POND)
    Proposal.objects.filter(pk=of_province.pk).update(area=PROVINCE)

    found = similar_to(governor, written(world, area=make_area(PROVINCE)))

    assert cases(found) == [of_province]
    assert of_tambon not in cases(found)


def test_only_the_newest_of_a_full_tambon_are_compared(world, secretary, monkeypatch) -> None:
    monkeypatch.setattr(similar, "LOOKED_AT", 2)
    made = [other_village(world, f"{TAMBON}{number}", title=POND) for number in (81, 82, 83)]

    assert cases(similar_to(secretary, written(world))) == [made[2], made[1]]


@pytest.mark.parametrize("point", [None, POINT])
def test_one_and_three_take_as_many_queries(world, secretary, point) -> None:
    told = written(world, point=point)
    counted = []
    for number in (81, 82, 83):
        other_village(world, f"{TAMBON}{number}", title=POND, latitude=POINT[0], longitude=POINT[1])
        forget_standing(secretary)
        with CaptureQueriesContext(connection) as taken:
            assert [each.case.area.title for each in similar_to(secretary, told)]
        counted.append(len(taken))

    assert counted == [3 if point is None else 5] * 3


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b\t\n  ", "%", "_%_", "\\", "'; --", "ๆๆๆ", "ฯลฯ", "\x00", "()&|!:*"]
)
def test_what_holds_no_words_finds_nothing_of_another_sector(world, secretary, text) -> None:
    other_village(world, title=POND, sector=make_sector("other"))

    assert similar_to(secretary, written(world, text=text, sector="")) == []


def test_without_a_place_nothing_is_asked(world, secretary) -> None:
    with CaptureQueriesContext(connection) as taken:
        assert similar_to(secretary, SoFar(text=POND)) == []

    assert len(taken) == 0


def test_very_long_words_are_read_to_a_limit(world, secretary) -> None:
    need = other_village(world, title=POND)

    assert cases(similar_to(secretary, written(world, text=POND + " ก" * 100_000))) == [need]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_words_are_taken_and_found_in_order(world, secretary, text) -> None:
    if not Need.objects.exists():
        for number, title in enumerate((POND, "%_%", "pond 5", "ประปา"), start=81):
            other_village(world, f"{TAMBON}{number}", title=title)

    found = similar_to(secretary, written(world, text=text, point=POINT))

    assert len(found) <= 5
    assert all(0 <= each.alike <= 100 for each in found)
    assert all(one.alike >= other.alike for one, other in pairwise(found))


def test_what_is_kept_is_compared_as_it_is_written(world) -> None:
    need = world.need(title=POND, latitude=POINT[0], longitude=POINT[1])
    proposal = world.proposal("submitted", needs=[need], name="ขุดลอก")

    assert so_far_of(need) == SoFar(POND, need.area, need.sector_id, POINT)
    assert so_far_of(proposal) == SoFar("ขุดลอก", proposal.area, proposal.sector_id, POINT)
    assert so_far_of(world.need()).point is None
