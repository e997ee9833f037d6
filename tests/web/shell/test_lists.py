from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.accounts.models import User
from prasan.web.shell.lists import Filter, Order, list_frame
from tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db


def frame_of(address, **options):
    return list_frame(
        RequestFactory().get(address),
        User.objects.all(),
        **{
            "search": lambda rows, words: rows.filter(name__contains=words),
            "filters": [
                Filter(
                    "language",
                    "ภาษา",
                    [("th", "ไทย"), ("en", "English")],
                    lambda r, code: r.filter(language=code),
                )
            ],
            "orders": [Order("name", "ชื่อ", ("name",)), Order("last", "ใหม่", ("-name",))],
            "per_page": 2,
            "exports": ("xlsx",),
            **options,
        },
    )


@pytest.fixture
def people():
    for name, language in (("ก1", "th"), ("ข1", "th"), ("ค2", "en")):
        make_person(name=name, language=language)


def names(frame):
    return [person.name for person in frame.rows]


def test_list_shows_its_first_page_in_the_usual_order(people):
    frame = frame_of("/")

    assert names(frame) == ["ก1", "ข1"]
    assert frame.count == 3


def test_list_answers_search_with_thai_digits(people):
    assert names(frame_of("/?q=๒")) == ["ค2"]


def test_list_is_narrowed_by_a_filter_and_sorted_by_an_order(people):
    frame = frame_of("/?language=th&order=last")

    assert names(frame) == ["ข1", "ก1"]
    assert frame.is_narrowed


@pytest.mark.parametrize("address", ["/?language=xx", "/?order=xx", "/?page=99999", "/?page=x", "/?q=%00"])
def test_question_that_makes_no_sense_still_shows_a_list(people, address):
    assert frame_of(address).count == 3


def test_filter_links_keep_the_search_and_leave_the_page_behind(people):
    frame = frame_of("/?q=1&page=2&order=last")

    chosen = {str(choice.label): choice.address for choice in frame.filters[0].choices}

    assert chosen == {
        "": "?q=1&order=last",
        "ไทย": "?q=1&order=last&language=th",
        "English": "?q=1&order=last&language=en",
    }
    assert frame.hidden == [("order", "last")]


def test_export_covers_all_pages(people):
    frame = frame_of("/?language=th&export=xlsx", per_page=1)

    assert frame.export == "xlsx"
    assert frame.found.count() == 2


def test_export_of_a_kind_not_offered_is_none(people):
    assert frame_of("/?export=exe").export == ""


@pytest.mark.parametrize(("how_many", "queries"), [(1, 1), (3, 2), (5, 2)])
def test_list_asks_for_a_page_and_a_count_however_long(django_assert_num_queries, how_many, queries):
    for _each in range(how_many):
        make_person()

    with django_assert_num_queries(queries):
        frame = frame_of("/")
        counted = (names(frame), frame.count)

    assert counted[1] == how_many


def walked(address, **options):
    """The pages from the first to the last by the links of each, and back from there."""
    pages, there = [], address
    while there:
        pages.append(frame_of(there, **options))
        there = pages[-1].after and f"/{pages[-1].after}"
    back = [pages[-1]]
    while back[-1].before:
        back.append(frame_of(f"/{back[-1].before}", **options))
    return [names(frame) for frame in pages], [names(frame) for frame in back][::-1]


@given(
    rows=st.lists(st.sampled_from(["ก", "ข", "ค", "ง"]), max_size=12),
    columns=st.sampled_from(
        [("name",), ("-name",), ("-name", "-pk"), ("last_login", "-name"), ("-last_login", "pk")]
    ),
    size=st.integers(1, 4),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_by_key_are_the_rows_in_their_order_each_once(rows, columns, size):
    order = Order("only", "เดียว", columns)
    whole = columns if columns[-1] in ("pk", "-pk") else (*columns, "pk")
    with transaction.atomic():
        for number, name in enumerate(rows):
            make_person(name=name, last_login=None if number % 3 else timezone.now() + timedelta(number % 2))

        there, back = walked("/", orders=[order], per_page=size)

        expected = list(User.objects.order_by(*whole).values_list("name", flat=True))
        transaction.set_rollback(True)
    assert [name for page in there for name in page] == expected
    assert back[-1:] == there[-1:]
    assert [name for page in back for name in page][: len(expected)] == expected


def test_page_of_a_row_that_is_gone_or_out_of_reach_is_the_first(people):
    assert names(frame_of("/?after=999999")) == ["ก1", "ข1"]
    assert names(frame_of("/?before=99999999999999999999999")) == ["ก1", "ข1"]


def test_page_goes_on_where_a_row_stood_that_left_the_filter(people):
    row = User.objects.get(name="ก1")
    row.language = "en"
    row.save()

    assert names(frame_of(f"/?language=th&after={row.pk}")) == ["ข1"]


def test_address_of_a_page_holds_no_name(people):
    assert frame_of("/").after == f"?after={User.objects.get(name='ข1').pk}"


def test_long_list_is_counted_up_to_a_bound(people):
    frame = frame_of("/", counted_to=2)

    assert (frame.count, frame.is_more) == (2, True)


def test_list_that_is_counted_in_its_order_stops_at_its_own_bound(people):
    frame = frame_of("/", per_page=1, counted_to=2, counted_in_order=True)
    with CaptureQueriesContext(connection) as asked:
        told = (frame.count, frame.is_more)

    assert told == (2, True)
    assert "ORDER BY" in asked[0]["sql"]
    assert "LIMIT 3" in asked[0]["sql"]


def test_what_was_searched_is_shown_as_text(people):
    request = RequestFactory().get("/?q=<script>")
    frame = list_frame(
        request, User.objects.order_by("pk"), search=lambda rows, words: rows.filter(name=words)
    )

    shown = render_to_string("parts/list_tools.html", {"frame": frame, "request": request})

    assert 'value="&lt;script&gt;"' in shown
    assert "<script>" not in shown
