"""Which provinces are like another: of the same cluster, or of about as many villages."""

from __future__ import annotations

from collections.abc import Mapping

from prasan.places.models import Area, Level

CLUSTER, SIZE = "cluster", "size"
_NEAR = 4
"""Of like size is a province whose number of villages differs by no more than a quarter of the other's."""


def provinces_like(code: str) -> Mapping[str, str]:
    """The codes of the provinces like this one, with the reason; of the same cluster goes before size."""
    province = Area.objects.select_related("count").filter(pk=code, level=Level.PROVINCE).first()
    if province is None:
        return {}
    rows = Area.objects.filter(level=Level.PROVINCE, is_abolished=False).exclude(pk=code)
    found = {}
    for other, cluster, villages in rows.values_list("pk", "cluster", "count__villages"):
        own = province.count.villages if hasattr(province, "count") else None
        if cluster is not None and cluster == province.cluster_id:
            found[other] = CLUSTER
        elif own and villages and abs(villages - own) * _NEAR <= own:
            found[other] = SIZE
    return found
