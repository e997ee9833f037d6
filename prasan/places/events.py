"""Kinds of event of this room, as the ledger names them."""

GAZETTEER_TAKEN_IN = "places.gazetteer.taken_in"
VILLAGES_IMPORTED = "places.villages.imported"
VILLAGES_MADE_UP = "places.villages.made_up"
LOCAL_GOVERNMENTS_IMPORTED = "places.local_governments.imported"
LOCAL_GOVERNMENTS_MADE_UP = "places.local_governments.made_up"
SHAPES_IMPORTED = "places.shapes.imported"
