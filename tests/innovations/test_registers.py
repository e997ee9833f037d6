"""The registers of the sources: their orders and counts come out as printed, unknown stays unknown."""

import csv
from collections import Counter
from decimal import Decimal

import pytest

from prasan.agencies.models import Agency
from prasan.innovations.actions import ensure_registers
from prasan.innovations.models import ImpactMeasure, Innovation, Register, RegisterEntry
from prasan.innovations.queries import entries_of, figures_of, registers
from prasan.kernel.order import thai_sort_key
from prasan.ledger.models import Entry
from prasan.places.models import Area
from tests.factories.innovations import make_provinces

pytestmark = pytest.mark.django_db

BASE, LOCAL, EXCELLENT, LERT_RAT = (
    "innovation-base-2562",
    "local-digital-2564",
    "excellent-innovation-2567",
    "lert-rat-2562",
)


@pytest.fixture
def loaded(db):
    make_provinces()
    ensure_registers()


def read(code: str) -> list[RegisterEntry]:
    return list(entries_of(Register.objects.get(code=code)))


def printed_and_computed(code: str) -> dict[str, tuple[Decimal, Decimal | None]]:
    return {
        each.printed.code: (each.printed.value, each.computed)
        for each in figures_of(Register.objects.get(code=code))
    }


def test_each_register_is_taken_in_once_and_whole(loaded):
    before = Entry.objects.count()

    assert ensure_registers() == 0
    assert Entry.objects.count() == before
    sizes = {each.code: each.size for each in registers()}
    assert sizes == {BASE: 47, LOCAL: 45, EXCELLENT: 4, LERT_RAT: 8}
    assert set(Innovation.objects.values_list("state", flat=True)) == {"registered"}


def test_order_of_2562_by_score_cluster_and_dictionary_is_the_printed_one(loaded):
    entries = read(BASE)

    assert [each.number for each in entries] == list(range(1, 48))
    bands = Counter(each.score for each in entries)
    assert bands == {
        Decimal(score): n for score, n in ((100, 6), (98, 4), (97, 2), (95, 17), (93, 1), (90, 17))
    }
    assert {each.innovation.kind for each in entries} == {"unknown"}
    assert {each.innovation.fiscal_year for each in entries} == {2562}
    assert all(printed == computed for printed, computed in printed_and_computed(BASE).values())


def test_order_of_2564_is_that_of_the_dictionary_where_code_points_would_be_wrong(loaded):
    entries = read(LOCAL)
    by_dictionary = sorted(entries, key=lambda each: (each.innovation.area.sort_key, each.number))
    by_code_points = sorted(entries, key=lambda each: (each.innovation.area.name_th, each.number))

    assert [each.number for each in by_dictionary] == list(range(1, 46))
    assert [each.number for each in by_code_points] != list(range(1, 46))


def test_figures_of_2564_come_out_and_the_kind_stays_unknown(loaded):
    entries = read(LOCAL)

    assert printed_and_computed(LOCAL) == {
        "entries": (45, 45),
        "owners": (44, 44),
        "kind:e-service": (25, None),
        "province:57": (6, 6),
        "level:distinguished": (7, 7),
    }
    by_province = Counter(each.innovation.province for each in entries)
    assert (len(by_province), by_province.most_common(1)) == (27, [("57", 6)])
    levels = Counter(each.level for each in entries)
    assert levels == {"distinguished": 7, "unknown": 38}
    twice = [
        owner for owner, n in Counter(each.innovation.owner.name_th for each in entries).items() if n > 1
    ]
    assert twice == ["เทศบาลนครภูเก็ต"]


