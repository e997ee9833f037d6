from __future__ import annotations

import io

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from prasan.planning import actions
from prasan.planning.imports.briefs import read_briefs
from prasan.planning.models import PlanBook, PlanVersion
from prasan.planning.papers.shelf import BOOKS
from tests.factories.agencies import make_holder


@pytest.fixture(autouse=True)
def books_folder(settings, tmp_path):
    settings.BOOKS_DIR = tmp_path / "books"


@pytest.fixture
def version(world):
    world.proposal("included")
    return world.version()


def address(name, version, *more):
    return reverse(f"planning:{name}", args=[version.pk, *more])


def make(version, world):
    book = actions.order_book(version, by=world.person("provincial_head"))
    actions.make_book(book.pk, should_stop=lambda: False)
    return PlanBook.objects.get(pk=book.pk)


def page(client, version):
    return client.get(address("version", version)).content.decode()


def test_head_of_the_office_has_the_book_made_and_the_public_takes_it_home(world, browser, version, queued):
    head, public = browser("provincial_head"), browser("public")
    assert "version-book" not in page(public, version)
    assert address("version-book-order", version) in page(head, version)
    assert address("version-book-order", version) not in page(public, version)

    answers = [head.post(address("version-book-order", version)) for _sent in range(2)]

    assert [answer.url for answer in answers] == [address("version", version)] * 2
    book = PlanBook.objects.get()
    assert queued() == 1
    assert public.get(address("version-book-file", version, "pdf")).status_code == 404
    actions.make_book(book.pk, should_stop=lambda: False)
    shown = page(public, version)
    assert [address("version-book-file", version, kind) in shown for kind in ("pdf", "xlsx")] == [True, True]
    pdf = public.get(address("version-book-file", version, "pdf"))
    xlsx = public.get(address("version-book-file", version, "xlsx"))
    assert len(pypdf.PdfReader(io.BytesIO(pdf.getvalue())).pages) == PlanBook.objects.get().pages == 3
    assert len(list(read_briefs(io.BytesIO(xlsx.getvalue())))) == 1


def test_files_of_the_book_are_sent_with_guards_and_known_again(world, client, version):
    make(version, world)

    answers = [client.get(address("version-book-file", version, kind)) for kind in ("pdf", "xlsx")]

    assert [
        (
            answer.headers["Content-Type"],
            answer.headers["Content-Disposition"],
            answer.headers["X-Content-Type-Options"],
            answer.headers["Content-Security-Policy"].split(";")[0],
            int(answer.headers["Content-Length"]) == len(answer.getvalue()),
            answer.streaming,
        )
        for answer in answers
    ] == [
        (
            "application/pdf",
            f'inline; filename="plan-book-{version.pk}.pdf"',
            "nosniff",
            "default-src 'none'",
            True,
            True,
        ),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            f'attachment; filename="plan-book-{version.pk}.xlsx"',
            "nosniff",
            "default-src 'none'",
            True,
            True,
        ),
    ]
    tag = answers[0].headers["ETag"]
    again = client.get(address("version-book-file", version, "pdf"), headers={"if-none-match": tag})
    assert again.status_code == 304
    world.proposal("included")
    make(version, world)
    anew = client.get(address("version-book-file", version, "pdf"), headers={"if-none-match": tag})
    assert (anew.status_code, anew.headers["ETag"] == tag) == (200, False)
    anew.close()


def test_page_tells_how_far_the_book_has_come_and_asks_again(world, browser, version):
    book = actions.order_book(version, by=world.person("provincial_head"))
    PlanBook.objects.update(done=3, whole=7)
    public = browser("public")

    part = public.get(address("version-book", version), headers={"hx-request": "true"}).content.decode()

    assert 'value="3" max="7"' in part
    assert "๓ จาก ๗" in part or "3 จาก 7" in part
    assert "<html" not in part
    assert f'hx-get="{address("version-book", version)}"' in part
    assert address("version-book-cancel", version, book.pk) not in part
    assert public.get(address("version-book", version)).url == address("version", version)
    actions.make_book(book.pk, should_stop=lambda: False)
    done = public.get(address("version-book", version), headers={"hx-request": "true"}).content.decode()
    assert ("hx-get" in done, address("version-book-file", version, "pdf") in done) == (False, True)


