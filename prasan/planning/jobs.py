"""Work of planning beside the acts of people."""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from prasan.accounts.models import User
from prasan.documents.making import MOST_TRIES
from prasan.planning.actions import fold_tally
from prasan.planning.actions.book import MAKE_BOOK, make_book
from prasan.planning.actions.listing import TAKE_IN
from prasan.planning.imports.lists import take_right_rows
from prasan.planning.models import ProposalList


@app.task(name=TAKE_IN, queue="planning", retry=RetryStrategy(max_attempts=3, exponential_wait=5))
def take_in(listing_id: int, user_id: int) -> None:
    """Take the right rows of a list in; a second time does nothing."""
    listing = ProposalList.objects.select_related("area").get(pk=listing_id)
    if listing.taken_at is None:
        take_right_rows(listing, by=User.objects.get(pk=user_id))


@app.task(
    name=MAKE_BOOK,
    queue="planning",
    retry=RetryStrategy(max_attempts=MOST_TRIES + 1, wait=5),
    pass_context=True,
)
def bind(context: JobContext, book_id: int) -> None:
    """Make a plan book; cut off, it goes on from there."""
    make_book(book_id, should_stop=context.should_abort)


@app.periodic(cron="* * * * * */20")
@app.task(name="prasan.planning.fold_tally", queue="planning", queueing_lock="prasan.planning.fold_tally")
def fold(timestamp: int) -> None:
    """Fold what acts have changed into the figures of areas."""
    fold_tally()
