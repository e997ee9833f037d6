"""Work of innovations beside the acts of people."""

from __future__ import annotations

from contextlib import suppress

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from prasan.innovations.actions import keep_missing_title_readings
from prasan.innovations.actions.reading import MOST

QUEUE = "innovations"
READINGS = "prasan.innovations.title_readings"


@app.periodic(cron="*/10 * * * *")
@app.task(name=READINGS, queue=QUEUE, queueing_lock=READINGS)
def keep_title_readings(timestamp: int) -> None:
    """Read the titles whose reading is missing, for instance since this release reads otherwise.

    Where there are many it goes on in a job of its own, so that none takes long.
    """
    if keep_missing_title_readings(MOST) >= MOST:
        with suppress(AlreadyEnqueued):
            app.configure_task(READINGS, queue=QUEUE, queueing_lock=READINGS).defer(timestamp=timestamp)
