"""Work of notices beside the acts of people: sending letters and reminding before a call closes."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from prasan.notices.actions import remind_before_closing, remind_of_editions, send_letters
from prasan.notices.actions.sending import MOST_TRIES
from prasan.notices.actions.to_senders import ANSWER, send_to_sender
from prasan.notices.actions.writing import QUEUE, SEND, TELL_OF_COOKBOOK, write_of_cookbook


@app.task(name=SEND, queue=QUEUE, retry=RetryStrategy(max_attempts=MOST_TRIES - 1, exponential_wait=4))
def send(letter_ids: list[int]) -> None:
    """Send some letters; those that went are passed over when it is tried again."""
    send_letters(letter_ids)


@app.task(name=TELL_OF_COOKBOOK, queue=QUEUE, retry=RetryStrategy(max_attempts=10, exponential_wait=3))
def tell_of_cookbook(entry_id: int, after: int) -> None:
    """Write the next portion of letters about a cookbook that was sent out."""
    write_of_cookbook(entry_id, after)


@app.task(name=ANSWER, queue=QUEUE, retry=RetryStrategy(max_attempts=MOST_TRIES - 1, exponential_wait=4))
def answer(letter_id: int) -> None:
    """Answer the sender of a complaint; a letter that went is passed over when it is tried again."""
    send_to_sender(letter_id)


@app.periodic(cron="7 1-10 * * *")  # in UTC: in the working hours of Bangkok
@app.task(name="prasan.notices.remind_before_closing", queue=QUEUE, queueing_lock="prasan.notices.remind")
def remind(timestamp: int) -> None:
    """Remind of the calls and of the editions of awards that close soon."""
    remind_before_closing()
    remind_of_editions()
