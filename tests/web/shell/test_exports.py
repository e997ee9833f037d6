import gzip
import io
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from prasan.documents import folder
from prasan.sheets.reading import open_sheet
from prasan.sheets.table import Table
from prasan.web.shell import exports
from prasan.web.shell.exports import table_file
from prasan.web.urls import urlpatterns as pages

HEADERS = ("รหัส", "ชื่อ")


def plain_list(request, kind):
    return table_file(request, Table("ก", HEADERS, iter([(1, "=ฝาย")])), kind, name="list")


def breaking_list(request, kind):
    def rows():
        yield (1, "ก")
        raise ConnectionError("the database went away")

    return table_file(request, Table("ก", HEADERS, rows()), kind, name="list")


def nested_lists(request, depth):
    """A list that takes another one home while it is written, and so on; it tells how the innermost went."""

    def rows():
        inner = Client().get(f"/nested/{depth - 1}/", headers={"Accept-Encoding": ""})
        yield (inner.status_code, inner.getvalue().decode())

    return table_file(request, Table("ก", HEADERS, rows() if depth else []), "csv", name="list")


urlpatterns = [
    path("plain/<kind>/", plain_list),
    path("breaking/<kind>/", breaking_list),
    path("nested/<int:depth>/", nested_lists),
    path("page/", lambda request: HttpResponse("ก" * 1000)),
    *pages,
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def left_behind():
    return list(folder.incoming_folder().iterdir())


@pytest.mark.parametrize(("accepted", "packed"), [("gzip, br", True), ("br", False), ("", False)])
def test_csv_is_packed_for_browsers_that_unpack_it_and_says_its_length(client, accepted, packed):
    answer = client.get("/plain/csv/", headers={"Accept-Encoding": accepted})

    sent = answer.getvalue()
    plain = gzip.decompress(sent) if packed else sent
    assert plain.decode() == '\ufeff"รหัส","ชื่อ"\r\n1,"\'=ฝาย"\r\n'
    assert answer.headers.get("Content-Encoding") == ("gzip" if packed else None)
    assert answer.headers["Content-Length"] == str(len(sent))
    assert answer.headers["Vary"] == "Accept-Encoding, Cookie"


def test_workbook_is_sent_as_it_is_and_says_its_length(client):
    answer = client.get("/plain/xlsx/", headers={"Accept-Encoding": "gzip"})

    sent = answer.getvalue()
    with open_sheet(io.BytesIO(sent)) as sheet:
        assert [list(row.cells.values()) for row in sheet.rows()] == [["1", "=ฝาย"]]
    assert answer.headers.get("Content-Encoding") is None
    assert answer.headers["Content-Length"] == str(len(sent))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_is_named_by_the_list_and_the_day_and_leaves_nothing_behind(client, kind, time_machine):
    time_machine.move_to(date(2026, 11, 26))

    answer = client.get(f"/plain/{kind}/")

    assert answer.getvalue()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="list-2026-11-26.{kind}"'
    assert left_behind() == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("accepted", ["gzip", ""])
def test_rows_that_break_off_are_a_fault_and_never_a_short_file(kind, accepted):
    client = Client(raise_request_exception=False)

    answers = [
        client.get(f"/breaking/{kind}/", headers={"Accept-Encoding": accepted})
        for _again in range(exports.AT_ONCE + 1)
    ]

    assert [(answer.status_code, answer.streaming) for answer in answers] == [(500, False)] * 3
    assert left_behind() == []


def test_more_long_lists_than_are_written_at_once_are_asked_to_come_back(client, monkeypatch):
    monkeypatch.setattr(exports, "PATIENCE", 0.01)

    told = client.get(f"/nested/{exports.AT_ONCE}/", headers={"Accept-Encoding": ""}).getvalue().decode()
    again = client.get("/nested/0/")

    assert told.count("200,") == exports.AT_ONCE - 1
    assert told.count("503,") == 1
    assert "มีผู้อื่นกำลังดาวน์โหลดรายการยาวอยู่" in told
    assert (again.status_code, bool(again.getvalue())) == (200, True)


def test_pages_are_still_compressed(client):
    answer = client.get("/page/", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).decode() == "ก" * 1000
