"""Programmes, their editions, entries, judges, scores and decisions."""

from prasan.awards.models.certificate import CertificateSet, CertificateSigner
from prasan.awards.models.edition import Category, Criterion, Edition, Quota, Round
from prasan.awards.models.entry import Entry, RoundEntry
from prasan.awards.models.panel import ConflictFound, Judge, Panel, StatedTie
from prasan.awards.models.programme import EligibilityRule, EntitlementRule, Programme, RuleSet
from prasan.awards.models.result import Award, Decision
from prasan.awards.models.sheet import Presentation, Score, ScoreSheet

__all__ = [
    "Award",
    "Category",
    "CertificateSet",
    "CertificateSigner",
    "ConflictFound",
    "Criterion",
    "Decision",
    "Edition",
    "EligibilityRule",
    "EntitlementRule",
    "Entry",
    "Judge",
    "Panel",
    "Presentation",
    "Programme",
    "Quota",
    "Round",
    "RoundEntry",
    "RuleSet",
    "Score",
    "ScoreSheet",
    "StatedTie",
]
