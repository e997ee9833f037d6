"""The one command line: finds each room's commands, brings what the chosen one needs, and runs it."""

from __future__ import annotations

import errno
import os
import select
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module

from prasan.cli.commands import Commands, Need
from prasan.config import faults, production
from prasan.config.database import database_at_hand
from prasan.config.faults import Fault
from prasan.config.folder import DataFolder
from prasan.kernel.refusals import Refused

ROOMS = (
    "prasan.cli.run",
    "prasan.cli.database",
    "prasan.cli.places",
    "prasan.cli.agencies",
    "prasan.cli.planning",
    "prasan.cli.awards",
    "prasan.cli.matching",
    "prasan.cli.innovations",
    "prasan.cli.linkage",
    "prasan.cli.ledger",
    "prasan.cli.demo",
)
GREETING = "ประสาน · Prasan\n\nprasan COMMAND --help  บอกวิธีใช้ของคำสั่งนั้น · tells how to use that command"
ENDED_BY_CTRL_C = 128 + signal.SIGINT
ENDED_BY_READER = 128 + signal.SIGPIPE
DISK_FULL, UNDEFINED_TABLE = "53100", "42P01"  # SQLSTATE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 only where it did what it says."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal may not know Thai
    commands = all_commands()
    options = commands.parser.parse_args(arguments)
    if "run" not in options or options.help:
        print(f"{GREETING}\n\n{commands.listing()}")
        return 0 if options.help else 2
    try:
        with ExitStack() as stack:
            if options.need is Need.DATABASE:
                stack.enter_context(database_at_hand())
            if options.need is not Need.NOTHING:
                set_up_django()
            code = options.run(options) or 0
            sys.stdout.flush()
            return code
    except KeyboardInterrupt:
        return ENDED_BY_CTRL_C
    except BrokenPipeError:
        if not _reader_is_gone():
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at its end
        return ENDED_BY_READER
    except Exception as error:
        if (fault := as_fault(error)) is None:
            raise
        print(f"{fault.th}\n{fault.en}", file=sys.stderr)
        return fault.exit_code


def _reader_is_gone() -> bool:
    """Whether whatever read what is printed, such as `head`, has read enough."""
    asked = select.poll()
    asked.register(sys.stdout.fileno(), 0)
    return any(state & select.POLLERR for _stream, state in asked.poll(0))


def all_commands() -> Commands:
    commands = Commands()
    for room in ROOMS:
        import_module(room).register(commands)
    return commands


def set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.config.settings")
    import django

    from prasan.config import settings as given

    production.require_safe_settings(given)
    django.setup()


def as_fault(error: Exception) -> Fault | None:
    """The sentence for what can go wrong through no fault of ours; None for what is one."""
    if isinstance(error, Fault):
        return error
    if (
        sentence := getattr(error, "sentence", None)
    ) is not None:  # a sheet, a date or a number not understood
        return Fault(sentence.th, sentence.en)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return faults.disk_full(DataFolder.chosen().path)
    if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError) and error.filename:
        return Fault(
            f"เปิดไฟล์ {error.filename} ไม่ได้ กรุณาตรวจชื่อไฟล์และสิทธิ์",
            f"The file {error.filename} cannot be opened; please check its name and permissions.",
        )
    return _of_database(error) or _of_refusal(error)


def _of_refusal(error: Exception) -> Fault | None:
    if not isinstance(error, Refused):
        return None
    from django.utils import translation

    with translation.override("th"):
        th = str(error)
    with translation.override("en"):
        return Fault(th, str(error))


def _of_database(error: BaseException) -> Fault | None:
    state = getattr(error, "sqlstate", None)
    if state == DISK_FULL:
        return faults.disk_full(DataFolder.chosen().path)
    if state == UNDEFINED_TABLE:
        return Fault(
            "ฐานข้อมูลยังไม่ได้เตรียมสำหรับรุ่นนี้ กรุณาสั่ง prasan prepare ก่อน",
            "The database has not been made ready for this version; please run prasan prepare first.",
        )
    return _of_database(error.__cause__) if error.__cause__ else None


if __name__ == "__main__":
    sys.exit(main())
