import io
import time
import zlib

import pytest
import typst
from django.utils import translation
from pypdf import PdfWriter
from pypdf.actions import JavaScript

from prasan.documents.pdfs import check_pdf
from prasan.kernel.refusals import Refused
from tests.factories.documents import pdf


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def written_by_a_library():
    writer = PdfWriter()
    for _page in range(3):
        writer.add_blank_page(200, 200)
    return writer


def bytes_of(writer):
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_sound_pdf_is_taken():
    check_pdf(pdf().getvalue())
    check_pdf(pdf(packed=b"4 0 <</Type /Page /MediaBox [0 0 9 9]>>").getvalue())
    check_pdf(bytes_of(written_by_a_library()))


def test_typst_pdf_is_taken():
    check_pdf(typst.compile(b"#set page(width: 200pt, height: 100pt)\nPrasan " * 50))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<html>%PDF-1.7 %%EOF",
        b"GIF89a%PDF-1.7 %%EOF",
        pdf().getvalue()[:-10],
        pdf().getvalue() + b"x" * 5000,
    ],
)
def test_damaged_or_disguised_pdf_is_refused(content):
    with pytest.raises(Refused, match="damaged or incomplete"):
        check_pdf(content)


SAID = {
    "script": ("This PDF holds a script.", "ไฟล์ PDF นี้มีสคริปต์อยู่ภายใน"),
    "program": ("This PDF starts a program.", "ไฟล์ PDF นี้สั่งเปิดโปรแกรม"),
    "files": ("This PDF carries other files inside.", "ไฟล์ PDF นี้มีไฟล์อื่นแนบอยู่ภายใน"),
    "XFA": (
        "This PDF is a form of the kind XFA, which can change what it shows.",
        "ไฟล์ PDF นี้เป็นแบบฟอร์มชนิด XFA ซึ่งเปลี่ยนสิ่งที่แสดงได้",
    ),
    "sending": (
        "This PDF sends what is filled in to another address.",
        "ไฟล์ PDF นี้ส่งสิ่งที่กรอกไปยังที่อยู่อื่น",
    ),
    "taking": ("This PDF takes in data from another file.", "ไฟล์ PDF นี้ดึงข้อมูลจากไฟล์อื่น"),
    "opening": ("This PDF opens another file.", "ไฟล์ PDF นี้สั่งเปิดไฟล์อื่น"),
    "film": ("This PDF holds a film, a sound or a 3D model.", "ไฟล์ PDF นี้มีวิดีโอ เสียง หรือแบบจำลองสามมิติ"),
    "itself": (
        "This PDF does something by itself when it is opened.",
        "ไฟล์ PDF นี้สั่งให้ทำงานเองเมื่อเปิด",
    ),
}
ACTS = [
    ("script", b"/OpenAction <</S /JavaScript /JS (app.alert(1))>>"),
    ("script", b"/OpenAction <</S /Java#53cript /JS (app.alert(1))>>"),
    ("script", b"/OpenAction <</S /#4a#61vaScript /JS (app.alert(1))>>"),
    ("script", b"/Names <</JavaScript 9 0 R>>"),
    ("program", b"/OpenAction <</S /Launch /F (cmd.exe)>>"),
    ("program", b"/OpenAction <</S/L#61unch/Win <</F (cmd.exe)>>>>"),
    ("files", b"/Names <</EmbeddedFiles 9 0 R>>"),
    ("files", b"/AF [<</EF <</F 9 0 R>>>>]"),
    ("files", b"/AF [<</E#46%(\n9 0 R>>]"),
    ("files", b"/Annots [<</Subtype /FileAttachment /FS 9 0 R>>]"),
    ("XFA", b"/AcroForm <</Fields [] /XFA 9 0 R>>"),
    ("XFA", b"/AcroForm <</Fields []/XFA[(template)9 0 R]>>"),
    ("XFA", b"/AcroForm <</#58FA%XFA\r\n9\0000 R>>"),
    ("sending", b"/OpenAction <</S /SubmitForm /F <</FS /URL /F (https://example.org)>>>>"),
    ("sending", b"/OpenAction <</S/Submit#46orm/F(https://example.org)>>"),
    ("taking", b"/OpenAction <</S /ImportData /F (//host/share/form.fdf)>>"),
    ("opening", b"/OpenAction <</S /GoToR /F (//host/share/other.pdf) /D [0 /Fit]>>"),
    ("opening", b"/OpenAction <</S /GoTo#45 /D [0 /Fit] /F (//host/share/other.pdf)>>"),
    ("opening", b"/OpenAction <</S /Thread /F (//host/share/other.pdf) /D 0>>"),
    ("opening", b"/Other <</FS%\n/URL /F (https://example.org/other.pdf)>>"),
    ("opening", b"/Other <</F (//host/share/image) /FFilter /DCTDecode>>"),
    ("film", b"/Annots [<</Subtype /RichMedia /RichMediaContent 9 0 R>>]"),
    ("film", b"/Annots [<</Subtype /Movie /Movie 9 0 R>>]"),
    ("film", b"/OpenAction <</S /Sound /Sound 9 0 R>>"),
    ("film", b"/OpenAction <</S /Rendition /R 9 0 R>>"),
    ("film", b"/Annots [<</Subtype /3D /3DD 9 0 R>>]"),
    ("itself", b"/AA <</O <</S /URI /URI (https://example.org)>>>>"),
    ("itself", b"/AA 9 0 R"),
]


