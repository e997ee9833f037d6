"""Kinds of event besides steps, as the ledger names them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.events import Event

SENDER_REVEALED = Event("complaints.sender.revealed", _("Looked at the sender"))
SENDER_ERASED = Event("complaints.sender.erased", _("Sender erased"))
OFFICER_ASSIGNED = Event("complaints.referral.assigned", _("Officer assigned"))
RATED = Event("complaints.complaint.rated", _("Rated by the sender"))
PAUSED = Event("complaints.complaint.paused", _("Clocks stopped"), public=True)
RESUMED = Event("complaints.complaint.resumed", _("Clocks run again"), public=True)
SENDER_ANSWERED = Event("complaints.complaint.sender_answered", _("The sender answered"), public=True)
NOTED = Event("complaints.complaint.noted", _("Internal note"))
URGED = Event("complaints.complaint.urged", _("Asked to hurry"))
ESCALATED = Event("complaints.complaint.escalated", _("Late: a higher post was told"))
LIMIT_SET = Event("complaints.timelimit.set", _("Time limit set"))
TEMPLATE_KEPT = Event("complaints.replytemplate.kept", _("Text for answers kept"))
TEMPLATE_REMOVED = Event("complaints.replytemplate.removed", _("Text for answers removed"))
LETTER_READ = Event("complaints.sender.letter_read", _("Looked at the letter"))
PHOTOGRAPHS_ADDED = Event("complaints.complaint.photographs", _("Photographs added"), public=True)
