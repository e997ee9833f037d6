"""Innovations, the agencies whose they are, and the provinces that registers speak of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.innovations import actions
from prasan.innovations.models import (
    Adoption,
    Appraisal,
    Cookbook,
    CookbookFile,
    FollowUpOrder,
    Innovation,
    PublishedFigure,
    Register,
    RegisterEntry,
)
from prasan.innovations.queries import self_check
from prasan.kernel.calendar import today
from prasan.kernel.order import thai_sort_key
from prasan.places import names
from prasan.places.gazetteer import official_areas, official_clusters
from prasan.places.models import Area, Level, ProvinceCluster
from tests.factories.agencies import make_agency, make_area, make_holder
from tests.factories.documents import make_file


def make_provinces() -> None:
    """All provinces with their names and clusters."""
    country = make_area()
    ProvinceCluster.objects.bulk_create(
        ProvinceCluster(code=each.code, name_th=each.name_th, name_en=each.name_en)
        for each in official_clusters()
    )
    Area.objects.bulk_create(
        Area(
            code=code,
            level=Level.PROVINCE,
            name_th=name_th,
            name_en=name_en,
            sort_key=thai_sort_key(name_th),
            search_key=names.name_key(name_th),
            parent=country,
            path=f"{code}/",
            cluster_id=cluster,
        )
        for code, name_th, name_en, cluster in _provinces()
    )


@cache
def _provinces() -> tuple[tuple[str, str, str, str | None], ...]:
    return tuple(
        (each.code, each.name_th, each.name_en, each.cluster)
        for each in official_areas()
        if each.level == Level.PROVINCE
    )


@dataclass
class Owner:
    """An agency, who writes for it, and the ministry that judges."""

    agency: Agency
    writer: User
    ministry: User


def make_owner(province: str = "32") -> Owner:
    """An office of a province with an officer who writes, and an officer of the ministry."""
    area = make_area(province)
    agency = make_agency(area, level="provincial")
    return Owner(
        agency=agency,
        writer=make_holder("agency_officer", area, agency=agency),
        ministry=make_holder("ministry_officer", make_area()),
    )


TOLD = actions.InnovationWords(
    title="จองคิวจดทะเบียนสิทธิและนิติกรรมล่วงหน้าทาง LINE",
    kind="service",
    aspects=["systems", "technology"],
    ways=["e_service"],
    fiscal_year=2568,
    started_on=date(2024, 11, 1),
    finished_on=date(2025, 6, 30),
    rationale="ประชาชนรอคิวที่สำนักงานที่ดินนาน",
    objective="ลดเวลารอคิว",
    work_done="เปิดจองคิวทาง LINE และจัดช่องบริการสำหรับผู้จอง",
    expected_result="เวลารอไม่เกิน 15 นาที",
    actual_result="เวลารอเฉลี่ย 12 นาที",
    problem_fit="ผู้มารับบริการต้องการรู้เวลาที่แน่นอน",
    difference="เดิมรับบัตรคิวหน้างานเท่านั้น",
    pain_point="รอคิวนานครึ่งวัน",
    solution="จองเวลาล่วงหน้าทาง LINE",
    impact="เวลารอลดลง",
)
"""An innovation to which nothing is missing but figures and evidence."""
MEASURE = actions.MeasureWords(
    name="เวลารอเฉลี่ย",
    unit="นาที",
    base_year=2566,
    base_value=Decimal(90),
    year=2568,
    value=Decimal(12),
    source="รายงานสำนักงานที่ดิน ปีงบประมาณ 2568",
)

STEPS = "สำรวจเวลารอของผู้มารับบริการ\nเปิดจองคิวทาง LINE\nจัดช่องบริการสำหรับผู้จอง"
"""Three steps, a line each."""


def make_innovation(owner: Owner, state: str = "draft", **words: object) -> Innovation:
    """An innovation of the agency that went as far as this state."""
    home = owner.agency.area
    words.setdefault("areas", [home] if home.level else [])
    innovation = actions.begin_innovation(owner.agency, replace(TOLD, **words), by=owner.writer)
    if state == "draft":
        return innovation
    actions.keep_measure(innovation, MEASURE, by=owner.writer)
    actions.add_evidence(innovation, title="รายงานประจำปี 2568", by=owner.writer)
    innovation = actions.propose_innovation(innovation, by=owner.writer, note="เสนอตามนี้")
    if state == "registered":
        appraise(innovation, by=owner.ministry)
        innovation = actions.register_innovation(innovation, by=owner.ministry)
    return innovation


def words_of_appraisal(
    innovation: Innovation, *, failed: str = "", value: int = 4, remark: str = "", **marks: int
) -> actions.AppraisalWords:
    """An appraisal that passes every gate but one, with the same mark everywhere but where one is named."""
    check = self_check(innovation)
    return actions.AppraisalWords(
        version=innovation.versions.last().number,
        gates={
            each.criterion.code: actions.GateFinding(each.criterion.code != failed, "ดูจากหลักฐานแล้ว")
            for each in check.gates
        },
        marks={
            each.criterion.code: actions.GivenMark(marks.get(each.criterion.code, value))
            for each in (*check.parts, *check.quality)
        },
        remark=remark,
    )


def appraise(innovation: Innovation, *, by: User, **words: object) -> Appraisal:
    """What the ministry found of an innovation that lies there; a correction says so."""
    words.setdefault("remark", "แก้คะแนน" if innovation.appraisals.exists() else "")
    return actions.appraise_innovation(innovation, words_of_appraisal(innovation, **words), by=by)


def make_cookbook(owner: Owner, state: str = "draft", innovation: Innovation | None = None) -> Cookbook:
    """The cookbook of a registered innovation of the agency, with a second section filled."""
    innovation = innovation or make_innovation(owner, "registered")
    cookbook = actions.begin_cookbook(innovation, by=owner.writer)
    actions.write_section(cookbook, "steps", STEPS, edits=0, by=owner.writer)
    if state == "published":
        cookbook = actions.publish_cookbook(cookbook, by=owner.writer)
    return cookbook


def make_adoption(innovation: Innovation, agency: Agency, step: str = "") -> Adoption:
    """What an agency makes of an innovation."""
    return actions.begin_adoption(innovation, agency, step=step, by=None)


def make_order(
    innovation: Innovation, agency: Agency, *, by: User, due_on: date | None = None
) -> FollowUpOrder:
    """An order to one agency, due in a week unless a day is given."""
    due = due_on or today() + timedelta(days=7)
    (order,) = actions.give_orders(
        innovation, [agency], words="ให้เชื่อมโยงข้อมูลเข้าฐานข้อมูลกลาง", due_on=due, by=by
    )
    return order


def make_rows_of_every_kind() -> None:
    """A few rows of every table of the room, for tests that compare rights row by row."""
    owner, other = make_owner(), make_owner("40")
    for state in ("draft", "proposed", "registered"):
        make_innovation(owner, state)
    made = make_innovation(other, "registered")
    register = Register.objects.create(
        code="made-up", name_th="ทะเบียน", name_en="Register", year=2568, order="number", digest="-"
    )
    RegisterEntry.objects.create(register=register, innovation=made, number=1)
    PublishedFigure.objects.create(
        register=register, position=1, code="entries", name_th="ทั้งหมด", name_en="all", value=1
    )
    cookbook = make_cookbook(other, "published", made)
    CookbookFile.objects.create(cookbook=cookbook, title="แบบคำขอ", file=make_file())
    actions.send_cookbook(cookbook, ["provincial"], by=owner.ministry)
    make_cookbook(owner)
    for step in ("", "pilot"):
        adopter = make_agency("32" if step else "40")
        make_adoption(made, adopter, step)
        make_order(made, adopter, by=owner.ministry)
