"""Reports made up for the tests of matching."""

from datetime import UTC, datetime, timedelta
from random import Random

from prasan.matching import Report

START = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)
METRE = 1 / 110_950
"""One metre in degrees of latitude."""


def told(text, *, row_id="a", north=0.0, day=0.0, kinds=(), point=True):
    """A report so many metres north of one place and so many days after one morning."""
    return Report(
        row_id,
        text,
        13.75 + north * METRE if point else None,
        100.5 if point else None,
        START + timedelta(days=day),
        kinds,
    )


_TROUBLES = ("ไฟทางดับ", "ถนนเป็นหลุม", "ขยะไม่เก็บ", "น้ำท่วมขัง", "ฝาท่อแตก", "รถจอดขวางทางเข้าบ้าน", "สุนัขจรจัดเห่า")
_PLACES = ("หน้าวัดดอนแก้ว", "ปากซอยทุ่งทอง 5", "ซอยทุ่งทอง 7 แยก 2", "ตรงข้ามตลาดเช้า", "ถนนริมน้ำ", "")


def street(seed, count):
    """So many reports along one street within two months, many of them of the same few troubles."""
    chance = Random(seed)
    return [
        told(
            " ".join(
                (chance.choice(_TROUBLES), chance.choice(_PLACES), chance.choice(("", "ครับ", "มานานแล้ว")))
            ),
            row_id=f"r{number:05}",
            north=chance.choice((0, 10, 60, 300, 1_000)) + chance.randrange(40),
            day=chance.random() * 70,
            point=chance.random() > 0.05,
        )
        for number in range(count)
    ]
