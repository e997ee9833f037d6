"""Kinds of event besides steps, as the ledger names them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.events import Event

SENDER_REVEALED = Event("complaints.sender.revealed", _("Looked at the sender"))
SENDER_ERASED = Event("complaints.sender.erased", _("Sender erased"))
OFFICER_ASSIGNED = Event("complaints.referral.assigned", _("Officer assigned"))
RATED = Event("complaints.complaint.rated", _("Rated by the sender"))
LIST_RECEIVED = Event("complaints.list.received", _("List of complaints received"))
LIST_CONFIRMED = Event("complaints.list.columns", _("Columns confirmed"))
LIST_TAKEN_IN = Event("complaints.list.taken_in", _("List of complaints taken in"))
LIST_DISCARDED = Event("complaints.list.discarded", _("List of complaints thrown away"))
