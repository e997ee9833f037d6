"""Everything that waits for one person, and what he may begin, gathered from the rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prasan.accounts.models import User
from prasan.web.awards.work import work_for as work_for_awards
from prasan.web.complaints.work import beginnings_for as beginnings_for_complaints
from prasan.web.complaints.work import work_for as work_for_complaints
from prasan.web.innovations.work import work_for as work_for_innovations
from prasan.web.planning.work import beginnings_for as beginnings_for_planning
from prasan.web.planning.work import work_for as work_for_planning
from prasan.web.shell.work import Beginning, WorkItem

SOURCES: tuple[Callable[[User], Iterable[WorkItem]], ...] = (
    work_for_planning,
    work_for_complaints,
    work_for_awards,
    work_for_innovations,
)

BEGINNINGS: tuple[Callable[[User], Iterable[Beginning]], ...] = (
    beginnings_for_planning,
    beginnings_for_complaints,
)


def waiting_for(person: User) -> list[WorkItem]:
    """What waits for the person in every room, oldest first."""
    return sorted((item for source in SOURCES for item in source(person)), key=lambda item: item.since)


def beginnings_for(person: User) -> list[Beginning]:
    """What the person may begin in every room."""
    return [beginning for source in BEGINNINGS for beginning in source(person)]
