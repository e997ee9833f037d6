"""Acts on innovations, by noun."""

from prasan.innovations.actions.content import InnovationWords, MeasureWords
from prasan.innovations.actions.criteria import set_weights
from prasan.innovations.actions.evidence import add_evidence, remove_evidence
from prasan.innovations.actions.innovation import (
    begin_innovation,
    edit_innovation,
    propose_innovation,
    register_innovation,
)
from prasan.innovations.actions.measure import keep_measure, remove_measure
from prasan.innovations.actions.registers import ensure_registers

__all__ = [
    "InnovationWords",
    "MeasureWords",
    "add_evidence",
    "begin_innovation",
    "edit_innovation",
    "ensure_registers",
    "keep_measure",
    "propose_innovation",
    "register_innovation",
    "remove_evidence",
    "remove_measure",
    "set_weights",
]
