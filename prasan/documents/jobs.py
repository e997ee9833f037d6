"""Work on files apart from acts."""

from __future__ import annotations

from procrastinate.contrib.django import app

from prasan.documents.actions import drop_unlinked


@app.periodic(cron="17 * * * *")
@app.task(name="prasan.documents.drop_unlinked", queue="documents")
def drop_unlinked_files(timestamp: int) -> None:
    """Remove what nothing links to any more."""
    drop_unlinked()
