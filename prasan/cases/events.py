"""What happens to cases and their notes besides the steps of a workflow."""

from django.utils.translation import gettext_lazy as _

from prasan.kernel.events import Event

NOTE_ERASED = Event("cases.note.erase", _("Note erased"))

BEGIN = "begin"
"""Last part of the kind of the first entry of every case: `planning.need.begin`."""

BEGUN = _("Begun")
