import shutil
import subprocess
from pathlib import Path

import pytest

from prasan.kernel.digits import to_thai
from prasan.sheets.pdf import PdfNotMade, render_pdf

FONTS = Path(__file__).parents[2] / "node_modules" / "@expo-google-fonts" / "sarabun"
LETTER = (
    "ด้วยจังหวัดสุรินทร์มีความประสงค์จะขอรับการสนับสนุนงบประมาณเพื่อก่อสร้างฝายน้ำล้นคอนกรีตเสริมเหล็ก"
    "บ้านโนนสูง หมู่ที่ 5 ตำบลเมืองแก อำเภอท่าตูม ซึ่งราษฎรได้รับความเดือดร้อนจากปัญหาน้ำท่วมขัง"
    "และน้ำแล้งซ้ำซากมาเป็นเวลานาน ทำให้ผลผลิตทางการเกษตรเสียหาย คิดเป็นเงิน 1,234,567.89 บาท "
    "ปั๊มน้ำ กตัญญู ฐานะ ญี่ปุ่น เก็บกู้ สิ่งแวดล้อม ฟื้นฟู ฎีกา ปฏิบัติ สิทธิ์ พันธุ์ กี๋ เปี๊ยก ฤๅษี "
)


@pytest.fixture(scope="module")
def fonts():
    if not FONTS.is_dir():
        pytest.skip("the typeface is not installed yet; `make run` or `npm ci` brings it")
    return FONTS


def copied_out(pdf: bytes, tmp_path) -> str:
    """What a reader that honours the text layer in full copies out."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    (tmp_path / "x.pdf").write_bytes(pdf)
    run = subprocess.run(["pdftotext", tmp_path / "x.pdf", "-"], capture_output=True, check=True)
    return run.stdout.decode()


def together(text: str) -> str:
    return "".join(text.split())


def test_text_comes_out_whole(fonts, tmp_path):
    pdf = render_pdf("= #data.title\n\n#data.text", fonts, {"title": "บันทึกข้อความ", "text": LETTER * 5})

    assert together(copied_out(pdf, tmp_path)) == together("บันทึกข้อความ" + LETTER * 5)


def test_official_page_prints_thai_digits_everywhere(fonts, tmp_path):
    pdf = render_pdf("ที่ 1234 #data.text", fonts, {"text": "ปี 2568"}, thai_digits=True)

    assert copied_out(pdf, tmp_path).split() == ["ที่", to_thai("1234"), "ปี", to_thai("2568")]


def test_lines_break_at_words_and_never_before_a_mark(fonts, tmp_path):
    pdf = render_pdf("#set page(width: 7cm, margin: 1cm, height: auto)\n#data.text", fonts, {"text": LETTER})

    lines = [line for line in copied_out(pdf, tmp_path).splitlines() if line.strip()]
    assert len(lines) > 10
    assert [line for line in lines if "ะ" <= line[0] <= "ฺ" or "็" <= line[0] <= "๎"] == []
    whole = ("จังหวัด", "สุรินทร์", "งบประมาณ", "คอนกรีต", "เดือดร้อน", "ซ้ำซาก", "ผลผลิต", "เกษตร", "เสียหาย")
    assert [word for word in whole if not any(word in line for line in lines)] == []


def test_data_is_never_read_as_markup(fonts, tmp_path):
    text = '#strong[x] *y* $z$ #read("/etc/passwd") \\ @ref'

    pdf = render_pdf("#data.text", fonts, {"text": text})

    assert together(copied_out(pdf, tmp_path)) == together(text)


def test_pdf_names_the_face_and_no_other(fonts):
    pdf = render_pdf("กขค ABC 123", fonts, {})

    assert b"Sarabun" in pdf
    assert pdf.count(b"/FontFile") == 1


def test_missing_typeface_is_said(tmp_path):
    with pytest.raises(PdfNotMade, match="Sarabun"):
        render_pdf("ก", tmp_path, {})


def test_mistake_in_the_source_is_said(fonts):
    with pytest.raises(PdfNotMade, match="unknown variable"):
        render_pdf("#nothing", fonts, {})