@pytest.mark.parametrize(("kind", "act"), ACTS)
def test_pdf_that_acts_is_refused_plain_and_packed_in_both_languages(kind, act):
    english, thai = SAID[kind]

    for content in (pdf(catalogue=act), pdf(packed=b"4 0 <<" + act + b">>")):
        with pytest.raises(Refused) as refused:
            check_pdf(content.getvalue())
        with translation.override("th"), pytest.raises(Refused) as refused_in_thai:
            check_pdf(content.getvalue())

        assert str(refused.value) == f"{english} Please print it to a plain PDF and send that."
        assert str(refused_in_thai.value) == f"{thai} กรุณาพิมพ์เป็น PDF ธรรมดาแล้วส่งไฟล์นั้น"


@pytest.mark.parametrize(
    "harmless",
    [
        b"/OpenAction [3 0 R /Fit]",
        b"/OpenAction <</S /GoTo /D [3 0 R /Fit]>>",
        b"/Annots [<</Subtype /Link /A <</S /URI /URI (https://example.org)>>>>]",
        b"/Threads 9 0 R",
        b"/AAPL:Keywords 9 0 R",
        b"/Font <</EF1 9 0 R /XFA1 9 0 R>>",
        b"/AcroForm <</Fields [9 0 R]>>",
    ],
)
def test_pdf_that_only_shows_and_links_is_taken(harmless):
    check_pdf(pdf(catalogue=harmless).getvalue())
    check_pdf(pdf(packed=b"4 0 <<" + harmless + b">>").getvalue())


def test_script_and_attachment_of_a_library_are_refused():
    scripted, carrying = written_by_a_library(), written_by_a_library()
    scripted.add_open_action(JavaScript("app.alert(1)"))
    carrying.add_attachment("virus.exe", b"MZ")

    for writer, kind in ((scripted, "script"), (carrying, "files")):
        with pytest.raises(Refused, match=SAID[kind][0]):
            check_pdf(bytes_of(writer))


def test_act_in_an_earlier_or_a_later_version_of_the_file_is_refused():
    sound, acting = pdf().getvalue(), pdf(catalogue=b"/AA 9 0 R").getvalue()

    for content in (sound + acting, acting + sound):
        with pytest.raises(Refused, match=SAID["itself"][0]):
            check_pdf(content)


def test_act_hidden_in_the_content_of_a_stream_is_refused():
    hiding = b"5 0 obj\n<</Length 40>>\nstream\n6 0 obj <</S /Launch>> endobj\nendstream\nendobj\n"

    with pytest.raises(Refused, match=SAID["program"][0]):
        check_pdf(pdf().getvalue().replace(b"trailer", hiding + b"trailer"))


def test_locked_pdf_is_refused():
    writer = written_by_a_library()
    writer.encrypt("secret", algorithm="RC4-128")

    for content in (bytes_of(writer), bytes_of(writer).replace(b"/Encrypt", b"/Encry#70t")):
        with pytest.raises(Refused, match="locked"):
            check_pdf(content)


