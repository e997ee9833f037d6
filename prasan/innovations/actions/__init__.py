"""Acts on innovations, by noun."""

from prasan.innovations.actions.adoption import LessonsOvertaken, begin_adoption, move_adoption, write_lessons
from prasan.innovations.actions.appraisal import (
    AppraisalWords,
    GateFinding,
    GivenMark,
    appraise_innovation,
)
from prasan.innovations.actions.content import (
    InnovationWords,
    MeasureWords,
    area_codes,
    codes_of,
    mark_of_measure,
    mark_of_words,
    words_of_measure,
)
from prasan.innovations.actions.cookbook import (
    Overtaken,
    add_cookbook_file,
    begin_cookbook,
    publish_cookbook,
    remove_cookbook_file,
    write_section,
)
from prasan.innovations.actions.criteria import CriteriaWords, set_criteria
from prasan.innovations.actions.delivery import note_opening, send_cookbook
from prasan.innovations.actions.evidence import add_evidence, remove_evidence
from prasan.innovations.actions.innovation import (
    WordsOvertaken,
    begin_innovation,
    edit_innovation,
    propose_innovation,
    register_innovation,
)
from prasan.innovations.actions.measure import MeasureOvertaken, keep_measure, remove_measure
from prasan.innovations.actions.order import give_orders, report_order
from prasan.innovations.actions.reading import keep_missing_title_readings
from prasan.innovations.actions.registers import ensure_registers

__all__ = [
    "AppraisalWords",
    "CriteriaWords",
    "GateFinding",
    "GivenMark",
    "InnovationWords",
    "LessonsOvertaken",
    "MeasureOvertaken",
    "MeasureWords",
    "Overtaken",
    "WordsOvertaken",
    "add_cookbook_file",
    "add_evidence",
    "appraise_innovation",
    "area_codes",
    "begin_adoption",
    "begin_cookbook",
    "begin_innovation",
    "codes_of",
    "edit_innovation",
    "ensure_registers",
    "give_orders",
    "keep_measure",
    "keep_missing_title_readings",
    "mark_of_measure",
    "mark_of_words",
    "move_adoption",
    "note_opening",
    "propose_innovation",
    "publish_cookbook",
    "register_innovation",
    "remove_cookbook_file",
    "remove_evidence",
    "remove_measure",
    "report_order",
    "send_cookbook",
    "set_criteria",
    "words_of_measure",
    "write_lessons",
    "write_section",
]
