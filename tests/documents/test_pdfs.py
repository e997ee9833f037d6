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


@pytest.mark.parametrize(
    "act",
    [
        b"/OpenAction <</S /JavaScript /JS (app.alert(1))>>",
        b"/OpenAction <</S /Java#53cript /JS (app.alert(1))>>",
        b"/OpenAction <</S /#4a#61vaScript /JS (app.alert(1))>>",
        b"/OpenAction <</S /Launch /F (cmd.exe)>>",
        b"/Names <</EmbeddedFiles 9 0 R>>",
        b"/AF <</Type /EmbeddedFile>>",
        b"/RichMedia 1",
    ],
)
def test_pdf_that_acts_is_refused_plain_and_packed(act):
    for content in (pdf(catalogue=act), pdf(packed=b"4 0 <<" + act + b">>")):
        with pytest.raises(Refused, match="script, a program or another file"):
            check_pdf(content.getvalue())


def test_script_and_attachment_of_a_library_are_refused():
    scripted, carrying = written_by_a_library(), written_by_a_library()
    scripted.add_open_action(JavaScript("app.alert(1)"))
    carrying.add_attachment("virus.exe", b"MZ")

    for writer in (scripted, carrying):
        with pytest.raises(Refused, match="script, a program or another file"):
            check_pdf(bytes_of(writer))


def test_locked_pdf_is_refused():
    writer = written_by_a_library()
    writer.encrypt("secret", algorithm="RC4-128")

    with pytest.raises(Refused, match="locked"):
        check_pdf(bytes_of(writer))


def packed_with(described, content):
    head = b"%PDF-1.7\n3 0 obj\n<</Type /ObjStm " + described + b">>\n"
    return head + b"stream\n" + content + b"\nendstream\nendobj\n%%EOF\n"


def test_objects_packed_in_an_unusual_way_are_refused():
    hidden = zlib.compress(b"/JavaScript").hex().encode()

    with pytest.raises(Refused, match="packed in a way"):
        check_pdf(packed_with(b"/Filter [/ASCIIHexDecode /FlateDecode]", hidden))


def test_objects_that_do_not_unpack_are_refused():
    with pytest.raises(Refused, match="packed in a way"):
        check_pdf(packed_with(b"/Filter /FlateDecode", b"not packed at all"))


def test_name_of_packed_objects_may_be_disguised_too():
    content = packed_with(b"", zlib.compress(b"/S /JavaScript")).replace(
        b"/ObjStm", b"/Obj#53tm /Filter /FlateDecode"
    )

    with pytest.raises(Refused, match="script"):
        check_pdf(content)


def test_pdf_bomb_is_refused_quickly():
    bomb = zlib.compress(bytes(80_000_000), 1)
    began = time.monotonic()

    with pytest.raises(Refused, match="unpacks to far more"):
        check_pdf(packed_with(b"/Filter /FlateDecode", bomb))

    assert time.monotonic() - began < 5


def test_pdf_of_endless_parts_is_refused_quickly():
    began = time.monotonic()

    with pytest.raises(Refused, match="too many parts"):
        check_pdf(b"%PDF-1.7\n" + b"1 0 obj stream\n" * 500_000 + b"%%EOF")

    assert time.monotonic() - began < 5
