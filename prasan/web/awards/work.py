"""What waits for a person in awards, as shown on “my work”."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.awards.models import Entry
from prasan.awards.queries import entries_to_enter_again, own_sheets, seen_on, waiting_entries
from prasan.kernel.dates import format_date
from prasan.web.shell.work import WorkItem

MOST_OF_A_KIND = 50


def work_for(user: User) -> Iterator[WorkItem]:
    """Sheets to be scored, entries to be screened or mended, what has waited longest first."""
    waiting = own_sheets(user).filter(state="open", round__edition__state="judging")
    for sheet, seen in seen_on(waiting.order_by("state_since")[:MOST_OF_A_KIND]):
        yield WorkItem(
            title=seen.title,
            kind=_("Score the entry and hand it in"),
            since=sheet.state_since,
            address=reverse("awards:sheet", args=[sheet.pk]),
            area=str(sheet.round.edition),
            icon="clipboard-check",
        )
    for entry in waiting_entries(user).order_by("state_since")[:MOST_OF_A_KIND]:
        yield WorkItem(
            title=entry.title,
            kind=_("Screen the entry: is it eligible?"),
            since=entry.state_since,
            address=reverse("awards:entry", args=[entry.pk]),
            area=str(entry.edition),
            icon="funnel",
        )
    for entry in entries_to_enter_again(user).order_by("state_since")[:MOST_OF_A_KIND]:
        yield WorkItem(
            title=entry.title,
            kind=_mending(entry),
            since=entry.state_since,
            address=reverse("awards:entry", args=[entry.pk]),
            area=str(entry.edition),
            icon="pencil",
        )


def _mending(entry: Entry) -> str:
    if entry.mend_by is None:
        return _("Mend the entry and enter it again")
    day = format_date(entry.mend_by, (get_language() or "th")[:2])
    return _("Mend the entry and enter it again by %(day)s") % {"day": day}
