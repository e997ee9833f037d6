"""Titles of innovations: twins meet, false friends stay apart, and places change nothing."""

import csv
from pathlib import Path

import pytest

from prasan.matching.ontology import ontology
from prasan.matching.title_likeness import SAME, VERSION, explain_titles, likeness_of_titles
from prasan.matching.title_reading import read_title

DEVELOPMENT = Path(__file__).parent / "titles" / "development.tsv"

TWINS = [
    ("e-Office", "อีสารบรรณ"),
    ("e-Office", "ระบบสารบรรณอิเล็กทรอนิกส์"),
    ("eOffice", "อี-ออฟฟิศ"),
    ("E Document", "สำนักงานไร้กระดาษ"),
    ("EMS", "ระบบการแพทย์ฉุกเฉิน"),
    ("1669", "Smart Ambulance"),
    ("Telemedicine", "โทรเวชกรรม"),
    ("พบแพทย์ออนไลน์", "เทเลเมดิซีน"),
    ("LTAX GIS", "แผนที่ภาษีและทะเบียนทรัพย์สิน"),
    ("QueQ", "ระบบจองคิวออนไลน์"),
    ("Smart Kiosk", "ตู้บริการอเนกประสงค์"),
    ("One Stop Service", "ศูนย์บริการเบ็ดเสร็จ"),
    ("GIS", "ระบบสารสนเทศภูมิศาสตร์"),
    ("Drive Thru for Tax", "เลื่อนล้อต่อภาษี"),
    ("CCTV", "กล้องวงจรปิด"),
    ("Traffy Fondue", "ระบบรับเรื่องร้องทุกข์"),
    ("e-Meeting", "การประชุมอิเล็กทรอนิกส์"),
    ("e-Service", "ยื่นคำร้องออนไลน์"),
    ("Free WiFi", "เน็ตประชารัฐ"),
    ("Long Term Care", "ดูแลผู้ป่วยติดเตียงที่บ้าน"),
    ("AED", "เครื่องกระตุกหัวใจ"),
    ("TPMAP", "แก้จนแบบชี้เป้า"),
    ("PM2.5", "เครื่องวัดฝุ่นละออง"),
    ("ITA", "ป้องกันการทุจริต"),
    ("DLTV", "เรียนทางไกล"),
    ("Wastewater treatment", "บำบัดน้ำเสียชุมชน"),
    ("Flood early warning", "เตือนภัยน้ำท่วมล่วงหน้า"),
    ("Waste bank", "ขยะแลกไข่"),
    ("School for the elderly", "มหาวิทยาลัยวัยที่สาม"),
    ("Teleconsult", "ปรึกษาแพทย์ผ่านวิดีโอคอล"),
]

FALSE_FRIENDS = [
    ("ธนาคารขยะ", "ธนาคารน้ำใต้ดิน"),
    ("ธนาคารเลือด", "ธนาคารต้นไม้"),
    ("ชำระภาษีที่ดินผ่าน QR Code", "QR Code ตรวจสอบย้อนกลับทุเรียน"),
    ("Drive Thru ชำระภาษีที่ดิน", "Drive Thru รับยา"),
    ("จองคิวพบแพทย์ออนไลน์", "จองคิวทำใบขับขี่ออนไลน์"),
    ("โรงเรียนผู้สูงอายุ", "โรงเรียนเบาหวาน"),
    ("โรงเรียนผู้สูงอายุ", "เบี้ยยังชีพผู้สูงอายุ"),
    ("แผนที่ภาษีด้วย GIS", "แผนที่เสี่ยงภัยดินถล่มด้วย GIS"),
    ("โดรนพ่นปุ๋ยนาข้าว", "โดรนเฝ้าระวังไฟป่า"),
    ("หุ่นยนต์จัดยา", "หุ่นยนต์ดับเพลิง"),
    ("รถรับส่งผู้ป่วย", "รถรับส่งนักเรียน"),
    ("ห้องสมุดเคลื่อนที่", "ทันตกรรมเคลื่อนที่"),
    ("กล้องวงจรปิดเพื่อความปลอดภัย", "หมวกนิรภัยเพื่อความปลอดภัย"),
    ("ต่อภาษีรถยนต์", "ชำระภาษีป้าย"),
    ("ค่าธรรมเนียมขยะ", "ค่าน้ำประปา"),
    ("เครื่องกรองน้ำดื่ม", "เครื่องกรองอากาศลดฝุ่น PM2.5"),
    ("ฝึกอาชีพผู้ต้องขัง", "ฝึกอาชีพคนพิการ"),
    ("Smart Farm", "Smart Hospital"),
    ("e-Leave", "e-Saraban"),
    ("วัคซีนโควิด", "วัคซีนพิษสุนัขบ้า"),
    ("น้ำเสียชุมชน", "น้ำท่วมชุมชน"),
    ("ตู้จ่ายยาอัตโนมัติ", "ตู้ทำบัตรประชาชนอัตโนมัติ"),
    ("Line OA แจ้งซ่อมไฟฟ้าสาธารณะ", "Line OA จองห้องประชุม"),
    ("ขึ้นทะเบียนเกษตรกร", "ขึ้นทะเบียนสุนัขแมว"),
]


