"""Changing what is known of places; nobody's right is asked here (see `agencies`)."""

from prasan.places.actions.gazetteer import ensure_places

__all__ = ["ensure_places"]
