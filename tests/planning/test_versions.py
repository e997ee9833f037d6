from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prasan.planning import actions
from prasan.planning.models import ProjectKind
from prasan.planning.queries.versions import FIELDS, differences
from tests.factories.planning import YEAR, World, make_sector, proposal_words

pytestmark = pytest.mark.django_db


def content(world: World, **fields: object) -> dict[str, object]:
    """How a proposal with these words reads when it is submitted."""
    head = world.person("village_head")
    told = replace(proposal_words(), **{"name": "ขุดลอกหนองแวง", **fields})
    proposal = actions.propose_from_needs([world.need()], told, by=head)
    return actions.submit_proposal(proposal, by=head).versions.get().content


def test_same_contents_differ_in_nothing(world: World) -> None:
    assert not differences(content(world), content(world))


def test_every_field_of_the_form_is_compared(world: World) -> None:
    kind = ProjectKind.objects.first()
    before = content(world)
    after = content(
        world,
        name="ขุดลอกหนองบัว",
        sector=make_sector("roads"),
        kind=kind,
        main_programme="แผนงานหลัก",
        programme="แผนงาน",
        rationale="น้ำท่วม",
        objective="ไม่ท่วม",
        target_words="หมู่ 1",
        operator="อบต.",
        starts=date(2027, 10, 1),
        ends=date(2028, 3, 31),
        output="สระ",
        outcome="น้ำพอ",
        households=50,
        beneficiaries=200,
        fiscal_year=YEAR + 1,
        budget_asked=Decimal(5),
        activities=(),
    )

    found = differences(before, after)

    assert len(found.fields) == len(FIELDS) - 1  # the approach stays
    # of several fields shown alike, the last of the form
    shown = {change.shown_as: (change.before, change.after) for change in found.fields if not change.words}
    assert shown == {
        "name": ("แหล่งน้ำและการชลประทาน", "ถนนและการคมนาคม"),
        "day": (None, date(2028, 3, 31)),
        "year": (YEAR, YEAR + 1),
        "sum": (Decimal("1250000.00"), Decimal(5)),
        "number": (None, 200),
    }


def test_activities_are_compared_row_by_row_and_year_by_year(world: World) -> None:
    dig, pump, grass = "ขุดลอก", "ติดตั้งเครื่องสูบน้ำ", "ปลูกหญ้าแฝก"
    before = content(
        world,
        budget_asked=Decimal(300),
        activities=(
            actions.ActivityWords(dig, {YEAR: Decimal(200)}, "อบต."),
            actions.ActivityWords(pump, {YEAR: Decimal(100)}),
        ),
    )
    after = content(
        world,
        budget_asked=Decimal(300),
        activities=(
            actions.ActivityWords(grass, {YEAR: Decimal(100)}),
            actions.ActivityWords(dig, {YEAR: Decimal(150), YEAR + 1: Decimal(50)}, "อบต."),
        ),
    )

    found = differences(before, after)

    assert [(row.how, row.name) for row in found.activities] == [
        ("added", grass),
        ("changed", dig),
        ("removed", pump),
    ]
    assert [(change.before, change.after) for change in found.activities[1].changes] == [
        (Decimal("200.00"), Decimal("150.00")),
        (None, Decimal("50.00")),
    ]


def test_target_of_an_indicator_is_compared_by_words(world: World) -> None:
    before = content(world, indicators=(actions.IndicatorWords("ครัวเรือนที่มีน้ำใช้", "ร้อยละ 80"),))
    after = content(world, indicators=(actions.IndicatorWords("ครัวเรือนที่มีน้ำใช้", "ร้อยละ 90"),))

    (row,) = differences(before, after).indicators

    (change,) = row.changes
    assert [(run.how, run.text) for run in change.words if run.how != "same"] == [
        ("removed", "80"),
        ("added", "90"),
    ]
