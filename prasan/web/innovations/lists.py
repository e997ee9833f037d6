"""Ways in which the gallery is narrowed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.innovations.models import Innovation, Register, RegisterEntry
from prasan.insight import queries as insight
from prasan.places.models import Area, Level, ProvinceCluster
from prasan.web.shell.lists import Filter


def gallery_filters() -> list[Filter]:
    """By kind, register, year, score, award, way, cluster and province."""
    levels = dict(RegisterEntry.Level.choices)
    provinces = Area.objects.filter(level=Level.PROVINCE, is_abolished=False).order_by("sort_key")
    return [
        Filter("kind", _("Kind"), Innovation.Kind.choices, lambda rows, code: rows.filter(kind=code)),
        Filter(
            "year",
            _("Year"),
            [(str(year), str(year)) for year in insight.years_in_gallery()],
            insight.of_year,
        ),
        Filter(
            "award",
            _("Award"),
            [(level, levels[level]) for level in insight.awards_in_gallery()],
            insight.of_award,
        ),
        Filter(
            "score",
            _("Score"),
            [(band, f"{band} %") for band in insight.bands_in_gallery()],
            insight.of_band,
        ),
        Filter("way", _("Way of improving a service"), Innovation.Way.choices, insight.of_way),
        Filter(
            "register",
            _("Register"),
            [(register.code, str(register)) for register in Register.objects.order_by("-year", "code")],
            insight.of_register,
        ),
        Filter(
            "cluster",
            _("Province cluster"),
            [(cluster.code, str(cluster)) for cluster in ProvinceCluster.objects.order_by("code")],
            insight.of_cluster,
        ),
        Filter(
            "province",
            _("Province"),
            [(area.code, area.name) for area in provinces],
            insight.of_province,
        ),
    ]
