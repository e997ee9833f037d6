"""`prasan linkage mail`: complaints that come by e-mail."""

from __future__ import annotations

import argparse
from pathlib import Path

from prasan.cli.commands import LANGUAGE_HELP, Commands


def register(commands: Commands) -> None:
    commands.room("ระบบอื่น · Other systems")
    parser = commands.add(
        "linkage mail", "รับเรื่องร้องเรียนจากอีเมล · take in complaints that came by e-mail", take_in_mail
    )
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        metavar="FOLDER",
        help="maildir หรือไฟล์ mbox หากไม่ระบุใช้กล่องตาม PRASAN_MAIL_BOX · a maildir or an mbox file; "
        "without one the box of PRASAN_MAIL_BOX",
    )
    parser.add_argument("--area", metavar="CODE", help="รหัสจังหวัดของกล่อง · code of the province of the box")
    parser.add_argument("--language", choices=("th", "en"), default="th", help=LANGUAGE_HELP)


def take_in_mail(options: argparse.Namespace) -> int:
    """Take the letters in and tell what became of them; 1 where there is no box to read."""
    from django.conf import settings
    from django.utils.translation import override

    from prasan.kernel.refusals import Refused
    from prasan.linkage.imports import take_in_letters
    from prasan.linkage.mailboxes import letters_in, letters_in_folder
    from prasan.linkage.models import IncomingLetter
    from prasan.places.models import Area

    box = settings.MAIL_BOX
    with override(options.language):
        code = options.area or (box.area if box else "")
        area = Area.objects.filter(code=code, level=1).first()
        if area is None or not (options.folder or box):
            print(
                "ไม่พบจังหวัดหรือกล่องอีเมล กรุณาระบุ FOLDER และ --area หรือตั้ง PRASAN_MAIL_BOX"
                if options.language == "th"
                else "There is no such province or box. Please name FOLDER and --area or set PRASAN_MAIL_BOX."
            )
            return 1
        try:
            letters = letters_in(box) if box and not options.folder else letters_in_folder(options.folder)
            outcomes = take_in_letters(letters, area=area, own=box.own if box else ())
        except (Refused, OSError) as fault:
            print(fault)
            return 1
        for outcome in IncomingLetter.Outcome:
            print(f"{outcome.label}: {outcomes[outcome]:,}")
    return 0
