"""What is read across rooms, as far as a person may see it."""

from prasan.insight.queries.gallery import (
    Shelf,
    awards_in_gallery,
    bands_in_gallery,
    by_province,
    gallery,
    of_award,
    of_band,
    of_cluster,
    of_province,
    of_register,
    of_way,
    of_year,
    read_whole,
    shelf_of,
    with_owner_and_area,
    won_by,
    years_in_gallery,
)
from prasan.insight.queries.provinces import LikeProvince, provinces_like

__all__ = [
    "LikeProvince",
    "Shelf",
    "awards_in_gallery",
    "bands_in_gallery",
    "by_province",
    "gallery",
    "of_award",
    "of_band",
    "of_cluster",
    "of_province",
    "of_register",
    "of_way",
    "of_year",
    "provinces_like",
    "read_whole",
    "shelf_of",
    "with_owner_and_area",
    "won_by",
    "years_in_gallery",
]
