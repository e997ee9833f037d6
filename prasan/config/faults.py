"""What stops Prasan from outside — a busy port, a full disk, a broken folder — each as one clear sentence."""

from __future__ import annotations

import errno
from pathlib import Path


class Fault(Exception):
    """Something outside the program that stops it; carries one sentence for the person, Thai and English."""

    def __init__(self, th: str, en: str, *, exit_code: int = 1) -> None:
        super().__init__(en)
        self.th = th
        self.en = en
        self.exit_code = exit_code


def disk_full(where: Path) -> Fault:
    return Fault(
        f"พื้นที่ดิสก์เต็มที่ {where} กรุณาเพิ่มพื้นที่ว่าง แล้วเริ่มใหม่",
        f"The disk is full at {where}; please free some space and start again.",
    )


def not_writable(where: Path) -> Fault:
    return Fault(
        f"เขียนลงโฟลเดอร์ข้อมูล {where} ไม่ได้ กรุณาตรวจสิทธิ์ หรือเลือกโฟลเดอร์อื่นด้วย PRASAN_DATA",
        f"The data folder {where} cannot be written to; please check its permissions or choose another "
        "with PRASAN_DATA.",
    )


def not_a_folder(where: Path) -> Fault:
    return Fault(
        f"{where} เป็นไฟล์ ไม่ใช่โฟลเดอร์ กรุณาย้ายไฟล์นั้นออก หรือเลือกโฟลเดอร์อื่นด้วย PRASAN_DATA",
        f"{where} is a file, not a folder; please move it away or choose another folder with PRASAN_DATA.",
    )


def folder_in_use(where: Path, pid: str) -> Fault:
    by = f" (pid {pid})" if pid else ""
    return Fault(
        f"มี prasan อีกตัวใช้โฟลเดอร์ข้อมูล {where} อยู่{by} กรุณาหยุดตัวนั้นก่อน หรือเลือกโฟลเดอร์อื่นด้วย PRASAN_DATA",
        f"Another prasan is using the data folder {where}{by}; please stop it first or choose another folder "
        "with PRASAN_DATA.",
    )


def wrong_version(cluster: Path, found: str, wanted: str) -> Fault:
    return Fault(
        f"ฐานข้อมูลใน {cluster} เป็นของ PostgreSQL {found} แต่โปรแกรมนี้ใช้รุ่น {wanted} "
        "กรุณาใช้ Prasan รุ่นเดิม หรือเลือกโฟลเดอร์อื่นด้วย PRASAN_DATA",
        f"The database in {cluster} belongs to PostgreSQL {found}, but this program runs {wanted}; please "
        "use the earlier Prasan or choose another folder with PRASAN_DATA.",
    )


def broken_cluster(cluster: Path, detail: str) -> Fault:
    return Fault(
        f"ฐานข้อมูลใน {cluster} เสียหายหรือไม่ครบ กรุณากู้จากข้อมูลสำรอง หรือเลือกโฟลเดอร์อื่นด้วย PRASAN_DATA ({detail})",
        f"The database in {cluster} is damaged or incomplete; please restore it from a backup or choose "
        f"another folder with PRASAN_DATA ({detail}).",
    )


def database_did_not_start(log: Path, detail: str) -> Fault:
    return Fault(
        f"ฐานข้อมูลเริ่มทำงานไม่ได้ กรุณาดูรายละเอียดใน {log} ({detail})",
        f"The database did not start; please see {log} ({detail}).",
    )


def no_database_program(detail: str) -> Fault:
    return Fault(
        f"เรียกโปรแกรมฐานข้อมูลที่มากับ Prasan ไม่ได้ กรุณาสั่ง make run เพื่อติดตั้งใหม่ ({detail})",
        f"The database program that comes with Prasan cannot be run; please set up again with make run "
        f"({detail}).",
    )


def of_writing(error: OSError, where: Path) -> Fault:
    """The sentence for a failed write below a data folder."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(where)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return not_a_folder(where)
    return not_writable(where)
