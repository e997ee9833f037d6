"""How fast likely the same complaints are found among a million, and how often the right one is shown."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from unittest import mock

from django.db import connection
from django.utils import timezone

from bench import before_rows
from bench.figure import Figure
from bench.installation import SHARED, Installation
from bench.match_folds import folds_of
from bench.match_quality import as_reports, fitting_module
from bench.match_rows import PAIRS, REPORTS, is_at_hand, read_pairs, read_rows
from bench.percentiles import percentile
from bench.proposals_list import timed
from bench.sizes import Sizes
from bench.villages import ensure_full_tree
from prasan.complaints.models import Complaint, Kind
from prasan.complaints.queries import likely_same, likely_same_as
from prasan.complaints.queries.alike import MOST_SHOWN
from prasan.complaints.states import OPEN
from prasan.matching import scoring
from prasan.places.models import Area

FOUND = ("match-before-filing-partner", "match-before-filing-problem")
LONG = 10_000
"""Letters of the longest text that is taken in; every fiftieth question is as long."""
SINCE, NEAR = "60 days", 0.006

# As one would do without matching: the texts compared by their trigrams, in the same places and time.
BY_TRIGRAMS = f"""
SELECT id FROM complaints_complaint
WHERE state = ANY(%(open)s) AND NOT is_restricted AND title <> '' AND id <> %(apart)s
  AND latitude BETWEEN %(north)s - {NEAR} AND %(north)s + {NEAR}
  AND longitude BETWEEN %(east)s - {NEAR} AND %(east)s + {NEAR}
  AND created_at BETWEEN %(at)s - interval '{SINCE}' AND %(at)s + interval '{SINCE}'
