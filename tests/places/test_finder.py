import pytest

from prasan.places.finder import find_place
from prasan.places.models import Area

pytestmark = pytest.mark.django_db


def area(code):
    return Area.objects.get(code=code)


def codes(text, within=None):
    finding = find_place(text, within=within)
    return finding.codes, [tuple(one.code for one in doubt.candidates) for doubt in finding.doubts]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("บ้านโนนสูง ม.5 ต.เมืองแก อ.ท่าตูม จ.สุรินทร์", "32030505"),
        ("หมู่ที่ ๕ ตำบลเมืองแก อำเภอท่าตูม จังหวัดสุรินทร์", "32030505"),
        ("จังหวัดสุรินทร์ อำเภอท่าตูม ตำบลเมืองแก หมู่ที่ 5", "32030505"),
        ("จ.สุรินทร์ อ.ท่าตูม ต.เมืองแก ม.5", "32030505"),
        ("ม.5 เมืองแก ท่าตูม", "32030505"),
        ("บ้านเกาะลอย ตำบลเมืองแก อำเภอท่าตูม", "32030506"),
        ("ตำบลเมืองแกอำเภอท่าตูมจังหวัดสุรินทร์", "320305"),
        ("ตำบลเมืองแก อำเภอ ท่าตูม จังหวัด\nสุรินทร์", "320305"),
        ("เมืองแก ท่าตูม สุรินทร์", "320305"),
        ("เมืองแกท่าตูมสุรินทร์", "320305"),
        ("ต.ท่าตูม สุรินทร์", "320301"),
        ("ต.ท่าตูม ท่าตูม สุรินทร์", "320301"),
        ("ตำบลทาตูม อำเภอทาตูม จังหวัดสุรินทร", "320301"),
        ("ตำบลเมืองแค อำเภอท่าตูม จังหวัดสุรินทร์", "320305"),
        ("อำเภอเมือง จังหวัดตรัง", "9201"),
        ("อ.เมืองตรัง", "9201"),
        ("ตำบลหลักเขต อำเภอเมืองบุรีรัมย์ จังหวัดบุรีรัมย์", "310122"),
        ("อำเภอแหลมงอบจังหวัดตราด", "2305"),
        ("ตำบลสามตำบล อำเภอจุฬาภรณ์ จังหวัดนครศรีธรรมราช", "801906"),
        ("เขตบางรัก", "1004"),
        ("แขวงสีลม เขตบางรัก กทม.", "100402"),
        ("ถนนสีลม แขวงสีลม กรุงเทพมหานคร", "100402"),
        ("จังหวัดเลย", "42"),
        ("สุรินทร์", "32"),
        ("อบต.เมืองแก อ.ท่าตูม จ.สุรินทร์", "320305"),
        ("Tambon Mueang Kae, Amphoe Tha Tum, Surin", "320305"),
        ("Mueang Kae Subdistrict, Tha Tum District, Surin Province", "320305"),
        ("Surin", "32"),
    ],
)
def test_text_that_names_one_place_finds_its_code(villages, text, code):
    assert codes(text) == ((code,), [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("หมู่ที่ 1 และหมู่ที่ 5 ตำบลเมืองแก อำเภอท่าตูม", ("32030501", "32030505")),
        ("หมู่ที่ 1, 5 ตำบลเมืองแก อำเภอท่าตูม จังหวัดสุรินทร์", ("32030501", "32030505")),
        ("หมู่ที่ 1-3 ตำบลเมืองแก อำเภอท่าตูม", ("32030501", "32030502", "32030503")),
        ("ตำบลเมืองแก และตำบลท่าตูม อำเภอท่าตูม จังหวัดสุรินทร์", ("320305", "320301")),
        ("ตำบลเมืองแก, ท่าตูม อำเภอท่าตูม จังหวัดสุรินทร์", ("320305", "320301")),
        ("ตำบลท่าตูม อำเภอท่าตูม ตำบลจรัส อำเภอบัวเชด จังหวัดสุรินทร์", ("320301", "321303")),
        ("อำเภอท่าตูม, สังขะ และอำเภอบัวเชด จังหวัดสุรินทร์", ("3203", "3210", "3213")),
        ("ตำบลท่าตูม/ตำบลจรัส อำเภอท่าตูม/อำเภอบัวเชด จังหวัดสุรินทร์", ("320301", "321303")),
        ("อำเภอปากคาด จังหวัดบึงกาฬ ถึงอำเภอรัตนวาปี จังหวัดหนองคาย", ("3805", "4316")),
    ],
)
def test_text_that_names_several_places_finds_each(villages, text, found):
    assert sorted(codes(text)[0]) == sorted(found)
    assert codes(text)[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "น้ำท่วมถนนหน้าวัด",
        "ค่าใช้จ่ายในการบริหารงานจังหวัดแบบบูรณาการ",
        "วัสดุงานบ้านงานครัว",
        "ก่อสร้างถนนยาว 300 ม. 1 แห่ง",
        "ทางหลวงหมายเลข 404 ตอนบ้านนา - ละงู - สตูล ระหว่าง กม.74+950 - กม.125+440",
        "กลุ่มจังหวัดภาคเหนือตอนบน",
        "เขตพื้นที่การศึกษา",
        "โทร. 02-123-4567",
        "\x00\ud800 ตำบล",
        "ตำบล อำเภอ จังหวัด",
        "hello world",
    ],
)
def test_text_that_names_no_place_finds_nothing(villages, text):
    assert codes(text) == ((), [])


