"""What residents of a demonstration province report, brought as far as each goes; texts of our own."""

from __future__ import annotations

from dataclasses import dataclass

from prasan.accounts.models import User
from prasan.complaints import actions
from prasan.complaints.models import Complaint, Kind, Referral
from prasan.demo.people import Staff
from prasan.demo.provinces import DemoProvince
from prasan.places.models import Area, Level


@dataclass(frozen=True, slots=True)
class Told:
    """One telling: in which village, its kind and title at the desk, how far it comes, whose repeat it is.

    `stage` is the last thing that was done: told, screened, sent, taken_up, working, answered, solved,
    cannot or returned. `office` answers for it; `same_as` is the number of an earlier one, counted from 1.
    """

    village: int
    words: str
    kind: str
    title: str = ""
    stage: str = "told"
    office: str = ""
    helper: str = ""
    answer: str = ""
    same_as: int = 0


TOLD = (
    Told(1, "ไฟกิ่งปากทางเข้าหมู่บ้านดับมาสองสัปดาห์ กลางคืนมืดมาก เด็กเลิกเรียนพิเศษกลับบ้านลำบาก", "lighting",
         "ไฟสาธารณะปากทางเข้าหมู่บ้านดับ", "working", "rural-roads", answer="สั่งโคมไฟแล้ว จะติดตั้งภายในสัปดาห์หน้า"),
    Told(1, "หน้าปากทางเข้าบ้านเรามืด ไฟไม่ติดเลย ช่วยมาดูหน่อยครับ", "lighting", same_as=1),
    Told(1, "โคมไฟตรงทางเข้าหมู่บ้านเสีย แจ้งไปทางโทรศัพท์แล้วยังไม่มีใครมา", "lighting", same_as=1),
    Told(2, "ถนนหน้าวัดเป็นหลุมลึกหลายหลุม รถจักรยานยนต์ล้มเมื่อวานหนึ่งคัน", "road",
         "ถนนหน้าวัดเป็นหลุม", "solved", "rural-roads", answer="ปะซ่อมผิวทางเรียบร้อยแล้ว"),
    Told(2, "น้ำประปาขุ่นและมีกลิ่นมาสามวัน ใช้หุงข้าวไม่ได้", "water_supply",
         "น้ำประปาขุ่นมีกลิ่น", "answered", "health", answer="ตรวจคุณภาพน้ำแล้ว ล้างถังพักน้ำและเติมคลอรีนตามมาตรฐาน"),
    Told(3, "ฝนตกทีไรน้ำท่วมถนนเข้าหมู่บ้านทุกครั้ง ท่อระบายน้ำตันด้วยดินและใบไม้", "flood",
         "น้ำท่วมถนนเข้าหมู่บ้าน ท่อระบายน้ำตัน", "taken_up", "irrigation", "rural-roads"),
    Told(3, "ท่อระบายน้ำตรงถนนเข้าหมู่บ้านอุดตัน น้ำท่วมขังเป็นวัน", "flood", same_as=6),
    Told(4, "โรงสีข้าวเดินเครื่องตอนกลางคืน เสียงดังและฝุ่นแกลบปลิวเข้าบ้าน ผู้สูงอายุหายใจไม่ออก", "smoke",
         "ฝุ่นและเสียงจากโรงสีข้าวตอนกลางคืน", "sent", "health"),
    Told(4, "สุนัขจรจัดกว่าสิบตัวหน้าโรงเรียน ไล่เด็กทุกเช้า", "animal", "สุนัขจรจัดหน้าโรงเรียน", "screened"),
    Told(5, "มีคนมาปล่อยเงินกู้คิดดอกร้อยละยี่สิบต่อเดือน ไม่จ่ายก็มาข่มขู่ถึงบ้าน", "debt",
         "เงินกู้นอกระบบและการข่มขู่", "returned", "health", answer="ไม่อยู่ในอำนาจของหน่วยงาน ควรส่งฝ่ายปกครอง"),
    Told(5, "ขอให้ทำทางจักรยานรอบหมู่บ้าน", "other", "ขอทางจักรยานรอบหมู่บ้าน", "cannot",
         answer="ยังไม่มีงบประมาณในปีนี้ แนะนำให้เสนอเป็นความต้องการของหมู่บ้านเพื่อเข้าแผน"),
    Told(6, "กิ่งไม้ใหญ่พาดสายไฟหน้าศาลาประชาคม ลมแรงกลัวจะหักลงมา", "tree"),
    Told(6, "ขยะกองริมคลองส่งกลิ่นเหม็น ไม่มีรถมาเก็บสองสัปดาห์แล้ว", "garbage"),
)  # fmt: skip

