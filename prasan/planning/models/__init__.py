"""Tables of planning, by noun."""

from prasan.planning.models.attachment import Attachment
from prasan.planning.models.bill import BudgetUnitAlias, ClusterRun, ImportBatch
from prasan.planning.models.need import Need
from prasan.planning.models.plan import Plan, PlanItem, PlanVersion
from prasan.planning.models.proposal import Proposal, Routing
from prasan.planning.models.sector import Approach, Sector, StrategicIssue

__all__ = [
    "Approach",
    "Attachment",
    "BudgetUnitAlias",
    "ClusterRun",
    "ImportBatch",
    "Need",
    "Plan",
    "PlanItem",
    "PlanVersion",
    "Proposal",
    "Routing",
    "Sector",
    "StrategicIssue",
]
