"""Two made-up innovations: one is appraised and in the register, one waits for its appraisal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from prasan.accounts.models import User
from prasan.demo.people import Staff
from prasan.innovations import actions
from prasan.innovations.models import Innovation
from prasan.innovations.queries import self_check
from prasan.kernel.calendar import FiscalYear, today
from prasan.places.models import Area


@dataclass(frozen=True, slots=True)
class Invention:
    """What an office of a province did: where, in which words, and the one figure that shows it."""

    province: str
    office: str
    areas: tuple[str, ...]
    words: Mapping[str, str]
    aspects: tuple[str, ...]
    ways: tuple[str, ...]
    measure: tuple[str, str, int, int]
    evidence: str


FLOOD_LINES = Invention(
    "32",
    "irrigation",
    ("3203", "4510"),
    {
        "title": "เส้นระดับน้ำบนเสาไฟฟ้า เตือนน้ำหลากล่วงหน้าโดยผู้ใหญ่บ้าน",
        "title_en": "Water lines on electricity poles: flood warning by village heads",
        "pain_point": "น้ำหลากถึงหมู่บ้านก่อนคำเตือน เพราะไม่มีเครื่องวัดระดับน้ำในลำน้ำสาขา",
        "solution": "ทาสีระดับน้ำไว้บนเสาไฟฟ้าริมลำน้ำ ผู้ใหญ่บ้านต้นน้ำแจ้งสีที่น้ำถึงเข้ากลุ่ม LINE ของหมู่บ้านท้ายน้ำ",
        "impact": "หมู่บ้านท้ายน้ำมีเวลาขนย้ายสิ่งของเพิ่มขึ้น",
        "rationale": "ลำน้ำสาขาไม่มีสถานีวัดระดับน้ำ การติดตั้งเครื่องวัดใช้งบประมาณสูงและดูแลยาก",
        "objective": "ให้ทุกหมู่บ้านท้ายน้ำได้รับคำเตือนก่อนน้ำถึงอย่างน้อย 6 ชั่วโมง",
        "work_done": "สำรวจจุดติดตั้งร่วมกับผู้ใหญ่บ้าน ทาสีระดับน้ำ อบรมผู้แจ้ง และซ้อมแจ้งเตือนก่อนฤดูฝน",
        "expected_result": "หมู่บ้านท้ายน้ำได้รับคำเตือนก่อนน้ำถึงอย่างน้อย 6 ชั่วโมง",
        "actual_result": "ได้รับคำเตือนก่อนน้ำถึงเฉลี่ย 9 ชั่วโมง จากเดิม 2 ชั่วโมง",
        "problem_fit": "ชาวบ้านต้องการเวลาขนย้าย ไม่ใช่ตัวเลขระดับน้ำ สีบนเสาอ่านได้ทุกคน",
        "difference": "เดิมรอประกาศจากอำเภอ เปลี่ยนเป็นหมู่บ้านต้นน้ำเตือนหมู่บ้านท้ายน้ำโดยตรง",
    },
    ("systems", "engagement"),
    ("process", "networking"),
    ("เวลาที่ได้รับคำเตือนก่อนน้ำถึง", "ชั่วโมง", 2, 9),
    "บันทึกการแจ้งเตือนของกลุ่มหมู่บ้านลุ่มน้ำ",
)
MEDICINE_ROUND = Invention(
    "40",
    "health",
    ("4007", "4001"),
    {
        "title": "รถพุ่มพวงส่งยาผู้ป่วยเบาหวานถึงหน้าบ้าน",
        "title_en": "Grocery trucks that bring medicine to the doors of people with diabetes",
        "pain_point": "ผู้สูงอายุขาดยาเพราะไม่มีคนพาไปรับยาที่โรงพยาบาล",
        "solution": "ฝากยาที่จัดชุดแล้วไปกับรถพุ่มพวงซึ่งเข้าทุกหมู่บ้านอยู่แล้ว อสม. รับและบันทึกการใช้ยา",
        "impact": "ผู้ป่วยที่ขาดยาลดลง",
        "rationale": "ผู้ป่วยเบาหวานในหมู่บ้านห่างไกลขาดนัดรับยาปีละหลายครั้ง",
        "objective": "ลดจำนวนผู้ป่วยที่ขาดยาลงครึ่งหนึ่ง",
        "work_done": "ตกลงเส้นทางกับเจ้าของรถ จัดชุดยา อบรม อสม. และติดตามผลทุกเดือน",
        "expected_result": "ผู้ป่วยขาดยาไม่เกิน 60 ราย",
        "actual_result": "ผู้ป่วยขาดยา 48 ราย จากเดิม 126 ราย",
        "problem_fit": "ผู้ป่วยต้องการรับยาใกล้บ้านโดยไม่ต้องเหมารถ",
        "difference": "ใช้รถที่เข้าหมู่บ้านทุกวันอยู่แล้ว แทนการจัดหน่วยเคลื่อนที่เดือนละครั้ง",
    },
    ("management",),
    ("process", "integration"),
    ("ผู้ป่วยที่ขาดยา", "ราย", 126, 48),
    "ทะเบียนการรับยาของโรงพยาบาลส่งเสริมสุขภาพตำบล",
)

GATES = {
    "new": "ตรวจทะเบียนนวัตกรรมแล้ว จังหวัดไม่เคยเสนอเรื่องนี้มาก่อน",
    "finished": "รายงานผลแสดงว่าดำเนินการแล้วเสร็จในปีงบประมาณ",
}
"""Why each gate is passed."""
MARKS = {
    "objective": (5, ""),
    "expected_result": (5, ""),
    "benefit": (5, "ตัวเลขก่อนและหลังแสดงประโยชน์ชัดเจน"),
    "references": (3, "มีบันทึกการแจ้งเตือน ควรแนบรายงานของหมู่บ้านท้ายน้ำเพิ่ม"),
}
"""The marks that differ from the usual one, some with a reason."""
USUAL_MARK = 4


def tell_of_inventions(ministry: Staff, provinces: Mapping[str, Staff]) -> None:
    """Propose both innovations; appraise one of them by its criteria, and let it into the register."""
    proposed = [_propose(each, provinces[each.province]) for each in (FLOOD_LINES, MEDICINE_ROUND)]
    officer = ministry.person("ministry")
    _appraise(proposed[0], by=officer)
    actions.register_innovation(proposed[0], by=officer)


def _propose(invention: Invention, staff: Staff) -> Innovation:
    writer = staff.person(f"{invention.office}-{invention.province}")
    year = FiscalYear.of(today()).previous
    words = actions.InnovationWords(
        **invention.words,
        kind=Innovation.Kind.SERVICE,
        aspects=invention.aspects,
        ways=invention.ways,
        fiscal_year=year.be,
        started_on=year.starts + timedelta(days=30),
        finished_on=year.ends - timedelta(days=60),
        areas=list(Area.objects.filter(pk__in=invention.areas).select_related("parent")),
    )
    innovation = actions.begin_innovation(staff.agencies[invention.office], words, by=writer)
    name, unit, before, after = invention.measure
    figure = actions.MeasureWords(
        name=name,
        unit=unit,
        base_year=year.previous.be,
        base_value=Decimal(before),
        year=year.be,
        value=Decimal(after),
        source=invention.evidence,
    )
    actions.keep_measure(innovation, figure, by=writer)
    actions.add_evidence(innovation, title=invention.evidence, by=writer)
    return actions.propose_innovation(innovation, by=writer)


def _appraise(innovation: Innovation, *, by: User) -> None:
    check = self_check(innovation)
    weighed = (each.criterion.code for each in (*check.parts, *check.quality))
    found = actions.AppraisalWords(
        version=innovation.versions.latest("number").number,
        gates={
            each.criterion.code: actions.GateFinding(True, GATES[each.criterion.code]) for each in check.gates
        },
        marks={code: actions.GivenMark(*MARKS.get(code, (USUAL_MARK, ""))) for code in weighed},
    )
    actions.appraise_innovation(innovation, found, by=by)
