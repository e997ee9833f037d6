"""Work of the ledger after the act: telling listeners, sealing, and taking up what a dead worker left."""

from __future__ import annotations

from django.utils.module_loading import import_string
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from prasan.ledger.actions import LISTEN, TELL, seal_pending, tell_listeners


@app.task(name=TELL, queue="ledger", retry=RetryStrategy(max_attempts=10, exponential_wait=3))
def tell(entry_id: int) -> None:
    """Queue one job for each listener."""
    tell_listeners(entry_id)


@app.task(name=LISTEN, queue="ledger", retry=RetryStrategy(max_attempts=10, exponential_wait=3))
def listen(entry_id: int, listener: str) -> None:
    """Call one listener with the id of an entry; it may be called twice and must not mind."""
    import_string(listener)(entry_id)


@app.periodic(cron="* * * * * */20")
@app.task(name="prasan.ledger.seal", queue="ledger")
def seal(timestamp: int) -> None:
    """Seal what was written since the last time."""
    seal_pending()


@app.periodic(cron="*/2 * * * *")
@app.task(name="prasan.ledger.requeue_stalled", queue="ledger", pass_context=True)
async def requeue_stalled(context: JobContext, timestamp: int) -> None:
    """Put every job back that a worker took and then died with, of whatever room."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        await jobs.retry_job(job)
