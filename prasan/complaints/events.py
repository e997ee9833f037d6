"""Kinds of event besides steps, as the ledger names them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.events import Event

SENDER_REVEALED = Event("complaints.sender.revealed", _("Looked at the sender"))
SENDER_ERASED = Event("complaints.sender.erased", _("Sender erased"))
OFFICER_ASSIGNED = Event("complaints.referral.assigned", _("Officer assigned"))
RATED = Event("complaints.complaint.rated", _("Rated by the sender"))