ORDER BY similarity(words, %(words)s) DESC, id LIMIT {MOST_SHOWN}
"""  # noqa: S608 - numbers of ours


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody is about to send."""

    words: str
    area: Area
    kind: Kind | None
    latitude: float | None
    longitude: float | None

    def ask(self) -> None:
        """Ask what is likely the same, as the form does."""
        likely_same(self.words, self.area, kind=self.kind, latitude=self.latitude, longitude=self.longitude)


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Ask as a form does before it is sent, then with reports whose partner people have named."""
    ensure_full_tree(installation, sizes)
    before_rows.fill(installation.folder.path, SHARED, sizes.stored_before)
    questions = questions_about(sizes.before_questions)
    for question in questions[:10]:  # the first asks find nothing in memory
        question.ask()
    reference = [timed(partial(by_trigrams, *told)) for told in _told(questions)]
    ours = [timed(question.ask) for question in questions]
    held, are_open = Complaint.objects.count(), Complaint.objects.filter(state__in=OPEN).count()
    yield Figure(
        "match-before-filing",
        percentile(ours, 0.95),
        percentile(reference, 0.95),
        remark=f"{held:,} complaints, {are_open:,} of them open; median {percentile(ours, 0.5):.0f} ms, "
        f"slowest {max(ours):.0f} ms",
    )
    if is_at_hand(SHARED):
        yield from _found()
    else:
        for name in FOUND:
            yield Figure(name, None, remark="the real data is not at hand")


def questions_about(count: int) -> list[Question]:
    """As open complaints tell, from close by; one in ten without a point, one in fifty as long as may be."""
    dice = random.Random(1)
    rows = Complaint.objects.filter(state__in=OPEN, is_restricted=False, latitude__isnull=False)
    keys = list(rows.exclude(title="").values_list("pk", flat=True))
    drawn = rows.select_related("area", "kind").in_bulk(dice.sample(keys, min(count, len(keys))))
    questions = []
    for number, row in enumerate(drawn.values()):
        words = (row.words * (LONG // max(len(row.words), 1) + 1))[:LONG] if number % 50 == 7 else row.words
        is_known = number % 10 != 3
        latitude, longitude = (
            (row.latitude + dice.gauss(0, 2e-4), row.longitude + dice.gauss(0, 2e-4))
            if is_known and row.latitude is not None and row.longitude is not None
            else (None, None)
        )
        questions.append(Question(words, row.area, row.kind, latitude, longitude))
    return questions


def by_trigrams(words: str, latitude: float, longitude: float, at: datetime, apart: int) -> list[int]:
    """The open complaints near by whose words are most like these by their trigrams."""
    given = {"words": words, "north": latitude, "east": longitude, "at": at, "apart": apart}
    with connection.cursor() as cursor:
        cursor.execute(BY_TRIGRAMS, {**given, "open": list(OPEN)})
        return [key for (key,) in cursor.fetchall()]


def _told(questions: Sequence[Question]) -> list[tuple[str, float, float, datetime, int]]:
    now = timezone.now()
    return [
        (each.words, each.latitude, each.longitude, now, 0)
        for each in questions
        if each.latitude is not None and each.longitude is not None
    ]


def _found() -> Iterator[Figure]:
    """Each report of a pair asks for the other, by networks fitted without it, and by those that ship."""
    pairs = read_pairs(SHARED / PAIRS)
    rows = {row.row_id: row for row in read_rows(SHARED / REPORTS)}
    reports, folds = as_reports(rows), folds_of(pairs, rows)
    keys = before_rows.keys_of(sorted({row_id for pair in pairs for row_id in pair[:2]}))
    problems = problems_of([(keys[pair.row_a], keys[pair.row_b]) for pair in pairs if pair.is_same])
    score: dict[str, float] = defaultdict(float)
    for out, networks in fitting_module().fitted_apart(pairs, reports, folds):
        same = [pair for pair, is_out in zip(pairs, out, strict=True) if is_out and pair.is_same]
        ways = [(keys[one], keys[other]) for pair in same for one, other in (pair[:2], pair[1::-1])]
        told = Complaint.objects.select_related("area", "kind").in_bulk({one for one, _other in ways})
        for one, other in ways:
            problem = problems[one] - {one}
            score["asked"] += 1
            score["at most"] += min(1.0, MOST_SHOWN / len(problem))
            with mock.patch.object(scoring, "networks", return_value=networks):
                apart = _shown_to(told[one])
                alone = {each.key for each in likely_same_as(told[one])}
            for name, shown in (
                ("trigrams", _by_trigrams(told[one])),
                ("shipped", _shown_to(told[one])),
                ("apart", apart),
                ("alone", alone),
            ):
                score[f"{name}, partner"] += other in shown
                score[f"{name}, problem"] += bool(problem & shown)
    percent = {name: 100 * count / score["asked"] for name, count in score.items()}
    yield Figure(
        FOUND[0],
        percent["apart, partner"],
        percent["trigrams, partner"],
        remark=f"{score['asked']:.0f} questions, by networks fitted without them; by those that ship, which "
        f"know them, {percent['shipped, partner']:.1f} %; among the five likeliest reports, each by itself, "
        f"{percent['alone, partner']:.1f} %, of which about {percent['at most']:.1f} % are to be had, since "
        "some problems were told of more than six times",
    )
    yield Figure(
        FOUND[1],
        percent["apart, problem"],
        percent["trigrams, problem"],
        remark=f"by the networks that ship {percent['shipped, problem']:.1f} %",
    )


def problems_of(pairs: Sequence[tuple[int, int]]) -> dict[int, set[int]]:
    """For each complaint all that people found to be of its problem, itself among them, directly or not."""
    problems: dict[int, set[int]] = {}
    for one, other in pairs:
        together = problems.get(one, {one}) | problems.get(other, {other})
        problems |= dict.fromkeys(together, together)
    return problems


def _shown_to(complaint: Complaint) -> set[int]:
    """All that stand in the problems of which its sender would have been asked."""
    problems = likely_same(
        complaint.words,
        complaint.area,
        kind=complaint.kind,
        latitude=complaint.latitude,
        longitude=complaint.longitude,
        told_at=complaint.created_at,
        apart_from=complaint,
    )
    return {one.key for each in problems for one in (each, *each.along)}


def _by_trigrams(complaint: Complaint) -> set[int]:
    if complaint.latitude is None or complaint.longitude is None:
        return set()
    told = (complaint.words, complaint.latitude, complaint.longitude, complaint.created_at, complaint.pk)
    return set(by_trigrams(*told))
