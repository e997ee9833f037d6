"""A province's own list of projects: received, its columns learned, its right rows taken in."""

from __future__ import annotations

from uuid import UUID

from prasan.accounts.models import User
from prasan.cases.listing import headings_of
from prasan.places.models import Area
from prasan.planning.actions.listing import confirm_columns, new_projects, receive_list, take_in_list
from prasan.planning.imports.listed import ListReading, guessed_columns, read_list
from prasan.planning.models import ColumnHabit, Proposal, ProposalList
from prasan.sheets.guessing import fingerprint_of


def receive_file(
    area: Area, content: bytes, *, name: str, by: User | None, form_key: UUID | None = None
) -> ProposalList:
    """Keep a file with what its columns most likely mean: as confirmed for such a file before, or guessed."""
    headers = headings_of(content)
    habit = ColumnHabit.objects.filter(fingerprint=fingerprint_of(headers)).first()
    columns = habit.columns if habit else guessed_columns(headers)
    return receive_list(area, content, name=name, headers=headers, columns=columns, by=by, form_key=form_key)


def confirm(
    listing: ProposalList,
    columns: dict[str, str],
    *,
    fiscal_year: int | None,
    standing: str,
    by: User | None,
) -> ProposalList:
    """Confirm what the columns mean, and learn it for files with the same headings."""
    return confirm_columns(
        listing,
        columns,
        fingerprint=fingerprint_of(listing.headers),
        fiscal_year=fiscal_year,
        standing=standing,
        by=by,
    )


def looked_at(listing: ProposalList) -> tuple[ListReading, int]:
    """What the list holds, and how many of its right rows no list brought before."""
    reading = read_list(listing)
    return reading, len(new_projects(listing, reading.projects))


def take_right_rows(listing: ProposalList, *, by: User | None) -> list[Proposal]:
    """Take in every right row that is new; the wrong ones stay to be told."""
    return take_in_list(listing, read_list(listing).projects, by=by)
