import csv

import pytest

from prasan.kernel.local_government_names import local_government_name, local_government_title


@pytest.mark.parametrize(
    ("kind", "name", "full"),
    [
        ("ทม.", "เมืองพล", "เทศบาลเมืองเมืองพล"),
        ("ทม.", "พล", "เทศบาลเมืองเมืองพล"),
        ("ทม.", "เทศบาลเมืองเมืองพล", "เทศบาลเมืองเมืองพล"),
        ("ทม.", "ทม.เมืองพล", "เทศบาลเมืองเมืองพล"),
        ("ทม.", "เมืองปัก", "เทศบาลเมืองเมืองปัก"),
        ("ทม.", "เมืองสุรินทร์", "เทศบาลเมืองสุรินทร์"),
        ("ทม.", "สุรินทร์", "เทศบาลเมืองสุรินทร์"),
        ("ทม.", "เมืองแกลง", "เทศบาลเมืองเมืองแกลง"),
        ("ทน.", "นครภูเก็ต", "เทศบาลนครภูเก็ต"),
        ("ทน.", "ภูเก็ต", "เทศบาลนครภูเก็ต"),
        ("ทน.", "ทน.นครภูเก็ต", "เทศบาลนครภูเก็ต"),
        ("ทน.", "นครราชสีมา", "เทศบาลนครนครราชสีมา"),
        ("ทน.", "เทศบาลนครราชสีมา", "เทศบาลนครนครราชสีมา"),
        ("ทน.", "นครนครสวรรค์", "เทศบาลนครนครสวรรค์"),
        ("ทน.", "สกลนคร", "เทศบาลนครสกลนคร"),
        ("ทม.", "นครนายก", "เทศบาลเมืองนครนายก"),
        ("ทต.", "เมืองแก", "เทศบาลตำบลเมืองแก"),
        ("ทต.", "ตำบลท่าตูม", "เทศบาลตำบลท่าตูม"),
        ("อบต.", "ท่าตูม", "องค์การบริหารส่วนตำบลท่าตูม"),
        ("อบต.", "อบต. ท่าตูม", "องค์การบริหารส่วนตำบลท่าตูม"),
        ("อบต.", "ทมอ", "องค์การบริหารส่วนตำบลทมอ"),
        ("อบจ.", "จังหวัดสุรินทร์", "องค์การบริหารส่วนจังหวัดสุรินทร์"),
        ("อบจ.", "ขอนแก่น", "องค์การบริหารส่วนจังหวัดขอนแก่น"),
        ("อปท.", "เมืองพัทยา", "เมืองพัทยา"),
        ("อปท.", "กรุงเทพมหานคร", "กรุงเทพมหานคร"),
    ],
)
def test_full_name(kind, name, full):
    assert local_government_name(kind, name) == full


def test_full_name_is_its_own_full_name():
    for kind, name in [
        ("ทม.", "เมืองพล"),
        ("ทน.", "ภูเก็ต"),
        ("ทน.", "นครปฐม"),
        ("ทต.", "เมืองแก"),
        ("อบต.", "ท่าตูม"),
    ]:
        full = local_government_name(kind, name)

        assert local_government_name(kind, full) == full


def test_title_alone():
    assert local_government_title("อบจ.") == "องค์การบริหารส่วนจังหวัด"


def test_every_listed_name_keeps_all_of_itself(shared_data):
    with (shared_data / "local_governments_2560.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = [
            row
            for row in csv.DictReader(file)
            if row["type_abbr_th"] in ("อบจ.", "ทน.", "ทม.", "ทต.", "อบต.")
        ]

    wrong = [
        row["name_th"]
        for row in listed
        if local_government_name(row["type_abbr_th"], row["name_th"]) != row["type_th"] + row["name_th"]
    ]

    assert len(listed) == 7871
    assert wrong == []
