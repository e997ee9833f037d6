"""The words of form จ.1-1, in its own order; the files are read back by them, so they are not translated.

Layout not checked against the regulation.
"""

from __future__ import annotations

from typing import Final

TITLE: Final = "แบบ จ.1-1 โครงการแบบย่อ (Project Brief)"

HEAD: Final = {
    "issue": "ประเด็นการพัฒนา",
    "approach": "แนวทางการพัฒนา",
    "measures": "ตัวชี้วัดและค่าเป้าหมายของประเด็นการพัฒนา",
    "main_programme": "แผนงานหลัก",
    "programme": "แผนงาน",
}
BODY: Final = {
    "name": "ชื่อโครงการ",
    "rationale": "หลักการและเหตุผล",
    "objective": "วัตถุประสงค์ของโครงการ",
    "indicators": "ตัวชี้วัดและค่าเป้าหมาย",
    "target_words": "พื้นที่เป้าหมาย",
    "activities": "กิจกรรมหลัก",
    "operator": "หน่วยงานดำเนินงาน",
    "duration": "ระยะเวลาดำเนินงาน",
    "budget_asked": "งบประมาณ",
    "output": "ผลผลิต",
    "outcome": "ผลลัพธ์",
}
BESIDE: Final = {
    "number": "เลขที่โครงการ",
    "area": "รหัสพื้นที่",
    "area_name": "พื้นที่",
    "fiscal_year": "ปีงบประมาณ",
    "sector": "รหัสสาขา",
    "kind": "รหัสประเภทโครงการ",
    "households": "ครัวเรือนที่ได้รับประโยชน์",
    "beneficiaries": "ประชาชนที่ได้รับประโยชน์",
}
"""What Prasan keeps of a project besides the form."""

ACTIVITY: Final = ("กิจกรรม", "หน่วยงานรับผิดชอบ", "หน่วยงานที่ร่วมดำเนินการ")
INDICATOR: Final = ("ตัวชี้วัด", "ค่าเป้าหมาย")
STARTS, ENDS = "วันเริ่มต้น", "วันสิ้นสุด"
YEAR: Final = "ปีงบประมาณ"
AMOUNT: Final = "งบประมาณ (บาท)"
IN_LIST: Final = "ลำดับในรายการ"

LIST_SHEET, ACTIVITY_SHEET, INDICATOR_SHEET = "จ.1-1", "กิจกรรมหลัก", "ตัวชี้วัด"


def numbered(field: str) -> str:
    """The label of an item of the form with its number: `2. หลักการและเหตุผล`."""
    return f"{list(BODY).index(field) + 1}. {BODY[field]}"
