"""Finding a local government by its name; two may bear the same, in different amphoe or provinces."""

from __future__ import annotations

from collections.abc import Iterator

from prasan.kernel.local_government_names import local_government_name, local_government_title
from prasan.kernel.text import clean
from prasan.places.finder.searching import find_place
from prasan.places.models import LocalGovernmentKind

Kind = LocalGovernmentKind.Kind


def find_local_governments(text: str) -> list[LocalGovernmentKind]:
    """The local governments of today that are called so: `ทต.ท่าตูม`, `เทศบาลตำบลท่าตูม อำเภอท่าตูม`.

    What stands behind the name says in which amphoe or province it sits. Bangkok is an area, and not found.
    """
    for name, rest in _readings(clean(text).strip()):
        rows = LocalGovernmentKind.objects.filter(valid_to=None, full_name_th=name)
        rows = rows.exclude(kind=Kind.SPECIAL, local_government__amphoe=None)
        rows = rows.select_related("local_government__province", "local_government__amphoe__parent")
        found = list(rows.order_by("local_government__province", "local_government__amphoe"))
        if found and rest:
            around = {place.code for place in find_place(rest).places}
            found = [
                each
                for each in found
                if around & {each.local_government.amphoe_id, each.local_government.province_id}
            ]
        if found:
            return found
    return []


def speaks_of_local_government(text: str) -> bool:
    """Whether a text begins with what only local governments are called: เทศบาลเมือง, อบต."""
    begun = tuple(each for kind in Kind.values for each in (kind, local_government_title(kind)) if each)
    return clean(text).strip().startswith(begun)


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """Each way to read the text as a full name and what stands behind it."""
    for kind in Kind.values:
        for title in {kind, local_government_title(kind)}:
            if text.startswith(title):
                name, _space, rest = text.removeprefix(title).strip().partition(" ")
                yield local_government_name(kind, name), rest.strip()
