"""Work of complaints beside the acts of people."""

from __future__ import annotations

from procrastinate.contrib.django import app

from prasan.complaints.actions import read_all_clocks, tell_of_late_ones

QUEUE = "complaints"


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
