"""What a read form จ.1-1 says, as the words of a proposal; or all that cannot be taken of it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from decimal import Decimal
from typing import BinaryIO, Final, TypeVar

from django.db.models import Model, QuerySet

from prasan.kernel.sentence import Sentence
from prasan.planning.actions.brief import (
    MOST_ROWS,
    MOST_YEARS,
    ActivityWords,
    IndicatorWords,
    ProposalWords,
)
from prasan.planning.imports.briefs import ReadBrief, read_briefs
from prasan.planning.models import Approach, ProjectKind, Sector
from prasan.planning.papers.brief import Brief
from prasan.planning.papers.labels import BESIDE, BODY, HEAD
from prasan.sheets.faults import SheetFault

M = TypeVar("M", bound=Model)

_SAME: Final = (
    "name",
    "rationale",
    "objective",
    "main_programme",
    "programme",
    "target_words",
    "operator",
    "starts",
    "ends",
    "output",
    "outcome",
    "budget_asked",
    "beneficiaries",
)
"""What a brief and the words of a proposal call by one name and hold alike."""


class CannotBeTaken(ValueError):
    """A file that gives no words for a proposal; says each fault with its sheet and line."""

    def __init__(self, faults: Iterable[Sentence]) -> None:
        super().__init__()
        self.faults = tuple(faults)


def words_from(
    path_or_stream: str | os.PathLike[str] | BinaryIO, *, approaches: QuerySet[Approach]
) -> ProposalWords:
    """The words of the one project in a file of ours; `CannotBeTaken` where anything in it is at fault.

    Number and place of the project, and the issue under which it was classified, are no words of its author.
    """
    try:
        found = list(read_briefs(path_or_stream))
    except SheetFault as fault:
        raise CannotBeTaken([fault.sentence]) from fault
    if len(found) != 1:
        raise CannotBeTaken(
            [
                Sentence(
                    f"ไฟล์นี้มี {len(found)} โครงการ กรุณาเลือกไฟล์ที่มีแบบ จ.1-1 ของโครงการเดียว",
                    f"This file holds {len(found)} projects. Please choose a file with form จ.1-1 of one.",
                )
            ]
        )
    return words_of(found[0], approaches=approaches)


def words_of(read: ReadBrief, *, approaches: QuerySet[Approach]) -> ProposalWords:
    """The words of a read project, whole; `CannotBeTaken` where anything of it is at fault."""
    brief, faults = read.brief, [_on(read.sheet, fault) for fault in read.faults]
    sector = _coded(Sector.objects.all(), brief.sector)
    if sector is None:
        faults.append(_unknown(read, BESIDE["sector"], brief.sector))
    kind = _coded(ProjectKind.objects.all(), brief.kind)
    if brief.kind and kind is None:
        faults.append(_unknown(read, BESIDE["kind"], brief.kind))
    approach = _approach(approaches, brief) if brief.approach else None
    if brief.approach and approach is None:
        faults.append(_unknown(read, HEAD["approach"], brief.approach))
    if not brief.name:
        faults.append(_missing(read, BODY["name"]))
    if brief.fiscal_year is None:
        faults.append(_missing(read, BESIDE["fiscal_year"]))
    faults += _faults_of_rows(read)
    if faults or sector is None or brief.fiscal_year is None:
        raise CannotBeTaken(faults)
    return ProposalWords(
        **{name: getattr(brief, name) for name in _SAME},
        sector=sector,
        kind=kind,
        approach=approach,
        fiscal_year=brief.fiscal_year,
        households=brief.households or 0,
        activities=tuple(
            ActivityWords(line.name, dict(line.budgets), line.responsible, line.helpers)
            for line in brief.activities
        ),
        indicators=tuple(IndicatorWords(line.name, line.target) for line in brief.indicators),
    )


def _faults_of_rows(read: ReadBrief) -> list[Sentence]:
    brief, faults = read.brief, []
    if max(len(brief.activities), len(brief.indicators)) > MOST_ROWS:
        faults.append(
            _on(
                read.sheet,
                Sentence(
                    f"กิจกรรมหรือตัวชี้วัดเกิน {MOST_ROWS} แถว กรุณารวมบางแถวเข้าด้วยกัน",
                    f"There are more than {MOST_ROWS} activities or indicators. Please put some together.",
                ),
            )
        )
    first = brief.fiscal_year or 0
    if first and (odd := [year for year in brief.years if not first <= year < first + MOST_YEARS]):
        years = ", ".join(map(str, odd))
        faults.append(
            _on(
                read.sheet,
                Sentence(
                    f"งบประมาณของกิจกรรมอยู่ในปี {years} ซึ่งอยู่นอกปี {first} ถึง {first + MOST_YEARS - 1}",
                    f"Activities have budgets in {years}, outside {first} to {first + MOST_YEARS - 1}.",
                ),
            )
        )
    whole = sum((line.cost for line in brief.activities), Decimal(0))
    if brief.activities and whole != brief.budget_asked:
        faults.append(
            _on(
                read.sheet,
                Sentence(
                    f"กิจกรรมรวมกัน {whole:,.2f} บาท แต่งบประมาณที่ขอคือ {brief.budget_asked:,.2f} บาท "
                    "กรุณาแก้ให้เท่ากัน",
                    f"The activities cost {whole:,.2f} baht, but {brief.budget_asked:,.2f} baht are asked. "
                    "Please make them equal.",
                ),
            )
        )
    return faults


def _coded(rows: QuerySet[M], code: str) -> M | None:
    return rows.filter(pk=code).first() if code else None


def _approach(approaches: QuerySet[Approach], brief: Brief) -> Approach | None:
    """The approach of that name; where several bear it, that of the issue named above it."""
    found = list(approaches.filter(name_th=brief.approach))
    if len(found) > 1:
        found = [each for each in found if f"{each.issue.number}. {each.issue.name_th}" == brief.issue]
    return found[0] if len(found) == 1 else None


def _on(sheet: str, told: Sentence) -> Sentence:
    return Sentence(f"แผ่นงาน “{sheet}”: {told.th}", f"Sheet “{sheet}”: {told.en}")


def _unknown(read: ReadBrief, label: str, written: str) -> Sentence:
    return _on(
        read.sheet,
        Sentence(
            f"ไม่รู้จัก “{written}” ที่ช่อง “{label}” กรุณาแก้ในไฟล์",
            f"“{written}” under “{label}” is not known here. Please correct it in the file.",
        ),
    )


def _missing(read: ReadBrief, label: str) -> Sentence:
    return _on(
        read.sheet,
        Sentence(f"ยังไม่ได้กรอกช่อง “{label}”", f"Nothing is written under “{label}”."),
    )