def packed_with(described, content, *, begins=b"3 0 obj\n", word=b"stream\n"):
    head = b"%PDF-1.7\n" + begins + b"<</Type /ObjStm " + described + b">>\n"
    return head + word + content + b"\nendstream\nendobj\n%%EOF\n"


SCRIPT = zlib.compress(b"4 0 <</S /JavaScript>>")
FILTER = b"/Filter /FlateDecode "


@pytest.mark.parametrize(
    "content",
    [
        packed_with(FILTER, SCRIPT).replace(b"/ObjStm", b"/Obj#53tm"),
        packed_with(FILTER + b"/N 1 /First 4", SCRIPT).replace(b"/Type /ObjStm", b""),
        packed_with(FILTER + b"/N 1 /Fi#72st 4", SCRIPT).replace(b"/Type /ObjStm", b""),
        packed_with(b"/Filter [/FlateDecode]", SCRIPT),
        packed_with(b"/Filter%/DCTDecode\r[%]\n/Flate#44ecode]", SCRIPT),
        packed_with(FILTER + b"/X (1 0 obj) /Y (endobj stream)", SCRIPT),
        packed_with(FILTER + b"/X (1 0 \\( obj <x> >>) /Y <3e3e> %>>\n", SCRIPT),
        packed_with(FILTER + b"/X <</Y [<</Z 1>>]>>", SCRIPT),
        packed_with(FILTER + b"/X (" + b"x" * 9000 + b")", SCRIPT),
        packed_with(FILTER, SCRIPT, word=b"%x\n\0stream\r\n"),
        packed_with(FILTER, SCRIPT, begins=b"3 0%x\nobj%<<\n"),
        packed_with(FILTER, SCRIPT, begins=b"3 0obj"),
    ],
)
def test_packed_objects_are_found_however_they_are_described(content):
    with pytest.raises(Refused, match=SAID["script"][0]):
        check_pdf(content)


@pytest.mark.parametrize(
    "content",
    [
        packed_with(b"/Filter [/ASCIIHexDecode /FlateDecode]", SCRIPT.hex().encode()),
        packed_with(b"/Filter 9 0 R", SCRIPT),
        packed_with(b"/Filter [9 0 R]", SCRIPT),
        packed_with(b"/Filter [/FlateDecode 9 0 R]", SCRIPT),
        packed_with(b"/Filter /Fl", SCRIPT),
        packed_with(b"/F /FlateDecode", SCRIPT),
        packed_with(FILTER + b"/Filter 9 0 R", SCRIPT),
        packed_with(b"/X (/Filter /FlateDecode) /Filter 9 0 R", SCRIPT),
        packed_with(FILTER + b"/DecodeParms <</Predictor 12 /Columns 9>>", SCRIPT),
        packed_with(FILTER, SCRIPT, word=b"stream \n"),
        packed_with(FILTER, b"not packed at all"),
        packed_with(FILTER, SCRIPT[:-4] + b"xxxx"),
    ],
)
def test_objects_packed_in_an_unusual_way_are_refused(content):
    with pytest.raises(Refused, match="packed in a way"):
        check_pdf(content)


@pytest.mark.parametrize("inside", [b"/X (2 0 obj <</Y 1>>)", b"/X <</Y (", b"<<" * 300 + b">>" * 300])
def test_pdf_that_two_readers_would_read_differently_is_refused(inside):
    with pytest.raises(Refused, match="damaged"):
        check_pdf(pdf(catalogue=inside).getvalue())


def test_pdf_bomb_is_refused_quickly():
    bomb = zlib.compress(bytes(80_000_000), 1)
    began = time.monotonic()

    with pytest.raises(Refused, match="unpacks to far more"):
        check_pdf(packed_with(FILTER, bomb))

    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "endless",
    [
        b"1 0 obj<</First 1>>stream\n" * 30_000,
        b"1 0 obj\n" + b"<<" + b"()" * 3_000_000,
        b"#41" * 6_000_000,
    ],
)
def test_pdf_of_endless_parts_is_refused_quickly(endless):
    began = time.monotonic()

    with pytest.raises(Refused, match="too many parts"):
        check_pdf(b"%PDF-1.7\n" + endless + b"%%EOF")

    assert time.monotonic() - began < 10
