"""Commands of innovations: how alike the titles of pairs of innovations are in the kind of service."""

from __future__ import annotations

import argparse
from pathlib import Path

from prasan.cli.commands import LANGUAGE_HELP, Commands, Need
from prasan.cli.tables import require_columns, sound, write_table

_TITLES = ("title_a", "title_b")
_LIKENESS = "likeness"


def register(commands: Commands) -> None:
    commands.room("นวัตกรรม · Innovations")
    likeness = commands.add(
        "innovations likeness",
        "ให้คะแนนว่าชื่อนวัตกรรมแต่ละคู่เป็นบริการแบบเดียวกันเพียงใด · say how alike pairs of titles are",
        rate_pairs,
        Need.NOTHING,
    )
    likeness.add_argument("pairs", type=Path, metavar="PAIRS", help="CSV, CSV.gz, XLSX (title_a, title_b)")
    likeness.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="CSV")
    likeness.add_argument("--language", choices=("th", "en"), default="th", help=LANGUAGE_HELP)


def rate_pairs(options: argparse.Namespace) -> int:
    """Write the pairs as they came, with a column `likeness`: 0 to 1, 0.5 as likely as not one kind."""
    from prasan.matching.title_likeness import likeness_of_titles
    from prasan.sheets.reading import open_sheet

    with open_sheet(options.pairs) as sheet:
        require_columns(options.pairs, sheet.headers, _TITLES)
        kept = [header for header in sheet.headers if header != _LIKENESS]
        pairs = [sound(row) for row in sheet.rows()]
    write_table(
        options.output,
        [*kept, _LIKENESS],
        (
            [*(pair[name] for name in kept), f"{likeness_of_titles(*(pair[side] for side in _TITLES)):.6f}"]
            for pair in pairs
        ),
    )
    if options.language == "en":
        print(f"Pairs rated: {len(pairs):,}.", flush=True)
    else:
        print(f"ให้คะแนนแล้ว {len(pairs):,} คู่", flush=True)
    return 0
