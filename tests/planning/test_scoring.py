from decimal import Decimal

import pytest

from prasan.accounts.models import User
from prasan.kernel.refusals import Refused
from prasan.ledger.queries import entries_about
from prasan.planning import actions
from prasan.planning.models import Mark, Proposal, ScoreSheet
from prasan.planning.queries import ranking_of, unmarked_by
from tests.factories.agencies import make_area, make_holder
from tests.factories.planning import PROVINCE, YEAR, World

pytestmark = pytest.mark.django_db

CRITERIA = (
    actions.CriterionWords("ความสอดคล้องกับยุทธศาสตร์", Decimal(60)),
    actions.CriterionWords("ความพร้อม", Decimal(40), scale=10),
)


def make_sheet(world: World, state: str = "open") -> ScoreSheet:
    head = world.person("provincial_head")
    sheet = actions.prepare_sheet(make_area(PROVINCE), YEAR, "แบบให้คะแนน", CRITERIA, by=head)
    return actions.open_sheet(sheet, by=head) if state == "open" else sheet


def give(sheet: ScoreSheet, proposal: Proposal, fit: int, ready: int, by: User) -> None:
    first, second = sheet.criteria.all()
    words = {first.pk: actions.MarkWords(fit, "ตรงประเด็น"), second.pk: actions.MarkWords(ready)}
    actions.give_marks(sheet, proposal, words, by=by)


def test_frozen_ranking_stands_as_the_marks_said_and_waits_for_the_governor(world: World) -> None:
    low, high = world.proposal("accepted"), world.proposal("accepted")
    sheet, analyst = make_sheet(world), world.person("analyst")
    give(sheet, low, 2, 5, analyst)
    give(sheet, high, 5, 5, analyst)

    frozen = actions.freeze_ranking(sheet, by=world.person("provincial_head"))

    rows = [(row.proposal, row.place, row.is_tied, row.points) for row in frozen.ranking.all()]
    assert rows == [(high, 1, False, Decimal(80)), (low, 2, False, Decimal(44))]
    assert [Proposal.objects.get(pk=each.pk).state for each in (low, high)] == ["ranked", "ranked"]
    assert entries_about(high).last().after == {"state": "ranked", "sheet": sheet.pk, "place": 1, "of": 2}


def test_ranking_is_the_same_when_asked_again_from_the_record(world: World) -> None:
    proposals = [world.proposal("accepted") for _ in range(3)]
    sheet, analyst = make_sheet(world), world.person("analyst")
    for number, proposal in enumerate(proposals):
        give(sheet, proposal, number, 3, analyst)
        give(sheet, proposal, 5 - number, 7, make_holder("analyst", PROVINCE))

    frozen = actions.freeze_ranking(sheet, by=world.person("provincial_head"))

    kept = [(row.proposal_id, row.place) for row in frozen.ranking.all()]
    assert kept == [(row.proposal.pk, row.standing.place) for row in ranking_of(frozen)]
    assert [place for _proposal, place in kept] == [1, 1, 1]
    assert all(row.is_tied for row in frozen.ranking.all())


def test_other_weights_show_who_would_move_and_change_nothing(world: World) -> None:
    fits, ready = world.proposal("accepted"), world.proposal("accepted")
    sheet, analyst = make_sheet(world), world.person("analyst")
    give(sheet, fits, 5, 0, analyst)
    give(sheet, ready, 0, 10, analyst)
    second = sheet.criteria.last()

    rows = ranking_of(sheet, {second.pk: Decimal(90)})

    assert [(row.proposal, row.standing.place, row.moved) for row in rows] == [(ready, 1, 1), (fits, 2, -1)]
    assert [row.proposal for row in ranking_of(sheet)] == [fits, ready]


def test_ranking_with_missing_marks_is_not_frozen(world: World) -> None:
    marked, unmarked = world.proposal("accepted"), world.proposal("accepted")
    sheet, analyst = make_sheet(world), world.person("analyst")
    give(sheet, marked, 3, 3, analyst)

    with pytest.raises(Refused, match=unmarked.name):
        actions.freeze_ranking(sheet, by=world.person("provincial_head"))

    assert [each.pk for each in unmarked_by(sheet, analyst)] == [unmarked.pk]
    assert ScoreSheet.objects.get().state == "open"


