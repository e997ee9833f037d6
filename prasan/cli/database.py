"""Commands that make a database ready for this version of Prasan."""

from __future__ import annotations

import argparse
import os

from prasan.cli.commands import Commands
from prasan.config.database import mark_prepared
from prasan.config.folder import DataFolder
from prasan.config.production import require_no_demonstration


def register(commands: Commands) -> None:
    commands.room("ระบบ · The installation")
    commands.add("prepare", "เตรียมฐานข้อมูล พื้นที่ และข้อมูลสาธิต · make the database ready", prepare)


def prepare(options: argparse.Namespace) -> None:
    """Bring tables, official areas and the demonstration up to this version; safe to repeat."""
    from django.conf import settings
    from django.core.management import call_command

    from prasan.agencies.actions import ensure_holidays
    from prasan.awards.actions import ensure_programmes
    from prasan.demo.fill import ensure_demo
    from prasan.innovations.actions import ensure_registers
    from prasan.places.actions import ensure_places

    _say("กำลังเตรียมตาราง · preparing the tables")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    require_no_demonstration(settings)
    _say("กำลังเตรียมพื้นที่ · preparing the official areas")
    ensure_places()
    ensure_holidays()
    if not settings.IN_PRODUCTION:
        _say("กำลังเตรียมข้อมูลสาธิต · preparing the demonstration")
        ensure_demo(progress=_say)
    _say("กำลังเตรียมทะเบียนนวัตกรรม · preparing the registers of innovations")
    ensure_registers()
    _say("กำลังเตรียมรางวัลที่ผ่านมา · preparing past awards")
    ensure_programmes()
    if not os.environ.get("DATABASE_URL"):
        mark_prepared(DataFolder.chosen())


def _say(line: str) -> None:
    print(f"  {line}", flush=True)
