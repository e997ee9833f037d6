"""Work of linkage beside the acts of people: fetching letters."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from prasan.linkage.imports import take_in_letters
from prasan.linkage.mailboxes import letters_in
from prasan.places.models import Area, Level

FETCH = "prasan.linkage.fetch_letters"


@app.periodic(cron="*/5 * * * *")
@app.task(name=FETCH, queue="linkage", queueing_lock=FETCH, lock=FETCH)
def fetch_letters(timestamp: int) -> None:
    """Take in the letters of the box that the settings name; nothing where they name none."""
    box = settings.MAIL_BOX
    if box is None:
        return
    area = Area.objects.get(code=box.area, level=Level.PROVINCE)
    take_in_letters(letters_in(box), area=area, own=box.own)
