"""Work of awards beside the acts of people."""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from prasan.awards.actions.certificates import MAKE_CERTIFICATES, make_certificates
from prasan.documents.making import MOST_TRIES


@app.task(
    name=MAKE_CERTIFICATES,
    queue="awards",
    retry=RetryStrategy(max_attempts=MOST_TRIES + 1, wait=5),
    pass_context=True,
)
def pack(context: JobContext, set_id: int) -> None:
    """Make a file of certificates; cut off, it goes on from there."""
    make_certificates(set_id, should_stop=context.should_abort)
