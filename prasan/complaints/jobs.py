"""Work of complaints beside the acts of people."""

from __future__ import annotations

from contextlib import suppress

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from prasan.accounts.models import User
from prasan.complaints.actions import (
    fold_complaints_tally,
    keep_missing_readings,
    read_all_clocks,
    tell_of_late_ones,
)
from prasan.complaints.actions.listing import TAKE_IN, halt_list
from prasan.complaints.actions.reading import MOST
from prasan.complaints.imports.lists import take_in_list
from prasan.complaints.models import ComplaintList
from prasan.kernel.refusals import Refused

QUEUE = "complaints"
READINGS = "prasan.complaints.readings"


@app.periodic(cron="5 17 * * *")  # in UTC: as a day begins in Bangkok
@app.task(name="prasan.complaints.clocks", queue=QUEUE, queueing_lock="prasan.complaints.clocks")
def read_clocks(timestamp: int) -> None:
    """Read the clocks of open complaints anew, and tell higher posts of what is late."""
    read_all_clocks()
    tell_of_late_ones()


@app.periodic(cron="20 1-10 * * *")  # in UTC: in the working hours of Bangkok
@app.task(name="prasan.complaints.late", queue=QUEUE, queueing_lock="prasan.complaints.late")
def tell_of_late(timestamp: int) -> None:
    """Tell higher posts of what is late and was not told, for instance while the machine was off."""
    tell_of_late_ones()


@app.periodic(cron="*/10 * * * *")
@app.task(name=READINGS, queue=QUEUE, queueing_lock=READINGS)
def keep_readings(timestamp: int) -> None:
    """Read open complaints whose reading is missing, for instance since this release reads otherwise.

    Where there are many it goes on in a job of its own, so that none takes long.
    """
    if keep_missing_readings(MOST) >= MOST:
        with suppress(AlreadyEnqueued):
            app.configure_task(READINGS, queue=QUEUE, queueing_lock=READINGS).defer(timestamp=timestamp)


@app.task(name=TAKE_IN, queue=QUEUE, retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def take_in(listing_id: int, user_id: int) -> None:
    """Take the right rows of a list in; cut off, it goes on from there, and a second time does nothing."""
    listing = ComplaintList.objects.select_related("area", "agency").get(pk=listing_id)
    try:
        take_in_list(listing, by=User.objects.get(pk=user_id))
    except Refused:
        halt_list(listing)


@app.periodic(cron="* * * * * */20")
@app.task(name="prasan.complaints.fold_tally", queue=QUEUE, queueing_lock="prasan.complaints.fold_tally")
def fold(timestamp: int) -> None:
    """Fold what acts have changed into the figures of complaints."""
    fold_complaints_tally()
