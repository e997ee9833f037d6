"""Work of complaints beside the acts of people."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from prasan.accounts.models import User
from prasan.complaints.actions.listing import TAKE_IN, halt_list
from prasan.complaints.imports.lists import take_in_list
from prasan.complaints.models import ComplaintList
from prasan.kernel.refusals import Refused


@app.task(name=TAKE_IN, queue="complaints", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def take_in(listing_id: int, user_id: int) -> None:
    """Take the right rows of a list in; cut off, it goes on from there, and a second time does nothing."""
    listing = ComplaintList.objects.select_related("area", "agency").get(pk=listing_id)
    try:
        take_in_list(listing, by=User.objects.get(pk=user_id))
    except Refused:
        halt_list(listing)
