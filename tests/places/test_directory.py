"""The names of places that a process keeps: never older than the places."""

import pytest

from prasan.places.finder import find_place
from tests.factories.innovations import make_provinces

pytestmark = pytest.mark.django_db


def test_places_told_before_a_gazetteer_was_loaded_are_found_at_once():
    assert find_place("จังหวัดเชียงราย").codes == ()

    make_provinces()

    assert find_place("จังหวัดเชียงราย").codes == ("57",)
