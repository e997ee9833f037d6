"""Innovations, what proves them, and the registers that list them."""

from prasan.innovations.models.check import CriteriaSet, Criterion
from prasan.innovations.models.innovation import Innovation, InnovationVersion
from prasan.innovations.models.proof import Evidence, ImpactMeasure
from prasan.innovations.models.register import PublishedFigure, Register, RegisterEntry

__all__ = [
    "CriteriaSet",
    "Criterion",
    "Evidence",
    "ImpactMeasure",
    "Innovation",
    "InnovationVersion",
    "PublishedFigure",
    "Register",
    "RegisterEntry",
]
