"""Innovations, what proves them, the registers that list them, and how they spread."""

from prasan.innovations.models.appraisal import Appraisal, AppraisalMark
from prasan.innovations.models.check import CriteriaSet, Criterion
from prasan.innovations.models.cookbook import Cookbook, CookbookFile, CookbookSection, CookbookVersion
from prasan.innovations.models.innovation import Innovation, InnovationArea, InnovationVersion
from prasan.innovations.models.proof import Evidence, ImpactMeasure
from prasan.innovations.models.register import PublishedFigure, Register, RegisterEntry
from prasan.innovations.models.spreading import Adoption, CookbookDelivery, FollowUpOrder
from prasan.innovations.models.title_reading import TitleReading

__all__ = [
    "Adoption",
    "Appraisal",
    "AppraisalMark",
    "Cookbook",
    "CookbookDelivery",
    "CookbookFile",
    "CookbookSection",
    "CookbookVersion",
    "CriteriaSet",
    "Criterion",
    "Evidence",
    "FollowUpOrder",
    "ImpactMeasure",
    "Innovation",
    "InnovationArea",
    "InnovationVersion",
    "PublishedFigure",
    "Register",
    "RegisterEntry",
    "TitleReading",
]
