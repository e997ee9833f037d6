import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

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


@pytest.mark.parametrize("how_many", [1, 3])
def test_list_asks_the_database_twice_however_long(django_assert_num_queries, how_many):
    for _each in range(how_many):
        make_person()

    with django_assert_num_queries(2):
        names(frame_of("/"))


def test_what_was_searched_is_shown_as_text(people):
    request = RequestFactory().get("/?q=<script>")
    frame = list_frame(
        request, User.objects.order_by("pk"), search=lambda rows, words: rows.filter(name=words)
    )

    shown = render_to_string("parts/list_tools.html", {"frame": frame, "request": request})

    assert 'value="&lt;script&gt;"' in shown
    assert "<script>" not in shown
