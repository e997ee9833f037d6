"""Commands of planning: take in the lines of a budget bill."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from prasan.cli.commands import Commands

if TYPE_CHECKING:
    from prasan.planning.imports import BudgetReport


def register(commands: Commands) -> None:
    commands.room("แผน · Planning")
    parser = commands.add(
        "import budget-lines",
        "นำเข้ารายการงบประมาณจากเอกสาร · take in the lines of a budget bill",
        import_lines,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, CSV.gz, XLSX")
    parser.add_argument(
        "--confirm-clusters",
        action="store_true",
        help="ยืนยันหน้าของกลุ่มจังหวัดตามที่แสดง · confirm the pages of clusters as shown",
    )
    parser.add_argument(
        "--apply", action="store_true", help="บันทึกความต่างจากที่มีอยู่ · take over what differs from what is there"
    )
    parser.add_argument(
        "--unit",
        action="append",
        default=[],
        metavar="NAME=CODE",
        help="บอกว่าชื่อหน่วยนี้คือจังหวัด (2 หลัก) หรือกลุ่มจังหวัด (C01) ใด · which province or cluster a name is",
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="เขียนรายการที่รอระบุพื้นที่เป็น CSV · write what waits as CSV",
    )
    parser.add_argument("--language", choices=("th", "en"), default="th", help="th, en")


def import_lines(options: argparse.Namespace) -> int:
    """Import the file and tell what was found; 1 if there was something to take in and it was not."""
    from django.utils.translation import override

    from prasan.planning.imports import import_budget_lines

    with override(options.language):
        for named in options.unit:
            if not _explain(named):
                return 1
        if not options.file.is_file():
            _say(options, f"ไม่พบไฟล์ {options.file}", f"There is no file {options.file}.")
            return 1
        report = import_budget_lines(
            options.file, confirm_clusters=options.confirm_clusters, apply=options.apply
        )
        _tell(report, options.language)
        if report.is_applied and options.output is not None:
            _write_unplaced(report, options)
    return 0 if report.is_applied or not (report.is_refused or report.differs) else 1


def _explain(named: str) -> bool:
    from prasan.places.models import Area, ProvinceCluster
    from prasan.planning.actions import explain_unit

    name, _, code = named.rpartition("=")
    province = Area.objects.filter(code=code, level=1).first()
    meaning = province or ProvinceCluster.objects.filter(code=code).first()
    if not name or meaning is None:
        print(f"--unit {named}: ไม่มีจังหวัดหรือกลุ่มจังหวัดรหัส {code} · no province or cluster has this code")
        return False
    explain_unit(name, meaning, by=None)
    return True


def _tell(report: BudgetReport, language: str) -> None:
    for sentence in report.sentences():
        print(sentence.text(language), flush=True)


def _write_unplaced(report: BudgetReport, options: argparse.Namespace) -> None:
    from prasan.sheets.csv_writer import write_csv

    with options.output.open("wb") as stream:
        write_csv(stream, report.unplaced_table())
    _say(
        options,
        f"เขียนรายการที่รอระบุพื้นที่ {len(report.unplaced):,} รายการไว้ที่ {options.output}",
        f"Wrote {len(report.unplaced):,} lines that wait for a place to {options.output}.",
    )


def _say(options: argparse.Namespace, th: str, en: str) -> None:
    print(en if options.language == "en" else th, flush=True)
