"""Keeping the words that an agency uses again and again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.agencies.queries import require
from prasan.cases.words import cleaned
from prasan.complaints import events, rules
from prasan.complaints.models import ReplyTemplate
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record

LONGEST = 2000


@transaction.atomic
def keep_template(
    template: ReplyTemplate | None, *, agency: Agency, name: str, text: str, by: User | None
) -> ReplyTemplate:
    """Add a text for the agency, or change one."""
    kept = template or ReplyTemplate(agency=agency)
    posting = require(by, rules.KEEP_TEMPLATES, kept)
    kept.name, kept.text = cleaned(name, 100), cleaned(text, LONGEST)
    if not kept.name or not kept.text:
        raise Refused(_("Please give the text a name, and words."))
    if ReplyTemplate.objects.filter(agency=kept.agency_id, name=kept.name).exclude(pk=kept.pk).exists():
        raise Refused(_("Your agency has a text of this name already. Please choose another name."))
    kept.save()
    record(events.TEMPLATE_KEPT, kept, by=by, posting=posting, after={"agency": kept.agency_id})
    return kept


@transaction.atomic
def remove_template(template: ReplyTemplate, *, by: User | None) -> None:
    """Take a text away; what was written with it stays."""
    posting = require(by, rules.KEEP_TEMPLATES, template)
    record(events.TEMPLATE_REMOVED, template, by=by, posting=posting, before={"agency": template.agency_id})
    template.delete()
