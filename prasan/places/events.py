"""Kinds of event of this room, as the ledger names them."""

from django.utils.translation import gettext_lazy as _

from prasan.kernel.events import Event

GAZETTEER_TAKEN_IN = Event("places.gazetteer.taken_in", _("Official areas taken in"))
VILLAGES_IMPORTED = Event("places.villages.imported", _("Villages imported"))
VILLAGES_MADE_UP = Event("places.villages.made_up", _("Villages made up for the demonstration"))
LOCAL_GOVERNMENTS_IMPORTED = Event("places.local_governments.imported", _("Local governments imported"))
LOCAL_GOVERNMENTS_MADE_UP = Event(
    "places.local_governments.made_up", _("Local governments made up for the demonstration")
)
SHAPES_IMPORTED = Event("places.shapes.imported", _("Outlines of areas imported"))