def development() -> list[tuple[str, str]]:
    with DEVELOPMENT.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["kind"], row["title"]) for row in rows]


def codes(title: str) -> list[str]:
    return [ontology().concepts[number].code for number, _ in read_title(title).services]


@pytest.mark.parametrize(("a", "b"), TWINS)
def test_twins_meet(a, b):
    assert likeness_of_titles(a, b) > SAME


@pytest.mark.parametrize(("a", "b"), FALSE_FRIENDS)
def test_false_friends_stay_apart(a, b):
    assert likeness_of_titles(a, b) < SAME


@pytest.mark.parametrize(
    "spelling",
    [
        "e-Office",
        "E Office",
        "eOffice",
        "e–office",
        "อีออฟฟิศ",
        "อี-ออฟฟิส",
        "ｅ－Ｏｆｆｉｃｅ",
        "e\u200b-Office",
        "E - OFFICE",
    ],
)
def test_all_spellings_of_one_name_say_the_same(spelling):
    assert codes(spelling) == ["office.documents"]


def test_thai_digits_are_digits():
    assert codes("โทร ๑๖๖๙") == codes("โทร 1669") == ["health.emergency_medical"]


def test_the_specific_outranks_the_broad_and_the_means():
    assert codes("ระบบคิวออนไลน์") == ["office.queue"]
    assert codes("จองคิวพบแพทย์ออนไลน์ โรงพยาบาลศูนย์") == ["health.hospital_queue"]
    assert codes("ขยะ") == ["waste"]
    assert codes("จัดการขยะด้วยธนาคารขยะ") == ["waste.bank"]


def test_short_words_are_not_found_inside_others():
    assert "medicine" not in {
        ontology().concepts[hint].code.rpartition(".")[2] for hint in read_title("พยายามพัฒนา").hints
    }


def test_titles_of_the_development_list_are_what_was_asked_for():
    titles = development()

    assert len(titles) >= 300
    assert len({kind for kind, _ in titles}) >= 70
    assert len(titles) == len({title for _, title in titles})


@pytest.mark.parametrize("title", [title for _, title in development()])
def test_a_title_is_like_itself_and_places_and_frame_change_little(title):
    framed = f"โครงการพัฒนา{title} เทศบาลตำบลหนองบัวเงิน จังหวัดขอนแก่น"
    elsewhere = f"โครงการพัฒนา{title} เทศบาลตำบลสันทรายงาม จังหวัดเชียงราย"

    assert likeness_of_titles(title, title) >= 0.95
    assert likeness_of_titles(framed, elsewhere) >= 0.95
    assert codes(framed) == codes(elsewhere)


def test_the_order_of_two_titles_is_all_one():
    titles = [title for _, title in development()][::23]

    for a in titles:
        for b in titles:
            assert likeness_of_titles(a, b) == likeness_of_titles(b, a)


@pytest.mark.parametrize("title", ["", " ", "…", "\x00", "๙" * 5000, "e" * 5000, "ก็" * 3000, "🎉"])
def test_any_text_can_be_read(title):
    assert 0 <= likeness_of_titles(title, "ธนาคารขยะ") <= 0.1


def test_reasons_are_named_in_both_languages():
    told = explain_titles("จองคิวพบแพทย์ผ่าน LINE", "ระบบคิวโรงพยาบาลผ่านไลน์ OA")

    assert told.likeness > SAME
    assert (told.shared[0].code, told.shared[0].facet) == ("health.hospital_queue", "service")
    assert (told.shared[0].label_th, told.shared[0].label_en) == (
        "คิวและนัดหมายของโรงพยาบาล",
        "queues and appointments at hospitals",
    )
    assert "means.line_oa" in [reason.code for reason in told.shared]
    assert told.only_a == told.only_b == ()


def test_what_differs_is_told_with_what_is_shared_above_it():
    told = explain_titles("ธนาคารขยะรีไซเคิลในโรงเรียน", "ชำระค่าธรรมเนียมขยะผ่านพร้อมเพย์")

    assert told.likeness < SAME
    assert [reason.code for reason in told.broader] == ["waste"]
    assert [reason.code for reason in told.only_a] == ["waste.bank"]
    assert [reason.code for reason in told.only_b] == ["waste.fee"]


def test_what_both_lean_to_is_told_where_one_names_no_service():
    told = explain_titles("Cleaner taps", "น้ำประปาดื่มได้")

    assert codes("Cleaner taps") == []
    assert told.likely[0].code == "water.supply"
    assert "water.supply" not in [reason.code for reason in told.shared]


def test_titles_that_say_nothing_are_like_themselves_only():
    assert likeness_of_titles("โครงการพัฒนาตำบลบ้านนา", "โครงการพัฒนาตำบลบ้านนา") >= 0.95
    assert likeness_of_titles("โครงการพัฒนาตำบลบ้านนา", "โครงการพัฒนาตำบลหนองบัว") < SAME


def test_words_left_over_speak_where_no_concept_is_found():
    assert likeness_of_titles("น้องพอใจ", "น้องพอใจพลัส") > likeness_of_titles("น้องพอใจ", "ฟ้าใส")


def test_the_version_names_formula_and_vocabulary():
    formula, _, words = VERSION.partition("-")

    assert formula.isdigit()
    assert len(words) == 8
