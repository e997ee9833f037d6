"""`prasan demo-logins`: who can sign in to the demonstration."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from prasan.cli.commands import Commands, Need


def register(commands: Commands) -> None:
    commands.room("ข้อมูลสาธิต · The demonstration")
    parser = commands.add(
        "demo-logins", "รายชื่อผู้ใช้สาธิตพร้อมรหัสผ่าน · demo people and passwords", list_logins, Need.DJANGO
    )
    parser.add_argument("--json", action="store_true", help="ทุกคน เป็น JSON · everyone, as JSON")
    parser.add_argument("--all", action="store_true", help="ทุกคน · everyone, not one of each role")


def list_logins(options: argparse.Namespace) -> int:
    """Print one login of each role, or everyone's; exit code 1 where there is none."""
    from prasan.demo.logins import guided_tour, known_logins

    logins = known_logins() if options.json or options.all else guided_tour()
    if options.json:
        print(json.dumps([asdict(login) for login in logins], ensure_ascii=False, indent=1))
    else:
        for login in logins:
            print(f"{login.username:<24} {login.password:<20} {login.title}")
    if not logins and not options.json:
        print("ยังไม่มีผู้ใช้สาธิต กรุณาสั่ง make run ก่อน · no demo people yet; please run make run first")
    return 0 if logins else 1
