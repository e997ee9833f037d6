"""Filling a fresh installation with the demonstration: whole or not at all, and never twice."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from prasan.accounts.models import User
from prasan.demo.complaints import Reporting
from prasan.demo.cookbooks import staff_bureaus, tell_of_winners
from prasan.demo.innovations import tell_of_inventions
from prasan.demo.logins import keep_logins
from prasan.demo.people import staff_ministry, staff_province
from prasan.demo.provinces import PROVINCES
from prasan.demo.stories import Telling
from prasan.innovations.actions import ensure_registers
from prasan.places.actions import make_up_local_governments, make_up_villages
from prasan.places.models import Area

Progress = Callable[[str], None]


def ensure_demo(progress: Progress = print) -> bool:
    """Fill in the demonstration unless people are there already; whether it was filled in now.

    Never in production. Villages and local governments are made up only where none were imported.
    """
    if settings.IN_PRODUCTION:
        raise RuntimeError("the demonstration does not belong into production")
    if User.objects.exists():
        return False
    _fill(progress)
    return True


@transaction.atomic
def _fill(progress: Progress) -> None:
    provinces = list(Area.objects.filter(code__in=[plan.code for plan in PROVINCES]))
    make_up_villages(provinces)
    make_up_local_governments(provinces)
    ministry = staff_ministry(_easy_password())
    logins, staffs = [], {}
    for plan in PROVINCES:
        staff = staff_province(plan, ministry)
        progress(f"จังหวัด{staff.province.name_th} · {staff.province.name_en}")
        Telling(plan, staff).tell()
        Reporting(plan, staff).tell()
        logins += staff.logins
        staffs[plan.code] = staff
    ensure_registers()
    staff_bureaus(ministry)
    tell_of_winners(ministry, staffs)
    tell_of_inventions(ministry, staffs)
    # before the commit: logins without people are harmless, people without logins are not
    keep_logins(sorted(logins + ministry.logins, key=lambda login: _ORDER.index(login.role)))


def _easy_password() -> str:
    """Twelve letters that are easy to read and to type, other ones for each installation."""
    return "-".join(
        "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz") for _letter in range(4)) for _part in range(3)
    )


_ORDER = (
    "village_head",
    "tambon_secretary",
    "amphoe_secretary",
    "agency_officer",
    "complaint_officer",
    "analyst",
    "governor",
    "ministry_officer",
    "kamnan",
    "local_officer",
    "provincial_head",
    "province_admin",
    "finance_officer",
    "auditor",
    "judge",
)
"""Those whose desks a need or a complaint crosses first, then everyone else."""
