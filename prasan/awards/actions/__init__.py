"""Acts on programmes, editions, entries, panels, score sheets and decisions."""

from prasan.awards.actions.decision import (
    announce_results,
    decide_edition,
    set_ceremony,
    take_back_decision,
)
from prasan.awards.actions.edition import (
    begin_judging,
    begin_next_round,
    begin_screening,
    end_scoring,
    open_edition,
    redraft_edition,
    resume_judging,
)
from prasan.awards.actions.entry import (
    admit_entry,
    begin_entry,
    change_entry,
    reconsider_entry,
    refuse_entry,
    submit_entry,
    take_back_entry,
    withdraw_entry,
)
from prasan.awards.actions.panel import (
    assign_by_hand,
    assign_judges,
    look_for_conflicts,
    make_panel,
    seat_judge,
    state_tie,
    unseat_judge,
    withdraw_tie,
)
from prasan.awards.actions.past import ensure_programmes
from prasan.awards.actions.presentation import remove_presentation, set_presentation
from prasan.awards.actions.programme import RuleWords, found_programme, write_rules
from prasan.awards.actions.sheet import hand_in, keep_scores, reopen_sheet, restore_sheet, withdraw_sheet
from prasan.awards.actions.terms import (
    CategoryWords,
    CriterionWords,
    EditionWords,
    QuotaWords,
    RoundWords,
    begin_edition,
    write_terms,
)

__all__ = [
    "CategoryWords",
    "CriterionWords",
    "EditionWords",
    "QuotaWords",
    "RoundWords",
    "RuleWords",
    "admit_entry",
    "announce_results",
    "assign_by_hand",
    "assign_judges",
    "begin_edition",
    "begin_entry",
    "begin_judging",
    "begin_next_round",
    "begin_screening",
    "change_entry",
    "decide_edition",
    "end_scoring",
    "ensure_programmes",
    "found_programme",
    "hand_in",
    "keep_scores",
    "look_for_conflicts",
    "make_panel",
    "open_edition",
    "reconsider_entry",
    "redraft_edition",
    "refuse_entry",
    "remove_presentation",
    "reopen_sheet",
    "restore_sheet",
    "resume_judging",
    "seat_judge",
    "set_ceremony",
    "set_presentation",
    "state_tie",
    "submit_entry",
    "take_back_decision",
    "take_back_entry",
    "unseat_judge",
    "withdraw_entry",
    "withdraw_sheet",
    "withdraw_tie",
    "write_rules",
    "write_terms",
]
