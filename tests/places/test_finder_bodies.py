"""Local governments found by name, with or without where they sit."""

import pytest

from prasan.places.finder import find_local_governments, speaks_of_local_government
from tests.factories.places import make_local_government

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official")]


def found(text):
    return [each.local_government_id for each in find_local_governments(text)]


@pytest.mark.parametrize(
    "text",
    [
        "เทศบาลตำบลน้ำใส",
        "เทศบาลตำบล น้ำใส",
        "ทต.น้ำใส",
        "ทต. น้ำใส จ.สุรินทร์",
        "เทศบาลตำบลน้ำใส อำเภอท่าตูม",
        "เทศบาลตำบลน้ำใส อำเภอท่าตูม จังหวัดสุรินทร์",
    ],
)
def test_name_is_read_in_every_way_in_which_it_is_written(text):
    body = make_local_government("3203", "น้ำใส")

    assert found(text) == [body.pk]


def test_where_it_sits_tells_two_of_one_name_apart():
    here, there = (make_local_government(amphoe, "น้ำใส") for amphoe in ("3203", "4001"))

    assert found("เทศบาลตำบลน้ำใส") == [here.pk, there.pk]
    assert found("เทศบาลตำบลน้ำใส จังหวัดขอนแก่น") == [there.pk]
    assert found("เทศบาลตำบลน้ำใส จังหวัดตรัง") == []


@pytest.mark.parametrize("text", ["", "น้ำใส", "เทศบาลตำบล", "เทศบาลตำบลน้ำ", "กรุงเทพมหานคร", "ตำบลน้ำใส"])
def test_what_names_none_finds_none(text):
    make_local_government("3203", "น้ำใส")

    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "speaks"),
    [("เทศบาลเมืองสุรินทร์", True), ("อบต.นาดี", True), ("สุรินทร์", False), ("อำเภอเมือง", False), ("", False)],
)
def test_words_of_local_governments_are_known(text, speaks):
    assert speaks_of_local_government(text) is speaks
