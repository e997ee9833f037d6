"""The lives of a need, a proposal, its way through an agency and what that thinks of it, a sheet, a plan."""

from prasan.planning.states.assessment import ASSESSMENT
from prasan.planning.states.hand import ANSWERING, HANDS, HELD, Hand
from prasan.planning.states.need import NEED
from prasan.planning.states.plan import PLAN_VERSION
from prasan.planning.states.proposal import PROPOSAL
from prasan.planning.states.routing import ROUTING
from prasan.planning.states.sheet import SHEET
from prasan.planning.states.stage import STAGES, Stage

__all__ = [
    "ANSWERING",
    "ASSESSMENT",
    "HANDS",
    "HELD",
    "NEED",
    "PLAN_VERSION",
    "PROPOSAL",
    "ROUTING",
    "SHEET",
    "STAGES",
    "Hand",
    "Stage",
]
