import pytest

from prasan.places.names import name_key, name_keys, village_key, village_keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("โนนสูง", "โนนสูง "),
        ("น้ำท่วม", "นำทวม"),
        ("คลอง ๗", "คลอง7"),
        ("สุไหงโก-ลก", "สุไหงโกลก"),
        ("จ.ป.ร.", "จปร"),
        ("เเม่สอด", "แม่สอด"),
        ("Ko Pha-ngan", "ko phangan"),
        ("สุรินทร์", "สุรินทร"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("นาดี", "นาคี"), ("บ่อ", "บอน"), ("คลอง 7", "คลอง 8"), ("ปง", "ปาง")]
)
def test_other_names_have_other_keys(one, other):
    assert name_key(one) != name_key(other)


def test_village_goes_without_its_word_and_by_either_of_two_names():
    assert village_key("บ้านโนนสูง") == name_key("โนนสูง")
    assert village_keys("บ้านสามเรือน (บ้านเกาะลอย)") == (name_key("สามเรือน"), name_key("เกาะลอย"))
    assert name_keys("ปอภาร (ปอพาน)") == (name_key("ปอภาร"), name_key("ปอพาน"))
    assert name_keys("บ้านไร่") == (name_key("บ้านไร่"),)
