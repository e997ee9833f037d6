"""Nothing that tells whose an entry is stays in a text of a blind round, and the rest stays readable."""

import pytest

from prasan.awards.masking import MASK, gives_away, identity_of, masked
from prasan.places.gazetteer import official_areas
from prasan.places.models import Level

PROVINCES = [(each.name_th, each.name_en) for each in official_areas() if each.level == Level.PROVINCE]
ROI_ET = identity_of(
    ["เทศบาลเมืองร้อยเอ็ด", "ร้อยเอ็ด"], ["Roi Et Town Municipality", "Roi Et"], PROVINCES, ["101"]
)
BANNOI = identity_of(
    ["องค์การบริหารส่วนตำบลบ้านน้อยซุ้มขี้เหล็ก", "พิษณุโลก", "เนินมะปราง"],
    ["Ban Noi Sum Khi Lek Subdistrict Administrative Organization", "Phitsanulok"],
    PROVINCES,
)
PANGMU = identity_of(
    ["องค์การบริหารส่วนตำบลปางหมู", "แม่ฮ่องสอน"],
    ["Pang Mu Subdistrict Administrative Organization", "Mae Hong Son"],
    PROVINCES,
)
PHUKET = identity_of(["เทศบาลนครภูเก็ต", "ภูเก็ต", "เมืองภูเก็ต"], ["Phuket City Municipality", "Phuket"], PROVINCES)


@pytest.mark.parametrize(
    ("text", "identity", "left"),
    [
        ("โครงการ Smart City 101", ROI_ET, f"โครงการ Smart City {MASK}"),
        ("ระบบของ ทม.ร้อยเอ็ด จ.ร้อยเอ็ด", ROI_ET, None),
        ("โครงการ Smart Bannoi", BANNOI, f"โครงการ Smart {MASK}"),
        ("Ban Noi Sum Khi Lek e-Service", BANNOI, f"{MASK} e-Service"),
        ("โครงการ Pangmu E-Smart Service", PANGMU, f"โครงการ {MASK} E-Smart Service"),
        ("PANG-MU online", PANGMU, f"{MASK} online"),
        ("ระบบ เทศบาลนคร ภูเก็ต (Local Elections Data System)", PHUKET, None),
        ("Puket City Data Platform", PHUKET, f"{MASK} City Data Platform"),
        ("ชาวอบต. ในจังหวัดเลยใช้แอป", PHUKET, None),
        ("ส่งต่อโรงพยาบาลเชียงใหม่", PHUKET, f"ส่งต่อโรงพยาบาล{MASK}"),
    ],
)
def test_names_of_owner_and_places_are_masked(text, identity, left):
    shown = masked(text, identity)

    assert not gives_away(shown, identity)
    if left is not None:
        assert shown == left
    else:
        assert shown != text
        for name in (*identity.thai, "อบต", "เทศบาล"):
            assert name not in shown


@pytest.mark.parametrize(
    "text",
    [
        "เผยแพร่ข้อมูลเลยโดยตากผ้าอยู่ที่บ้าน",
        "ระบบสารบรรณอิเล็กทรอนิกส์ (e-office)",
        "One Stop Service Center",
        "LTAX 3000 & LTAX GIS",
        "แจ้งเหตุ 24 ชั่วโมง ผ่าน LINE Official Account",
    ],
)
def test_words_that_name_nothing_are_left(text):
    assert masked(text, PANGMU) == text


def test_masking_twice_changes_nothing_more():
    once = masked("อบต.ปางหมู จ.แม่ฮ่องสอน Pangmu", PANGMU)

    assert masked(once, PANGMU) == once
