"""How quickly “may this person do this here?” is answered, over the whole tree."""

from __future__ import annotations

import random
from collections.abc import Iterator
from time import perf_counter_ns

from bench.figure import Figure
from bench.installation import Installation
from bench.percentiles import percentile
from bench.sizes import Sizes
from bench.villages import ensure_full_tree
from prasan.accounts.models import User
from prasan.agencies.models import Posting
from prasan.agencies.queries import decide, postings_of, within_reach
from prasan.agencies.rules import MANAGE_PEOPLE
from prasan.places.models import Area

ROLE = "province_admin"


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Ask of areas inside and outside the person's own, drawn from the whole tree."""
    ensure_full_tree(installation, sizes)
    posting = Posting.objects.filter(role_id=ROLE, ends=None).select_related("area").first()
    if posting is None:
        raise RuntimeError(f"nobody of the demonstration is {ROLE}")
    yield figure_of(posting.person, sizes.rights_questions)


def figure_of(person: User, questions: int) -> Figure:
    """The times for one person, both ways; each second question is of an area that he may reach."""
    dice = random.Random(1)
    inside = list(within_reach(person, MANAGE_PEOPLE, Area.objects.all()))
    everywhere = list(Area.objects.all())
    asked = [dice.choice(inside if number % 2 else everywhere) for number in range(questions)]
    postings_of(person)
    ours, allowed = [], []
    for area in asked:
        began = perf_counter_ns()
        decision = decide(person, MANAGE_PEOPLE, area)
        ours.append((perf_counter_ns() - began) / 1000)
        allowed.append(bool(decision))
    reference = []
    for area, may in zip(asked[: questions // 25], allowed, strict=False):
        began = perf_counter_ns()
        found = within_reach(person, MANAGE_PEOPLE, Area.objects.filter(pk=area.pk)).exists()
        reference.append((perf_counter_ns() - began) / 1000)
        if found is not may:
            raise RuntimeError(f"{area.code}: the row says {may}, the list {found}")
    remark = f"{len(everywhere):,} areas; p95 {percentile(ours, 0.95):.1f} µs"
    return Figure("rights", percentile(ours, 0.5), percentile(reference, 0.5), remark=remark)
