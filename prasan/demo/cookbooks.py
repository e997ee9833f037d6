"""How the four winners of 2567 spread: their cookbooks, who opened one, who took it up, and two orders.

The facts are those of the news of the ceremony of 20 August 2567; the texts are our own. What the news does
not say stays empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from prasan.accounts.models import User
from prasan.agencies.actions import found_agency
from prasan.agencies.models import Agency
from prasan.demo.people import Staff, employ
from prasan.innovations import actions
from prasan.innovations.models import Innovation, RegisterEntry
from prasan.kernel.calendar import today

REGISTER = "excellent-innovation-2567"


@dataclass(frozen=True, slots=True)
class Bureau:
    """An office of the ministry."""

    code: str
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """The cookbook of a winner, by its number in the register; who writes it, and what its sections say."""

    number: int
    writer: str
    sections: Mapping[str, str]


BUREAUS = (
    Bureau("policy", "สำนักนโยบายและแผน สำนักงานปลัดกระทรวงมหาดไทย", "Bureau of Policy and Planning"),
    Bureau(
        "provincial-administration",
        "สำนักพัฒนาและส่งเสริมการบริหารราชการจังหวัด สำนักงานปลัดกระทรวงมหาดไทย",
        "Bureau of Provincial Administration Development and Promotion",
    ),
    Bureau(
        "ict",
        "ศูนย์เทคโนโลยีสารสนเทศและการสื่อสาร สำนักงานปลัดกระทรวงมหาดไทย",
        "Information and Communication Technology Centre",
    ),
)
"""Those to whom the order of 20 August 2567 was given."""

RECIPES = (
    Recipe(
        1,
        "moi-inspection-complaints",
        {
            "steps": "รวบรวมรายชื่อหน่วยงานที่รับเรื่องร้องเรียนร้องทุกข์ และหน่วยงานที่ให้บริการประชาชน\n"
            "ตกลงข้อมูลที่จะส่งถึงกัน และแทนเอกสารด้วยการเชื่อมโยงฐานข้อมูล (Linkage)\n"
            "ตรวจเรื่องที่ผู้ร้องยื่นไว้หลายหน่วยงาน แล้วรวมเป็นเรื่องเดียว\n"
            "ติดตามความคืบหน้าของทุกเรื่องในระบบเดียว\n"
            "สรุปสถิติเสนอผู้บริหารเพื่อตัดสินใจเชิงนโยบาย",
            "who": "สำนักตรวจราชการและเรื่องราวร้องทุกข์เป็นเจ้าภาพ ศูนย์ดำรงธรรมเป็นผู้ใช้",
            "partners": "หน่วยงานรับเรื่องร้องเรียนร้องทุกข์และหน่วยงานให้บริการประชาชน รวม 15 หน่วยงาน",
            "success_factors": "ทุกหน่วยงานเห็นเรื่องเดียวกัน จึงไม่ทำซ้ำ และผู้ร้องได้คำตอบเร็วขึ้น",
        },
    ),
    Recipe(
        2,
        "head-40",
        {
            "steps": "สำรวจแหล่งน้ำและความต้องการน้ำทั้งจังหวัด ตามลำน้ำชี ลำน้ำเชิญ และลำน้ำพอง\n"
            "ทำแผนบริหารจัดการน้ำเชิงระบบร่วมกับมหาวิทยาลัย ลงถึงระดับตำบล อำเภอ และจังหวัด\n"
            "จัดลำดับความสำคัญของโครงการน้ำในแผน\n"
            "เมื่อมีการเสนอโครงการน้ำ ให้เลือกจากแผนตามลำดับ\n"
            "ทบทวนแผนเมื่อข้อเท็จจริงไม่เป็นตามที่คาด",
            "who": "สำนักงานจังหวัดเป็นเจ้าภาพ หน่วยงานด้านน้ำและท้องถิ่นร่วมทำแผน",
            "partners": "มหาวิทยาลัยขอนแก่น ทำแผนงานและโครงการให้ครอบคลุมทั้งพื้นที่",
            "cycle": "ทบทวนทุก 6 เดือน และ 12 เดือน",
            "success_factors": "แผนครอบคลุมทั้งพื้นที่และอำนาจหน้าที่ และปรับได้ตามข้อเท็จจริง",
        },
    ),
    Recipe(
        3,
        "head-45",
        {
            "steps": "นำแนวคิดจากระบบ Thai Water Plan มาออกแบบโปรแกรม และขอความเห็นชอบจากผู้ว่าราชการจังหวัด\n"
            "ทดลองใช้จนระบบเสถียร\n"
            "เชิญหัวหน้าส่วนราชการ ผู้บริหารท้องถิ่น และเจ้าหน้าที่มาประชุมรับทราบวิธีใช้\n"
            "ให้หน่วยงานส่งโครงการพร้อมแบบรูปรายการและภาพถ่าย\n"
            "นักวิเคราะห์นโยบายและแผนจัดลำดับความสำคัญ",
            "who": "นักวิชาการคอมพิวเตอร์ของสำนักงานจังหวัดพัฒนาระบบ นักวิเคราะห์นโยบายและแผนใช้งาน",
            "cost": "ไม่ใช้งบประมาณของทางราชการ",
            "partners": "ส่วนราชการในจังหวัดและองค์กรปกครองส่วนท้องถิ่น",
            "cycle": "ติดตามและแก้ไขข้อมูลทุก 3 เดือน",
            "pitfalls": "ช่วงเวลาทำแผนสั้น หากรอเอกสารจากหน่วยงานจะไม่ทันการเสนอแผน",
        },
    ),
    Recipe(
        4,
        "head-32",
        {
            "steps": "กำหนดรหัสให้ครบทุกหมู่บ้าน เพื่อให้ผู้นำหมู่บ้านกรอกข้อมูลได้เอง\n"
            "กบต. ประมวลความต้องการ แยกว่าเรื่องใดทำเอง ทำร่วม หรืออยู่ในอำนาจของหน่วยงานใด\n"
            "กบอ. พิจารณาและส่งต่อโครงการไปยังส่วนราชการ\n"
            "ผู้ว่าราชการจังหวัดพิจารณาบรรจุเข้าสู่แผนพัฒนาจังหวัด\n"
            "เมื่อได้รับงบประมาณ ติดตามตั้งแต่จัดซื้อจัดจ้างจนถึงผลและประโยชน์ที่ได้",
            "who": "ผู้นำหมู่บ้าน กบต. กบอ. ส่วนราชการ และผู้ว่าราชการจังหวัด ตามลำดับ",
            "partners": "ทุกหมู่บ้าน ตำบล อำเภอ และส่วนราชการในจังหวัด",
            "success_factors": "เห็นภาพรวมทั้งงานที่ทำแล้ว กำลังทำ และรองบประมาณ ในระบบเดียว",
        },
    ),
)

ADOPTERS = (
    ("32", "use", "เจ้าหน้าที่เห็นเรื่องที่ร้องเรียนซ้ำก่อนส่งต่อ", "ควรให้ท้องถิ่นเห็นเรื่องในเขตของตนด้วย"),
    ("45", "pilot", "", ""),
    ("40", "plan", "", ""),
)
"""Whose centre takes the first winner up, how far it is, and what it tells the owner."""

ORDERED = "เชื่อมโยงแผนงานและโครงการของทั้ง 76 จังหวัดเข้าสู่ฐานข้อมูลกลางในลักษณะ Linkage"
DUE_IN = timedelta(days=90)


def staff_bureaus(ministry: Staff) -> None:
    """The offices of the ministry that the story of the winners needs, each with an officer."""
    for bureau in BUREAUS:
        ministry.agencies[bureau.code] = found_agency(
            code=f"moi-{bureau.code}",
            name_th=bureau.name_th,
            name_en=bureau.name_en,
            level=Agency.Level.CENTRAL,
            area=ministry.province,
            parent=ministry.agencies["moi"],
            by=None,
        )
        _employ_at(ministry, f"moi-{bureau.code}", ministry.agencies[bureau.code])
    complaints = Agency.objects.get(code="moi-inspection-complaints")
    _employ_at(ministry, complaints.code, complaints)


def tell_of_winners(ministry: Staff, provinces: Mapping[str, Staff]) -> None:
    """Write and publish the four cookbooks, send one, take it up in three provinces, and give two orders."""
    people = {name: staff for staff in (ministry, *provinces.values()) for name in staff.people}
    entries = RegisterEntry.objects.filter(register__code=REGISTER).select_related("innovation")
    winners = {entry.number: entry.innovation for entry in entries}
    for recipe in RECIPES:
        _cook(winners[recipe.number], recipe, by=people[recipe.writer].person(recipe.writer))
    officer = ministry.person("ministry")
    _spread(winners[1], provinces, by=officer)
    _order((winners[4], winners[3]), ministry, by=officer)


def _employ_at(staff: Staff, username: str, agency: Agency) -> None:
    title_th, title_en = f"เจ้าหน้าที่{agency.name_th}", f"Officer, {agency.name_en}"
    employ(staff, username, "agency_officer", agency, staff.province, title_th, title_en, by=None)


def _cook(innovation: Innovation, recipe: Recipe, *, by: User) -> None:
    cookbook = actions.begin_cookbook(innovation, by=by)
    for code, text in recipe.sections.items():
        actions.write_section(cookbook, code, text, edits=0, by=by)
    actions.publish_cookbook(cookbook, by=by)


def _spread(innovation: Innovation, provinces: Mapping[str, Staff], *, by: User) -> None:
    cookbook = innovation.cookbook
    actions.send_cookbook(cookbook, [Agency.Level.CENTRAL, Agency.Level.PROVINCIAL], by=by)
    for code, step, result, lessons in ADOPTERS:
        staff = provinces[code]
        officer = staff.person(f"complaints-{code}")
        actions.note_opening(cookbook, by=officer)
        adoption = actions.begin_adoption(
            innovation, staff.agencies["centre"], step=step, since=today(), by=officer
        )
        if result:
            actions.write_lessons(adoption, result=result, lessons=lessons, by=officer)


def _order(innovations: tuple[Innovation, ...], ministry: Staff, *, by: User) -> None:
    agencies = [ministry.agencies[bureau.code] for bureau in BUREAUS]
    for innovation in innovations:
        actions.give_orders(innovation, agencies, words=ORDERED, due_on=today() + DUE_IN, by=by)