RULES = (
    ("lighting", "", "rural-roads", True, "ไฟทางบนทางหลวงชนบท"),
    ("road", "", "rural-roads", True, "ทางหลวงชนบท"),
    ("flood", "", "irrigation", True, "ดูแลคลองและประตูระบายน้ำ"),
    ("flood", "ถนน, ท่อ", "rural-roads", False, "น้ำท่วมผิวทางหรือท่อลอดถนน"),
    ("water_supply", "", "health", True, "คุณภาพน้ำอุปโภคบริโภค"),
    ("smoke", "", "health", True, "เหตุรำคาญด้านสาธารณสุข"),
    ("garbage", "ถังขยะ, รถขยะ", "", True, "การเก็บขยะเป็นหน้าที่ของท้องถิ่น"),
    ("garbage", "", "environment", True, ""),
    ("tree", "สายไฟ, เสาไฟ", "power", True, "ต้องให้การไฟฟ้าตัดกิ่งไม้ใกล้สายไฟ"),
    ("tree", "", "environment", True, ""),
)
"""Kind, words, office (the local organisation where empty), whether it answers, and why: from above."""

TEXTS = (
    ("", "ขอข้อมูลเพิ่ม", "ศูนย์ดำรงธรรมได้รับเรื่องเลขที่ {number} แล้ว ขอทราบจุดที่เกิดเหตุให้ชัดเจนขึ้น"),
    ("rural-roads", "แก้ไขแล้ว", "ได้แก้ไขเรื่อง{kind} ที่{place} เรียบร้อยแล้ว ขอบคุณที่แจ้ง"),
    ("health", "ไม่อยู่ในอำนาจ", "เรื่องเลขที่ {number} ไม่อยู่ในอำนาจหน้าที่ของหน่วยงาน จึงขอส่งคืนศูนย์ดำรงธรรม"),
)  # fmt: skip
"""Office (the centre where empty), name and text that answers are filled with."""


class Reporting:
    """The complaints of one province, told and handled through the acts of its people."""

    def __init__(self, plan: DemoProvince, staff: Staff) -> None:
        self.plan = plan
        self.staff = staff
        self.officer = staff.person(f"complaints-{plan.code}")
        self.villages = list(
            Area.objects.filter(parent=plan.tambon, level=Level.VILLAGE, is_abolished=False).order_by("moo")
        )
        self.made: list[Complaint] = []

    def tell(self) -> None:
        """Write the rules by which complaints are sent, tell each in turn, and bring it as far as it goes."""
        self._write_rules()
        self._keep_texts()
        for told in TOLD:
            self.made.append(self._tell(told))

    def _write_rules(self) -> None:
        province = Area.objects.get(pk=self.plan.code)
        book = actions.draft_rules(province, by=self.officer)
        for kind, words, office, is_lead, reason in RULES:
            rule = actions.RuleWords(
                province,
                Kind.objects.get(code=kind) if kind else None,
                words,
                self.staff.agencies[office] if office else None,
                is_lead,
                is_local=not office,
                reason=reason,
            )
            actions.add_rule(book, rule, by=self.officer)
        actions.put_rules_in_force(book, by=self.staff.person(f"head-{self.plan.code}"))

    def _keep_texts(self) -> None:
        for office, name, text in TEXTS:
            person = self.officer if not office else self.staff.person(f"{office}-{self.plan.code}")
            agency = self.staff.agencies[office or "centre"]
            actions.keep_template(None, agency=agency, name=name, text=text, by=person)

    def _tell(self, told: Told) -> Complaint:
        village = self.villages[(told.village - 1) % len(self.villages)]
        kind = Kind.objects.get(code=told.kind)
        same_as = self.made[told.same_as - 1] if told.same_as else None
        words = actions.ComplaintWords(told.words, village, kind=kind)
        complaint = actions.take_in(words, manner="anonymous", same_as=same_as).complaint
        if told.stage == "told":
            return complaint
        complaint = actions.screen_complaint(complaint, kind=kind, title=told.title, by=self.officer)
        if told.stage == "cannot":
            return actions.close_complaint(complaint, reason="cannot", by=self.officer, note=told.answer)
        return self._send(complaint, told) if told.office else complaint

    def _send(self, complaint: Complaint, told: Told) -> Complaint:
        offices = self.staff.agencies
        helpers = [offices[told.helper]] if told.helper else []
        actions.refer_complaint(complaint, lead=offices[told.office], helpers=helpers, by=self.officer)
        self._handle(
            complaint.referrals.get(is_lead=True), told, self.staff.person(f"{told.office}-{self.plan.code}")
        )
        if told.stage == "solved":
            actions.close_complaint(complaint, reason="solved", by=self.officer, note=told.answer)
        return Complaint.objects.get(pk=complaint.pk)

    def _handle(self, referral: Referral, told: Told, by: User) -> None:
        if told.stage == "returned":
            actions.return_referral(referral, by=by, note=told.answer)
        elif told.stage != "sent":
            actions.acknowledge_referral(referral, by=by)
            if told.stage != "taken_up":
                actions.begin_work(referral, by=by, note=told.answer if told.stage == "working" else "")
            if told.stage in ("answered", "solved"):
                actions.answer_referral(referral, by=by, note=told.answer)
