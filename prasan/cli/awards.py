"""Commands of awards: count an edition anew from the ledger alone."""

from __future__ import annotations

import argparse
import sys

from prasan.cli.commands import Commands


def register(commands: Commands) -> None:
    commands.room("รางวัล · Awards")
    parser = commands.add(
        "awards recount",
        "นับผลรางวัลใหม่จากบันทึกเหตุการณ์เพียงอย่างเดียว · count the results of an edition anew from the ledger alone",
        recount,
    )
    parser.add_argument(
        "edition",
        type=int,
        metavar="EDITION",
        help="เลขของรอบรางวัล อยู่ในที่อยู่ของหน้า · number of the edition, as in the address of its page",
    )


def recount(options: argparse.Namespace) -> int:
    """Print the lines that the ledger gives; 1 where they are not what was decided."""
    from prasan.awards.queries import recounted

    found = recounted(options.edition)
    print(found.lines, end="", flush=True)
    if found.agrees:
        print("ตรงกับผลที่ตัดสินไว้ทุกตัวอักษร · the same as was decided, byte for byte", file=sys.stderr)
        return 0
    print("ไม่ตรงกับผลที่ตัดสินไว้ · not what was decided", file=sys.stderr)
    for number in found.wrong_rounds:
        print(
            f"ผลงานในรอบที่ {number} ไม่เป็นไปตามผลรอบก่อน · round {number} does not follow from the one before",
            file=sys.stderr,
        )
    return 1
