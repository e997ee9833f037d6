"""Kinds of event besides steps, as the ledger names them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.events import Event

NEED_EDITED = Event("planning.need.edited", _("Need changed"))
FILE_ATTACHED = Event("planning.attachment.added", _("File added"))
FILE_REMOVED = Event("planning.attachment.removed", _("File removed"))
FILE_RELEASED = Event("planning.attachment.released", _("File made public"))
FILE_HIDDEN = Event("planning.attachment.hidden", _("File no longer public"))
POINT_RELEASED = Event("planning.need.point_released", _("Point made public"))
POINT_HIDDEN = Event("planning.need.point_hidden", _("Point no longer public"))
PROPOSAL_EDITED = Event("planning.proposal.edited", _("Proposal changed"))
PROPOSAL_REVISED = Event("planning.proposal.revised", _("Proposal revised"), public=True)
PROPOSAL_REVIEWED = Event("planning.proposal.reviewed", _("Looked at again: it still holds"), public=True)
ISSUE_DECLARED = Event("planning.issue.declared", _("Strategic issue declared"), public=True)
PLAN_OPENED = Event("planning.plan.opened", _("Plan opened"), public=True)
TERMS_SET = Event("planning.call.terms", _("Terms of a call written"), public=True)
EXCEPTION_SIGNED = Event("planning.call.exception", _("Late entry let in"))
EXCEPTION_WITHDRAWN = Event("planning.call.exception_withdrawn", _("Exception withdrawn"))
NOTHING_REPORTED = Event("planning.call.nothing", _("Nothing to report this year"))
CRITERIA_SET = Event("planning.sheet.criteria", _("Criteria written"))
MARKS_GIVEN = Event("planning.proposal.marked", _("Marks given"))
CEILING_SET = Event("planning.plan.ceiling", _("Ceiling of the plan set"), public=True)
LIST_DECIDED = Event("planning.version.list_decided", _("List decided by the governor"), public=True)
YEAR_DERIVED = Event("planning.version.derived", _("Made from the five-year plan"), public=True)
LIST_RECEIVED = Event("planning.list.received", _("List of projects received"))
COLUMNS_CONFIRMED = Event("planning.list.columns", _("Columns confirmed"))
LIST_TAKEN_IN = Event("planning.list.taken_in", _("List of projects taken in"))
ITEM_ADDED = Event("planning.item.added", _("Added to the plan"), public=True)
ITEM_REMOVED = Event("planning.item.removed", _("Taken out of the plan"), public=True)
ITEM_PLACED = Event("planning.item.placed", _("Place of the line decided"), public=True)
LINES_IMPORTED = Event("planning.lines.imported", _("Budget lines imported"), public=True)
RUN_CONFIRMED = Event("planning.run.confirmed", _("Province cluster confirmed"), public=True)
ALIAS_SET = Event("planning.alias.set", _("Name of a budget unit explained"))
BOOK_ORDERED = Event("planning.book.ordered", _("Plan book ordered"))
BOOK_CANCELLED = Event("planning.book.cancelled", _("Plan book given up"))
BOOK_MADE = Event("planning.book.made", _("Plan book made"), public=True)
