import io
from contextlib import closing

import pytest
from django.http import Http404

from prasan.documents.actions import store
from prasan.documents.models import File
from prasan.documents.queries import path_of
from prasan.web.documents.serving import file_response
from tests.factories.documents import office, pdf, picture

ALL = tuple(File.Kind)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def answer(rf):
    def answer(file, **options):
        headers = options.pop("headers", {})
        return file_response(rf.get("/", headers=headers), file, **{"name": "บ่อน้ำ หมู่ 3.jpg", **options})

    return answer


def body_of(response):
    with closing(response):
        return b"".join(response)


def test_picture_is_shown_in_place_with_its_name_and_size(answer):
    file = store(picture(), name="x", allowed=ALL)

    response = answer(file)

    assert body_of(response) == path_of(file).read_bytes()
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Length"] == str(file.size)
    assert response["Content-Disposition"] == (
        "inline; filename*=utf-8''%E0%B8%9A%E0%B9%88%E0%B8%AD%E0%B8%99%E0%B9%89%E0%B8%B3"
        "%20%E0%B8%AB%E0%B8%A1%E0%B8%B9%E0%B9%88%203.jpg"
    )


def test_thumbnail_is_the_smaller_one(answer):
    file = store(picture(size=(2000, 1500)), name="x", allowed=ALL)

    whole, small = body_of(answer(file)), body_of(answer(file, thumbnail=True))

    assert 0 < len(small) < len(whole)


def test_file_without_thumbnail_is_shown_itself(answer):
    file = store(pdf(), name="x", allowed=ALL)

    assert body_of(answer(file, thumbnail=True)) == pdf().getvalue()


NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@pytest.mark.parametrize(
    ("stream", "disposition", "policy"),
    [
        (picture(), "inline", f"{NOTHING_RUNS}; sandbox"),
        (pdf(), "inline", NOTHING_RUNS),
        (office(), "attachment", f"{NOTHING_RUNS}; sandbox"),
    ],
)
def test_nothing_runs_and_nobody_else_keeps_it(answer, stream, disposition, policy):
    file = store(io.BytesIO(stream.getvalue()), name="x", allowed=ALL)

    response = answer(file)
    response.close()

    assert response["Content-Disposition"].split(";")[0] == disposition
    assert response["Content-Security-Policy"] == policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "private, max-age=300, must-revalidate"


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("report.pdf", 'inline; filename="report.pdf"'),
        ("REPORT.PDF", 'inline; filename="REPORT.PDF"'),
        ("page.html", 'inline; filename="page.html.pdf"'),
        ("../../etc/passwd", 'inline; filename="passwd.pdf"'),
        ("C:\\plans\\well", 'inline; filename="well.pdf"'),
        ("", 'inline; filename="file.pdf"'),
        ('a"; x="b', 'inline; filename="a\\"; x=\\"b.pdf"'),
    ],
)
def test_name_ends_as_its_content_does(answer, name, sent):
    response = answer(store(pdf(), name="x", allowed=ALL), name=name)
    response.close()

    assert response["Content-Disposition"] == sent


def test_name_with_line_breaks_adds_no_header(answer):
    response = answer(store(pdf(), name="x", allowed=ALL), name="a\r\nSet-Cookie: b=c.pdf")
    response.close()

    assert "Set-Cookie" not in response.headers
    assert "\n" not in response["Content-Disposition"]


def test_browser_that_has_it_is_told_so(answer):
    file = store(picture(), name="x", allowed=ALL)
    first = answer(file)
    first.close()

    again = answer(file, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"]


def test_tag_tells_nothing_about_the_content(answer, settings):
    file = store(picture(), name="x", allowed=ALL)
    tags = set()
    for key in ("one", "other"):
        settings.SECRET_KEY = key
        response = answer(file)
        response.close()
        tags.add(response["ETag"])

    assert len(tags) == 2
    assert not any(file.sha256[:8] in tag for tag in tags)


def test_thumbnail_and_whole_have_different_tags(answer):
    file = store(picture(), name="x", allowed=ALL)
    responses = [answer(file), answer(file, thumbnail=True)]
    for response in responses:
        response.close()

    assert len({response["ETag"] for response in responses}) == 2


def test_content_lost_on_disk_is_not_found_and_logged(answer, caplog):
    file = store(pdf(), name="x", allowed=ALL)
    path_of(file).unlink()

    with pytest.raises(Http404):
        answer(file)

    assert f"file {file.pk} is missing" in caplog.text