def test_name_borne_by_several_is_told_with_each(villages):
    finding = find_place("ตำบลเมืองแก")

    assert finding.places == ()
    assert finding.ambiguous is True
    assert [one.code for one in finding.candidates] == ["311104", "320305"]
    assert all(one.score < 0.8 for one in finding.candidates)


def test_where_a_text_comes_from_decides_what_it_leaves_open(villages):
    assert codes("หมู่ที่ ๕ ตำบลเมืองแก", within=area("32")) == (("32030505",), [])
    assert codes("ตำบลเมืองแก", within=[area("32"), area("33")]) == (("320305",), [])
    assert codes("หมู่ที่ 5", within=area("320305")) == (("32030505",), [])
    assert codes("อ.เมือง", within=area("32")) == (("3201",), [])


def test_where_a_text_comes_from_never_overrules_the_text(villages):
    finding = find_place("ตำบลบางพลีใหญ่ อำเภอบางพลี จังหวัดสมุทรปราการ", within=area("15"))

    assert [(place.code, place.is_inside) for place in finding.places] == [("110301", False)]


def test_tambon_in_the_wrong_amphoe_is_never_guessed(villages):
    finding = find_place("ตำบลโสกก่าม อำเภอบึงโขงหลง จังหวัดบึงกาฬ")

    assert finding.places == ()
    assert [one.code for one in finding.candidates] == ["380409", "3806"]


def test_unknown_tambon_leaves_the_amphoe_with_a_remark(villages):
    (place,) = find_place("ตำบลไม่มีจริงแน่ อำเภอท่าตูม จังหวัดสุรินทร์").places

    assert place.code == "3203"
    assert [remark.th for remark in place.remarks] == ["ไม่พบตำบลชื่อ “ไม่มีจริงแน่” ในอำเภอนี้"]


def test_longer_name_of_elsewhere_is_not_cut_to_fit(villages):
    (place,) = find_place("ตำบลลานดอกไม้ตก อำเภอเมืองกำแพงเพชร จังหวัดกำแพงเพชร").places

    assert place.code == "621103"
    assert "ชื่อหรือรหัสเดิม" in place.remarks[0].th


def test_old_name_leads_to_what_came_after_it(villages):
    assert codes("แขวงบางนา เขตบางนา กทม.") == ((), [("104702", "104703")])
    assert codes("แขวงสามเสนใน เขตดุสิต กรุงเทพมหานคร") == (("101401",), [])


def test_village_name_borne_twice_stays_with_the_tambon(villages):
    (place,) = find_place("บ้านหนองบัว ตำบลเมืองแก อำเภอท่าตูม จังหวัดสุรินทร์").places

    assert place.code == "320305"
    assert [remark.th for remark in place.remarks] == ["หมู่บ้านชื่อนี้มีหลายหมู่ (2, 3)"]


def test_number_that_does_not_exist_stays_with_the_tambon(villages):
    (place,) = find_place("หมู่ที่ 9 ตำบลเมืองแก อำเภอท่าตูม จังหวัดสุรินทร์").places

    assert place.code == "320305"
    assert [remark.en for remark in place.remarks] == ["this tambon has no moo 9"]


def test_name_of_one_number_with_another_stays_with_the_tambon(villages):
    (place,) = find_place("บ้านโนนสูง หมู่ที่ 1 ตำบลเมืองแก อำเภอท่าตูม").places

    assert place.code == "320305"


def test_end_of_a_road_is_not_where_the_work_is(villages):
    text = "ซ่อมถนน สายแยกทางหลวงหมายเลข 226 - บ้านโนนสูง ตำบลเมืองแก อำเภอท่าตูม จังหวัดสุรินทร์"

    assert codes(text) == (("320305",), [])


def test_village_alone_is_found_where_the_text_comes_from(villages):
    assert codes("บ้านโนนสูง", within=area("32")) == (("32030505",), [])


def test_limit_bounds_the_candidates_of_a_doubt(official):
    (doubt,) = find_place("ตำบลในเมือง", limit=3).doubts

    assert len(doubt.candidates) == 3
    assert doubt.remarks[0].th.startswith("และอีก ")


def test_finding_takes_few_queries(villages, django_assert_max_num_queries):
    find_place("ตำบลเมืองแก")
    with django_assert_max_num_queries(3):
        find_place("หมู่ที่ 1, 5 ตำบลเมืองแก และหมู่ที่ 1 ตำบลท่าตูม อำเภอท่าตูม จังหวัดสุรินทร์")


def test_sentence_tells_what_was_found(villages):
    assert find_place("สุรินทร์").sentence.th == "พบสถานที่ 1 แห่ง"
    assert find_place("ตำบลเมืองแก").sentence.th == "ข้อความนี้อาจหมายถึงได้หลายแห่ง กรุณาเลือก"
    assert "กรุณาเลือก" in find_place("อำเภอเมืองสุรินทร์ และตำบลเมืองแก").sentence.th
    assert "ไม่พบชื่อสถานที่" in find_place("น้ำท่วม").sentence.th
