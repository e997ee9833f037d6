"""Changing what is known of places; nobody's right is asked here (see `agencies`)."""

from prasan.places.actions.gazetteer import ensure_places
from prasan.places.actions.local_governments import make_up_local_governments
from prasan.places.actions.villages import make_up_villages

__all__ = ["ensure_places", "make_up_local_governments", "make_up_villages"]
