"""What an import found and did, for a person to read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from prasan.kernel.sentence import Sentence
from prasan.places.actions.changes import Changes


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one row; the sentence names its line. Line 0 speaks of the file as a whole."""

    line: int
    sentence: Sentence


@dataclass(slots=True)
class ImportReport:
    """The outcome of one import: with any fault, nothing was changed.

    Where there were rows before, differences are only shown until the import is repeated with `apply`.
    """

    kind: Sentence
    rows: int = 0
    faults: list[RowFault] = field(default_factory=list)
    remarks: list[Sentence] = field(default_factory=list)
    changes: Changes | None = None
    is_applied: bool = False

    @property
    def is_refused(self) -> bool:
        return bool(self.faults)

    def sentences(self) -> list[Sentence]:
        """The report in words: faults or differences first, the outcome last."""
        if self.faults:
            return [*(fault.sentence for fault in self.faults), *self._refusal()]
        if self.changes is None:
            raise ValueError("the import has not run to its end")
        return [*self.remarks, *self._differences(self.changes), self._outcome(self.changes)]

    def _refusal(self) -> Sequence[Sentence]:
        count = len(self.faults)
        return [
            Sentence(
                f"ยังไม่ได้นำเข้า{self.kind.th} เพราะพบข้อผิดพลาด {count:,} รายการ ข้อมูลเดิมไม่เปลี่ยนแปลง "
                "กรุณาแก้ไขไฟล์แล้วนำเข้าใหม่",
                f"No {self.kind.en} were imported because of {count:,} faults; nothing has changed. "
                "Please correct the file and import it again.",
            )
        ]

    def _differences(self, changes: Changes) -> Sequence[Sentence]:
        shown = [
            Sentence(
                f"{_WORDS[difference.kind].th} {difference}", f"{_WORDS[difference.kind].en} {difference}"
            )
            for difference in changes.samples
        ]
        left = changes.total - len(shown)
        if shown and left > 0:
            shown.append(Sentence(f"และอีก {left:,} รายการ", f"and {left:,} more"))
        return shown

    def _outcome(self, changes: Changes) -> Sentence:
        th, en = self.kind.th, self.kind.en
        if not changes.total:
            return Sentence(
                f"{th}ในไฟล์ {self.rows:,} รายการตรงกับข้อมูลที่มีอยู่แล้วทั้งหมด ไม่มีอะไรเปลี่ยนแปลง",
                f"All {self.rows:,} {en} of the file are already there; nothing has changed.",
            )
        counts_th = f"เพิ่ม {changes.added:,} แก้ไข {changes.changed:,} ยกเลิก {changes.removed:,}"
        counts_en = f"{changes.added:,} added, {changes.changed:,} changed, {changes.removed:,} withdrawn"
        if self.is_applied:
            return Sentence(f"นำเข้า{th}แล้ว: {counts_th}", f"Imported {en}: {counts_en}.")
        return Sentence(
            f"ยังไม่ได้บันทึก ไฟล์นี้จะเปลี่ยน{th}ที่มีอยู่: {counts_th} หากถูกต้อง กรุณาสั่งอีกครั้งพร้อม --apply",
            f"Not saved yet. This file would change the {en}: {counts_en}. "
            "If that is right, please run it again with --apply.",
        )


_WORDS = {
    "added": Sentence("จะเพิ่ม", "added:"),
    "changed": Sentence("จะแก้ไข", "changed:"),
    "removed": Sentence("จะยกเลิก", "withdrawn:"),
}


def digest_of(path: Path) -> str:
    """SHA-256 of a file, which names it in the ledger."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def at_line(line: int, th: str, en: str) -> RowFault:
    """A fault of one line, in the manner of the faults that reading the sheet itself may find."""
    return RowFault(line, Sentence(f"บรรทัดที่ {line}: {th}", f"Line {line}: {en}"))
