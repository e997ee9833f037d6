"""Commands of places: take in villages, local governments and outlines, and try the place finder."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from prasan.cli.commands import LANGUAGE_HELP, Commands
from prasan.kernel.digits import to_arabic
from prasan.kernel.sentence import Sentence

if TYPE_CHECKING:
    from prasan.places.finder import Candidate
    from prasan.places.imports import ImportReport

_APPLY = "บันทึกความต่างจากที่มีอยู่ · take over what differs from what is there"


def register(commands: Commands) -> None:
    commands.room("พื้นที่ · Places")
    _importing(commands, "villages", "นำเข้าหมู่บ้าน · take in villages", import_villages, "CSV, CSV.gz, XLSX")
    bodies = _importing(
        commands,
        "local-governments",
        "นำเข้าองค์กรปกครองส่วนท้องถิ่น · take in local governments",
        import_local_governments,
        "CSV, CSV.gz, XLSX",
    )
    bodies.add_argument(
        "--as-of",
        metavar="DATE",
        help="วันที่ของข้อมูล เช่น 31 มี.ค. 2560 · the day the list speaks of; today if not given",
    )
    shapes = _importing(
        commands, "shapes", "นำเข้าขอบเขตพื้นที่ · take in outlines", import_shapes, "GeoJSON, GeoJSON.gz"
    )
    shapes.add_argument(
        "--source", default="", metavar="TEXT", help="ที่มาซึ่งจะแสดงกับแผนที่ · attribution shown with the map"
    )
    finding = commands.add("find-place", "หาสถานที่จากข้อความ · find the places a text names", find_place)
    finding.add_argument("text", metavar="TEXT")
    finding.add_argument("--within", metavar="CODE", help="รหัสพื้นที่ · code of the area it comes from")
    finding.add_argument("--language", choices=("th", "en"), default="th", help=LANGUAGE_HELP)


def import_villages(options: argparse.Namespace) -> int:
    """Import villages; 1 if there was something to take in and it was not."""
    from prasan.places import imports

    return _run(options, lambda: imports.import_villages(options.file, apply=options.apply))


def import_local_governments(options: argparse.Namespace) -> int:
    """Import local governments as they stood on a day; 1 if there was something to take in and it was not."""
    from prasan.kernel.calendar import parse_date
    from prasan.kernel.sentence import NotUnderstood
    from prasan.places import imports

    as_of: date | None = None
    if options.as_of:
        try:
            as_of = parse_date(options.as_of)
        except NotUnderstood as error:
            print(error.sentence.text(options.language))
            return 1
    return _run(
        options, lambda: imports.import_local_governments(options.file, as_of=as_of, apply=options.apply)
    )


def import_shapes(options: argparse.Namespace) -> int:
    """Import outlines of areas; 1 if there was something to take in and it was not."""
    from prasan.places import imports

    return _run(
        options, lambda: imports.import_shapes(options.file, source=options.source, apply=options.apply)
    )


def find_place(options: argparse.Namespace) -> int:
    """Print the places a text names; 1 if none is certain."""
    from django.utils.translation import override

    from prasan.places import finder
    from prasan.places.queries import area_of

    with override(options.language):
        within = area_of(to_arabic(options.within)) if options.within else None
        if options.within and within is None:
            print(_no_area(options.within).text(options.language))
            return 1
        finding = finder.find_place(options.text, within=within)
        for place in finding.places:
            _print_candidate(place, options.language)
        for doubt in finding.doubts:
            print(f"{' '.join(doubt.words)}?")
            for candidate in doubt.candidates:
                _print_candidate(candidate, options.language, indent="  ")
            for remark in doubt.remarks:
                print(f"  {remark.text(options.language)}")
        print(finding.sentence.text(options.language))
    return 0 if finding.places else 1


def _importing(
    commands: Commands, what: str, summary: str, run: Callable[[argparse.Namespace], int], kinds: str
) -> argparse.ArgumentParser:
    parser = commands.add(f"import {what}", summary, run)
    parser.add_argument("file", type=Path, metavar="FILE", help=kinds)
    parser.add_argument("--apply", action="store_true", help=_APPLY)
    parser.add_argument("--language", choices=("th", "en"), default="th", help=LANGUAGE_HELP)
    return parser


def _run(options: argparse.Namespace, take_in: Callable[[], ImportReport]) -> int:
    if not options.file.is_file():
        print(f"There is no file {options.file}." if options.language == "en" else f"ไม่พบไฟล์ {options.file}")
        return 1
    report = take_in()
    for sentence in report.sentences():
        print(sentence.text(options.language), flush=True)
    is_done = report.is_applied or (report.changes is not None and not report.changes.total)
    return 0 if is_done else 1


def _no_area(code: str) -> Sentence:
    return Sentence(
        f"ไม่มีพื้นที่รหัส {code} กรุณาระบุรหัสจังหวัด อำเภอ ตำบล หรือหมู่บ้าน",
        f"There is no area with the code {code}; please give that of a province, amphoe, tambon or village.",
    )


def _print_candidate(candidate: Candidate, language: str, indent: str = "") -> None:
    remarks = "; ".join(remark.text(language) for remark in candidate.remarks)
    print(f"{indent}{candidate.code}  {candidate.score:.2f}  {candidate.area.full_name}  {remarks}".rstrip())
