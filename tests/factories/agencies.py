"""Agencies, postings and committees, with the areas they need."""

from __future__ import annotations

from datetime import date
from itertools import count

from prasan.accounts.models import User
from prasan.agencies.models import Agency, Committee, Membership, Posting
from prasan.places.models import COUNTRY, Area
from tests.factories.accounts import make_person

_numbers = count(1)

LONG_AGO = date(2020, 1, 1)


def make_area(code: str = COUNTRY) -> Area:
    """The area of a code with all areas above it; found if it is there."""
    if found := Area.objects.filter(code=code).first():
        return found
    if code == COUNTRY:
        return Area.objects.create(code=COUNTRY, level=0, name_th="ประเทศไทย", name_en="Thailand", path="")
    above = make_area(code[:-2] or COUNTRY)
    return Area.objects.create(
        code=code,
        level=len(code) // 2,
        name_th=f"พื้นที่ {code}",
        name_en=f"Area {code}",
        parent=above,
        path=f"{above.path}{code}/",
    )


def make_agency(area: Area | str = COUNTRY, **fields: object) -> Agency:
    """An agency of an area, given by row or code."""
    number = next(_numbers)
    return Agency.objects.create(
        **{
            "code": f"agency-{number}",
            "name_th": f"หน่วยงาน {number}",
            "name_en": f"Agency {number}",
            "level": "provincial",
            "area": area if isinstance(area, Area) else make_area(area),
            **fields,
        }
    )


def make_posting(
    role: str,
    area: Area | str = COUNTRY,
    *,
    person: User | None = None,
    agency: Agency | None = None,
    **fields: object,
) -> Posting:
    """A posting that has held for long and goes on, unless dates are given."""
    place = area if isinstance(area, Area) else make_area(area)
    number = next(_numbers)
    return Posting.objects.create(
        **{
            "person": person or make_person(),
            "role_id": role,
            "agency": agency or make_agency(place),
            "area": place,
            "title_th": f"ตำแหน่ง {number}",
            "title_en": f"Post {number}",
            "starts": LONG_AGO,
            **fields,
        }
    )


def make_holder(role: str, area: Area | str = COUNTRY, **fields: object) -> User:
    """A person who holds a posting."""
    return make_posting(role, area, **fields).person


def make_committee(area: Area | str, *, kind: str = "tambon", quorum: int = 2, **fields: object) -> Committee:
    """A committee of an area."""
    place = area if isinstance(area, Area) else make_area(area)
    number = next(_numbers)
    return Committee.objects.create(
        **{
            "kind": kind,
            "area": place,
            "agency": fields.pop("agency", None) or make_agency(place),
            "name_th": f"คณะกรรมการ {number}",
            "name_en": f"Committee {number}",
            "quorum": quorum,
            **fields,
        }
    )


def make_seat(
    committee: Committee, posting: Posting, *, seat: str = "member", **fields: object
) -> Membership:
    """A seat on a committee that has been held for long."""
    return Membership.objects.create(
        **{"committee": committee, "posting": posting, "seat": seat, "starts": LONG_AGO, **fields}
    )