def test_full_names_of_local_governments_are_right_where_joining_would_be_wrong(loaded):
    names = [each.innovation.owner.name_th for each in read(LOCAL)]
    kinds = Counter(
        next(
            kind
            for kind in ("องค์การบริหารส่วนจังหวัด", "องค์การบริหารส่วนตำบล", "เทศบาลนคร", "เทศบาลเมือง", "เทศบาลตำบล")
            if name.startswith(kind)
        )
        for name in names
    )

    assert kinds == {
        "เทศบาลตำบล": 12,
        "เทศบาลนคร": 12,
        "องค์การบริหารส่วนตำบล": 12,
        "เทศบาลเมือง": 7,
        "องค์การบริหารส่วนจังหวัด": 2,
    }
    assert "เทศบาลเมืองเมืองพล" in names
    assert not any("นครนครภูเก็ต" in name for name in names)
    assert all(each.innovation.owner.name_en for each in read(LOCAL))


def test_winners_of_2567_stand_in_their_order_with_their_cards(loaded):
    entries = read(EXCELLENT)

    assert [each.level for each in entries] == ["winner", "first_runner_up", "second_runner_up", "special"]
    assert [each.innovation.owner.name_th for each in entries][1:] == [
        "สำนักงานจังหวัดขอนแก่น",
        "สำนักงานจังหวัดร้อยเอ็ด",
        "สำนักงานจังหวัดสุรินทร์",
    ]
    assert all(e.innovation.pain_point and e.innovation.solution and e.innovation.impact for e in entries)


def test_per_cents_of_kalasin_are_computed_beside_the_printed_ones_and_households_add_up(loaded):
    measures = {each.name_en: each for each in ImpactMeasure.objects.filter(innovation__province="46")}
    first, second = measures["income a month in 2561"], measures["income a month in 2562"]

    assert (first.base_year, first.change, first.published_percent) == (2560, Decimal("8.4"), 8)
    assert (second.base_year, second.change, second.published_percent) == (2560, Decimal("10.0"), 10)
    assert "7" in first.remark
    households = [each for each in measures.values() if each.whole is not None]
    assert sum(each.value for each in households) == households[0].whole == 3504
    assert [each.share for each in households] == [Decimal("93.9"), Decimal("0.4"), Decimal("5.6")]


def test_per_cent_without_its_figures_is_only_what_the_source_says(loaded):
    income = ImpactMeasure.objects.get(innovation__province="91")

    assert (income.change, income.share, income.published_percent) == (None, None, Decimal("11.42"))
    assert income.base_value is None


def test_agency_that_is_there_already_owns_its_innovation(db):
    make_provinces()
    office = Agency.objects.create(
        code="own-code",
        name_th="สำนักงานจังหวัดสุรินทร์",
        name_en="Surin Office",
        level="provincial",
        area=Area.objects.get(pk="32"),
    )

    ensure_registers()

    assert Innovation.objects.get(owner=office).title.endswith("(Surin One Plan)")
    assert Agency.objects.filter(name_th=office.name_th).count() == 1


def test_register_whose_file_changed_keeps_what_people_mended(loaded):
    register = Register.objects.get(code=EXCELLENT)
    mended = read(EXCELLENT)[0].innovation
    Innovation.objects.filter(pk=mended.pk).update(title_en="Complaints linked over fifteen agencies")
    Register.objects.filter(pk=register.pk).update(digest="another", name_en="old")
    register.entries.filter(number=4).delete()

    assert ensure_registers() == 1

    assert Register.objects.get(pk=register.pk).name_en.startswith("Excellent")
    assert Innovation.objects.get(pk=mended.pk).title_en == "Complaints linked over fifteen agencies"
    assert [each.number for each in read(EXCELLENT)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("code", "file", "number"),
    [(BASE, "innovation_base_2562.csv", "order"), (LOCAL, "local_digital_2564.csv", "no")],
)
def test_registers_say_what_the_tables_of_the_sources_say(shared_data, loaded, code, file, number):
    with (shared_data / file).open(encoding="utf-8-sig") as lines:
        rows = {int(row[number]): row for row in csv.DictReader(lines)}

    for entry in read(code):
        row = rows[entry.number]
        assert entry.innovation.title == " ".join(row["title_th"].split())
        assert entry.innovation.province == row["province_code"]
        assert thai_sort_key(entry.innovation.area.name_th) == thai_sort_key(row["province_th"])
    assert len(rows) == len(read(code))
