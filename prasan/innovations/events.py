"""Kinds of event besides steps, as the ledger names them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.events import Event

EDITED = Event("innovations.innovation.edited", _("Innovation changed"))
REVISED = Event("innovations.innovation.revised", _("Innovation revised"), public=True)
EVIDENCE_ADDED = Event("innovations.evidence.added", _("Evidence added"))
EVIDENCE_REMOVED = Event("innovations.evidence.removed", _("Evidence taken away"))
APPRAISED = Event("innovations.innovation.appraised", _("Innovation appraised by the criteria"))
CRITERIA_SET = Event("innovations.criteria.set", _("Criteria and weights set"), public=True)
REGISTER_LOADED = Event("innovations.register.loaded", _("Register of a source taken in"), public=True)

COOKBOOK_WRITTEN = Event("innovations.cookbook.written", _("Part of the cookbook written"))
COOKBOOK_FILE_ADDED = Event("innovations.cookbook.file_added", _("File added to the cookbook"))
COOKBOOK_FILE_REMOVED = Event("innovations.cookbook.file_removed", _("File taken out of the cookbook"))
COOKBOOK_SENT = Event("innovations.cookbook.sent", _("Cookbook sent out"), public=True)
COOKBOOK_OPENED = Event("innovations.delivery.opened", _("Cookbook opened"))
LESSONS_WRITTEN = Event("innovations.adoption.lessons", _("Result and lessons written"))
