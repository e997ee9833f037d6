"""The form of an edition: names in both languages, any number of rounds, and lines that say what is wrong."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from prasan.accounts.models import User
from prasan.awards import actions
from prasan.awards.models import Category, Criterion, Edition
from prasan.kernel.calendar import today
from prasan.web.awards.forms import EditionForm
from tests.factories.awards import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest(client):
    made = make_edition()
    client.force_login(made.organiser)
    return made


def terms(**other):
    return {
        "year": "2569",
        "opens": today().isoformat(),
        "closes": (today() + timedelta(days=5)).isoformat(),
        "categories": "งานบริการ | Services | service\nทั่วไป | General\nมีส่วนร่วม | participation\nอื่น",
        "rounds": "2",
        "round_1": "คัดกรอง",
        "round_en_1": "Sifting",
        "criteria_1": "new | เรื่องใหม่ | Is it new? | gate\n"
        "use | ประโยชน์ | Use to people | ๓ | 10\ncopy|ขยายผล|2|5",
        "goes_on_1": "10",
        "places_distinguished": "2",
        "draw": "835492",
        "judges_wanted": "2",
        **other,
    }


def saved(client, contest, **other):
    answer = client.post(reverse("awards:terms", args=[contest.edition.pk]), terms(**other))
    assert answer.status_code == 302, answer.context["form"].errors
    return Edition.objects.get()


def test_names_of_both_languages_are_kept_and_come_back_as_they_were_typed(client, contest):
    edition = saved(client, contest)
    form = EditionForm(programme=contest.programme, edition=edition)
    again = {name: form[name].value() or "" for name in form.fields}
    again = {name: again[name] for name in ("categories", "criteria_1", "round_en_1")}
    Criterion.objects.update(name_en="changed")
    saved(client, contest, **again)

    criteria = Criterion.objects.values_list("code", "name_th", "name_en", "is_gate", "weight", "most")
    assert list(criteria) == [
        ("new", "เรื่องใหม่", "Is it new?", True, Decimal(0), Decimal(1)),
        ("use", "ประโยชน์", "Use to people", False, Decimal(3), Decimal(10)),
        ("copy", "ขยายผล", "", False, Decimal(2), Decimal(5)),
    ]
    assert list(Category.objects.values_list("name_th", "name_en", "branch")) == [
        ("งานบริการ", "Services", "service"),
        ("ทั่วไป", "General", ""),
        ("มีส่วนร่วม", "", "participation"),
        ("อื่น", "", ""),
    ]
    assert again["criteria_1"].splitlines()[1:] == [
        "use | ประโยชน์ | Use to people | 3 | 10",
        "copy | ขยายผล | 2 | 5",
    ]
    assert edition.rounds.get().name_en == again["round_en_1"] == "Sifting"


def test_english_name_that_is_the_code_of_a_branch_stays_a_name(client, contest):
    edition = saved(client, contest, categories="บริการ | service |")
    form = EditionForm(programme=contest.programme, edition=edition)

    saved(client, contest, categories=form["categories"].value())

    assert list(Category.objects.values_list("name_th", "name_en", "branch")) == [("บริการ", "service", "")]


def test_reader_of_english_sees_english_names(client, contest):
    edition = saved(client, contest, criteria_2="use | ประโยชน์ | Use to everybody | 1 | 10")
    address = reverse("awards:edition", args=[edition.pk])

    thai = client.get(address).content.decode()
    User.objects.filter(pk=contest.organiser.pk).update(language="en")
    english = client.get(address).content.decode()

    for name in ("Use to people", "Is it new?", "Services", "Sifting", "Round 2"):
        assert name in english
        assert name not in thai
    for name in ("ประโยชน์", "เรื่องใหม่", "งานบริการ", "คัดกรอง", "รอบที่ 2"):
        assert name in thai


def test_rounds_are_added_without_script_and_nothing_typed_is_lost(client, contest):
    address = reverse("awards:terms", args=[contest.edition.pk])
    assert client.get(address).context["form"].offered == 2

    more = client.post(address, terms(blind_1="on", opens="ไม่ใช่วัน", more="rounds"))
    form = more.context["form"]
    typed = {name: form[name].value() for name in ("opens", "round_1", "criteria_1", "blind_1", "rounds")}
    untouched = contest.fresh().rounds.get().name_th
    told = {f"criteria_{number}": "use | ประโยชน์ | 1 | 10" for number in (1, 2, 3)}
    edition = saved(client, contest, rounds="3", goes_on_2="4", **told)
    opened = actions.open_edition(edition, by=contest.organiser)

    assert (more.status_code, form.errors) == (200, {})
    assert typed["opens"] == "ไม่ใช่วัน"
    assert typed["round_1"] == "คัดกรอง"
    assert "Use to people" in typed["criteria_1"]
    assert (typed["blind_1"], typed["rounds"]) == ("on", 3)
    assert 'name="criteria_3"' in more.content.decode()
    assert untouched == "รอบตัดสิน"
    assert list(edition.rounds.values_list("number", "goes_on")) == [(1, 10), (2, 4), (3, None)]
    assert opened.state == "open"
    assert EditionForm(programme=contest.programme, edition=edition).offered == 3


@pytest.mark.parametrize(("asked", "offered"), [("99", 9), ("-1", 2), ("๓", 2), ("x", 2), ("", 2), ("7", 7)])
def test_number_of_rounds_that_a_form_claims_is_bounded(client, contest, asked, offered):
    answer = client.post(reverse("awards:terms", args=[contest.edition.pk]), terms(rounds=asked, year="x"))

    assert (answer.status_code, answer.context["form"].offered) == (422, offered)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("criteria_1", "use"),
        ("criteria_1", "use | ประโยชน์"),
        ("criteria_1", "use | gate"),
        ("criteria_1", "use | ประโยชน์ | Use | more | 3 | 10"),
        ("criteria_1", "use | ประโยชน์ | Use | สาม | 10"),
        ("criteria_1", "use | ประโยชน์ | Use | Is | gate"),
        ("categories", "ทั่วไป | General | nonsense"),
        ("categories", "ทั่วไป | General | service | x"),
    ],
)
def test_line_that_is_not_understood_is_told_beside_its_box(client, contest, name, lines):
    answer = client.post(reverse("awards:terms", args=[contest.edition.pk]), terms(**{name: lines}))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {name}
