"""Commands of the ledger: seal what was written, check it all, take an anchor out, show the public key."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from prasan.cli.commands import LANGUAGE_HELP, Commands, Need
from prasan.kernel.sentence import Sentence


def register(commands: Commands) -> None:
    commands.room("บัญชีเหตุการณ์ · The ledger")
    verification = commands.add(
        "ledger verify", "ตรวจว่าไม่มีรายการใดถูกแก้ · find every entry that was changed", verify
    )
    verification.add_argument(
        "--anchor", type=Path, metavar="FILE", help="หลักฐานที่เก็บไว้นอกระบบ · an anchor that was kept elsewhere"
    )
    verification.add_argument("--language", choices=("th", "en"), default="th", help=LANGUAGE_HELP)
    anchoring = commands.add(
        "ledger anchor", "ออกหลักฐานไปเก็บนอกระบบ · take out a root to be kept elsewhere", anchor
    )
    anchoring.add_argument("-o", "--output", type=Path, metavar="FILE", help="ไฟล์ที่จะเขียน · file to write")
    commands.add("ledger seal", "ผนึกรายการที่รออยู่ทันที · seal what waits, now", seal)
    commands.add(
        "ledger key", "แสดงกุญแจสาธารณะ · show the public key that checks the seals", key, Need.DJANGO
    )


def verify(options: argparse.Namespace) -> int:
    """Print a line for each fault and what was looked at; 1 if there was any."""
    from django.utils import translation

    from prasan.cases.verification import verify_notes
    from prasan.ledger.anchors import read_anchor
    from prasan.ledger.verification import Fault
    from prasan.ledger.verification import verify as verify_entries

    faults = 0

    def tell(fault: Fault) -> None:
        nonlocal faults
        faults += 1
        print(f"{fault.code}\t{fault.subject}\t{fault.sentence}", flush=True)

    began = time.monotonic()
    with translation.override(options.language):
        kept = read_anchor(options.anchor.read_text(encoding="utf-8")) if options.anchor else None
        tally = verify_entries(tell, anchor=kept)
        notes = verify_notes(tell)
    seconds = time.monotonic() - began
    seen = Sentence(
        f"ตรวจแล้ว {tally.entries:,} รายการใน {tally.batches:,} ชุด รอผนึก {tally.waiting:,} รายการ "
        f"บันทึกข้อความครบถ้วน {notes.intact:,} ลบแล้ว {notes.erased:,} ผิดปกติ {notes.broken:,} "
        f"({seconds:.1f} วินาที)",
        f"Checked {tally.entries:,} entries in {tally.batches:,} batches, {tally.waiting:,} wait for a seal; "
        f"notes: {notes.intact:,} intact, {notes.erased:,} erased, {notes.broken:,} broken ({seconds:.1f} s)",
    )
    verdict = (
        Sentence(f"พบสิ่งผิดปกติ {faults:,} อย่าง", f"{faults:,} faults were found.")
        if faults
        else Sentence("ไม่พบสิ่งผิดปกติ", "No fault was found.")
    )
    print(seen.text(options.language))
    print(verdict.text(options.language))
    return 1 if faults else 0


def anchor(options: argparse.Namespace) -> None:
    """Write the anchor of the ledger as it stands now."""
    from prasan.ledger.actions import seal_pending
    from prasan.ledger.anchors import make_anchor

    seal_pending()
    words = make_anchor()
    if options.output:
        options.output.write_text(words, encoding="utf-8")
    else:
        sys.stdout.write(words)


def seal(options: argparse.Namespace) -> None:
    """Seal every committed entry now."""
    from prasan.ledger.actions import seal_pending

    count = seal_pending()
    print(f"ผนึกแล้ว {count:,} รายการ · {count:,} entries sealed")


def key(options: argparse.Namespace) -> int:
    """Print the public key."""
    from prasan.ledger.keys import public_key, words_of

    found = public_key()
    if found is None:
        print(
            "ยังไม่มีกุญแจ กุญแจจะถูกสร้างเมื่อผนึกครั้งแรก · There is no key yet; the first seal makes it.",
            file=sys.stderr,
        )
        return 1
    print(words_of(found))
    return 0
