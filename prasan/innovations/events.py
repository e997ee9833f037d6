"""Kinds of event besides steps, as the ledger names them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.events import Event

EDITED = Event("innovations.innovation.edited", _("Innovation changed"))
REVISED = Event("innovations.innovation.revised", _("Innovation revised"), public=True)
EVIDENCE_ADDED = Event("innovations.evidence.added", _("Evidence added"))
EVIDENCE_REMOVED = Event("innovations.evidence.removed", _("Evidence taken away"))
CRITERIA_SET = Event("innovations.criteria.set", _("Weights of the criteria set"), public=True)
REGISTER_LOADED = Event("innovations.register.loaded", _("Register of a source taken in"), public=True)