def test_book_is_cancelled_and_ordered_again(world, browser, version):
    head = browser("provincial_head")
    head.post(address("version-book-order", version))
    book = PlanBook.objects.get()
    assert address("version-book-cancel", version, book.pk) in page(head, version)

    head.post(address("version-book-cancel", version, book.pk))

    assert not PlanBook.objects.exists()
    head.post(address("version-book-order", version))
    assert PlanBook.objects.get().pk != book.pk


def test_failed_book_is_told_and_can_be_tried_again(world, browser, version):
    book = actions.order_book(version, by=world.person("provincial_head"))
    PlanBook.objects.update(failed_at=timezone.now(), tries=5)
    head = browser("provincial_head")
    assert "notice-bad" in page(head, version)

    head.post(address("version-book-order", version))

    again = PlanBook.objects.get()
    assert (again.pk, again.failed_at, again.tries) == (book.pk, None, 0)


def test_older_book_stays_open_and_says_that_the_plan_has_changed(world, browser, version):
    make(version, world)
    public, head = browser("public"), browser("provincial_head")
    assert "notice-waiting" not in page(public, version).split('id="book"')[1]
    assert address("version-book-order", version) not in page(head, version)

    world.proposal("included")

    assert "notice-waiting" in page(public, version).split('id="book"')[1]
    assert address("version-book-order", version) in page(head, version)
    opened = public.get(address("version-book-file", version, "pdf"))
    assert (opened.status_code, bool(opened.getvalue())) == (200, True)


def test_empty_plan_is_told_in_a_sentence_and_offers_no_book(world, browser):
    version, head = world.version(), browser("provincial_head")
    assert 'id="book"' not in page(head, version)

    answer = head.post(address("version-book-order", version), follow=True)

    assert "แผนยังว่าง" in answer.content.decode()
    assert not PlanBook.objects.exists()


@pytest.mark.parametrize("role", ["village_head", "tambon_secretary", "agency_officer"])
def test_others_can_neither_order_nor_cancel(world, browser, version, role):
    book = actions.order_book(version, by=world.person("provincial_head"))
    client = browser(role)

    answers = [
        client.post(address("version-book-order", version)).status_code,
        client.post(address("version-book-cancel", version, book.pk)).status_code,
    ]

    assert answers == [404, 404]
    assert list(PlanBook.objects.all()) == [book]


def test_head_of_another_province_can_neither_order_nor_cancel(world, client, version):
    book = actions.order_book(version, by=world.person("provincial_head"))
    client.force_login(make_holder("provincial_head", "33"))

    assert client.post(address("version-book-order", version)).status_code == 404
    assert client.post(address("version-book-cancel", version, book.pk)).status_code == 404


def test_what_is_not_there_is_not_found(world, client, version):
    book = make(version, world)
    asked = [
        address("version-book-file", version, "exe"),
        reverse("planning:version-book-file", args=[9, "pdf"]),
    ]
    assert [client.get(each).status_code for each in asked] == [404, 404]
    BOOKS.discard(book.pk)
    assert client.get(address("version-book-file", version, "pdf")).status_code == 404
    PlanVersion.objects.update(source="bill")
    bill = [client.get(address(name, version, *more)).status_code
            for name, more in (("version-book", ()), ("version-book-file", ("pdf",)))]  # fmt: skip
    assert bill == [404, 404]


def test_book_costs_a_page_no_more_queries_for_three_projects_than_for_one(
    world, browser, version, queries_of
):
    public = browser("public")
    make(version, world)
    for_one = queries_of(public, address("version", version))
    world.proposal("included")
    world.proposal("included")

    assert queries_of(public, address("version", version)) == for_one