def test_mark_given_anew_takes_the_place_of_the_old_one(world: World) -> None:
    proposal = world.proposal("accepted")
    sheet, analyst = make_sheet(world), world.person("analyst")
    give(sheet, proposal, 1, 1, analyst)

    give(sheet, proposal, 4, 9, analyst)

    assert sorted(Mark.objects.values_list("value", flat=True)) == [4, 9]


@pytest.mark.parametrize("fit", [-1, 6])
def test_mark_outside_the_scale_is_refused(world: World, fit: int) -> None:
    proposal, sheet = world.proposal("accepted"), make_sheet(world)

    with pytest.raises(Refused):
        give(sheet, proposal, fit, 1, world.person("analyst"))

    assert Mark.objects.count() == 0


@pytest.mark.parametrize("role", ["governor", "village_head", "provincial_head", "agency_officer"])
def test_only_analysts_give_marks(world: World, role: str) -> None:
    proposal, sheet = world.proposal("accepted"), make_sheet(world)

    with pytest.raises(Refused):
        give(sheet, proposal, 1, 1, world.person(role))


def test_analyst_does_not_freeze_and_foreign_head_does_not_either(world: World) -> None:
    sheet = make_sheet(world)
    world.proposal("accepted")

    for person in (world.person("analyst"), make_holder("provincial_head", "40")):
        with pytest.raises(Refused):
            actions.freeze_ranking(sheet, by=person)


def test_ranking_is_opened_again_until_the_governor_has_acted(world: World) -> None:
    proposal, sheet = world.proposal("accepted"), make_sheet(world)
    head, governor = world.person("provincial_head"), world.person("governor")
    give(sheet, proposal, 3, 3, world.person("analyst"))
    actions.freeze_ranking(sheet, by=head)

    thawed = actions.thaw_ranking(sheet, by=head, note="ให้คะแนนผิดโครงการ")

    assert (thawed.state, Proposal.objects.get(pk=proposal.pk).state) == ("open", "accepted")
    actions.freeze_ranking(sheet, by=head)
    actions.include_in_plan(proposal, world.version(), by=governor)
    with pytest.raises(Refused, match=proposal.name):
        actions.thaw_ranking(sheet, by=head, note="ช้าไป")


def test_criteria_stay_once_marks_were_given(world: World) -> None:
    proposal, sheet = world.proposal("accepted"), make_sheet(world)
    head = world.person("provincial_head")
    actions.redraft_sheet(sheet, by=head, note="แก้น้ำหนัก")
    actions.write_criteria(sheet, CRITERIA[:1], by=head)
    actions.open_sheet(sheet, by=head)
    only = sheet.criteria.get()
    actions.give_marks(sheet, proposal, {only.pk: actions.MarkWords(5)}, by=world.person("analyst"))

    with pytest.raises(Refused):
        actions.redraft_sheet(sheet, by=head, note="แก้อีก")


def test_second_open_sheet_of_the_year_is_refused(world: World) -> None:
    make_sheet(world)
    second = make_sheet(world, "draft")

    with pytest.raises(Refused):
        actions.open_sheet(second, by=world.person("provincial_head"))


def test_frozen_ranking_is_not_opened_again_beside_an_open_sheet(world: World) -> None:
    proposal, head = world.proposal("accepted"), world.person("provincial_head")
    frozen = make_sheet(world)
    give(frozen, proposal, 1, 1, world.person("analyst"))
    actions.freeze_ranking(frozen, by=head)
    make_sheet(world)

    with pytest.raises(Refused):
        actions.thaw_ranking(frozen, by=head, note="ให้คะแนนผิด")

    assert list(ScoreSheet.objects.order_by("pk").values_list("state", flat=True)) == ["frozen", "open"]
