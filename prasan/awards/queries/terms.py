"""What was declared of an edition, as the tables say."""

from __future__ import annotations

from fractions import Fraction

from prasan.awards.counting import Ask, Terms
from prasan.awards.models import Edition
from prasan.judging.levels import Level


def terms_of(edition: Edition) -> Terms:
    """The terms of an edition, in the order in which they were declared."""
    rounds = list(edition.rounds.prefetch_related("criteria"))
    return Terms(
        criteria={
            each.number: tuple(
                Ask(criterion.code, criterion.is_gate, criterion.weight, criterion.most)
                for criterion in each.criteria.all()
            )
            for each in rounds
        },
        goes_on={each.number: each.goes_on for each in rounds},
        ties=tuple(edition.tie_rules),
        levels=tuple(
            Level(each.level, each.places, None if each.threshold is None else Fraction(each.threshold))
            for each in edition.quotas.all()
        ),
        draw=edition.draw,
    )
