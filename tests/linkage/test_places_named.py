"""Where a letter's complaint lies, with every official place of the country."""

import pytest

from prasan.linkage.actions import take_in_letter
from prasan.places.models import Area
from tests.factories.linkage import letter
from tests.places.conftest import official  # noqa: F401 - the whole gazetteer, as its own tests have it

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official")]


@pytest.mark.parametrize(
    ("subject", "words", "code"),
    [
        ("แจ้งถนนพัง", "ถนนพังที่ ต.เมืองแก อ.ท่าตูม จ.สุรินทร์ ขอให้ซ่อม", "320305"),
        ("ถนนพัง ตำบลเมืองแก อำเภอท่าตูม", "ขอให้ซ่อมด้วยครับ", "320305"),
        ("แจ้งเรื่อง", "เรียน ผู้ว่าราชการจังหวัดสุรินทร์\nน้ำท่วมตำบลเมืองแก อำเภอท่าตูม", "320305"),
        ("แจ้งเรื่อง", "น้ำประปาไม่ไหลทั้งอำเภอท่าตูม", "3203"),
        ("แจ้งเรื่อง", "ไฟดับสามวันแล้วครับ", "32"),
        ("แจ้งเรื่อง", "ถนนพังทั้งตำบลเมืองแก อำเภอท่าตูม และตำบลท่าตูม อำเภอท่าตูม", "32"),
        ("แจ้งเรื่อง", "ถนนพังที่ตำบลสุเทพ อำเภอเมืองเชียงใหม่ จังหวัดเชียงใหม่", "32"),
    ],
)
def test_complaint_lies_where_the_letter_says_or_in_the_province_of_the_box(subject, words, code):
    row = take_in_letter(letter(words, subject=subject), area=Area.objects.get(code="32"))

    assert row.complaint.area_id == code
