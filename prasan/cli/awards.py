"""Commands of awards: count an edition anew from the ledger alone."""

from __future__ import annotations

import argparse
import sys

from prasan.cli.commands import Commands, Need


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
        help="เลขของการประกวด อยู่ในที่อยู่ของหน้า · number of the edition, as in the address of its page",
    )

    checking = commands.add(
        "awards check",
        "ตรวจรหัสบนเกียรติบัตรโดยไม่ต้องใช้เครือข่าย · check the code of a certificate without a network",
        check,
        Need.NOTHING,
    )
    checking.add_argument(
        "code", metavar="CODE", help="รหัส หรือที่อยู่ทั้งหมดในภาพสี่เหลี่ยม · the code, or the whole address"
    )
    checking.add_argument(
        "--key",
        required=True,
        metavar="HEX",
        help="กุญแจจากหน้าตรวจสอบ · the key that the page of checking shows",
    )


def check(options: argparse.Namespace) -> int:
    """Say what a certificate says where its code is genuine; 1 where it is not."""
    from dataclasses import astuple

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from prasan.awards.papers.codes import NotGenuine, facts_in

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(options.key))
        facts = facts_in(options.code.rpartition("code=")[2], key)
    except (ValueError, NotGenuine):
        print("ไม่ใช่รหัสที่ออกด้วยกุญแจนี้ · no code that was signed with this key", file=sys.stderr)
        return 1
    for value in filter(None, astuple(facts)):
        print(value)
    return 0


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
