"""Tables of planning, by noun."""

from prasan.planning.models.assessment import Assessment, AssessmentVersion
from prasan.planning.models.attachment import Attachment
from prasan.planning.models.bill import BudgetUnitAlias, ClusterRun, ImportBatch
from prasan.planning.models.book import PlanBook
from prasan.planning.models.brief import Activity, ActivityBudget, Indicator
from prasan.planning.models.call import CallException, CallKind, CallTerms, NothingToReport
from prasan.planning.models.listing import ColumnHabit, ProposalList
from prasan.planning.models.need import Need
from prasan.planning.models.plan import Plan, PlanItem, PlanVersion
from prasan.planning.models.proposal import Proposal, Routing
from prasan.planning.models.scoring import Criterion, Mark, RankingRow, ScoreSheet
from prasan.planning.models.sector import (
    Approach,
    IssueIndicator,
    IssueTarget,
    ProjectKind,
    Sector,
    StrategicIssue,
)
from prasan.planning.models.tally import Tally, TallyChange
from prasan.planning.models.version import Descent, ProposalVersion, Review

__all__ = [
    "Activity",
    "ActivityBudget",
    "Approach",
    "Assessment",
    "AssessmentVersion",
    "Attachment",
    "BudgetUnitAlias",
    "CallException",
    "CallKind",
    "CallTerms",
    "ClusterRun",
    "ColumnHabit",
    "Criterion",
    "Descent",
    "ImportBatch",
    "Indicator",
    "IssueIndicator",
    "IssueTarget",
    "Mark",
    "Need",
    "NothingToReport",
    "Plan",
    "PlanBook",
    "PlanItem",
    "PlanVersion",
    "ProjectKind",
    "Proposal",
    "ProposalList",
    "ProposalVersion",
    "RankingRow",
    "Review",
    "Routing",
    "ScoreSheet",
    "Sector",
    "StrategicIssue",
    "Tally",
    "TallyChange",
]
