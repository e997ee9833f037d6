"""Areas and local governments without the whole gazetteer."""

from __future__ import annotations

from itertools import count

from prasan.kernel.order import thai_sort_key
from prasan.places.models import Area, Level, LocalGovernment, LocalGovernmentKind
from prasan.places.names import name_key, village_key
from tests.factories.agencies import make_area

_numbers = count(1)


def make_village(code: str = "32030105", name_th: str = "", **fields: object) -> Area:
    """A village and all areas around it; the last two digits of the code are its number."""
    name_th = name_th or f"บ้านทดลอง {int(code[6:])}"
    tambon = make_area(code[:6])
    return Area.objects.create(
        **{
            "code": code,
            "level": Level.VILLAGE,
            "name_th": name_th,
            "parent": tambon,
            "path": f"{tambon.path}{code}/",
            "moo": int(code[6:]),
            "sort_key": thai_sort_key(name_th),
            "search_key": village_key(name_th),
        }
        | fields
    )


def make_local_government(
    amphoe: str = "3203", name_th: str = "ท่าตูม", kind: str = LocalGovernmentKind.Kind.SUBDISTRICT
) -> LocalGovernment:
    """A local government that sits in an amphoe, with its kind of today."""
    seat = make_area(amphoe)
    body = LocalGovernment.objects.create(
        code=f"9{next(_numbers):06d}", province=seat.parent, amphoe=seat, is_made_up=False
    )
    body.kinds.create(
        kind=kind,
        name_th=name_th,
        full_name_th=f"เทศบาลตำบล{name_th}",
        sort_key=thai_sort_key(f"เทศบาลตำบล{name_th}"),
        search_key=name_key(name_th),
    )
    return body
