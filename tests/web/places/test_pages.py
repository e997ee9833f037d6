import json
import re

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from prasan.places.actions import ensure_places, make_up_local_governments, make_up_villages
from prasan.places.models import Area, Shape

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker):
    """The official areas and made-up villages in Surin, laid out once for this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        ensure_places()
        province = Area.objects.get(code="32")
        make_up_villages([province])
        make_up_local_governments([province])
        yield
        transaction.set_rollback(True)


@pytest.fixture
def surin(places):
    return Area.objects.get(code="32")


def page(client, address, language="th", **headers):
    client.cookies["language"] = language
    return client.get(address, **headers)


def text_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/places/", "ประเทศไทย"),
        ("/places/32/", "จังหวัดสุรินทร์"),
        ("/places/3203/", "อำเภอท่าตูม"),
        ("/places/320305/", "ตำบลเมืองแก"),
        ("/places/1001/", "เขตพระนคร"),
        ("/places/32/bodies/", "จังหวัดสุรินทร์"),
    ],
)
def test_area_has_a_page_under_its_official_name(client, surin, address, heading):
    answer = page(client, address)

    assert answer.status_code == 200
    assert f"<h1>{heading}</h1>" in text_of(answer)


def test_page_is_complete_in_english(client, surin):
    text = text_of(page(client, "/places/3203/", language="en"))

    assert '<html lang="en"' in text
    assert "Tha Tum" in text
    assert "At a glance" in text


def test_breadcrumbs_are_the_path_from_the_country(client, surin):
    answer = page(client, "/places/32030501/")

    labels = [str(crumb.label) for crumb in answer.context["trail"]]
    assert labels[:4] == ["ประเทศ", "จังหวัดสุรินทร์", "อำเภอท่าตูม", "ตำบลเมืองแก"]
    assert answer.context["trail"][-1].address == ""


def test_made_up_village_says_so(client, surin):
    assert "หมู่บ้านนี้สมมุติขึ้นเพื่อสาธิต" in text_of(page(client, "/places/32030501/"))


def test_children_stand_in_dictionary_order(client, places):
    answer = page(client, "/places/")

    names = [child.name_th for child, _address, _figures in answer.context["rows"]]
    assert names[:3] == ["กระบี่", "กรุงเทพมหานคร", "กาญจนบุรี"]
    assert names.index("เพชรบุรี") < names.index("แพร่") < names.index("ภูเก็ต")


@pytest.mark.parametrize(
    "address", ["/places/99/", "/places/9999/", "/places/320/", "/places/3203x5/", "/places/TH/"]
)
def test_code_that_does_not_exist_is_not_found(client, places, address):
    assert page(client, address).status_code == 404


def test_thai_digits_in_an_address_lead_to_the_page(client, places):
    answer = page(client, "/places/๓๒/")

    assert (answer.status_code, answer["Location"]) == (301, "/places/32/")


def test_abolished_area_names_its_successors(client, places):
    abolished = Area.objects.filter(is_abolished=True, successors__isnull=False).first()

    answer = page(client, f"/places/{abolished.code}/")

    assert "รหัสนี้เลิกใช้แล้ว" in text_of(answer)
    assert all(f"/places/{area.code}/" in text_of(answer) for area in abolished.successors.all())


def test_finder_takes_an_official_code_in_thai_digits(client, places):
    answer = page(client, "/places/find/?q=๓๒๐๓")

    assert (answer.status_code, answer["Location"]) == (302, "/places/3203/")


def test_finder_finds_an_address_and_keeps_what_was_typed(client, surin):
    answer = page(client, "/places/find/?q=ต.เมืองแก อ.ท่าตูม จ.สุรินทร์")

    assert [place.code for place in answer.context["finding"].places] == ["320305"]
    assert 'value="ต.เมืองแก อ.ท่าตูม จ.สุรินทร์"' in text_of(answer)


def test_finder_says_that_a_name_is_of_several_places(client, places):
    answer = page(client, "/places/find/?q=ตำบลท่าตูม")

    assert answer.context["finding"].ambiguous is True
    assert text_of(answer).count("ตำบลท่าตูม") >= 2


def test_finder_says_how_many_places_it_does_not_show(client, places):
    answer = page(client, "/places/find/?q=ตำบลในเมือง", language="en")

    assert "This text could mean one of several places. Please choose." in text_of(answer)
    assert re.search(r"and [1-9]\d* more; please add the amphoe or province", text_of(answer))


def test_areas_inside_stand_in_the_order_of_the_language(client, surin):
    thai = [child.name for child, *_ in page(client, "/places/32/").context["rows"]]
    english = [child.name_en for child, *_ in page(client, "/places/32/", language="en").context["rows"]]

    assert thai[:2] == ["กาบเชิง", "เขวาสินรินทร์"]
    assert english == sorted(english)


def test_local_governments_stand_by_kind_before_name(client, surin):
    bodies = page(client, "/places/32/bodies/").context["local_governments"]
    kinds = [body.kind for body in bodies]

    order = ["อบจ.", "ทน.", "ทม.", "ทต.", "อบต.", "อปท."]
    assert kinds == sorted(kinds, key=order.index)
    assert len(set(kinds)) > 1


@pytest.mark.parametrize(
    "question",
    [
        "",
        " ",
        "<script>alert(1)</script>",
        "'; DROP TABLE places_area; --",
        "\x00\u200b",
        "ก" * 10_000,
        "%",
        "ไม่มีที่นี่แน่นอน",
    ],
)
def test_finder_answers_calmly_whatever_is_typed(client, places, question):
    answer = client.get("/places/find/", {"q": question})

    assert answer.status_code == 200
    assert "<script>alert" not in text_of(answer)


def test_suggestions_are_a_fragment_of_links(client, places):
    answer = client.get("/places/suggestions/", {"q": "ท่าตู"})

    assert "/places/3203/" in text_of(answer)
    assert "<html" not in text_of(answer)


def test_outlines_of_the_country_are_the_provinces_and_are_kept_by_the_browser(client, places):
    answer = client.get("/places/outlines.json")
    collection = json.loads(answer.content)

    assert len(collection["features"]) == 77
    assert collection["attribution"] == "svg-maps, CC BY 4.0"
    again = client.get("/places/outlines.json", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_imported_outlines_take_the_place_of_the_built_in_one(client, places):
    square = {
        "type": "Polygon",
        "coordinates": [[[103.0, 15.0], [103.5, 15.0], [103.5, 15.5], [103.0, 15.0]]],
    }
    Shape.objects.create(
        area_id="3203", geometry=square, west=103, south=15, east=103.5, north=15.5, source="survey"
    )

    collection = json.loads(client.get("/places/32/outlines.json").content)

    assert [feature["properties"]["code"] for feature in collection["features"]] == ["3203"]
    assert collection["attribution"] == "survey"
    assert page(client, "/places/3203/").context["around"] == "103.0000,15.0000,103.5000,15.5000"


@pytest.mark.parametrize(
    "query", ["", "lat=x&lon=103", "lat=15", "lat=51&lon=0", "lat=nan&lon=103", "lat=inf&lon=inf"]
)
def test_point_outside_the_country_or_no_point_is_refused_with_a_sentence(client, places, query):
    answer = client.get(f"/places/point/?{query}")

    assert answer.status_code == 422
    assert json.loads(answer.content)["fault"]


def test_point_on_an_unknown_map_has_no_area(client, places):
    answer = client.get("/places/point/?lat=15.1&lon=103.6")

    assert json.loads(answer.content) == {"code": None, "name": None}


def test_points_of_needs_are_empty_for_the_public(client, places):
    assert json.loads(client.get("/places/32/points.json").content)["features"] == []


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_of_places_are_only_read(places, method):
    answer = getattr(Client(enforce_csrf_checks=False), method)("/places/32/")

    assert answer.status_code == 405


def test_one_child_and_many_cost_the_same_queries(client, surin, django_assert_num_queries):
    page(client, "/places/32/")  # what a process reads once
    with translation.override("th"), django_assert_num_queries(2):
        page(client, "/places/32030501/")
    with django_assert_num_queries(2):
        page(client, "/places/320305/")
    with django_assert_num_queries(2):
        page(client, "/places/32/")


def test_number_of_a_village_is_read_in_thai_digits_by_whoever_chose_them(client, surin):
    village = Area.objects.filter(parent__parent__parent="32", level=4).order_by("code").first()
    client.cookies["digits"] = "thai"

    shown = text_of(client.get(f"/places/{village.code}/"))

    assert re.search(r"<h1>\S+ [๐-๙]+ หมู่ที่ [๐-๙]+</h1>", shown)
