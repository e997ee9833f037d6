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
RULE_ADDED = Event("complaints.rulebook.rule_added", _("Rule added"))
RULE_CHANGED = Event("complaints.rulebook.rule_changed", _("Rule changed"))
RULE_MOVED = Event("complaints.rulebook.rule_moved", _("Rule moved"))
RULE_REMOVED = Event("complaints.rulebook.rule_removed", _("Rule removed"))
