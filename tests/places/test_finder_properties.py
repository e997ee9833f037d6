import re

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from prasan.places.finder import find_place
from prasan.places.gazetteer import official_areas
from prasan.places.models import PARENTS, Area, Level
from prasan.places.names import LIGHT_MARKS

CODES = [area.code for area in official_areas() if not area.is_abolished and area.level > Level.COUNTRY]
SHORT = {"ตำบล": "ต.", "อำเภอ": "อ.", "จังหวัด": "จ."}
QUICK = settings(max_examples=60, deadline=None)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official")]


def full_name(code, language="th"):
    with override(language):
        return Area.objects.select_related(PARENTS).get(code=code).full_name


def abbreviated(name):
    return re.sub(r"(^| )(ตำบล|อำเภอ|จังหวัด)", lambda word: word[1] + SHORT[word[2]], name)


@pytest.mark.parametrize(
    "written",
    [
        str,
        abbreviated,
        lambda name: name.replace(" ", ""),
        lambda name: name.replace(" ", "   "),
        lambda name: "".join(letter for letter in name if letter not in LIGHT_MARKS),
    ],
    ids=["full", "abbreviated", "together", "wide", "toneless"],
)
@given(code=st.sampled_from(CODES))
@QUICK
def test_full_name_of_any_area_finds_its_code(written, code):
    finding = find_place(written(full_name(code)))

    assert finding.codes == (code,)
    assert not finding.ambiguous


@given(code=st.sampled_from([code for code in CODES if code != "10"]))  # Bangkok bears no word of its own
@QUICK
def test_full_name_inside_other_words_finds_its_code(code):
    name = full_name(code)

    finding = find_place(f"ก่อสร้างถนนคอนกรีตเสริมเหล็ก {name} ระยะทาง 1.250 กิโลเมตร 1 แห่ง")

    assert finding.codes == (code,)


@given(code=st.sampled_from(CODES))
@QUICK
def test_full_english_name_of_any_area_finds_it_or_tells_it_among_others(code):
    finding = find_place(full_name(code, "en"))

    assert code in [candidate.code for candidate in finding.candidates]


@given(code=st.sampled_from([code for code in CODES if len(code) == 6]))
@QUICK
def test_bare_name_of_a_tambon_is_found_or_told_as_one_of_several(code):
    tambon = Area.objects.get(code=code)

    finding = find_place(tambon.title if code[:2] == "10" else f"ตำบล{tambon.name_th}", limit=100)

    assert code in [candidate.code for candidate in finding.candidates]
    assert finding.ambiguous == (len(finding.candidates) > 1)


@given(text=st.text(alphabet="กขคงจฉชซดตถทนบปผพฟมยรลวสหอะาิีึืุูเแโใไ่้๊๋็์ 0123456789.,-/()", max_size=60))
@QUICK
def test_noise_finds_no_certain_place_by_a_single_letter(text):
    for place in find_place(text).places:
        assert len(place.words[0].replace(" ", "")) >= 2


@given(text=st.text(max_size=200))
@QUICK
def test_any_text_is_answered(text):
    finding = find_place(text)

    assert all(0 <= candidate.score <= 1 for candidate in finding.candidates)
