"""What the proposals of the demonstration say and bring along: every field of form จ.1-1, and typed files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import BinaryIO

from prasan.accounts.models import User
from prasan.demo.pictures import landscape, sketch
from prasan.demo.provinces import Story
from prasan.kernel.calendar import FiscalYear
from prasan.planning.actions.attachment import attach
from prasan.planning.actions.brief import ActivityWords, IndicatorWords, ProposalWords
from prasan.planning.models import Attachment, Need, ProjectKind, Proposal
from prasan.sheets.table import Table
from prasan.sheets.xlsx import write_xlsx

_KINDS = {"power": "equipment", "trade": "support", "environment": "training", "welfare": "training"}
"""The kind of project that a sector mostly asks for; building where none is named."""


def words_of(story: Story, need: Need, year: int) -> ProposalWords:
    """A project as its village would write it: surveyed in the first quarter, built over two years."""
    first, later = _shares(story.budget)
    this = FiscalYear(year)
    return ProposalWords(
        name=f"{story.project} {need.area.title}",
        sector=need.sector,
        fiscal_year=year,
        rationale=story.rationale,
        objective=story.objective,
        households=story.households,
        beneficiaries=story.households * 4,
        budget_asked=story.budget,
        kind=ProjectKind.objects.get(code=_KINDS.get(story.sector, "building")),
        main_programme="การพัฒนาคุณภาพชีวิตและโครงสร้างพื้นฐานของชุมชน",
        programme="แก้ไขความเดือดร้อนตามความต้องการของหมู่บ้าน",
        target_words=f"{need.area.full_name} และหมู่บ้านใกล้เคียงที่ใช้ประโยชน์ร่วมกัน",
        operator="หน่วยงานที่มีอำนาจหน้าที่ตามที่คณะกรรมการอำเภอส่งต่อ",
        starts=this.starts,
        ends=date(this.ends.year + 1, this.ends.month, this.ends.day),
        output="งานแล้วเสร็จตามแบบรูปรายการและใช้งานได้จริง",
        outcome=story.objective,
        activities=(
            ActivityWords("สำรวจ ออกแบบ และขออนุญาตใช้พื้นที่", {year: first}, "ที่ทำการปกครองอำเภอ"),
            ActivityWords(
                story.project,
                {year: later, year + 1: story.budget - first - later},
                "หน่วยงานเจ้าของโครงการ",
                "องค์กรปกครองส่วนท้องถิ่นและคณะกรรมการหมู่บ้าน",
            ),
        ),
        indicators=(
            IndicatorWords("ครัวเรือนที่ได้รับประโยชน์", f"{story.households} ครัวเรือน"),
            IndicatorWords("ความพึงพอใจของประชาชนในพื้นที่", "ไม่น้อยกว่าร้อยละ 80"),
        ),
    )


def bring_files(proposal: Proposal, seed: int, *, by: User) -> None:
    """Hang one file of each kind that a call may ask for on a draft."""
    kinds = Attachment.Kind
    for kind, name, stream in (
        (kinds.PHOTOGRAPH, "ภาพสาธิต.jpg", BytesIO(_photograph(seed))),
        (kinds.DRAWING, "แบบรูปรายการ (สาธิต).png", BytesIO(_sheet(seed))),
        (kinds.LAND_PERMISSION, "หนังสืออนุญาตให้ใช้ที่ดิน (สาธิต).png", BytesIO(_sheet(seed + 1))),
        (kinds.COST_ESTIMATE, "ประมาณราคา (สาธิต).xlsx", _estimate(proposal)),
    ):
        attach(proposal, stream, name=name, kind=kind, by=by)


def _shares(budget: Decimal) -> tuple[Decimal, Decimal]:
    """What is spent on surveying, and on building in the first year; to the whole baht."""
    whole = Decimal(1)
    return (budget * Decimal("0.05")).quantize(whole), (budget * Decimal("0.6")).quantize(whole)


@cache
def _photograph(seed: int) -> bytes:
    return landscape(seed, small=True).getvalue()


@cache
def _sheet(seed: int) -> bytes:
    return sketch(seed).getvalue()


def _estimate(proposal: Proposal) -> BinaryIO:
    file = BytesIO()
    write_xlsx(file, [Table("ประมาณราคา", ["กิจกรรม", "ปีงบประมาณ", "บาท"], _lines(proposal))])
    file.seek(0)
    return file


def _lines(proposal: Proposal) -> Iterator[list[str | int | Decimal]]:
    for activity in proposal.activities.prefetch_related("budgets"):
        for budget in activity.budgets.all():
            yield [activity.name, budget.fiscal_year, budget.amount]
