"""Everything that waits for one person, gathered from the rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prasan.accounts.models import User
from prasan.web.planning.work import work_for as work_for_planning
from prasan.web.shell.work import WorkItem

SOURCES: tuple[Callable[[User], Iterable[WorkItem]], ...] = (work_for_planning,)


def waiting_for(person: User) -> list[WorkItem]:
    """What waits for the person in every room, oldest first."""
    return sorted((item for source in SOURCES for item in source(person)), key=lambda item: item.since)
