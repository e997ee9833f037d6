"""Commands of agencies: the first account of an installation, which nobody inside it could open."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from prasan.cli.commands import Commands

if TYPE_CHECKING:
    from prasan.agencies.models import Agency
    from prasan.places.models import Area


def register(commands: Commands) -> None:
    commands.room("บุคคลและหน่วยงาน · People and agencies")
    opening = commands.add(
        "open-account",
        "เปิดบัญชีพร้อมตำแหน่งแรก · open an account with its first post",
        open_account,
    )
    opening.add_argument("username", metavar="USERNAME", help="ชื่อผู้ใช้ · user name")
    opening.add_argument("name", metavar="NAME", help="ชื่อบุคคล · name of the person")
    opening.add_argument(
        "--role", default="ministry_officer", metavar="ROLE", help="บทบาท · code of the role"
    )
    opening.add_argument("--area", default="TH", metavar="CODE", help="รหัสพื้นที่ · code of the area")
    opening.add_argument("--title", required=True, metavar="TITLE", help="ชื่อตำแหน่ง · title of the post")
    opening.add_argument("--agency", required=True, metavar="CODE", help="รหัสหน่วยงาน · code of the agency")
    opening.add_argument(
        "--agency-name", metavar="NAME", help="ชื่อหน่วยงานหากยังไม่มี · its name if it is not there yet"
    )


def open_account(options: argparse.Namespace) -> int:
    """Open the account as the installation itself and print the temporary password."""
    from django.db import transaction

    from prasan.agencies import actions
    from prasan.kernel.calendar import today

    _require_role(options.role)
    with transaction.atomic():
        area = _area(options.area)
        person, password = actions.open_account(
            options.username,
            options.name,
            role=options.role,
            agency=_agency(options.agency, options.agency_name, area),
            area=area,
            starts=today(),
            title_th=options.title,
            title_en="",
            by=None,
        )
    print(f"เปิดบัญชีแล้ว · account opened\n{person.username}\t{password}")
    return 0


def _require_role(code: str) -> None:
    from prasan.agencies.models import Role
    from prasan.config.faults import Fault

    codes = list(Role.objects.order_by("pk").values_list("pk", flat=True))
    if code not in codes:
        listed = ", ".join(codes)
        raise Fault(
            f"ไม่มีบทบาทรหัส {code} กรุณาเลือกจาก {listed}",
            f"There is no role with the code {code}; please choose one of {listed}.",
        )


def _area(code: str) -> Area:
    from prasan.config.faults import Fault
    from prasan.places.queries import area_of

    if (area := area_of(code)) is None:
        raise Fault(f"ไม่มีพื้นที่รหัส {code}", f"There is no area with the code {code}.")
    return area


def _agency(code: str, name: str | None, area: Area) -> Agency:
    from prasan.agencies.actions import found_agency
    from prasan.agencies.models import Agency
    from prasan.config.faults import Fault

    if agency := Agency.objects.filter(code=code).first():
        return agency
    if not name:
        raise Fault(
            f"ยังไม่มีหน่วยงานรหัส {code} กรุณาระบุชื่อด้วย --agency-name",
            f"There is no agency with the code {code} yet; please give its name with --agency-name.",
        )
    level = Agency.Level.CENTRAL if area.level == 0 else Agency.Level.PROVINCIAL
    return found_agency(code=code, name_th=name, name_en="", level=level, area=area, by=None)
