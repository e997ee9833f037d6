"""Sending a cookbook out, and noting who opened it first."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.agencies.queries import decide, require
from prasan.innovations import events, rules
from prasan.innovations.actions.cookbook import locked_cookbook
from prasan.innovations.models import Cookbook, CookbookDelivery
from prasan.innovations.queries.deliveries import agencies_to_reach, unopened_deliveries
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.ledger.seals import Facts

_AT_ONCE = 2_000


@transaction.atomic
def send_cookbook(cookbook: Cookbook, levels: Collection[str], *, by: User | None) -> int:
    """Send the published cookbook to every agency of these levels that is valid today; how many are new.

    Sent again it reaches only those that have it not yet. One act, one entry of the ledger.
    """
    cookbook = locked_cookbook(cookbook)
    posting = require(by, rules.SPREAD_COOKBOOK, cookbook)
    chosen = [level for level in Agency.Level.values if level in levels]
    if not chosen:
        raise Refused(_("Please choose to whom it is sent."))
    version = cookbook.versions.last()
    if cookbook.state != "published" or version is None:
        raise Refused(_("Please publish the cookbook first: what is sent is what everybody can read."))
    if cookbook.innovation.state != "registered":
        raise Refused(_("The innovation is not in the register any more, so nobody could read its cookbook."))
    found = list(agencies_to_reach(cookbook, chosen).order_by("pk").values_list("pk", flat=True))
    if not found:
        raise Refused(_("Every agency of this choice has it already."))
    now = timezone.now()
    CookbookDelivery.objects.bulk_create(
        (
            CookbookDelivery(cookbook=cookbook, version=version, agency_id=agency, sent_at=now)
            for agency in found
        ),
        batch_size=_AT_ONCE,
    )
    facts: Facts = {
        "version": version.number,
        "levels": chosen,
        "agencies": len(found),
        "sent_at": now.isoformat(),
    }
    record(events.COOKBOOK_SENT, cookbook, by=by, posting=posting, after=facts)
    return len(found)


@transaction.atomic
def note_opening(cookbook: Cookbook, *, by: User) -> int:
    """Note that somebody of an agency to which the cookbook was sent opened it: the first one, once."""
    noted = 0
    for delivery in unopened_deliveries(by).filter(cookbook=cookbook).select_for_update(of=("self",)):
        decision = decide(by, rules.RECEIVE_COOKBOOK, delivery)
        delivery.opened_at, delivery.opened_posting_id = timezone.now(), decision.posting
        delivery.save(update_fields=["opened_at", "opened_posting"])
        record(events.COOKBOOK_OPENED, delivery, by=by, posting=decision.posting)
        noted += 1
    return noted
