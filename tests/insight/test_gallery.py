"""The gallery: its filters and what they offer equal a plain look at every row."""

import pytest

from prasan.awards import actions
from prasan.awards.models import Award
from prasan.innovations.actions import ensure_registers
from prasan.innovations.models import Innovation, RegisterEntry
from prasan.insight import queries as insight
from tests.factories.awards import make_announced
from tests.factories.innovations import make_provinces

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    make_provinces()
    ensure_registers()
    actions.ensure_programmes()
    make_announced()
    Innovation.objects.filter(pk__in=Innovation.objects.order_by("pk").values("pk")[:5]).update(
        fiscal_year=2555
    )
    Innovation.objects.filter(pk=Innovation.objects.earliest("pk").pk).update(
        state="withdrawn", fiscal_year=2501
    )
    return list(Innovation.objects.filter(state="registered"))


def entries_of(innovation):
    return RegisterEntry.objects.filter(innovation=innovation)


def won_by(innovation):
    return Award.objects.filter(entry__innovation=innovation, edition__register=None)


def test_filters_find_what_a_look_at_every_row_finds(rows):
    gallery = insight.gallery()
    assert insight.of_year(gallery, "2562").count() >= 46
    for year in insight.years_in_gallery():
        expected = {
            each.pk
            for each in rows
            if each.fiscal_year == year or entries_of(each).filter(register__year=year).exists()
        }
        assert {each.pk for each in insight.of_year(gallery, str(year))} == expected
    for level in insight.awards_in_gallery():
        expected = {
            each.pk
            for each in rows
            if entries_of(each).filter(level=level).exists() or won_by(each).filter(level=level).exists()
        }
        assert {each.pk for each in insight.of_award(gallery, level)} == expected
    assert sum(insight.of_award(gallery, level).count() for level in insight.awards_in_gallery()) > 0
    for band in insight.bands_in_gallery():
        expected = {each.pk for each in rows if entries_of(each).filter(score=band).exists()}
        assert {each.pk for each in insight.of_band(gallery, band)} == expected


def test_choices_are_those_that_stand_in_some_row(rows):
    years = {each.fiscal_year for each in rows} | set(
        RegisterEntry.objects.values_list("register__year", flat=True)
    )
    scores = {each.score for each in RegisterEntry.objects.exclude(score=None)}
    levels = {each.level for each in RegisterEntry.objects.all()} | {
        each.level for each in Award.objects.filter(edition__register=None)
    }

    assert insight.years_in_gallery() == sorted(years - {None}, reverse=True)
    assert insight.bands_in_gallery() == [f"{score.normalize():f}" for score in sorted(scores, reverse=True)]
    assert set(insight.awards_in_gallery()) == levels - {"unknown"}
    assert 2555 in insight.years_in_gallery()
    assert 2501 not in insight.years_in_gallery()


def test_rows_of_a_page_are_read_whole_in_their_order(rows, django_assert_num_queries):
    page = list(insight.gallery().order_by("-sort_key", "pk")[:10])

    with django_assert_num_queries(2):
        whole = insight.read_whole(page)
        told = [
            (each.title, str(each.owner), [area.full_name for area in each.areas.all()]) for each in whole
        ]

    assert [each.pk for each in whole] == [each.pk for each in page]
    assert all(title and areas for title, _owner, areas in told)
