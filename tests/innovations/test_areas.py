"""Where an innovation is carried out: in several areas, or nobody knows where."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.db import connection

from prasan.innovations import actions
from prasan.innovations.models import Innovation, InnovationArea
from prasan.innovations.queries import innovations_for, self_check, with_areas
from prasan.kernel.refusals import Refused
from prasan.kernel.words import search_key
from prasan.ledger.models import Entry
from tests.factories.agencies import make_area
from tests.factories.innovations import TOLD, make_innovation, make_owner
from tests.factories.places import make_local_government

pytestmark = pytest.mark.django_db


def codes(innovation):
    return [each.code for each in innovation.areas.all()]


def last_entry(innovation):
    return Entry.objects.filter(subject_id=str(innovation.pk)).latest("id")


def test_innovation_is_carried_out_in_areas_of_every_level_and_in_municipalities():
    owner, municipality = make_owner("32"), make_local_government("3203")
    places = [make_area("40"), make_area("3203"), make_area("320301"), municipality]

    innovation = make_innovation(owner, areas=[*places, places[0]])

    told = ["3203", f"3203:{municipality.pk}", "320301", "40"]
    assert sorted(codes(innovation)) == sorted(told)
    assert innovation.provinces == ["32", "40"]
    assert sorted(last_entry(innovation).after["areas"]) == sorted(told)


def test_change_of_areas_is_recorded_and_kept_as_a_version_and_touches_no_other_row():
    owner = make_owner("32")
    innovation = make_innovation(owner, "registered", areas=[make_area("32"), make_area("40")])
    stays = innovation.areas.get(area="32").pk

    actions.edit_innovation(
        innovation, replace(TOLD, areas=[make_area("32"), make_area("45")]), by=owner.writer
    )

    entry = last_entry(innovation)
    assert (entry.before["areas"], entry.after["areas"]) == (["32", "40"], ["32", "45"])
    versions = list(innovation.versions.values_list("why", "content__areas"))
    assert versions == [("proposed", ["32", "40"]), ("revised", ["32", "45"])]
    assert innovation.areas.get(area="32").pk == stays


def test_no_area_is_unknown_and_the_check_says_so_without_asking_for_it():
    owner = make_owner("32")

    unknown, placed = make_innovation(owner, areas=[]), make_innovation(owner)

    assert (codes(unknown), unknown.provinces) == ([], [])
    assert [self_check(each).is_placed for each in (unknown, placed)] == [False, True]
    assert self_check(unknown).missing == self_check(placed).missing


def test_the_whole_country_and_hundreds_of_areas_are_refused():
    owner = make_owner("32")

    with pytest.raises(Refused, match="ไม่ใช่ทั้งประเทศ"):
        make_innovation(owner, areas=[make_area()])
    with pytest.raises(Refused, match="200"):
        make_innovation(owner, areas=[make_area("32")] * 201)
    assert not Innovation.objects.exists()


def test_innovation_is_found_by_the_names_of_its_areas():
    owner = make_owner("32")
    municipality = make_local_government("4001", "น้ำใส")

    innovation = make_innovation(owner, areas=[municipality])

    assert search_key("เทศบาลตำบลน้ำใส") in innovation.search_key


def test_names_of_many_areas_cost_no_more_than_names_of_one(django_assert_num_queries):
    owner = make_owner("32")
    make_innovation(owner, areas=[make_local_government("3203")])
    make_innovation(
        owner, areas=[make_area("40"), *(make_local_government("4001", f"ที่ {n}") for n in (1, 2))]
    )
    rows = with_areas(innovations_for(owner.writer)).order_by("pk")

    with django_assert_num_queries(3):  # innovations, areas, kinds
        told = [each.full_name for row in rows for each in row.areas.all()]

    assert len(told) == 4
    assert told[0].startswith("เทศบาลตำบลท่าตูม ")


def test_migration_keeps_where_those_before_it_were_done_and_leaves_the_country_unknown():
    home, whole = make_innovation(make_owner("32")), make_innovation(make_owner("40"))
    InnovationArea.objects.all().delete()
    Innovation.objects.filter(pk=whole.pk).update(area=make_area())
    fill = import_module("prasan.innovations.migrations.0007_areas").Migration.operations[-1]

    with connection.cursor() as cursor:
        cursor.execute(fill.sql)

    assert [(each.innovation_id, each.code) for each in InnovationArea.objects.all()] == [(home.pk, "32")]
